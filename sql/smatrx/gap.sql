-- The skills that others with a target role most often have, and the caller does not. No row: there is no target role.
-- $1 caller  $2 target role  $3 rows
with wanted as (
  select coalesce(
    nullif(btrim($2::text), ''),
    (
      select nullif(btrim(own.target_role), '')
      from smatrx.profiles as own
      where own.user_id = $1
    )
  ) as target_role
), peer as (
  select other.user_id
  from wanted
  join smatrx.profiles as other on lower(btrim(other.target_role)) = lower(wanted.target_role)
  join identity.users as account on account.id = other.user_id
  where other.user_id <> $1
    and account.status = 'active'
), missing as (
  select theirs.skill_id, count(*) as holders
  from peer
  join smatrx.user_skills as theirs on theirs.user_id = peer.user_id
  where not exists (
    select
    from smatrx.user_skills as mine
    where mine.user_id = $1
      and mine.skill_id = theirs.skill_id
  )
  group by theirs.skill_id
  order by holders desc
  fetch first $3 rows with ties -- their names are not known yet
), crowd as (
  select count(*) as peers
  from peer
)
select
  wanted.target_role as "target_role!",
  crowd.peers as "peers!",
  array(
    select jsonb_build_object(
      'rank', rank() over (order by missing.holders desc),
      'skill_id', skill.id,
      'skill_name', skill.name,
      'category_name', category.name,
      'holders', missing.holders,
      'share', round(missing.holders::numeric / crowd.peers, 4))
    from missing
    join smatrx.skills as skill on skill.id = missing.skill_id
    join smatrx.skill_categories as category on category.id = skill.category_id
    order by missing.holders desc, lower(skill.name)
    limit $3
  ) as "items!: Vec<MissingSkill>"
from wanted
cross join crowd
where wanted.target_role is not null
