//! Policy text: always a document, findings inside the text, one meaning however it is laid out,
//! and a verdict beside whatever stands in it.

use std::cell::RefCell;

use organization::{Edit, Scenario};
use playground::{Engine, Focus};
use policy::{Document, Kind, LineIndex, Parsed, Span};

/// Findings about the size, which white space changes.
const ABOUT_SIZE: [&str; 2] = ["over-quota", "whitespace-over-quota"];

/// An organization in which every kind of policy is weighed; each policy has its kind as id.
const SCENARIO: &str = include_str!("policy.json");

thread_local! {
    static BENCH: RefCell<(Scenario, Engine)> = RefCell::new((scenario(), Engine::new()));
}

fn scenario() -> Scenario {
    match organization::file::read(SCENARIO) {
        Ok(loaded) => {
            assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
            loaded.scenario
        }
        Err(error) => panic!("the scenario of the target cannot be read: {error}"),
    }
}

/// The first character of `input` chooses the kind, the rest is the text of a policy.
///
/// # Panics
/// If a place is outside of the text, if the formatted text means something else, or if two ways
/// of evaluating give two verdicts.
#[must_use]
pub fn check(input: &str) -> bool {
    let mut chars = input.chars();
    let Some(kind) = chars
        .next()
        .and_then(|c| Kind::ALL.get(c as usize % Kind::ALL.len()))
    else {
        return false;
    };
    let text = chars.as_str();
    let parsed = policy::parse(text, *kind);
    places(text, &parsed);
    layout(text, &parsed, *kind);
    verdicts(text, *kind);
    true
}

/// The first character of an input for this kind.
#[must_use]
pub fn kind_character(kind: Kind) -> char {
    let at = Kind::ALL.iter().position(|known| *known == kind);
    char::from_digit(u32::try_from(at.unwrap_or(0)).unwrap_or(0), 10).unwrap_or('0')
}

fn places(text: &str, parsed: &Parsed) {
    let lines = LineIndex::new(text);
    let last = lines.line_col(text, text.len());
    let units = text.encode_utf16().count();
    let inside = |span: Span| {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is no part of a text of {} bytes",
            text.len()
        );
        let place = lines.line_col(text, span.start());
        assert!(place.line >= 1 && place.column >= 1 && place <= last);
        assert!(policy::utf16_offset(text, span.end()) <= units);
    };
    for finding in &parsed.diagnostics {
        inside(finding.span);
        finding.related.into_iter().for_each(inside);
        assert!(!finding.message.is_empty());
        assert!(policy::CODES.iter().any(|code| code.name == finding.code));
    }
    for statement in &parsed.document.statements {
        inside(statement.span);
        statement.sid.iter().for_each(|it| inside(it.span));
        statement.effect.iter().for_each(|it| inside(it.span));
        if let Some(actions) = &statement.action {
            inside(actions.span);
            actions.entries.iter().for_each(|it| inside(it.span));
        }
        if let Some(resources) = &statement.resource {
            inside(resources.span);
            resources.entries.iter().for_each(|it| inside(it.span));
        }
        for condition in &statement.conditions {
            inside(condition.span);
            inside(condition.operator.span);
            inside(condition.key.span);
            condition.values.iter().for_each(|it| inside(it.span));
        }
    }
}

/// A valid text may be formatted or minified: its meaning and its findings stay.
fn layout(text: &str, parsed: &Parsed, kind: Kind) {
    let Some(formatted) = policy::format(text) else {
        return;
    };
    assert_eq!(
        policy::format(&formatted).as_ref(),
        Some(&formatted),
        "formatting twice gives two texts"
    );
    for (how, other) in [("formatted", formatted), ("minified", policy::minify(text))] {
        let again = policy::parse(&other, kind);
        assert_eq!(
            without_places(&again.document),
            without_places(&parsed.document),
            "the {how} text means something else:\n{other}"
        );
        assert_eq!(findings(&again), findings(parsed), "{how}:\n{other}");
    }
}

fn findings(parsed: &Parsed) -> Vec<(&str, &str)> {
    parsed
        .diagnostics
        .iter()
        .filter(|finding| !ABOUT_SIZE.contains(&finding.code))
        .map(|finding| (finding.code, finding.message.as_str()))
        .collect()
}

/// The document as it is printed for people who debug, without places.
fn without_places(document: &Document) -> String {
    let mut text = String::new();
    let printed = format!("{document:?}");
    let mut rest = printed.as_str();
    while let Some((before, after)) = rest.split_once("Span { start: ") {
        text.push_str(before);
        let end = after.find(" }").map_or(after.len(), |at| at + 2);
        rest = after.get(end..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

fn verdicts(text: &str, kind: Kind) {
    BENCH.with_borrow_mut(|(scenario, engine)| {
        let edit = Edit::SetPolicyText {
            policy: kind.as_str().into(),
            text: text.into(),
        };
        let edited = match scenario.apply(edit) {
            Ok(edited) => edited.scenario,
            Err(error) => panic!("a text that cannot be set: {error}"),
        };
        let analysis = engine.analyze(&edited, None);
        // Evaluating everything anew costs the most by far: not for every input.
        if text.len().is_multiple_of(8) {
            let fresh = Engine::new().analyze(&edited, None);
            assert_eq!(analysis.requests, fresh.requests, "a kept result is old");
        }
        let rows: Vec<Focus> = analysis
            .requests
            .iter()
            .map(|request| Focus {
                request: request.id.clone(),
                account: None,
            })
            .collect();
        let traces = engine.explain(&edited, &rows);
        for (request, trace) in analysis.requests.iter().zip(traces) {
            let verdicts = (
                request.rows.first().map(|row| row.verdict),
                trace.map(|trace| trace.verdict),
            );
            assert!(
                verdicts.0.is_some() && verdicts.0 == verdicts.1,
                "{}: {verdicts:?}",
                request.id
            );
        }
    });
}
