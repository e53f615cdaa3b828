-- $1 who may write it  $2 service  $3 accepted versions
delete from visitnow.services
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and visitnow.acts_for($1, provider_id, 'clinic:write')
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id
