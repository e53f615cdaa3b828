-- Who holds visits, where, and who works for them.

create type visitnow.provider_status as enum ('pending', 'active', 'suspended');
comment on type visitnow.provider_status is 'Whether an administrator lets a provider hold visits.';

create type visitnow.credential_type as enum ('license', 'degree', 'certification', 'insurance', 'identity', 'other');
comment on type visitnow.credential_type is 'What a document proves.';

create type visitnow.credential_status as enum ('submitted', 'verified', 'rejected', 'expired');
comment on type visitnow.credential_status is 'What has become of a credential.';

create type visitnow.staff_role as enum ('receptionist', 'nurse', 'assistant', 'manager');
comment on type visitnow.staff_role is 'What somebody does in a practice.';

create type visitnow.visit_mode as enum ('in_person', 'video', 'phone');
comment on type visitnow.visit_mode is 'How patient and provider meet.';

create function visitnow.provider_search(display_name text, specializations text[]) returns tsvector
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return setweight(to_tsvector('simple', display_name), 'A')
    || setweight(to_tsvector('simple', array_to_string(specializations, ' ')), 'B');
end
$$;
comment on function visitnow.provider_search(text, text[]) is
  'What a provider is found by: their name, then what they specialize in. Names are of no language, so nothing is stemmed.';
grant execute on function visitnow.provider_search(text, text[]) to trellis_app;

create table visitnow.providers (
  id uuid not null default base.uuid_v7(),
  user_id uuid not null,
  display_name base.line not null,
  specializations base.tags not null default '{}',
  languages base.tags not null default '{}',
  about base.prose,
  experience_years base.years,
  status visitnow.provider_status not null default 'pending',
  rating_total integer not null default 0,
  rating_count integer not null default 0,
  rating double precision generated always as (
    round(rating_total::numeric / nullif(rating_count, 0), 2)::double precision) stored,
  search tsvector not null generated always as (visitnow.provider_search(display_name, specializations)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint providers_pkey primary key (id),
  constraint providers_user_id_key unique (user_id),
  constraint providers_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint providers_rating_total_check check (rating_total between rating_count and 5 * rating_count)
);

comment on table visitnow.providers is 'A doctor, as patients find and see them: at most one per user.';
comment on column visitnow.providers.id is 'The provider.';
comment on column visitnow.providers.user_id is 'Whose profile it is.';
comment on column visitnow.providers.display_name is 'The name that patients see; they find the provider by it.';
comment on column visitnow.providers.specializations is 'What the provider specializes in; patients find them by it.';
comment on column visitnow.providers.languages is 'The languages that the provider speaks, as tags of BCP 47.';
comment on column visitnow.providers.about is 'About the provider, in their words.';
comment on column visitnow.providers.experience_years is 'Years of experience, 0 to 80.';
comment on column visitnow.providers.status is
  'Only an active provider is found and booked; follows visitnow.provider_moves().';
comment on column visitnow.providers.rating_total is 'Sum of the ratings of their appointments; kept by the database.';
comment on column visitnow.providers.rating_count is 'How many appointments were rated; kept by the database.';
comment on column visitnow.providers.rating is 'The ratings'' mean, 1 to 5, to two decimals; null: not rated yet.';
comment on column visitnow.providers.search is 'What the text search looks at; see visitnow.provider_search().';
comment on column visitnow.providers.created_at is 'When the profile was made.';
comment on column visitnow.providers.updated_at is 'When the row last changed; strictly increasing.';

create index providers_search_idx on visitnow.providers using gin (search) with (fastupdate = off);
create index providers_specializations_idx on visitnow.providers
  using gin (base.lowered(specializations)) with (fastupdate = off);
create index providers_languages_idx on visitnow.providers
  using gin (base.lowered(languages)) with (fastupdate = off);
-- The best first, where nothing else narrows the search.
create index providers_rating_idx on visitnow.providers ((-coalesce(rating, 0)), id) where status = 'active';
create index providers_status_id_idx on visitnow.providers (status, id);

create function visitnow.provider_moves(provider visitnow.providers) returns visitnow.provider_status[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case provider.status
    when 'pending' then '{active,suspended}'
    when 'active' then '{suspended}'
    when 'suspended' then '{active}'
  end::visitnow.provider_status[];
end
$$;
comment on function visitnow.provider_moves(visitnow.providers) is
  'The statuses that a provider may be moved to by an administrator.';
grant execute on function visitnow.provider_moves(visitnow.providers) to trellis_app, trellis_readonly;

create function visitnow.practises(provider uuid) returns boolean
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
    from visitnow.providers
    join identity.users on users.id = providers.user_id
    where providers.id = provider
      and providers.status = 'active'
      and users.status = 'active'
      and identity.has_role(users.id, 'visitnow', 'doctor'));
end
$$;
comment on function visitnow.practises(uuid) is
  'Whether a provider is found, booked and written to: active, and a doctor whose account is active.';
grant execute on function visitnow.practises(uuid) to trellis_app, trellis_readonly;

create trigger providers_user_id_role
before insert on visitnow.providers
for each row execute function identity.require_role('user_id', 'doctor');
create trigger providers_person
before update of user_id on visitnow.providers
for each row when (old.user_id <> new.user_id)
execute function base.refuse_change('a profile is of one person, and stays so');
create trigger providers_rating_kept
before update of rating_total, rating_count on visitnow.providers
for each row when (pg_trigger_depth() = 0)
execute function base.refuse_change('ratings are counted by the database');
create trigger providers_status_flow
before update of status on visitnow.providers
for each row execute function base.check_move('a provider', 'visitnow.provider_moves($1)');
create trigger providers_touch
before update on visitnow.providers
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.providers', array['search', 'rating', 'rating_total', 'rating_count']);

create table visitnow.staff_members (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  user_id uuid not null,
  role visitnow.staff_role not null,
  permissions text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint staff_members_pkey primary key (id),
  constraint staff_members_provider_id_user_id_key unique (provider_id, user_id),
  constraint staff_members_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint staff_members_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint staff_members_permissions_check check (
    permissions <@ '{appointments:write,availability:write,messages:write,clinic:write}'
    and cardinality(permissions) <= 4)
);

comment on table visitnow.staff_members is 'Who works for a provider, and what they may do there.';
comment on column visitnow.staff_members.id is 'The membership.';
comment on column visitnow.staff_members.provider_id is 'The provider.';
comment on column visitnow.staff_members.user_id is 'Who works there; once per provider.';
comment on column visitnow.staff_members.role is 'What they do.';
comment on column visitnow.staff_members.permissions is
  'What they may do for the provider: appointments:write, availability:write, messages:write, clinic:write.';
comment on column visitnow.staff_members.created_at is 'Since when.';
comment on column visitnow.staff_members.updated_at is 'When the row last changed; strictly increasing.';

create index staff_members_provider_id_id_idx on visitnow.staff_members (provider_id, id);
create index staff_members_user_id_id_idx on visitnow.staff_members (user_id, id);

create function visitnow.acts_for(actor uuid, provider uuid, permission text) returns boolean
language plpgsql
stable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
    from visitnow.providers
    where id = provider
      and user_id = actor
      and identity.has_role(actor, 'visitnow', 'doctor')
  ) or exists (
    select
    from visitnow.staff_members
    where provider_id = provider
      and user_id = actor
      and permission = any (permissions)
      and identity.has_role(actor, 'visitnow', 'staff')
  );
