-- The catalogue of skills, which administrators keep for all, and what each user has of it.

create type smatrx.market_demand as enum ('high', 'medium', 'low');
comment on type smatrx.market_demand is 'How much a skill is asked for, highest first.';

create type smatrx.skill_level as enum ('beginner', 'intermediate', 'advanced', 'expert');
comment on type smatrx.skill_level is 'How well a skill is mastered, lowest first.';

create type smatrx.skill_source as enum ('github', 'linkedin', 'resume', 'manual', 'verified');
comment on type smatrx.skill_source is 'Where it is known from that somebody has a skill.';

create table smatrx.skill_categories (
  id uuid not null default base.uuid_v7(),
  name base.line not null,
  slug base.slug not null,
  description base.prose,
  color text,
  icon base.line,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint skill_categories_pkey primary key (id),
  constraint skill_categories_color_check check (color ~ '^#[0-9A-Fa-f]{6}$')
);

comment on table smatrx.skill_categories is 'Kinds of skills. A catalogue: nobody''s own.';
comment on column smatrx.skill_categories.id is 'The category.';
comment on column smatrx.skill_categories.name is 'What it is called; unique, whatever the case.';
comment on column smatrx.skill_categories.slug is 'Its name in addresses; unique.';
comment on column smatrx.skill_categories.description is 'What belongs to it.';
comment on column smatrx.skill_categories.color is 'Its colour: #, then six hexadecimal digits.';
comment on column smatrx.skill_categories.icon is 'Name of its icon.';
comment on column smatrx.skill_categories.created_at is 'When the category was made.';
comment on column smatrx.skill_categories.updated_at is 'When the row last changed; strictly increasing.';

-- Whose name is taken hears of the name, and not of the slug that was made of it: indexes are asked in this order.
create unique index skill_categories_name_key on smatrx.skill_categories (lower(name));
alter table smatrx.skill_categories add constraint skill_categories_slug_key unique (slug);

create trigger skill_categories_touch
before update on smatrx.skill_categories
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.skill_categories');

create table smatrx.skills (
  id uuid not null default base.uuid_v7(),
  name base.line not null,
  slug base.slug not null,
  description base.prose,
  category_id uuid not null,
  tags base.tags not null default '{}',
  market_demand smatrx.market_demand,
  average_salary base.json_object,
  growth_trend double precision,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint skills_pkey primary key (id),
  constraint skills_category_id_fkey foreign key (category_id)
    references smatrx.skill_categories (id) on delete restrict,
  constraint skills_average_salary_check check (
    nullif(average_salary -> 'min', 'null') <= nullif(average_salary -> 'max', 'null')),
  constraint skills_growth_trend_check check (growth_trend between -100 and 10000)
);

comment on table smatrx.skills is 'Skills that somebody may have. A catalogue: nobody''s own.';
comment on column smatrx.skills.id is 'The skill.';
comment on column smatrx.skills.name is 'What it is called; unique, whatever the case. Imports look for it.';
comment on column smatrx.skills.slug is 'Its name in addresses; unique.';
comment on column smatrx.skills.description is 'What it is.';
comment on column smatrx.skills.category_id is 'What kind of skill it is.';
comment on column smatrx.skills.tags is 'What else it is found by.';
comment on column smatrx.skills.market_demand is 'How much it is asked for.';
comment on column smatrx.skills.average_salary is
  'What those who have it earn: a JSON object of min (not above max), max, currency, region.';
comment on column smatrx.skills.growth_trend is 'How the demand grows, in percent a year, -100 to 10,000.';
comment on column smatrx.skills.created_at is 'When the skill was added.';
comment on column smatrx.skills.updated_at is 'When the row last changed; strictly increasing.';

-- Its operators find names by their beginnings too.
create unique index skills_name_key on smatrx.skills (lower(name) text_pattern_ops);
alter table smatrx.skills add constraint skills_slug_key unique (slug);
-- Written seldom and searched often: what is new goes into the index at once, not onto a list that every search reads.
create index skills_name_idx on smatrx.skills using gin (name extensions.gin_trgm_ops) with (fastupdate = off);
create index skills_category_id_id_idx on smatrx.skills (category_id, id);
create index skills_market_demand_id_idx on smatrx.skills (market_demand, id);
create index skills_tags_idx on smatrx.skills using gin (tags) with (fastupdate = off);

