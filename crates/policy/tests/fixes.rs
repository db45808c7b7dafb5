//! Mends: what each finding offers, and that every offer mends.

use policy::{Fix, Kind, fixes, parse};

/// The mends of a text, each as its label and the text that it gives.
fn mended(kind: Kind, text: &str) -> Vec<(String, String)> {
    let parsed = parse(text, kind);
    let found = fixes(text, kind, catalog::AS_OF, parsed.diagnostics.iter());
    assert_eq!(found.len(), parsed.diagnostics.len());
    let told = |fix: Fix| (fix.label.clone(), fix.apply(text));
    found.into_iter().flatten().map(told).collect()
}

/// The text has exactly one mend, which gives another text.
fn check(kind: Kind, text: &str, label: &str, wanted: &str) {
    assert_eq!(
        mended(kind, text),
        [(label.to_owned(), wanted.to_owned())],
        "{text}"
    );
}

/// The text has no mend that is certain.
fn unmended(kind: Kind, text: &str) {
    assert_eq!(mended(kind, text), [], "{text}");
}

const GOOD: &str = r#"{ "Version": "2012-10-17", "Statement": [ { "Sid": "A", "Effect": "Deny", "Action": ["s3:*", "ec2:*"], "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } ] }"#;

/// [`GOOD`] is what mends it.
fn spoilt(from: &str, to: &str, label: &str) {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD);
    check(Kind::Scp, &text, label, GOOD);
}

#[test]
fn a_good_policy_has_nothing_to_mend() {
    unmended(Kind::Scp, GOOD);
}

#[test]
fn misspelt_names_and_words_are_changed() {
    spoilt("\"Resource\"", "\"Resources\"", "Change to `Resource`");
    spoilt("\"Action\"", "\"action\"", "Change to `Action`");
    spoilt("\"Statement\"", "\"Statements\"", "Change to `Statement`");
    spoilt("\"Deny\"", "\"deny\"", "Change to `Deny`");
    spoilt("2012-10-17", "2026-11-21", "Change to `2012-10-17`");
    spoilt(
        "StringNotEquals",
        "StringNotEqual",
        "Change to `StringNotEquals`",
    );
    spoilt(
        "StringNotEquals",
        "stringnotequals",
        "Change to `StringNotEquals`",
    );
}

#[test]
fn a_name_is_not_changed_to_one_that_is_there() {
    let text = GOOD.replace(r#""Resource": "*""#, r#""Resource": "*", "Resources": "*""#);
    unmended(Kind::Scp, &text);
}

#[test]
fn what_no_name_is_near_stays() {
    unmended(Kind::Scp, &GOOD.replace("\"Sid\"", "\"Colour\""));
    unmended(Kind::Scp, &GOOD.replace("\"Deny\"", "\"Block\""));
}

#[test]
fn signs_of_json_are_added_and_removed() {
    spoilt("\"s3:*\", ", "\"s3:*\" ", "Add the comma");
    spoilt("\"ec2:*\"]", "\"ec2:*\",]", "Remove the comma");
    spoilt("[\"s3:*\"", "[,\"s3:*\"", "Remove the comma");
    spoilt("\"Effect\":", "Effect:", "Put it in double quotes");
    spoilt("\"Effect\"", "'Effect'", "Use double quotes");
    spoilt("\"Effect\":", "\"Effect\"", "Add the colon");
    spoilt("] }", "] } }", "Remove `}`");
    check(
        Kind::Scp,
        &format!("// why\n{GOOD}"),
        "Remove the comment",
        GOOD,
    );
}

#[test]
fn what_the_end_leaves_open_is_closed() {
    let cut = GOOD.trim_end_matches([' ', '}', ']']);
    let found = mended(Kind::Scp, cut);
    let (label, text) = found.first().unwrap();
    assert_eq!(label, "Add `}}}]}` at the end");
    assert_eq!(policy::minify(text), policy::minify(GOOD));
}

#[test]
fn a_second_equal_member_goes_and_a_different_one_stays() {
    let twice = r#""Effect": "Deny", "Effect": "Deny""#;
    let text = GOOD.replace(r#""Effect": "Deny""#, twice);
    check(Kind::Scp, &text, "Remove the second one", GOOD);
    unmended(
        Kind::Scp,
        &GOOD.replace(
            r#""Effect": "Deny""#,
            r#""Effect": "Deny", "Effect": "Allow""#,
        ),
    );
}

#[test]
fn sids_become_valid_and_different() {
    let identity = GOOD.replace("Deny", "Allow");
    check(
        Kind::Identity,
        &identity.replace("\"A\"", "\"A b-c\""),
        "Change to `Abc`",
        &identity.replace("\"A\"", "\"Abc\""),
    );
    let (first, second) = (
        r#"{ "Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*" }"#,
        r#"{ "Sid": "A", "Effect": "Deny", "Action": "*", "Resource": "*" }"#,
    );
    let text = format!(r#"{{ "Version": "2012-10-17", "Statement": [{first}, {second}] }}"#);
    check(
        Kind::Identity,
        &text,
        "Change to `A2`",
        &text.replace(second, &second.replace("\"A\"", "\"A2\"")),
    );
}

#[test]
fn what_a_kind_must_have_or_cannot_have_is_added_or_removed() {
    spoilt(
        " \"Version\": \"2012-10-17\",",
        "",
        "Add `\"Version\": \"2012-10-17\"`",
    );
    spoilt(
        "\"Effect\": \"Deny\",",
        "\"Effect\": \"Deny\", \"Principal\": \"*\",",
        "Remove `Principal`",
    );
    let narrow = "\"Effect\": \"Deny\", \"Principal\": { \"AWS\": \"111111111111\" },";
    unmended(Kind::Scp, &GOOD.replace("\"Effect\": \"Deny\",", narrow));
    let rcp = GOOD.replace("[\"s3:*\", \"ec2:*\"]", "\"s3:*\"");
    check(
        Kind::Rcp,
        &rcp,
        "Add `\"Principal\": \"*\"`",
        &rcp.replace("{ \"Sid\"", "{ \"Principal\": \"*\", \"Sid\""),
    );
}

#[test]
fn white_space_over_the_quota_is_taken_out() {
    let text = GOOD.replace(", ", &format!(",{}", "\n".repeat(2000)));
    check(
        Kind::Scp,
        &text,
        "Take out the white space",
        &policy::minify(GOOD),
    );
}

#[test]
fn no_text_breaks_it() {
    for text in [
        "",
        "{",
        "'",
        "\"\\",
        "[[[",
        "}",
        "\u{feff}{",
        "{a b",
        "“",
        "{\"a\" \"b\" ,,",
    ] {
        for kind in [Kind::Scp, Kind::Trust] {
            let _ = mended(kind, text);
        }
    }
}
