-- The other half of disable_triggers.sql, before the transaction commits.
do $$
begin
  alter table identity.users enable trigger user;
  alter table identity.role_grants enable trigger user;
  alter table coach.user_profiles enable trigger user;
  alter table coach.experiences enable trigger user;
  alter table coach.educations enable trigger user;
  alter table coach.skills enable trigger user;
  alter table coach.certifications enable trigger user;
  alter table coach.resumes enable trigger user;
  alter table coach.jobs enable trigger user;
  alter table coach.status_changes enable trigger user;
  alter table coach.applications enable trigger user;
end
$$
