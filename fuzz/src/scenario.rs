//! The scenario file: reading and writing lose nothing, and whatever can be read can be evaluated.

use organization::file::{read, write, write_compact};
use playground::{Engine, Focus};

/// Reads `text` as a scenario file, writes it in both forms, and evaluates it.
///
/// # Panics
/// If a form reads as another scenario, or two ways of evaluating give two verdicts.
#[must_use]
pub fn check(text: &str) -> bool {
    let scenario = match read(text) {
        Ok(loaded) => loaded.scenario,
        Err(error) => {
            let lines = text.lines().count().max(1) + 1;
            assert!(
                error
                    .place
                    .is_none_or(|place| (1..=lines).contains(&place.line) && place.column >= 1),
                "the place is outside of the text: {error}"
            );
            return true;
        }
    };
    let written = write(&scenario);
    let again = match read(&written) {
        Ok(loaded) => loaded.scenario,
        Err(error) => panic!("what was written cannot be read: {error}\n{written}"),
    };
    assert_eq!(again, scenario, "writing and reading made another scenario");
    assert_eq!(write(&again), written, "writing twice gives two texts");
    let compact = write_compact(&scenario);
    match read(&compact) {
        Ok(loaded) => assert_eq!(loaded.scenario, scenario, "the short form means another"),
        Err(error) => panic!("the short form cannot be read: {error}\n{compact}"),
    }

    let mut engine = Engine::new();
    let analysis = engine.analyze(&scenario, None);
    assert_eq!(analysis.requests.len(), scenario.requests.len());
    for view in analysis.requests.iter().take(8) {
        let Some(row) = view.rows.last() else {
            continue;
        };
        let focus = Focus {
            request: view.id.clone(),
            account: row.account.clone(),
        };
        let explained = engine.analyze(&scenario, Some(&focus));
        assert_eq!(explained.evaluated, 0, "nothing changed");
        let trace = explained.trace.map(|trace| trace.verdict);
        assert_eq!(trace, Some(row.verdict), "the trace of {}", view.id);
    }
    true
}
