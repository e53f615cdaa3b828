//! smatrx, over HTTP.

mod skill_categories;
mod skills;
mod skills_list;
