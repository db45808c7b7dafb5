//! The texts of the built-in examples, which the page loads as files.

/// The scenario file of an example, by its id.
pub(crate) fn text(id: &str) -> Option<&'static str> {
    Some(match id {
        "four-departments" => include_str!("../../playground/examples/four-departments.json"),
        "region-guardrail" => include_str!("../../playground/examples/region-guardrail.json"),
        "protect-the-trail" => include_str!("../../playground/examples/protect-the-trail.json"),
        "full-access-taken-away" => {
            include_str!("../../playground/examples/full-access-taken-away.json")
        }
        "update-the-app" => include_str!("../../playground/examples/update-the-app.json"),
        "mfa-or-nothing" => include_str!("../../playground/examples/mfa-or-nothing.json"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_page_has_its_text() {
        for example in playground::examples::ALL {
            let text = text(example.id).unwrap_or_else(|| panic!("{} has no text", example.id));
            let loaded = organization::file::read(text).unwrap();
            assert_eq!(loaded.scenario.title, example.title());
        }
    }
}