end
$$;
comment on function visitnow.acts_for(uuid, uuid, text) is
  'Whether somebody may do for a provider what this permission is for: the provider, or staff who have it.';
grant execute on function visitnow.acts_for(uuid, uuid, text) to trellis_app, trellis_readonly;

create function visitnow.require_permission() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not coalesce(visitnow.acts_for(base.actor(), new.provider_id, tg_argv[0]), true) then
    raise exception 'needs the permission % of this provider', tg_argv[0]
      using errcode = 'TR403',
        schema = tg_table_schema, table = tg_table_name, column = 'provider_id';
  end if;
  return new;
end
$$;
comment on function visitnow.require_permission() is
  'Before something of a provider''s is made: refuses it (TR403) unless the provider acts, or staff with the permission, or '
  'nobody, as by hand. Argument: the permission.';

create function visitnow.check_grant() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  actor constant uuid := base.actor();
  given constant text[] := case when tg_op <> 'DELETE' then new.permissions else '{}' end;
  taken constant text[] := case when tg_op <> 'INSERT' then old.permissions else '{}' end;
  place constant uuid := case when tg_op = 'DELETE' then old.provider_id else new.provider_id end;
begin
  -- Of a provider who is on their own staff, that says nothing.
  if exists (
    select
    from visitnow.staff_members
    join visitnow.providers on providers.id = staff_members.provider_id
    where staff_members.provider_id = place
      and staff_members.user_id = actor
      and providers.user_id <> actor
      and not staff_members.permissions @> (given || taken)
  ) then
    raise exception 'gives or takes permissions that you do not have yourself'
      using errcode = 'TR403',
        schema = tg_table_schema, table = tg_table_name, column = 'permissions';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
comment on function visitnow.check_grant() is
  'Before staff change staff: refuses to give or take what they may not do themselves (TR403). Only the provider can make '
  'somebody more than the one who does it.';

