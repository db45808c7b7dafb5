//! Links that were made once and are never made anew: what people have kept must go on opening.
//! Each file `….link` beside a scenario file holds one feature of the file and of the codec.

use std::fs;

use playground::link;

use crate::{folder, read};

/// The link in `first-release.link` was made by the first release and is never made anew: links
/// that people have kept must go on opening.
#[test]
fn a_link_of_the_first_release_still_opens() {
    let kept = fs::read_to_string(folder("tests/golden/first-release.link")).unwrap();
    let expected = fs::read_to_string(folder("tests/golden/first-release.json")).unwrap();
    let loaded = link::decode(kept.trim()).unwrap();
    assert_eq!(loaded.scenario, read(&expected));
    assert_eq!(loaded.warnings, []);
}

/// What the links in `g1` hold; none of them may go missing.
const FEATURES: [&str; 10] = [
    "callers",
    "empty",
    "lesson-and-recorded",
    "letters-of-the-world",
    "requests",
    "resource-control-policies",
    "service-control-policies",
    "source-texts",
    "unknown-fields",
    "whole-organization",
];

#[test]
fn every_kept_link_opens_as_the_scenario_that_it_was_made_of() {
    for feature in FEATURES {
        let kept = |ending: &str| {
            fs::read_to_string(folder("tests/golden/g1").join(format!("{feature}.{ending}")))
        };
        let link = kept("link").expect("a kept link");
        let expected =
            organization::file::read(&kept("json").expect("its scenario")).expect("a scenario");
        let loaded = link::decode(link.trim_end()).expect(feature);
        assert_eq!(loaded.scenario, expected.scenario, "{feature}");
        // Each text of a policy byte for byte, and each field that nobody knows.
        assert_eq!(
            organization::file::write(&loaded.scenario),
            organization::file::write(&expected.scenario),
            "{feature}"
        );
        assert_eq!(
            link::decode(&link::encode(&loaded.scenario))
                .unwrap()
                .scenario,
            expected.scenario,
            "{feature}"
        );
    }
}
