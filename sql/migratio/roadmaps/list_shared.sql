-- By user and by e-mail address, each in order; whom it is shared with twice has it once. An address counts once it is
-- proven. Nobody has more than two shares of a roadmap.
-- $1 reader  $2 last id seen  $3 rows  $4 statuses, none: all
with shared as (
  (
    select share.user_id, share.roadmap_id, share.access
    from migratio.roadmap_shares as share
    where share.shared_with_id = $1
      and share.user_id <> $1
      and share.roadmap_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case
        when cardinality($4::migratio.roadmap_status[]) = 0 then true
        else exists (
          select
          from migratio.roadmaps as roadmap
          where roadmap.user_id = share.user_id
            and roadmap.id = share.roadmap_id
            and roadmap.status = any ($4))
      end
    order by share.roadmap_id desc
    limit $3
  )
  union all
  (
    select share.user_id, share.roadmap_id, share.access
    from migratio.roadmap_shares as share
    where lower(share.email) = (
        select lower(person.email)
        from identity.users as person
        where person.id = $1
          and person.email_verified_at is not null)
      and share.email is not null
      and share.user_id <> $1
      and share.roadmap_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and case
        when cardinality($4) = 0 then true
        else exists (
          select
          from migratio.roadmaps as roadmap
          where roadmap.user_id = share.user_id
            and roadmap.id = share.roadmap_id
            and roadmap.status = any ($4))
      end
    order by share.roadmap_id desc
    limit $3
  )
)
select roadmap.id, null::uuid as recommendation_item_id, roadmap.program_id,
       (select program.name from migratio.programs as program where program.id = roadmap.program_id) as "program_name!: String",
       roadmap.title, roadmap.description, roadmap.status, roadmap.phases, roadmap.planning_assessment_results,
       roadmap.settlement_progress, roadmap.notes, roadmap.pdf_export,
       reader.access::text::migratio.roadmap_access as "access!", roadmap.created_at, roadmap.updated_at
from (
  select user_id, roadmap_id, max(access) as access
  from shared
  group by user_id, roadmap_id
) as reader
join migratio.roadmaps as roadmap on roadmap.user_id = reader.user_id and roadmap.id = reader.roadmap_id
order by roadmap.id desc
limit $3
