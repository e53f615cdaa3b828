-- Of somebody whose account is active; for everybody who is signed in.
-- $1 reader  $2 whose
select own.user_id, person.display_name, person.image, own.department, own.position, own.organization, own.bio,
       own.skills, own.interests, own.availability, own.years_of_experience, own.area_of_expertise,
       own.mentorship_style, own.preferred_communication, own.accepting_new_mentees, own.supports_new_mothers,
       own.created_at, greatest(own.updated_at, person.updated_at) as "updated_at!"
from mentorship.profiles as own
join identity.users as person on person.id = own.user_id
where $1::uuid is not null
  and own.user_id = $2
  and person.status = 'active'
