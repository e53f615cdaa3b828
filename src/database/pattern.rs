//! Patterns of LIKE.

/// The text as a part of a pattern, in which it stands for itself.
pub fn literal(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}
