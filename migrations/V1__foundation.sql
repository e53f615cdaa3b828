-- What every later migration stands on: the schemas and who may use them, the trusted extensions, the domains that
-- give recurring values one bound each, and the functions behind keys, updated_at and the acting user.

create schema extensions;
comment on schema extensions is 'Trusted extensions, and nothing else; the only schema on the search path.';

create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gist with schema extensions;

create schema base;
comment on schema base is 'Bounded value types and functions that all domains share. Holds no tables.';
create schema audit;
comment on schema audit is 'Who changed what, and when. Written by triggers alone.';
create schema identity;
comment on schema identity is 'One account per person for all products: users, sign-in, roles, consents.';
create schema coach;
comment on schema coach is 'AI career coach: profile, resumes, jobs, applications, interviews, goals, conversations.';
create schema smatrx;
comment on schema smatrx is 'Skills: profiles, skill catalogue, verification, goals.';
create schema mentorship;
comment on schema mentorship is 'Professional development: mentors, mentees, matches, sessions.';
create schema visitnow;
comment on schema visitnow is 'Telehealth: patients, doctors, appointments, visits.';
create schema migratio;
comment on schema migratio is 'Immigration: members, cases, content, consultations.';

-- Who may do what. Tables made later by the owner of these schemas get these privileges by themselves; functions are
-- nobody's until they are granted.
grant usage on schema extensions, base, audit, identity, coach, smatrx, mentorship, visitnow, migratio
  to trellis_app, trellis_readonly;
alter default privileges in schema identity, coach, smatrx, mentorship, visitnow, migratio
  grant select, insert, update, delete on tables to trellis_app;
alter default privileges in schema identity, coach, smatrx, mentorship, visitnow, migratio
  grant select on tables to trellis_readonly;
alter default privileges revoke execute on functions from public;

-- Texts.
create domain base.line as text
  constraint line_check check (char_length(value) between 1 and 200);
comment on domain base.line is 'A name, a title, one short line: 1 to 200 characters.';

create domain base.prose as text
  constraint prose_check check (char_length(value) <= 10000);
comment on domain base.prose is 'A paragraph or a few: at most 10,000 characters.';

create domain base.long_text as text
  constraint long_text_check check (char_length(value) <= 32000);
comment on domain base.long_text is 'A message, an article: at most 32,000 characters.';

create domain base.code as text
  constraint code_check check (value ~ '^[A-Za-z][A-Za-z0-9_.-]{0,63}$');
comment on domain base.code is
  'A word that programs compare: a letter, then letters, digits, _ . -, 64 characters in all.';

