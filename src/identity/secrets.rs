//! Keys, passwords, tokens and encryption at rest: pure functions, without database or HTTP.
//!
//! One configured secret (see [`keys::Keyring`]) is the root of everything here; nothing in this module ever prints
//! key material, passwords or tokens.

pub mod cipher;
pub mod keys;
pub mod password;
pub mod strength;
pub mod token;

/// `N` random bytes from the operating system.
///
/// # Panics
/// If the operating system has no randomness to give: no safe answer exists then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
