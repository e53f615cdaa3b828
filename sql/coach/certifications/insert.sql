-- Adds to the owner's profile, which begins with its first part.
-- $1 owner  $2 name  $3 issuing organization  $4 issue date  $5 expiry date  $6 does not expire
-- $7 credential id  $8 credential URL
with actor as (
  select set_config('trellis.actor', $1::uuid::text, true)
), profile as (
  insert into coach.user_profiles as own (user_id)
  select $1 from actor
  on conflict (user_id) do update set user_id = own.user_id
  returning id
)
insert into coach.certifications
  (user_id, user_profile_id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id,
   credential_url)
select $1, profile.id, $2, $3, $4, $5, $6, $7, $8
from profile
returning id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id, credential_url,
          created_at, updated_at