create domain base.slug as text
  constraint slug_check check (char_length(value) <= 100 and value ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
comment on domain base.slug is
  'A name for addresses: small letters and digits, in words joined by -, at most 100 characters.';

create domain base.email as text
  constraint email_check check (char_length(value) <= 254 and value ~ '^[^@[:space:]]+@[^@[:space:]]+$');
comment on domain base.email is 'An e-mail address as it was typed: at most 254 characters, one @, no white space.';

create domain base.url as text
  constraint url_check check (char_length(value) <= 2000 and value ~* '^https?://[^[:space:]]+$');
comment on domain base.url is 'An http or https address: at most 2,000 characters, no white space.';

create domain base.phone as text
  constraint phone_check check (value ~ '^\+[1-9][0-9]{6,14}$');
comment on domain base.phone is 'A telephone number in E.164: +, then 7 to 15 digits, the first not 0.';

create domain base.currency as text
  constraint currency_check check (value ~ '^[A-Z]{3}$');
comment on domain base.currency is 'A currency code of ISO 4217: three capital letters.';

create domain base.language as text
  constraint language_check check (char_length(value) <= 35 and value ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$');
comment on domain base.language is 'A language tag of BCP 47, such as en or pt-BR: at most 35 characters.';

create domain base.timezone as text
  constraint timezone_check check (value ~ '^[A-Za-z][A-Za-z0-9_+/-]{0,63}$');
comment on domain base.timezone is
  'The name of a time zone in the IANA database, such as Europe/Lisbon: at most 64 characters.';

-- Numbers and bytes.
create domain base.percent as integer
  constraint percent_check check (value between 0 and 100);
comment on domain base.percent is 'A whole number from 0 to 100.';

create domain base.years as integer
  constraint years_check check (value between 0 and 80);
comment on domain base.years is 'Years of experience: a whole number from 0 to 80.';

create domain base.media_type as text
  constraint media_type_check check (
    char_length(value) <= 127 and value ~ '^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*$');
comment on domain base.media_type is 'A media type of RFC 6838, such as application/pdf: at most 127 characters.';

create domain base.hash as bytea
  constraint hash_check check (octet_length(value) = 32);
comment on domain base.hash is 'A SHA-256: 32 bytes.';

-- Documents and lists.
create domain base.json_object as jsonb
  constraint json_object_check check (jsonb_typeof(value) = 'object');
comment on domain base.json_object is 'A JSON object; its shape is the application''s.';

create domain base.json_array as jsonb
  constraint json_array_check check (jsonb_typeof(value) = 'array');
comment on domain base.json_array is 'A JSON array; its shape is the application''s.';

create function base.fits(lines text[], longest integer) returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  line text;
begin
  foreach line in array lines loop
    if line is null or char_length(line) > longest then
      return false;
    end if;
  end loop;
  return true;
end
$$;
comment on function base.fits(text[], integer) is
  'Whether no element is null or has more than so many characters; a CHECK cannot look into an array by itself.';
grant execute on function base.fits(text[], integer) to trellis_app;

create domain base.lines as text[]
  constraint lines_check check (cardinality(value) = 0 or (cardinality(value) <= 100 and base.fits(value, 1000)));
comment on domain base.lines is 'A list of texts: at most 100, none null, each at most 1,000 characters.';

create domain base.tags as text[]
  constraint tags_check check (cardinality(value) = 0 or (cardinality(value) <= 100 and base.fits(value, 200)));
comment on domain base.tags is
  'A list of texts that is searched: at most 100, none null, each at most 200 characters, which an index can hold.';

-- Keys.
create function base.uuid_v7() returns uuid
language plpgsql
volatile
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  microseconds constant bigint := date_part('epoch', clock_timestamp()) * 1000000;
begin
  -- 48 bits of milliseconds, the version, 12 bits of the millisecond's fraction; then a random UUID's second half.
  return (
    lpad(to_hex((microseconds / 1000) << 16 | 28672 | (microseconds % 1000) * 4096 / 1000), 16, '0')
    || substr(gen_random_uuid()::text, 20)
  )::uuid;
end
$$;
comment on function base.uuid_v7() is
  'A UUID of version 7 whose rand_a bits carry the fraction of the millisecond: keys sort by the time they were made.';
grant execute on function base.uuid_v7() to trellis_app;

-- The version of a row: entity tags are made from updated_at, so two updates must never share one.
create function base.touch_updated_at() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := greatest(clock_timestamp(), old.updated_at + interval '1 microsecond');
  return new;
end
$$;
comment on function base.touch_updated_at() is
  'Before an update: sets updated_at to the time of day, and always later than it was.';

-- Who is acting: the server says so in the statement itself, with set_config('trellis.actor', …, true).
create function base.actor() returns uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  setting constant text := current_setting('trellis.actor', true);
begin
  if setting ~ '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$' then
    return setting::uuid;
  end if;
  return null;
end
$$;
comment on function base.actor() is
  'The acting user''s id out of the setting trellis.actor; null where it is not set or is no UUID.';
grant execute on function base.actor() to trellis_app;

-- State machines are functions that name the moves allowed; one trigger function keeps them all.
create function base.check_move() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  moving constant text := coalesce(tg_argv[2], 'status');
  status constant text := to_jsonb(new) ->> moving;
  moves text[];
begin
  execute format('select (%s)::text[]', tg_argv[1]) into moves using old, base.actor();
  if status <> all (moves) then
    raise exception '% cannot move from % to %', tg_argv[0], to_jsonb(old) ->> moving, status
      using errcode = 'TR409',
        detail = coalesce(nullif(array_to_string(moves, ', '), ''), 'none'),
        schema = tg_table_schema, table = tg_table_name, column = moving,
        constraint = tg_table_name || '_' || moving || '_flow';
  end if;
  return new;
end
$$;
comment on function base.check_move() is
  'Before a row''s status changes: refuses what its flow does not allow (TR409; the detail names the moves allowed). '
  'Arguments: what moves, as in ''a job''; the moves allowed, an expression of the old row, $1, and the actor, $2; the '
  'column, where it is not status.';

create function base.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '%', replace(tg_argv[0], '%', coalesce(replace(to_jsonb(new) ->> 'status', '_', ' '), ''))
    using errcode = 'TR409',
      schema = tg_table_schema, table = tg_table_name, constraint = tg_name;
end
$$;
comment on function base.refuse_change() is
  'Before a change that must never be, by hand neither: refuses it (TR409). Argument: why; % in it is the row''s status.';

-- Lists that are searched without regard to case.
create function base.lowered(lines text[]) returns text[]
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- As one text: much quicker than line by line.
  return lower(lines::text)::text[];
end
$$;
comment on function base.lowered(text[]) is 'The same list in small letters.';
grant execute on function base.lowered(text[]) to trellis_app, trellis_readonly;

-- Time zones.
create function base.is_timezone(name text) returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform timestamptz '2024-01-01' at time zone name;
  return true;
exception
  when invalid_parameter_value then
    return false;
end
$$;
comment on function base.is_timezone(text) is 'Whether PostgreSQL knows a time zone of this name.';
grant execute on function base.is_timezone(text) to trellis_app;

-- Names in addresses.
create function base.slug_of(name text) returns text
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select nullif(trim('-' from left(trim('-' from regexp_replace(spelled, '[^a-z0-9]+', '-', 'g')), 100)), '')
  from (values (lower(normalize(name, nfkd)))) as folded (name)
  cross join lateral (values (translate(replace(replace(replace(
    folded.name, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđı', 'oldi'))) as latin (name)
  cross join lateral (values (regexp_replace(latin.name, '[\u0300-\u036f]+', '', 'g'))) as bare (name)
  cross join lateral (values (regexp_replace(bare.name, '(^|[^a-z0-9])\.([a-z0-9])', '\1dot-\2', 'g'))) as dotted (name)
  cross join lateral (values (replace(replace(replace(
    dotted.name, '+', '-plus-'), '#', '-sharp-'), '&', '-and-'))) as spelled (spelled)
$$;
comment on function base.slug_of(text) is
  'A slug made of a name: its letters without accents and its digits, + # & and a leading dot spelled out, the rest as -;'
  ' null where nothing is left.';
grant execute on function base.slug_of(text) to trellis_app;
