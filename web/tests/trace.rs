//! Asking for a part of the trace from elsewhere on the page. Runs without a browser.
#![cfg(not(target_arch = "wasm32"))]

use organization::NodeId;
use web::state::{Action, Model, Pane, TracePlace, reduce};

fn sought(model: &Model) -> Model {
    let place = TracePlace::Level(NodeId::from("r-ab12"));
    reduce(model, Action::TraceSought(place), 0.0).unwrap_or_default()
}

#[test]
fn the_trace_is_shown_and_each_asking_is_a_new_one() {
    let first = sought(&Model::default());
    assert_eq!(first.pane, Pane::Trace);
    let again = sought(&first);
    assert_ne!(first.sought, None);
    assert_ne!(first.sought, again.sought);
}
