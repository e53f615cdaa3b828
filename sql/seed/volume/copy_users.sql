-- Made-up users, whose addresses are verified.
copy identity.users
  (id, email, password_hash, first_name, last_name, display_name, email_verified_at, last_login, created_at, updated_at)
from stdin (format binary)
