-- $1 owner  $2 name  $3 issuing organization  $4 issue date  $5 expiry date  $6 does not expire  $7 credential id
-- $8 credential URL
insert into coach.certifications
  (user_id, user_profile_id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id,
   credential_url)
select $1, coach.own_profile($1), $2, $3, $4, $5, $6, $7, $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id, credential_url,
          created_at, updated_at