create trigger staff_members_user_id_active
before insert on visitnow.staff_members
for each row execute function identity.require_active('user_id');
create trigger staff_members_user_id_role
before insert on visitnow.staff_members
for each row execute function identity.require_role('user_id', 'staff');
create trigger staff_members_grant
before insert or update or delete on visitnow.staff_members
for each row when (pg_trigger_depth() = 0) execute function visitnow.check_grant();
create trigger staff_members_permission
before insert on visitnow.staff_members
for each row execute function visitnow.require_permission('clinic:write');
create trigger staff_members_parties
before update of provider_id, user_id on visitnow.staff_members
for each row when (old.provider_id <> new.provider_id or old.user_id <> new.user_id)
execute function base.refuse_change('a membership is of one person with one provider, and stays so');
create trigger staff_members_touch
before update on visitnow.staff_members
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.staff_members');

create function visitnow.metres(one point, other point) returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return 2 * 6371008.8 * asin(least(1, sqrt(
    sind((other[1] - one[1]) / 2) ^ 2
    + cosd(one[1]) * cosd(other[1]) * sind((other[0] - one[0]) / 2) ^ 2)));
end
$$;
comment on function visitnow.metres(point, point) is
  'The distance of two points of longitude and latitude on a sphere of the Earth''s mean radius (haversine): within 0.6 % of the '
  'ellipsoid''s.';
grant execute on function visitnow.metres(point, point) to trellis_app, trellis_readonly;

create function visitnow.around(centre point, radius double precision) returns box[]
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  high constant double precision := degrees(radius / 6371008.8);
  south constant double precision := centre[1] - high;
  north constant double precision := centre[1] + high;
  wide double precision;
begin
  -- Around a pole the circle meets every meridian.
  if south <= -90 or north >= 90 then
    return array[box(point(-180, south), point(180, north))];
  end if;
  wide := degrees(asin(least(1, sind(high) / cosd(centre[1]))));
  return array[
    box(point(centre[0] - wide, south), point(centre[0] + wide, north)),
    -- What lies beyond the 180th meridian is found on its other side.
    box(point(centre[0] - wide + 360, south), point(centre[0] + wide + 360, north)),
    box(point(centre[0] - wide - 360, south), point(centre[0] + wide - 360, north))];
end
$$;
comment on function visitnow.around(point, double precision) is
  'Boxes of longitude and latitude that hold every point within so many metres, for an index to look into; what lies in '
  'their corners is further away.';
grant execute on function visitnow.around(point, double precision) to trellis_app, trellis_readonly;

create table visitnow.clinics (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  name base.line not null,
  address base.json_object,
  geo point,
  telehealth boolean not null default false,
  contact base.json_object,
  time_zone base.timezone not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint clinics_pkey primary key (id),
  constraint clinics_provider_id_id_key unique (provider_id, id),
  constraint clinics_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint clinics_geo_check check (geo[0] between -180 and 180 and geo[1] between -90 and 90),
  constraint clinics_time_zone_check check (base.is_timezone(time_zone))
);

comment on table visitnow.clinics is 'Where a provider holds visits: a place, or a screen.';
comment on column visitnow.clinics.id is 'The clinic.';
comment on column visitnow.clinics.provider_id is 'Whose it is.';
comment on column visitnow.clinics.name is 'Its name.';
comment on column visitnow.clinics.address is 'Where it is: a JSON object of street, city, region, postalCode, country.';
comment on column visitnow.clinics.geo is 'Where it is: longitude, then latitude, in degrees (WGS 84).';
comment on column visitnow.clinics.telehealth is 'Whether visits by video or phone are held from here.';
comment on column visitnow.clinics.contact is 'How it is reached: a JSON object of phone, email, website.';
comment on column visitnow.clinics.time_zone is
  'Time zone in which its weekly hours are meant, by its name in the IANA database.';
comment on column visitnow.clinics.created_at is 'When it was made.';
comment on column visitnow.clinics.updated_at is 'When the row last changed; strictly increasing.';

create index clinics_geo_idx on visitnow.clinics using gist (geo);

create trigger clinics_permission
before insert on visitnow.clinics
for each row execute function visitnow.require_permission('clinic:write');
create trigger clinics_place
before update of provider_id on visitnow.clinics
for each row when (old.provider_id <> new.provider_id)
execute function base.refuse_change('a clinic stays with its provider');
create trigger clinics_touch
before update on visitnow.clinics
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.clinics');

