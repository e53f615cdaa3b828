-- Right after a bulk load: statistics for the planner, and the visibility map for index-only scans.
vacuum (analyze) identity.users, identity.role_grants, coach.user_profiles, coach.jobs
