mod applications;
mod certifications;
mod jobs;
mod jobs_flow;
mod jobs_list;
mod jobs_overview;
mod resumes;
