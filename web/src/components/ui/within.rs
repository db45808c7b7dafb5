//! A term within a sentence.

/// A term as it stands within a sentence: English writes it small there, other languages as it is.
#[must_use]
pub fn within(term: &str) -> String {
    match texts::common_locale() {
        "en-GB" => term.to_lowercase(),
        _ => term.to_owned(),
    }
}
