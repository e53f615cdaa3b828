-- $1 the provider  $2 credential  $3 accepted versions
delete from visitnow.credentials
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and provider_id = (select providers.id from visitnow.providers where providers.user_id = $1)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id
