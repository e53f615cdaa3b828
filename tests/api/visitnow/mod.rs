//! visitnow, over HTTP.

mod appointment_moves;
mod appointment_notes;
pub mod appointments;
mod appointments_list;
mod booking_storm;
mod leaving;
pub mod people;
pub mod places;
pub mod waitlist;
mod waitlist_offers;
