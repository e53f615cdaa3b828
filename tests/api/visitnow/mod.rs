//! visitnow, over HTTP.

mod by_hand;
mod dependants;
mod patients;
mod patients_treated;
pub mod people;
mod preferences;
mod ticket_moves;
mod ticket_participants;
mod tickets;
