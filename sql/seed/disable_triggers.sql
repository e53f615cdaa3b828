-- Seeded rows have pasts of their own: no trigger stamps today's time on them, writes their timelines or logs them.
-- Constraints stay. Within the transaction alone; others may read these tables meanwhile, and wait to write.
do $$
begin
  alter table identity.users disable trigger user;
  alter table identity.role_grants disable trigger user;
  alter table coach.user_profiles disable trigger user;
  alter table coach.experiences disable trigger user;
  alter table coach.educations disable trigger user;
  alter table coach.skills disable trigger user;
  alter table coach.certifications disable trigger user;
  alter table coach.resumes disable trigger user;
  alter table coach.jobs disable trigger user;
  alter table coach.status_changes disable trigger user;
  alter table coach.applications disable trigger user;
end
$$
