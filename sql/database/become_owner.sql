-- Everything that migrations make belongs to the owner role, whoever runs them.
set role trellis_owner
