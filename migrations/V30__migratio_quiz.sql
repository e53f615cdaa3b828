-- The quiz: its questions, and what people answer. A session may be left and taken up again; completed, its answers
-- are in the profile.

create type migratio.question_type as enum (
  'singleChoice', 'multipleChoice', 'text', 'number', 'date', 'boolean', 'country');
comment on type migratio.question_type is 'How a question is answered.';

create type migratio.profile_fact as enum (
  'dateOfBirth', 'gender', 'maritalStatus', 'nationality', 'currentResidence', 'highestEducation', 'fieldOfStudy',
  'occupation', 'yearsOfExperience', 'englishLevel', 'frenchLevel', 'germanLevel', 'liquidAssets', 'annualIncome',
  'financialCurrency', 'hasFinancialSupport', 'destinationCountries', 'pathwayTypes', 'timeframe', 'budgetMax',
  'budgetCurrency', 'previousApplication');
comment on type migratio.profile_fact is 'What of the profile an answer tells.';

create type migratio.quiz_status as enum ('in_progress', 'completed', 'abandoned');
comment on type migratio.quiz_status is 'How far somebody has come with a quiz.';

create table migratio.questions (
  id uuid not null default base.uuid_v7(),
  question_id base.code not null,
  text base.prose not null,
  help_text base.prose,
  type migratio.question_type not null,
  section base.line not null,
  position integer not null,
  options base.json_array not null default '[]',
  validation base.json_object not null default '{}',
  conditional_display base.json_object,
  depends_on base.code generated always as (conditional_display ->> 'questionId') stored,
  profile_fact migratio.profile_fact,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint questions_pkey primary key (id),
  constraint questions_question_id_key unique (question_id),
  constraint questions_depends_on_fkey foreign key (depends_on)
    references migratio.questions (question_id) on delete restrict,
  constraint questions_position_check check (position between 0 and 10000),
  constraint questions_text_check check (text <> ''),
  constraint questions_options_check check (
    jsonb_array_length(options) <= 250
    and jsonb_array_length(options) = jsonb_array_length(jsonb_path_query_array(options,
      'strict $[*] ? (@.type() == "object" && @.value.type() == "string" && @.label.type() == "string")'))),
  constraint questions_options_type_check check (
    (type in ('singleChoice', 'multipleChoice')) = (jsonb_array_length(options) > 0)),
  constraint questions_conditional_display_check check (
    (conditional_display ->> 'questionId') <> question_id)
);

comment on table migratio.questions is 'A question of the quiz. A catalogue: nobody''s own.';
comment on column migratio.questions.id is 'The question.';
comment on column migratio.questions.question_id is 'What programs call it; unique.';
comment on column migratio.questions.text is 'The question.';
comment on column migratio.questions.help_text is 'How to answer it.';
comment on column migratio.questions.type is 'How it is answered.';
comment on column migratio.questions.section is 'The part of the quiz it is in.';
comment on column migratio.questions.position is 'Its place in the quiz, 0 to 10,000.';
comment on column migratio.questions.options is
  'What can be chosen: a JSON array of at most 250 objects of value, label; choices alone have them.';
comment on column migratio.questions.validation is
  'What an answer must be: a JSON object of required, min, max, minDate, maxDate, minLength, maxLength, '
  'pattern, minSelections, maxSelections.';
comment on column migratio.questions.conditional_display is
  'When it is asked: a JSON object of questionId, operator (equals, notEquals, in, greaterThan, lessThan, '
  'answered), value; null: always.';
comment on column migratio.questions.depends_on is
  'The question whose answer says whether it is asked; kept by the database.';
comment on column migratio.questions.profile_fact is 'What of the profile its answer tells; null: nothing.';
comment on column migratio.questions.is_active is 'Whether it is asked.';
comment on column migratio.questions.created_at is 'When it was added.';
comment on column migratio.questions.updated_at is 'When the row last changed; strictly increasing.';

create index questions_position_id_idx on migratio.questions (position, id);
create index questions_section_position_id_idx on migratio.questions (section, position, id);
create index questions_depends_on_idx on migratio.questions (depends_on) where depends_on is not null;

create trigger questions_touch
before update on migratio.questions
for each row execute function base.touch_updated_at();
select audit.attach('migratio.questions');

create table migratio.quiz_responses (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  status migratio.quiz_status not null default 'in_progress',
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  language base.language not null default 'en',
  device_info base.json_object,
  profile_snapshot base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint quiz_responses_pkey primary key (user_id, id),
  constraint quiz_responses_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint quiz_responses_completed_at_check check ((status = 'completed') = (completed_at is not null))
);

comment on table migratio.quiz_responses is
  'Somebody''s way through the quiz: a session that can be left and taken up again.';
comment on column migratio.quiz_responses.user_id is 'Whose it is.';
comment on column migratio.quiz_responses.id is 'The session.';
comment on column migratio.quiz_responses.status is
  'How far it has come; follows migratio.quiz_moves(). One at a time is in progress.';
