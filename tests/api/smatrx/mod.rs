//! smatrx, over HTTP.

mod catalogue;
mod profiles;
mod user_skills;
