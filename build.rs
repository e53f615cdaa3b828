//! Rebuild when SQL changes: cargo does not watch the files that macros read.
fn main() {
    for directory in ["sql", "migrations", ".sqlx"] {
        println!("cargo::rerun-if-changed={directory}");
    }
}
