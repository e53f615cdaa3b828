-- $1 owner  $2 last id seen  $3 rows
select id, name, issuing_organization, issue_date, expiry_date, does_not_expire, credential_id, credential_url,
       created_at, updated_at
from coach.certifications
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
