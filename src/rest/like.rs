//! Patterns of LIKE in which a client's text stands for itself.

/// What begins with the text.
pub fn beginning(text: &str) -> String {
    literal(text) + "%"
}

/// What contains the text.
pub fn containing(text: &str) -> String {
    format!("%{}%", literal(text))
}

fn literal(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}
