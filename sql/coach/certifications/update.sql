-- $1 owner  $2 certification  $3 accepted versions  $4 name  $5 issuing organization  $6 issue date  $7 expiry date
-- $8 does not expire  $9 credential id  $10 credential URL
update coach.certifications
set name = $4,
    issuing_organization = $5,
    issue_date = $6,
    expiry_date = $7,
    does_not_expire = $8,
    credential_id = $9,
    credential_url = $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id, credential_url,
          created_at, updated_at
