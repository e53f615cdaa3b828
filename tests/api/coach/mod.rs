mod certifications;
mod educations;
mod experiences;
mod parts;
mod skills;
mod user_profiles;