comment on column migratio.quiz_responses.started_at is 'When it was begun.';
comment on column migratio.quiz_responses.completed_at is 'When it was completed; null: it is not.';
comment on column migratio.quiz_responses.language is 'The language it is taken in, as a tag of BCP 47.';
comment on column migratio.quiz_responses.device_info is 'What it is taken with: a JSON object.';
comment on column migratio.quiz_responses.profile_snapshot is
  'The profile once the answers were in it, without addresses and without what is encrypted.';
comment on column migratio.quiz_responses.created_at is 'When it was begun.';
comment on column migratio.quiz_responses.updated_at is 'When the row last changed; strictly increasing.';

create unique index quiz_responses_user_id_in_progress_key on migratio.quiz_responses (user_id)
  where status = 'in_progress';
create index quiz_responses_user_id_status_id_idx on migratio.quiz_responses (user_id, status, id);

create trigger quiz_responses_touch
before update on migratio.quiz_responses
for each row execute function base.touch_updated_at();
select audit.attach('migratio.quiz_responses');

alter table migratio.recommendations
  add constraint recommendations_quiz_response_id_fkey foreign key (user_id, quiz_response_id)
  references migratio.quiz_responses (user_id, id) on delete set null (quiz_response_id);
create index recommendations_user_id_quiz_response_id_idx on migratio.recommendations (user_id, quiz_response_id)
  where quiz_response_id is not null;

create function migratio.quiz_moves(response migratio.quiz_responses) returns migratio.quiz_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case response.status
    when 'in_progress' then '{completed,abandoned}'
    else '{}'
  end::migratio.quiz_status[];
end
$$;
comment on function migratio.quiz_moves(migratio.quiz_responses) is
  'The statuses that a session of the quiz may be moved to.';
grant execute on function migratio.quiz_moves(migratio.quiz_responses) to trellis_app, trellis_readonly;

create trigger quiz_responses_status_flow
before update of status on migratio.quiz_responses
for each row execute function base.check_move('a quiz', 'migratio.quiz_moves($1)');

create table migratio.quiz_answers (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  quiz_response_id uuid not null,
  question_id base.code not null,
  answer jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint quiz_answers_pkey primary key (user_id, id),
  constraint quiz_answers_quiz_response_id_fkey foreign key (user_id, quiz_response_id)
    references migratio.quiz_responses (user_id, id) on delete cascade,
  constraint quiz_answers_question_id_fkey foreign key (question_id)
    references migratio.questions (question_id) on update cascade on delete restrict,
  constraint quiz_answers_user_id_quiz_response_id_question_id_key unique (user_id, quiz_response_id, question_id),
  constraint quiz_answers_answer_check check (
    jsonb_typeof(answer) in ('string', 'number', 'boolean', 'array') and octet_length(answer::text) <= 65536)
);

comment on table migratio.quiz_answers is 'What somebody answered to a question.';
comment on column migratio.quiz_answers.user_id is 'Whose it is.';
comment on column migratio.quiz_answers.id is 'The answer.';
comment on column migratio.quiz_answers.quiz_response_id is 'The session.';
comment on column migratio.quiz_answers.question_id is 'The question; answered once in a session.';
comment on column migratio.quiz_answers.answer is
  'The answer, as its question is answered: a text, a number, true or false, or an array of texts; at most 64 '
  'KiB.';
comment on column migratio.quiz_answers.created_at is 'When it was first answered.';
comment on column migratio.quiz_answers.updated_at is 'When the row last changed; strictly increasing.';

create index quiz_answers_question_id_idx on migratio.quiz_answers (question_id);

create trigger quiz_answers_touch
before update on migratio.quiz_answers
for each row execute function base.touch_updated_at();
select audit.attach('migratio.quiz_answers');

create function migratio.hold_session() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  answer constant migratio.quiz_answers := coalesce(new, old);
  response migratio.quiz_responses;
begin
  -- Locked, so that nothing is answered while the quiz is completed. None is there while the session itself goes.
  select *
  into response
  from migratio.quiz_responses
  where user_id = answer.user_id
    and id = answer.quiz_response_id
  for share;
  if response.status <> 'in_progress' then
    raise exception 'the quiz is %', replace(response.status::text, '_', ' ')
      using errcode = 'TR409',
        schema = 'migratio', table = 'quiz_answers', constraint = 'quiz_answers_in_progress';
  end if;
  return answer;
end
$$;
comment on function migratio.hold_session() is
  'Before an answer is given, changed or taken back: refuses it (TR409) unless the quiz is in progress.';

-- Not before updates of question_id: a question may get another code when it was answered long ago.
create trigger quiz_answers_hold_session
before insert or update of answer or delete on migratio.quiz_answers
for each row execute function migratio.hold_session();
