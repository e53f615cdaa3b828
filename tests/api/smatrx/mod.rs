//! smatrx, over HTTP.

mod achievements;
mod career_goals;
mod catalogue;
mod gap;
mod profiles;
mod skill_analyses;
mod user_skills;
