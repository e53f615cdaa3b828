//! migratio, over HTTP.

mod countries;
mod document_requirements;
mod document_types;
mod occupation_codes;
pub mod people;
pub mod places;
mod program_costs;
mod program_documents;
mod programs;
mod programs_compare;
mod programs_list;
