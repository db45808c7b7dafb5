//! Cells of the table of requests that are typed into: each letter counts at once, and all of
//! them until the cell is left are one step, or none.

use organization::{Edit, Request};

use super::history::Millis;
use super::label::label;
use super::model::Model;
use super::reduce::{changed, refused, settled};

/// The clock of a cell that is open: it stands still, so that a pause begins no new step.
const STANDS_STILL: Millis = f64::MAX;

/// What the history knows the cell by.
fn field(session: u32) -> String {
    format!("open cell {session}")
}

/// A cell was typed into.
pub(super) fn typed(model: &Model, request: Request, session: u32) -> Model {
    let edit = Edit::UpdateRequest(Box::new(request));
    let label = label(&model.scenario, &edit);
    match model.scenario.apply(edit) {
        Ok(edited) => changed(model, edited, label, Some(field(session)), STANDS_STILL),
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

/// A cell was left as it was before it was typed into.
pub(super) fn dropped(model: &Model, session: u32) -> Option<Model> {
    let (step, history) = model.history.dropped(&field(session))?;
    let next = Model {
        scenario: step.scenario,
        origin: step.origin,
        history,
        ..model.clone()
    };
    Some(settled(next, &model.scenario))
}

#[cfg(test)]
mod tests {
    use organization::{Caller, CallerKind};

    use super::*;
    use crate::state::{Action, reduce};

    fn model() -> Model {
        let request = Request::new(Caller::new(CallerKind::Anonymous), "s3:GetObject", "*");
        let edit = Edit::AddRequest {
            request: Box::new(request),
            position: None,
        };
        after(&Model::default(), Action::Edited(edit), 0.0)
    }

    fn after(model: &Model, action: Action, now: Millis) -> Model {
        reduce(model, action, now).expect("something changes")
    }

    fn letter(model: &Model, action: &str, now: Millis) -> Model {
        let request = Request {
            action: action.to_owned(),
            ..Request::clone(&model.scenario.requests[0])
        };
        let request = Box::new(request);
        after(
            model,
            Action::RequestTyped {
                request,
                session: 7,
            },
            now,
        )
    }

    fn action(model: &Model) -> &str {
        &model.scenario.requests[0].action
    }

    #[test]
    fn a_cell_is_one_step_however_slowly_it_is_typed() {
        let before = model();
        let typed = letter(
            &letter(&before, "iam:L", 1_000.0),
            "iam:ListUsers",
            60_000.0,
        );
        assert_eq!(action(&typed), "iam:ListUsers");
        let undone = after(&typed, Action::Undone, 61_000.0);
        assert_eq!(action(&undone), "s3:GetObject");
        assert_eq!(undone.history.to_undo(), before.history.to_undo());
    }

    #[test]
    fn a_cell_that_is_left_as_it_was_leaves_no_step() {
        let before = model();
        let typed = letter(&before, "iam:ListUsers", 1_000.0);
        let action_of = |session| Action::RequestTypingDropped { session };
        assert!(reduce(&typed, action_of(8), 2_000.0).is_none());
        let dropped = after(&typed, action_of(7), 2_000.0);
        assert_eq!(action(&dropped), "s3:GetObject");
        assert_eq!(dropped.history.to_undo(), before.history.to_undo());
        assert_eq!(dropped.history.to_redo(), None);
        assert!(reduce(&dropped, action_of(7), 3_000.0).is_none());
    }
}
