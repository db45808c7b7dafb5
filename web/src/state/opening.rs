//! What becomes of the scenario as a whole: another one is opened, it is saved, it is kept apart.

use std::rc::Rc;

use organization::Scenario;

use super::action::Source;
use super::history::{Millis, Step};
use super::model::{Model, Notice, NoticeButton, Origin, Pane, Selection, StorageState, lesson_of};
use super::opened::{Opened, apart_from_record};
use super::preferences::Preferences;
use super::work::WorkId;

/// Another scenario takes the place of the one on the page, as a step that can be taken back.
pub(super) fn opened(model: &Model, scenario: Rc<Scenario>, source: Source, now: Millis) -> Model {
    let (scenario, recorded) = apart_from_record(scenario);
    // What is kept here was perhaps edited since; its record says nothing any more.
    let recorded = recorded.filter(|_| matches!(source, Source::Visit | Source::Import));
    let what = match source {
        Source::Empty => texts::state_opening_start_anew().to_owned(),
        _ if scenario.title.is_empty() => texts::state_opening_open_another_scenario().to_owned(),
        _ => texts::state_opening_open(&scenario.title),
    };
    let origin = match source {
        Source::Visit => Origin::Visit,
        Source::Work(id) => Origin::Kept(id),
        Source::Import | Source::Empty => own_place(model, now),
    };
    // What is on the page is about to be kept, if it is not yet.
    let kept = match (model.origin, &model.storage) {
        (Origin::Kept(id), StorageState::Kept) if !is_blank(model) => Some(id),
        _ => model.kept,
    };
    let notice = match source {
        Source::Visit if kept.is_some() => Some(
            Notice::new(texts::state_opening_opened_beside_your())
                .with(NoticeButton::ReturnToKeptWork),
        ),
        Source::Import | Source::Empty if !is_blank(model) => {
            let what = match (&model.storage, model.origin) {
                (StorageState::Kept, Origin::Kept(_)) => texts::state_opening_what_was_here(),
                _ => texts::state_opening_what_was_here_kept(),
            };
            Some(Notice::new(what).with(NoticeButton::Undo))
        }
        _ => None,
    };
    let history = if is_blank(model) {
        model.history.clone()
    } else {
        let before = Step {
            scenario: Rc::clone(&model.scenario),
            origin: model.origin,
            opened: Rc::clone(&model.opened),
            label: what,
            learning: None,
        };
        model.history.recorded(before, None, now)
    };
    let pane = match model.pane {
        Pane::Map | Pane::Matrix => model.pane,
        _ if lesson_of(&scenario).is_some() => Pane::Lesson,
        _ if scenario.requests.is_empty() => Pane::Organization,
        _ => Pane::Requests,
    };
    Model {
        opened: Opened::new(&scenario, recorded),
        scenario,
        history,
        notice,
        kept,
        pane,
        dialog: None,
        renaming: None,
        tree: Default::default(),
        reveal: None,
        learning: None,
        last_good: Default::default(),
        last_traces: Default::default(),
        ..with_origin(model, origin)
    }
    .with_first_selected()
}

/// What was selected before and is there in a scenario that has been opened.
pub(super) fn still_selected(before: &Model, opened: &Model) -> Selection {
    let scenario = &opened.scenario;
    let (old, first) = (&before.selection, &opened.selection);
    let request = old.request.clone();
    let request = request.filter(|id| scenario.request(id.as_str()).is_some());
    let policy = old.policy.clone();
    let policy = policy.filter(|id| scenario.policy(id.as_str()).is_some());
    Selection {
        request: request.or_else(|| first.request.clone()),
        policy: policy.or_else(|| first.policy.clone()),
        ..Selection::default()
    }
}

/// Whether there is nothing that somebody made.
pub(super) fn is_blank(model: &Model) -> bool {
    let scenario = &model.scenario;
    model.is_empty() && scenario.title.is_empty() && scenario.description.is_empty()
}

/// Where a scenario that comes from outside is kept: in the place of nothing, or in a new one.
fn own_place(model: &Model, now: Millis) -> Origin {
    match model.origin {
        Origin::Kept(id) if is_blank(model) => Origin::Kept(id),
        Origin::Kept(id) => Origin::Kept(WorkId::new(now, Some(id))),
        Origin::Visit => Origin::Kept(WorkId::new(now, model.kept)),
    }
}

/// The model with its scenario kept in another place. What another tab did to the one before says
/// nothing about it.
pub(super) fn with_origin(model: &Model, origin: Origin) -> Model {
    let mut next = model.clone();
    if origin != model.origin && model.storage == StorageState::ChangedElsewhere {
        next.storage = StorageState::Kept;
    }
    next.origin = origin;
    next
}

/// What is told while another tab has changed the same scenario.
fn conflict() -> Notice {
    Notice::new(texts::state_opening_another_tab_changed())
        .with(NoticeButton::KeepBoth)
        .with(NoticeButton::TakeTheirs)
}

/// The browser has kept the scenario, or has not.
pub(super) fn saved(model: &Model, state: StorageState) -> Option<Model> {
    let kept = match (&state, model.origin) {
        (StorageState::Kept, Origin::Kept(id)) => (!model.is_empty()).then_some(id),
        _ => model.kept,
    };
    if kept == model.kept && state == model.storage {
        return None;
    }
    let notice = match state {
        StorageState::ChangedElsewhere => Some(conflict()),
        _ => model.notice.clone(),
    };
    Some(Model {
        kept,
        notice,
        storage: state,
        ..model.clone()
    })
}

/// The scenario is kept beside the one that another tab makes of it.
pub(super) fn kept_apart(model: &Model, now: Millis) -> Model {
    let origin = match model.origin {
        Origin::Kept(id) => Origin::Kept(WorkId::new(now, Some(id))),
        Origin::Visit => Origin::Visit,
    };
    Model {
        notice: Some(Notice::new(texts::state_opening_both_kept_see())),
        ..with_origin(model, origin)
    }
}

/// The scenario is gone from this browser, and the page is empty. Undoing that keeps it again.
pub(super) fn deleted(model: &Model, now: Millis) -> Model {
    let name = match model.scenario.title.as_str() {
        "" => texts::state_opening_the_scenario(),
        title => title,
    };
    let mut next = opened(model, Rc::new(Scenario::empty()), Source::Empty, now);
    next.notice = Some(Notice::new(texts::common_deleted(&name)).with(NoticeButton::Undo));
    next.kept = None;
    next
}

/// Nothing is kept any more. What is on the page stays and is kept again once it is changed.
pub(super) fn forgotten(model: &Model) -> Model {
    Model {
        origin: Origin::Visit,
        kept: None,
        preferences: Preferences::default(),
        dialog: None,
        notice: Some(Notice::new(texts::state_opening_browser_keeps_nothing())),
        ..model.clone()
    }
}

/// The model with another look or behaviour; none if it is the same.
pub(super) fn with_preferences(model: &Model, preferences: Preferences) -> Option<Model> {
    (preferences != model.preferences).then(|| Model {
        preferences,
        ..model.clone()
    })
}
