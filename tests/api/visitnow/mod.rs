//! visitnow, over HTTP.

mod availability_templates;
mod by_hand;
mod clinics;
mod conversations;
mod credentials;
mod dependants;
mod materialize;
mod messages;
mod notifications;
mod patients;
mod patients_treated;
pub mod people;
mod permissions;
pub mod places;
mod preferences;
mod providers;
mod search;
mod search_pages;
mod services;
mod slots;
mod slots_list;
mod staff_members;
mod summer_time;
mod ticket_moves;
mod ticket_participants;
mod tickets;
