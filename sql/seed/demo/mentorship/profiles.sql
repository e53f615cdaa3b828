-- $1 the organization of the demo
insert into mentorship.profiles
  (user_id, id, department, position, organization, bio, skills, interests, goals, availability,
   years_of_experience, area_of_expertise, mentorship_style, preferred_communication, max_mentee_capacity,
   accepting_new_mentees, supports_new_mothers, onboarding_status, onboarding_step, onboarding_completed_at,
   created_at, updated_at)
select person.id,
       profile.id,
       profile.department,
       profile.position,
       profile.organization,
       profile.bio,
       profile.skills,
       profile.interests,
       profile.goals,
       profile.availability,
       profile."yearsOfExperience",
       profile."areaOfExpertise",
       profile."mentorshipStyle",
       profile."preferredCommunication",
       profile."maxMenteeCapacity",
       profile."acceptingNewMentees",
       profile."supportsNewMothers",
       case profile."onboardingStep"
         when 0 then 'not_started' when 5 then 'completed' else 'in_progress'
       end::mentorship.onboarding_status,
       profile."onboardingStep",
       case when profile."onboardingStep" = 5 then since.joined end,
       since.joined,
       since.joined
from jsonb_to_recordset($1::jsonb -> 'profiles') as profile (
  id uuid,
  "user" text,
  department text,
  position text,
  organization text,
  bio text,
  skills text[],
  interests text[],
  goals text,
  availability jsonb,
  "yearsOfExperience" text,
  "areaOfExpertise" text,
  "mentorshipStyle" text,
  "preferredCommunication" text,
  "maxMenteeCapacity" integer,
  "acceptingNewMentees" boolean,
  "supportsNewMothers" boolean,
  "onboardingStep" integer,
  "createdDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', profile."user"])::uuid
cross join lateral (select now() - profile."createdDaysAgo" * interval '1 day') as since (joined)
on conflict do nothing
