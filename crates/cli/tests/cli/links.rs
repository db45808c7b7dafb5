//! `guardrail link` and `guardrail open`.

use crate::support::{example, folder, run, run_with};

const EXAMPLE: &str = "crates/playground/examples/region-guardrail.json";

fn link() -> String {
    run(&["link", EXAMPLE]).exits(0).out.trim_end().to_owned()
}

#[test]
fn a_link_opens_as_the_scenario_that_it_was_made_of() {
    let link = link();
    assert!(link.starts_with("#g1:") && !link.contains('\n'));
    let opened = run(&["open", &link]);
    let original = organization::file::read(&example("region-guardrail")).expect("a scenario");
    let again = organization::file::read(&opened.exits(0).out).expect("a scenario");
    assert_eq!(opened.err, "", "no verdict is another one yet");
    let verdicts = |scenario: &organization::Scenario| {
        let recorded = scenario.recorded.as_ref()?;
        Some(recorded.get("verdicts")?.as_object()?.len())
    };
    assert_eq!(verdicts(&again.scenario), Some(9));
    let without = organization::Scenario {
        recorded: None,
        ..again.scenario
    };
    assert_eq!(without, original.scenario);

    let bare = run(&["link", "--bare", EXAMPLE])
        .exits(0)
        .out
        .trim_end()
        .to_owned();
    assert!(bare.len() < link.len());
    let again = organization::file::read(&run(&["open", &bare]).out).expect("a scenario");
    assert_eq!(again.scenario, original.scenario);

    let folder = folder("links-output");
    let path = folder.join("scenario.json");
    let path = path.to_str().expect("text");
    let written = run(&["open", &link, "--output", path]);
    assert_eq!((written.out.as_str(), written.code), ("", 0));
    assert_eq!(std::fs::read_to_string(path).expect("a file"), opened.out);
}

#[test]
fn a_link_stands_wherever_a_file_can_stand() {
    let fragment = link();
    let table = run(&["eval", &fragment]);
    table
        .exits(0)
        .prints(&["Region guardrail (link)", "shop-virginia"]);
    for form in [
        fragment.trim_start_matches('#').to_owned(),
        format!("https://example.org/page/?view=matrix{fragment}"),
    ] {
        assert_eq!(run(&["eval", &form]), table, "{form}");
    }
    run(&["test", &fragment])
        .exits(0)
        .prints(&["9 passed, 0 failed"]);
    run(&["diff", EXAMPLE, &fragment]).exits(0);
    run(&["lint", &fragment]).exits(0);
    assert_eq!(
        run_with(&["open", "-"], &fragment).out,
        run(&["open", &fragment]).out
    );
}

#[test]
fn a_base_is_the_address_of_the_page() {
    let found = run(&["link", EXAMPLE, "--base", "https://example.org/x/#old"]);
    assert_eq!(found.out, format!("https://example.org/x/{}\n", link()));
}

#[test]
fn examples_open_by_their_id() {
    let opened = run(&["open", "https://example.org/#example/region-guardrail"]);
    assert_eq!(opened.out, run(&["open", "#example/region-guardrail"]).out);
    run(&["eval", "#example/region-guardrail"])
        .exits(0)
        .prints(&["Region guardrail (#example/region-guardrail)"]);
    run(&["eval", "#example/nothing"])
        .exits(2)
        .complains(&["found no example `nothing`, expected four-departments, region-guardrail"]);
}

#[test]
fn a_damaged_link_says_what_is_wrong_and_shows_nothing() {
    let link = link();
    let cut = &link[..link.len() - 20];
    let altered = {
        let middle = link.len() / 2;
        let other = if &link[middle..=middle] == "A" {
            "B"
        } else {
            "A"
        };
        format!("{}{other}{}", &link[..middle], &link[middle + 1..])
    };
    let strange = format!("{}*{}", &link[..30], &link[30..]);
    for (damaged, part) in [
        (
            cut,
            "error: link: the link is cut or altered: it ends at position ",
        ),
        (&altered, "error: link: the link "),
        (&strange, "the character `*` at position 30"),
        (
            "#g9:abc",
            "of the kind `g9`, which this version does not know",
        ),
        ("#", "expected `g1:` after the `#`"),
        ("https://example.org/", "found an address without `#`"),
    ] {
        for command in ["open", "eval", "test", "lint"] {
            let found = run(&[command, damaged]);
            found.exits(2).complains(&[part]);
            assert!(!found.out.contains("Region"), "{}", found.out);
        }
    }
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    run(&[
        "open",
        "#example/region-guardrail",
        "-o",
        "no/such/folder/x.json",
    ])
    .exits(2)
    .complains(&["error: no/such/folder/x.json: "]);
}

#[test]
fn a_link_that_a_program_has_altered_opens_if_its_checksum_proves_it() {
    let link = link();
    let whole = run(&["open", &link]);
    let address = format!("https://example.org/x/{link}");
    let half = address.len() / 2;
    for altered in [
        format!("<{address}>."),
        format!("[the rule]({address}),"),
        format!("Look at {address}, please"),
        format!("{}\n> {}", &address[..half], &address[half..]),
        address.replace('#', "%23").replace(':', "%3A"),
    ] {
        let opened = run_with(&["open", "-"], &altered);
        assert_eq!(opened.exits(0).out, whole.out, "{altered}");
        opened.complains(&["note: -: the link was altered on its way and could be mended"]);
    }
    assert_eq!(whole.err, "");
}

#[test]
fn a_verdict_that_is_another_one_than_when_the_link_was_made_is_noted() {
    let link = {
        let text = example("region-guardrail").replacen(
            '{',
            r#"{ "recorded": { "engine": "0.0.1", "verdicts": { "shop-virginia": "allow", "gone": "allow" } },"#,
            1,
        );
        let scenario = organization::file::read(&text)
            .expect("a scenario")
            .scenario;
        format!("#{}", playground::link::encode(&scenario))
    };
    for command in ["open", "eval"] {
        let found = run(&[command, &link]);
        found.exits(0).complains(&[
            "note: link: 1 verdict is other than when this was shared with 0.0.1; this is 0.1.0",
            "note: shop-virginia: allow then, explicit deny now. ",
        ]);
        assert_eq!(found.err.lines().count(), 2, "{}", found.err);
    }
}

#[test]
fn a_lesson_is_for_the_page() {
    run(&["open", "#lesson/levels"])
        .exits(2)
        .complains(&["found the lesson `levels`", "lessons open in the page"]);
}
