-- The partners are found by skipping through two indexes from one to the next, so that it costs as much as there are
-- partners, however much was said. Those whose accounts are gone are one, without an id.
-- $1 sender or receiver  $2 last message seen  $3 rows
with recursive written_to (id) as (
  (
    select receiver_id
    from mentorship.direct_messages
    where sender_id = $1
      and receiver_id is not null
    order by receiver_id
    limit 1
  )
  union all
  select (
    select receiver_id
    from mentorship.direct_messages
    where sender_id = $1
      and receiver_id > written_to.id
    order by receiver_id
    limit 1
  )
  from written_to
  where written_to.id is not null
), heard_from (id) as (
  (
    select sender_id
    from mentorship.direct_messages
    where receiver_id = $1
    order by sender_id
    limit 1
  )
  union all
  select (
    select sender_id
    from mentorship.direct_messages
    where receiver_id = $1
      and sender_id > heard_from.id
    order by sender_id
    limit 1
  )
  from heard_from
  where heard_from.id is not null
), partner (id) as (
  select id from written_to where id is not null
  union
  select id from heard_from where id is not null
), conversation (partner_id, message_id) as (
  select partner.id, greatest(
    (
      select id
      from mentorship.direct_messages
      where sender_id = $1
        and receiver_id = partner.id
      order by id desc
      limit 1
    ),
    (
      select id
      from mentorship.direct_messages
      where receiver_id = $1
        and sender_id = partner.id
      order by id desc
      limit 1
    ))
  from partner
  union all
  select null, (
    select id
    from mentorship.direct_messages
    where sender_id = $1
      and receiver_id is null
    order by id desc
    limit 1
  )
), page as materialized (
  select partner_id, message_id
  from conversation
  where message_id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  order by message_id desc
  limit $3
)
select
  page.partner_id as user_id,
  (select display_name from identity.users where id = page.partner_id) as "display_name: String",
  (select image from identity.users where id = page.partner_id) as "image: String",
  (
    select to_jsonb(last)
    from mentorship.direct_messages as last
    where id = page.message_id
  ) as "last_message!: DirectMessage",
  (
    select count(*)
    from mentorship.direct_messages
    where receiver_id = $1
      and sender_id = page.partner_id
      and not read
  ) as "unread_count!"
from page
order by page.message_id desc
