//! Share links: every text is a scenario or a clear error, and a scenario survives its link.

use organization::file::{read, write};
use playground::link::{MAX_FRAGMENT, MAX_SCENARIO, Named, complete, decode, encode, open};

/// Reads `text` as the fragment of a link; if it is none but a scenario, makes one of it.
///
/// # Panics
/// If a scenario is another one after the way through a link, or a link unpacks to more than may be.
#[must_use]
pub fn check(text: &str) -> bool {
    if let Ok(Named::Scenario(opened)) = open(text) {
        let made = decode(&opened.fragment).map(|it| it.scenario);
        assert_eq!(made, Ok(opened.loaded.scenario), "the link as it was made");
    }
    let _ = complete(text, text);
    let scenario = match (decode(text), read(text)) {
        (Ok(loaded), _) => {
            assert!(text.len() <= MAX_FRAGMENT + 1, "a link may not be as long");
            loaded.scenario
        }
        (Err(error), Err(_)) => {
            assert!(!error.to_string().is_empty(), "an error says something");
            return text.starts_with('#') || text.contains(':');
        }
        (Err(_), Ok(loaded)) => loaded.scenario,
    };
    let link = encode(&scenario);
    assert!(link.is_ascii(), "a link is of plain characters: {link}");
    let again = match decode(&link) {
        Ok(loaded) => loaded.scenario,
        Err(error) => panic!("a link that was just made cannot be opened: {error}"),
    };
    assert_eq!(again, scenario, "another scenario came out of the link");
    assert_eq!(decode(&format!("#{link}")).map(|it| it.scenario), Ok(again));
    assert!(write(&scenario).len() <= 4 * MAX_SCENARIO);
    true
}