create table visitnow.services (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  name base.line not null,
  description base.prose,
  duration_minutes integer not null,
  mode visitnow.visit_mode not null,
  price integer,
  currency base.currency not null default 'USD',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint services_pkey primary key (id),
  constraint services_provider_id_id_key unique (provider_id, id),
  constraint services_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint services_duration_minutes_check check (duration_minutes between 5 and 480),
  constraint services_price_check check (price >= 0)
);

comment on table visitnow.services is 'What a provider does for patients.';
comment on column visitnow.services.id is 'The service.';
comment on column visitnow.services.provider_id is 'Who does it.';
comment on column visitnow.services.name is 'What it is.';
comment on column visitnow.services.description is 'More about it.';
comment on column visitnow.services.duration_minutes is 'How long it takes, 5 to 480 minutes.';
comment on column visitnow.services.mode is 'How patient and provider meet for it.';
comment on column visitnow.services.price is
  'What it costs, in the currency''s smallest unit (cents); null: as agreed.';
comment on column visitnow.services.currency is 'In which currency, ISO 4217.';
comment on column visitnow.services.is_active is 'Whether it can be booked.';
comment on column visitnow.services.created_at is 'When it was made.';
comment on column visitnow.services.updated_at is 'When the row last changed; strictly increasing.';

create trigger services_permission
before insert on visitnow.services
for each row execute function visitnow.require_permission('clinic:write');
create trigger services_place
before update of provider_id on visitnow.services
for each row when (old.provider_id <> new.provider_id)
execute function base.refuse_change('a service stays with its provider');
create trigger services_touch
before update on visitnow.services
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.services');

create table visitnow.credentials (
  id uuid not null default base.uuid_v7(),
  provider_id uuid not null,
  type visitnow.credential_type not null,
  document_url base.url not null,
  status visitnow.credential_status not null default 'submitted',
  issued_on date,
  expires_on date,
  notes base.prose,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credentials_pkey primary key (id),
  constraint credentials_provider_id_fkey foreign key (provider_id)
    references visitnow.providers (id) on delete cascade,
  constraint credentials_expires_on_check check (
    expires_on > issued_on and isfinite(issued_on) and isfinite(expires_on))
);

comment on table visitnow.credentials is 'A document by which a provider proves that they may hold visits.';
comment on column visitnow.credentials.id is 'The credential.';
comment on column visitnow.credentials.provider_id is 'Whose it is.';
comment on column visitnow.credentials.type is 'What it proves.';
comment on column visitnow.credentials.document_url is 'Where the document is.';
comment on column visitnow.credentials.status is 'What has become of it; follows visitnow.credential_moves().';
comment on column visitnow.credentials.issued_on is 'When it was issued.';
comment on column visitnow.credentials.expires_on is 'The last day on which it counts; null: it always does.';
comment on column visitnow.credentials.notes is 'What the administrator said to it.';
comment on column visitnow.credentials.created_at is 'When it was submitted.';
comment on column visitnow.credentials.updated_at is 'When the row last changed; strictly increasing.';

create index credentials_provider_id_status_idx on visitnow.credentials (provider_id, status, id);
create index credentials_status_id_idx on visitnow.credentials (status, id);
create index credentials_expires_on_idx on visitnow.credentials (expires_on) where status = 'verified';

create function visitnow.credential_moves(credential visitnow.credentials) returns visitnow.credential_status[]
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  over constant boolean := coalesce(credential.expires_on < (now() at time zone 'UTC')::date, false);
begin
  return case
    when credential.status = 'submitted' and over then '{rejected}'
    when credential.status = 'submitted' then '{verified,rejected}'
    when credential.status = 'verified' and over then '{expired}'
    else '{}'
  end::visitnow.credential_status[];
end
$$;
comment on function visitnow.credential_moves(visitnow.credentials) is
  'The statuses that a credential may move to, now: verified or rejected once it is submitted, expired when it is over (UTC).';
grant execute on function visitnow.credential_moves(visitnow.credentials) to trellis_app, trellis_readonly;

create trigger credentials_kept
before update of type, document_url, issued_on, expires_on on visitnow.credentials
for each row when (old.status <> 'submitted')
execute function base.refuse_change('a credential that was decided on is not changed; submit another');
-- A permission that nobody of the staff can have: the provider alone submits.
create trigger credentials_permission
before insert on visitnow.credentials
for each row execute function visitnow.require_permission('credentials:write');
create trigger credentials_place
before update of provider_id on visitnow.credentials
for each row when (old.provider_id <> new.provider_id)
execute function base.refuse_change('a credential stays with its provider');
create trigger credentials_status_flow
before update of status on visitnow.credentials
for each row execute function base.check_move('a credential', 'visitnow.credential_moves($1)');
create trigger credentials_touch
before update on visitnow.credentials
for each row execute function base.touch_updated_at();
select audit.attach('visitnow.credentials');
