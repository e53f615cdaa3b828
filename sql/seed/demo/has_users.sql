-- Whether anybody has an account yet.
select exists (select from identity.users) as "used!"
