//! smatrx, over HTTP.

mod achievements;
mod career_goals;
mod catalogue;
mod gap;
mod profiles;
mod skill_analyses;
mod skill_categories;
mod skill_imports;
mod skills;
mod skills_list;
mod user_skills;

pub use catalogue::skill;
