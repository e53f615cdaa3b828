-- Right after a bulk load: statistics for the planner, and the visibility map for index-only scans.
vacuum (analyze) coach.status_changes, coach.applications
