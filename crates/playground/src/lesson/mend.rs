//! Mending and building: whether everything comes out as the task asks, by leave of the step.

use std::rc::Rc;

use organization::lesson::{Editable, Step, Task};
use organization::{ExpectedVerdict, Request, RequestId, Scenario};

use super::{Detail, Finding, kept, limits, structure, words};
use crate::engine::Engine;
use crate::view::{Focus, RequestView};

pub(super) fn judge(
    engine: &mut Engine,
    start: &Scenario,
    now: &Scenario,
    task: &Task,
    steps: &[Step],
    detail: Detail,
) -> Vec<Finding> {
    let mut found = kept::findings(start, now, steps);
    found.extend(limits::findings(start, now, &task.limits));
    if !task.structure.is_empty() {
        found.extend(structure::findings(now, &task.structure));
    }
    if detail == Detail::Solved && found.iter().any(|finding| !finding.met) {
        return found;
    }
    let own = steps
        .iter()
        .any(|step| step.edit.contains(&Editable::Requests));
    found.extend(expectations(engine, start, now, task, own, detail));
    found
}

/// Each request that the task names, with whether it comes out as it should.
fn expectations(
    engine: &mut Engine,
    start: &Scenario,
    now: &Scenario,
    task: &Task,
    own: bool,
    detail: Detail,
) -> Vec<Finding> {
    let mut asked = now.clone();
    asked.requests = task
        .expect
        .iter()
        .filter_map(|(id, expected)| {
            let request = if own { now } else { start }.request(id.as_str())?;
            Some(Rc::new(Request {
                expect: Some(expected.clone()),
                ..(**request).clone()
            }))
        })
        .collect();
    let analysis = engine.analyze(&asked, None);
    let mut found = Vec::new();
    for (id, expected) in &task.expect {
        let who = words::request(&asked, id.as_str());
        let Some(view) = analysis.request(id) else {
            let said = texts::rich::lesson_request_missing(who);
            found.push(Finding::new(false, "request", id.as_str(), said));
            continue;
        };
        let met = view.expectation.as_ref().is_some_and(|it| it.met);
        let row = differing(view, expected.verdict.as_ref());
        let sentence = match &view.expectation {
            Some(it) if it.met => words::as_expected(who, &view.word),
            Some(it) if row.is_none() && !it.differences.is_empty() => {
                words::differently(who, &it.differences.join("; "))
            }
            _ => {
                let wanted = expected.verdict.as_ref();
                let wanted = wanted.map_or(texts::lesson_by_account(), crate::words::expected);
                words::not_as_expected(who, wanted, &view.word)
            }
        };
        let reason = match detail {
            Detail::Told => reason(engine, &asked, id, view, row),
            Detail::Solved => None,
        };
        found.push(Finding {
            reason,
            ..Finding::new(met, "request", id.as_str(), sentence)
        });
    }
    found
}

/// The first row whose verdict is not the expected one.
fn differing(view: &RequestView, wanted: Option<&ExpectedVerdict>) -> Option<usize> {
    let wanted = wanted?;
    let mut rows = view.rows.iter();
    rows.position(|row| !crate::expect::fits(wanted, row.verdict))
}

/// The sentence of the trace for the row that differs, or the first one.
fn reason(
    engine: &mut Engine,
    asked: &Scenario,
    id: &RequestId,
    view: &RequestView,
    row: Option<usize>,
) -> Option<crate::view::Phrase> {
    let focus = Focus {
        request: id.clone(),
        account: view
            .rows
            .get(row.unwrap_or(0))
            .and_then(|row| row.account.clone()),
    };
    let traces = engine.explain(asked, &[focus]);
    traces
        .into_iter()
        .flatten()
        .next()
        .map(|trace| trace.sentence)
}
