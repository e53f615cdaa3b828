use std::sync::Arc;

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};

use super::stored::COST;
use super::*;

/// What `argon2id` with this cost makes of "correct horse".
fn stored(algorithm: Algorithm, memory: u32, passes: u32) -> String {
    let argon2 =
        Argon2::new(algorithm, Version::V0x13, Params::new(memory, passes, 1, None).unwrap());
    argon2.hash_password_with_salt(b"correct horse", &[7; 16]).unwrap().to_string()
}

#[tokio::test]
async fn a_hash_verifies_its_own_password_only() {
    let passwords = Passwords::default();
    let hash = passwords.hash("correct horse 🐎").await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert_ne!(hash, passwords.hash("correct horse 🐎").await.unwrap(), "salts repeat");
    assert_eq!(passwords.verify("correct horse 🐎", Some(&hash)).await, Ok(Verdict::Right));
    assert_eq!(passwords.verify("correct horse", Some(&hash)).await, Ok(Verdict::Wrong));
    assert_eq!(passwords.verify("correct horse", None).await, Ok(Verdict::Wrong));
}

#[tokio::test]
async fn unknown_wrong_right_and_overlong_take_the_same_work() {
    let passwords = Passwords::default();
    let hash = stored(Algorithm::Argon2id, COST.0, COST.1);
    let overlong = "x".repeat(MAX_BYTES + 1);
    for (password, stored) in [
        ("wrong", Some(&hash)),
        ("correct horse", Some(&hash)),
        ("wrong", None),
        (&overlong, Some(&hash)),
    ] {
        let before = passwords.work_done();
        passwords.verify(password, stored.map(String::as_str)).await.unwrap();
        assert_eq!(passwords.work_done() - before, 19456 * 2);
    }
}

#[tokio::test]
async fn cheaper_and_other_hashes_are_outdated() {
    let passwords = Passwords::default();
    for (hash, verdict) in [
        (stored(Algorithm::Argon2id, COST.0, COST.1), Verdict::Right),
        (stored(Algorithm::Argon2id, COST.0 + 1024, COST.1), Verdict::Right),
        (stored(Algorithm::Argon2id, 8192, COST.1), Verdict::RightButOutdated),
        (stored(Algorithm::Argon2id, COST.0, 1), Verdict::RightButOutdated),
        (stored(Algorithm::Argon2i, COST.0, COST.1), Verdict::RightButOutdated),
    ] {
        assert_eq!(passwords.verify("correct horse", Some(&hash)).await, Ok(verdict), "{hash}");
        assert_eq!(passwords.verify("wrong", Some(&hash)).await, Ok(Verdict::Wrong), "{hash}");
    }
}

#[tokio::test]
async fn a_hash_that_is_none_or_asks_too_much_is_unusable() {
    let passwords = Passwords::default();
    let greedy = stored(Algorithm::Argon2id, 8192, 1).replace("m=8192", "m=4000000");
    for hash in [
        "",
        "plain text",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=8192,t=1,p=1",
        &greedy,
    ] {
        assert_eq!(
            passwords.verify("correct horse", Some(hash)).await,
            Err(PasswordError::Unusable),
            "{hash}"
        );
    }
    assert_eq!(passwords.work_done(), 0);
    assert_eq!(passwords.hash(&"x".repeat(MAX_BYTES + 1)).await, Err(PasswordError::TooLong));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_all_get_their_turn() {
    let passwords = Arc::new(Passwords::default());
    let tasks: Vec<_> = (0..50)
        .map(|i| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.hash(&format!("password {i}")).await })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().is_ok());
    }
    assert_eq!(passwords.work_done(), 50 * 19456 * 2);
}
