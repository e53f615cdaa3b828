-- Exchanges a refresh token for its successor. Used again within 10 seconds, while no successor was used, it is taken
-- for another tab and given another successor; used again later, for stolen: its whole family is revoked. Gives no row
-- unless there is a successor. The user's row is locked first, here and wherever sessions are revoked, so that neither
-- overtakes nor deadlocks the other.
-- $1 token hash  $2 successor's hash  $3 when it expires  $4 address  $5 user agent
with presented as materialized (
  select own.user_id, own.id, own.family_id, own.last_used_at,
         person.status = 'active' and own.revoked_at is null and own.expires_at > now() as alive
  from identity.sessions as own
  join identity.users as person on person.id = own.user_id
  where own.refresh_token_hash = $1
  for no key update of person, own
), judged as materialized (
  select presented.user_id, presented.id, presented.family_id,
         case
           when not presented.alive or kin.revoked then 'refused'
           when presented.last_used_at is null then 'first'
           when presented.last_used_at > now() - interval '10 seconds' and not kin.succeeded then 'again'
           else 'stolen'
         end as verdict,
         set_config('trellis.actor', presented.user_id::text, true)
  from presented
  cross join lateral (
    select bool_or(member.revoked_at is not null) as revoked,
           bool_or(member.rotated_from = presented.id and member.last_used_at is not null) is true as succeeded
    from identity.sessions as member
    where member.user_id = presented.user_id
      and member.family_id = presented.family_id
  ) as kin
), used as (
  update identity.sessions as own
  set last_used_at = now()
  from judged
  where own.user_id = judged.user_id
    and own.id = judged.id
    and judged.verdict = 'first'
), revoked as (
  update identity.sessions as member
  set revoked_at = now()
  from judged
  where member.user_id = judged.user_id
    and member.family_id = judged.family_id
    and member.revoked_at is null
    and judged.verdict = 'stolen'
), successor as (
  insert into identity.sessions
    (user_id, family_id, rotated_from, refresh_token_hash, expires_at, ip, user_agent)
  select user_id, family_id, id, $2, $3, $4::text::inet, $5
  from judged
  where verdict in ('first', 'again')
  returning user_id, family_id
)
select successor.user_id as "user_id!",
       successor.family_id as "family_id!",
       array(
         select distinct role_grants.domain::text || ':' || role_grants.role_code
         from identity.role_grants
         where role_grants.user_id = successor.user_id
         order by 1
       ) as "roles!"
from successor
