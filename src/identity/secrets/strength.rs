//! What a new password must be, and how an answer to a security question is made comparable.

use std::sync::LazyLock;

use thiserror::Error;

/// The fewest characters (not bytes) of a password.
pub const MIN_CHARACTERS: usize = 8;
/// The most characters (not bytes) of a password.
pub const MAX_CHARACTERS: usize = 128;

/// The 10,000 commonest passwords; source and licence are in the file beside it.
static COMMON: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a new password is refused; the text is for its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordProblem {
    /// Fewer than [`MIN_CHARACTERS`].
    #[error("must have at least {MIN_CHARACTERS} characters")]
    TooShort,
    /// More than [`MAX_CHARACTERS`].
    #[error("must have at most {MAX_CHARACTERS} characters")]
    TooLong,
    /// Among the 10,000 commonest, whatever its case.
    #[error("is one of the most common passwords; choose another")]
    TooCommon,
}

/// Whether `password` may be taken: its length, and that it is not among the commonest. No rules of composition: they
/// make passwords worse (NIST SP 800-63B, section 5.1.1.2).
///
/// # Errors
/// The first [`PasswordProblem`].
pub fn check_strength(password: &str) -> Result<(), PasswordProblem> {
    match password.chars().count() {
        ..MIN_CHARACTERS => Err(PasswordProblem::TooShort),
        MIN_CHARACTERS..=MAX_CHARACTERS if is_common(password) => Err(PasswordProblem::TooCommon),
        MIN_CHARACTERS..=MAX_CHARACTERS => Ok(()),
        _ => Err(PasswordProblem::TooLong),
    }
}

fn is_common(password: &str) -> bool {
    COMMON.binary_search(&password.to_lowercase().as_str()).is_ok()
}

/// The answer to a security question as it is hashed and verified: in lower case, without white space around it, one
/// space for any white space within, since nobody remembers how they typed it.
#[must_use]
pub fn normalize_answer(answer: &str) -> String {
    answer.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        for letter in ["x", "é", "語", "🌱"] {
            for (length, result) in [
                (0, Err(PasswordProblem::TooShort)),
                (7, Err(PasswordProblem::TooShort)),
                (8, Ok(())),
                (128, Ok(())),
                (129, Err(PasswordProblem::TooLong)),
            ] {
                let password: String =
                    "q".repeat(length.min(1)) + &letter.repeat(length.saturating_sub(1));
                assert_eq!(check_strength(&password), result, "{length} × {letter}");
            }
        }
    }

    #[test]
    fn the_commonest_are_refused_in_any_case() {
        for password in
            ["password", "PassWord1", "12345678", "QWERTYUIOP", "iloveyou", "Trustno1", "Jennifer"]
        {
            assert_eq!(check_strength(password), Err(PasswordProblem::TooCommon), "{password}");
        }
        for password in ["correct horse", "        ", "password ", "Пароль-Пароль"] {
            assert_eq!(check_strength(password), Ok(()), "{password:?}");
        }
    }

    #[test]
    fn the_list_is_whole_and_sorted() {
        assert_eq!(COMMON.len(), 10_000);
        assert!(COMMON.is_sorted_by(|a, b| a < b));
        assert!(
            COMMON
                .iter()
                .all(|entry| entry.len() >= MIN_CHARACTERS && *entry == entry.to_lowercase())
        );
    }

    #[test]
    fn answers_are_compared_as_people_remember_them() {
        assert_eq!(normalize_answer("  Rue\tde la \n PAIX "), "rue de la paix");
        assert_eq!(normalize_answer("ÉLAN"), "élan");
        assert_eq!(normalize_answer(" \t "), "");
    }
}
