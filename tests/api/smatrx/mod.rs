//! smatrx, over HTTP.

mod achievements;
mod career_goals;
mod gap;
mod skill_analyses;
