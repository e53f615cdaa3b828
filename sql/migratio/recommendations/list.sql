-- $1 owner  $2 last id seen  $3 rows
select id, quiz_response_id,
       (
         select count(*)
         from migratio.recommendation_items as item
         where item.user_id = $1
           and item.recommendation_id = recommendations.id
       ) as "item_count!", archived, created_at, updated_at
from migratio.recommendations
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
