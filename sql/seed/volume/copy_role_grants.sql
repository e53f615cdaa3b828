-- The roles that everybody gets at registration.
copy identity.role_grants (user_id, id, domain, role_code, granted_at, created_at, updated_at)
from stdin (format binary)
