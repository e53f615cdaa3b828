//! visitnow, over HTTP.

mod availability_templates;
mod by_hand;
mod conversations;
mod dependants;
mod materialize;
mod messages;
mod notifications;
mod patients;
mod patients_treated;
pub mod people;
pub mod places;
mod preferences;
mod search;
mod search_pages;
mod slots;
mod slots_list;
mod summer_time;
mod ticket_moves;
mod ticket_participants;
mod tickets;