create trigger skills_touch
before update on smatrx.skills
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.skills');

create table smatrx.user_skills (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  skill_id uuid not null,
  level smatrx.skill_level not null,
  proficiency_score base.percent,
  years_experience base.years,
  last_used timestamptz,
  verified boolean not null default false,
  verified_at timestamptz,
  verified_by uuid,
  source smatrx.skill_source not null default 'manual',
  evidence base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_skills_pkey primary key (user_id, id),
  constraint user_skills_user_id_skill_id_key unique (user_id, skill_id),
  constraint user_skills_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint user_skills_skill_id_fkey foreign key (skill_id)
    references smatrx.skills (id) on delete cascade,
  constraint user_skills_verified_by_fkey foreign key (verified_by)
    references identity.users (id) on delete set null,
  constraint user_skills_verified_check check (verified = (verified_at is not null)),
  constraint user_skills_verified_by_check check (verified or verified_by is null),
  constraint user_skills_verified_by_other_check check (verified_by <> user_id),
  constraint user_skills_source_check check (verified = (source = 'verified')),
  constraint user_skills_evidence_check check (octet_length(evidence::text) <= 65536)
);

comment on table smatrx.user_skills is 'Skills that users have: each at most once.';
comment on column smatrx.user_skills.user_id is 'Who has it.';
comment on column smatrx.user_skills.id is 'This user''s skill.';
comment on column smatrx.user_skills.skill_id is 'The skill in the catalogue.';
comment on column smatrx.user_skills.level is 'How well it is mastered.';
comment on column smatrx.user_skills.proficiency_score is 'The same as a number, 0 to 100.';
comment on column smatrx.user_skills.years_experience is 'For how many years it has been used, 0 to 80.';
comment on column smatrx.user_skills.last_used is 'When it was last used.';
comment on column smatrx.user_skills.verified is
  'Whether somebody else vouches for it at this level; no more once the skill or a higher level takes its place.';
comment on column smatrx.user_skills.verified_at is 'When it was verified; null: it is not.';
comment on column smatrx.user_skills.verified_by is
  'Who verified it, never the user; null: nobody, or their account is gone.';
comment on column smatrx.user_skills.source is 'Where it is known from; verified exactly while it is verified.';
comment on column smatrx.user_skills.evidence is 'What proves it: a JSON object, at most 64 KiB.';
comment on column smatrx.user_skills.created_at is 'When the skill was recorded.';
comment on column smatrx.user_skills.updated_at is 'When the row last changed; strictly increasing.';

create index user_skills_user_id_proficiency_score_idx on smatrx.user_skills
  (user_id, (coalesce(proficiency_score, -1)), id);
create index user_skills_user_id_level_verified_idx on smatrx.user_skills (user_id, level, verified);
create index user_skills_skill_id_idx on smatrx.user_skills (skill_id);
create index user_skills_verified_by_idx on smatrx.user_skills (verified_by) where verified_by is not null;

-- Somebody vouched for this skill at this level, and for no other.
create function smatrx.void_verification() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.verified and (new.skill_id <> old.skill_id or new.level > old.level) then
    new.verified := false;
    new.verified_at := null;
    new.verified_by := null;
    new.source := case new.source when 'verified' then 'manual' else new.source end;
  elsif new.verified then
    new.source := 'verified';
  end if;
  return new;
end
$$;
comment on function smatrx.void_verification() is
  'Before a user''s skill changes: another skill or a higher level is no longer verified; one that is says so as its '
  'source.';

create trigger user_skills_void_verification
before update on smatrx.user_skills
for each row execute function smatrx.void_verification();
create trigger user_skills_touch
before update on smatrx.user_skills
for each row execute function base.touch_updated_at();
select audit.attach('smatrx.user_skills');
