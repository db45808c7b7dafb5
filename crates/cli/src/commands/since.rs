//! Which verdicts are not those that a link recorded when it was made.

use organization::Scenario;
use playground::recorded::{ENGINE, SinceRow, since};
use playground::{Engine, Focus, Inline, TraceView, words};

use super::counted;
use crate::input::Read;
use crate::output::Output;
use crate::style::safe;

/// So many rows are named.
const MOST: usize = 20;

/// Notes each row whose verdict differs, with the reason.
pub(super) fn report(read: &Read, output: &mut Output) {
    let Ok(loaded) = &read.loaded else { return };
    let scenario = &loaded.scenario;
    let Some(record) = &scenario.recorded else {
        return;
    };
    let mut engine = Engine::new();
    let analysis = engine.analyze(scenario, None);
    let Some(found) = since(record, &analysis.requests) else {
        return;
    };
    let with = match found.engine.as_str() {
        "" => String::new(),
        engine => format!(" with {}", safe(engine)),
    };
    output.note(format!(
        "{}: {} other than when this was shared{with}; this is {ENGINE}",
        safe(&read.name),
        match found.rows.len() {
            1 => "1 verdict is".to_owned(),
            _ => format!("{} are", counted(found.rows.len(), "verdict")),
        },
    ));
    let rows: Vec<&SinceRow> = found.rows.iter().take(MOST).collect();
    for (row, reason) in rows.iter().zip(reasons(&mut engine, scenario, &rows)) {
        let account = row.account.as_ref().map(|id| format!(" in {id}"));
        output.note(format!(
            "{}{}: {} then, {} now. {}",
            safe(row.request.as_str()),
            safe(&account.unwrap_or_default()),
            words::verdict(row.then).to_lowercase(),
            words::verdict(row.now).to_lowercase(),
            safe(&reason)
        ));
    }
    if found.rows.len() > MOST {
        output.note(format!("and {} more", found.rows.len() - MOST));
    }
}

/// The sentence that says each verdict.
fn reasons(engine: &mut Engine, scenario: &Scenario, rows: &[&SinceRow]) -> Vec<String> {
    let focus = |row: &&SinceRow| Focus {
        request: row.request.clone(),
        account: row.account.clone(),
    };
    let rows: Vec<Focus> = rows.iter().map(focus).collect();
    let sentence = |trace: Option<TraceView>| {
        let pieces = trace.map(|trace| trace.sentence).unwrap_or_default();
        let text = |piece: Inline| match piece {
            Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
                text
            }
        };
        pieces.into_iter().map(text).collect()
    };
    let traces = engine.explain(scenario, &rows);
    traces.into_iter().map(sentence).collect()
}
