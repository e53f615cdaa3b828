-- The three roles of the database, what they may do in this database, and the schema of the migrations' history.
-- Run by `trellis migrate` before every migration, as the login itself; running it again changes nothing.
-- Roles belong to the whole cluster: another database may be making the same ones at this moment.

do $$
declare
  wanted name;
begin
  foreach wanted in array array['trellis_owner', 'trellis_app', 'trellis_readonly'] loop
    if to_regrole(wanted::text) is not null then
      continue;
    end if;
    if not exists (select from pg_roles where rolname = current_user and (rolsuper or rolcreaterole)) then
      raise exception 'role % is missing and % may not create it: migrate once with a login that has CREATEROLE',
        wanted, current_user
        using errcode = 'insufficient_privilege';
    end if;
    begin
      execute format('create role %I nologin', wanted);
    exception
      when duplicate_object or unique_violation then
        null; -- made by another database's migration meanwhile
    end;
  end loop;
end
$$;

-- The login must be able to become the owner (migrations) and the app (a server that shares this login).
do $$
declare
  wanted name;
  -- Since PostgreSQL 16 the maker of a role is its member without being able to become it.
  ability constant text :=
    case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end;
begin
  foreach wanted in array array['trellis_owner', 'trellis_app'] loop
    if pg_has_role(current_user, wanted, ability) then -- true of every superuser
      continue;
    end if;
    begin
      execute format('grant %I to current_user', wanted);
    exception
      when unique_violation then
        null; -- granted by another database's migration meanwhile
      when insufficient_privilege then
        raise exception '% is not a member of % and may not make itself one: an administrator must run GRANT % TO %',
          current_user, wanted, wanted, quote_ident(current_user)
          using errcode = 'insufficient_privilege';
    end;
  end loop;
end
$$;

do $$
declare
  this constant name := current_database();
  needed record;
begin
  for needed in
    select role, privilege
    from (values
      ('trellis_owner', 'CREATE'),
      ('trellis_owner', 'CONNECT'),
      ('trellis_app', 'CONNECT'),
      ('trellis_readonly', 'CONNECT')) as wanted (role, privilege)
    where not has_database_privilege(role, this, privilege)
  loop
    begin
      execute format('grant %s on database %I to %I', needed.privilege, this, needed.role);
    exception
      when insufficient_privilege then
        null; -- told below
    end;
    if not has_database_privilege(needed.role, this, needed.privilege) then
      raise exception '% may not grant % on database % to %: its owner must do so',
        current_user, needed.privilege, this, needed.role
        using errcode = 'insufficient_privilege';
    end if;
  end loop;
end
$$;

-- Databases that were first made by PostgreSQL 14 or older let everybody create in the schema public.
do $$
begin
  if exists (
    select
    from pg_namespace as schema,
      aclexplode(coalesce(schema.nspacl, acldefault('n', schema.nspowner))) as entry
    where schema.nspname = 'public'
      and entry.grantee = 0
      and entry.privilege_type = 'CREATE'
      and pg_has_role(schema.nspowner, 'USAGE'))
  then
    revoke create on schema public from public;
  end if;
end
$$;

-- The history of the migrations; the server reads it to tell whether the database is the one it was built for.
do $$
declare
  before constant text := current_setting('role');
begin
  if to_regnamespace('trellis') is null then
    perform set_config('role', 'trellis_owner', true);
    create schema trellis;
    comment on schema trellis is 'The history of the migrations. Nothing of the products is here.';
    alter default privileges in schema trellis grant select on tables to trellis_app, trellis_readonly;
    grant usage on schema trellis to trellis_app, trellis_readonly;
    perform set_config('role', before, true);
  end if;
end
$$;
