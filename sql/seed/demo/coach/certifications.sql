-- $1 a person of the demo  $2 their id
insert into coach.certifications
  (user_id, id, user_profile_id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id,
   credential_url, created_at, updated_at)
select profile.user_id,
       certification.id,
       profile.id,
       certification.name,
       certification."issuingOrganization",
       date_trunc('month', now()) - make_interval(months => certification."issuedMonthsAgo"),
       date_trunc('month', now()) + make_interval(months => certification."expiresInMonths"),
       certification."expiresInMonths" is null,
       certification."credentialId",
       certification."credentialUrl",
       profile.created_at,
       profile.created_at
from coach.user_profiles as profile
cross join jsonb_to_recordset($1::jsonb #> '{coach,profile,certifications}') as certification (
  id uuid,
  name text,
  "issuingOrganization" text,
  "issuedMonthsAgo" integer,
  "expiresInMonths" integer,
  "credentialId" text,
  "credentialUrl" text)
where profile.user_id = $2
on conflict do nothing
