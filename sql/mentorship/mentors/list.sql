-- Mentors with a place left, best for the caller first: those who support new mothers if the caller is one, then by
-- what they share with the caller's profile, then by the time of the week that suits both.
-- Three ways to find them, of which the filters choose one; an empty list is contained in every list.
-- $1 caller  $2 skills, all of them  $3 interests, all of them  $4 pattern of the expertise, if only that
-- $5 whether they support new mothers: true, false or both  $6 rows
-- Where the page before ended: $7 first of all  $8 shared  $9 minutes  $10 mentor
with me as (
  select
    coalesce(base.lowered(own.skills), '{}') as skills,
    coalesce(base.lowered(own.interests), '{}') as interests,
    coalesce(own.weekly_minutes, '{}') as weekly_minutes,
    identity.has_role($1, 'mentorship', 'new_mother') as is_mother
  from (values ($1::uuid)) as caller (id)
  left join mentorship.profiles as own on own.user_id = caller.id
), candidate as (
  select user_id, skills, interests, weekly_minutes, supports_new_mothers
  from mentorship.profiles
  where cardinality($2::text[]) + cardinality($3::text[]) > 0
    and base.lowered(skills) @> base.lowered($2)
    and base.lowered(interests) @> base.lowered($3)
    and case when $4::text is null then true else area_of_expertise ilike $4 end
    and accepting_new_mentees
    and current_mentee_count < max_mentee_capacity
    and supports_new_mothers = any ($5::boolean[])
  union all
  select user_id, skills, interests, weekly_minutes, supports_new_mothers
  from mentorship.profiles
  where cardinality($2) + cardinality($3) = 0
    and area_of_expertise ilike $4
    and accepting_new_mentees
    and current_mentee_count < max_mentee_capacity
    and supports_new_mothers = any ($5)
  union all
  select user_id, skills, interests, weekly_minutes, supports_new_mothers
  from mentorship.profiles
  where cardinality($2) + cardinality($3) = 0
    and $4 is null
    and accepting_new_mentees
    and current_mentee_count < max_mentee_capacity
    and supports_new_mothers = any ($5)
), ranked as (
  select candidate.user_id, rank.first, rank.shared, rank.minutes
  from candidate
  cross join me
  cross join lateral (
    select
      me.is_mother and candidate.supports_new_mothers,
      case when own.skills && me.skills then (
        select count(distinct skill) from unnest(own.skills) as skill where skill = any (me.skills)
      ) else 0 end
      + case when own.interests && me.interests then (
        select count(distinct interest) from unnest(own.interests) as interest where interest = any (me.interests)
      ) else 0 end,
      case when candidate.weekly_minutes && me.weekly_minutes then (
        select sum(upper(together) - lower(together))
        from unnest(candidate.weekly_minutes * me.weekly_minutes) as together
      ) else 0 end
    from (values (base.lowered(candidate.skills), base.lowered(candidate.interests))) as own (skills, interests)
    offset 0 -- once for each
  ) as rank (first, shared, minutes)
  where candidate.user_id <> $1
    and (rank.first, rank.shared, rank.minutes, candidate.user_id) < (
      coalesce($7::boolean, true),
      coalesce($8::bigint, 9223372036854775807),
      coalesce($9::bigint, 9223372036854775807),
      coalesce($10::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by rank.first desc, rank.shared desc, rank.minutes desc, candidate.user_id desc
  offset 0 -- so that only who is on the page is asked for their account and role
)
select
  ranked.user_id as "user_id!",
  person.display_name,
  person.image,
  mentor.department,
  mentor.position,
  mentor.organization,
  mentor.bio,
  mentor.skills as "skills!",
  mentor.interests as "interests!",
  mentor.availability as "availability!",
  mentor.years_of_experience,
  mentor.area_of_expertise,
  mentor.mentorship_style,
  mentor.preferred_communication,
  mentor.supports_new_mothers as "supports_new_mothers!",
  mentor.max_mentee_capacity - mentor.current_mentee_count as "places_left!",
  array(select skill from unnest(mentor.skills) as skill where lower(skill) = any (me.skills)) as "shared_skills!",
  array(
    select interest from unnest(mentor.interests) as interest where lower(interest) = any (me.interests)
  ) as "shared_interests!",
  ranked.minutes as "overlapping_minutes!",
  ranked.first as "first!",
  ranked.shared as "shared!"
from ranked
cross join me
cross join lateral (
  select display_name, image
  from identity.users
  where id = ranked.user_id
    and status = 'active'
    and identity.has_role(ranked.user_id, 'mentorship', 'mentor')
) as person
join mentorship.profiles as mentor on mentor.user_id = ranked.user_id
order by ranked.first desc, ranked.shared desc, ranked.minutes desc, ranked.user_id desc
limit $6
