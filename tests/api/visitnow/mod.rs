//! visitnow, over HTTP.

mod by_hand;
pub mod conversations;
mod dependants;
mod messages;
mod notifications;
mod patients;
mod patients_treated;
pub mod people;
mod preferences;
mod ticket_moves;
mod ticket_participants;
mod tickets;
