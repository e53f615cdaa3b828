//! visitnow, over HTTP.

mod clinics;
mod credentials;
pub mod people;
mod permissions;
pub mod providers;
mod services;
mod staff_members;
