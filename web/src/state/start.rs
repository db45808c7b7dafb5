//! What the page begins with: the scenario of the address, or the work that this browser keeps.

use std::rc::Rc;

use organization::{Scenario, file};
use playground::link::{self, Named};
use playground::{examples, lessons};

use super::Action;
use super::action::Source;
use super::model::{Dialog, Model, Notice, Origin, Pane, lesson_of};
use super::opened::apart_from_record;
use super::persist::Stored;
use super::reduce::reduce;

/// What the fragment of an address says.
#[derive(Clone, Debug, PartialEq)]
pub enum Fragment {
    /// Nothing.
    None,
    /// A scenario, from a link.
    Scenario(Rc<Scenario>),
    /// A built-in example, which has to be loaded: its id.
    Example(&'static str),
    /// A lesson of the course, which has to be loaded: its id.
    Lesson(&'static str),
    /// No scenario: why, in a sentence.
    Broken(String),
}

/// Reads the fragment of an address, with its `#`.
#[must_use]
pub fn read_fragment(fragment: &str) -> Fragment {
    let text = fragment.strip_prefix('#').unwrap_or(fragment);
    if text.is_empty() {
        return Fragment::None;
    }
    // Most addresses of examples need nothing of what reads links.
    let example = text.strip_prefix("example/").and_then(examples::find);
    if let Some(example) = example {
        return Fragment::Example(example.id);
    }
    match link::open(fragment) {
        Ok(named) => of_link(named),
        Err(error) => Fragment::Broken(error.to_string()),
    }
}

/// What a link that could be read leads to.
#[must_use]
pub fn of_link(named: Named) -> Fragment {
    match named {
        Named::Scenario(opened) => Fragment::Scenario(Rc::new(opened.loaded.scenario)),
        Named::Example(id) => match examples::find(&id) {
            Some(example) => Fragment::Example(example.id),
            None => Fragment::Broken(texts::state_start_there_example_called(&id)),
        },
        Named::Lesson(id) => match lessons::find(&id) {
            Some(lesson) => Fragment::Lesson(lesson.id),
            None => Fragment::Broken(texts::lesson_not_in_course(&id)),
        },
    }
}

/// The model that the page starts with. An example takes the place of one's own work when it has
/// been loaded.
#[must_use]
pub fn start(fragment: &str, stored: &Stored) -> Model {
    let own = own_work(stored);
    match read_fragment(fragment) {
        Fragment::None | Fragment::Example(_) | Fragment::Lesson(_) => own,
        Fragment::Broken(message) => Model {
            dialog: Some(Dialog::BrokenLink {
                message,
                raw: fragment.to_owned(),
            }),
            ..own
        },
        Fragment::Scenario(scenario) => {
            let opened = Action::ScenarioOpened {
                scenario,
                source: Source::Visit,
            };
            reduce(&own, opened, 0.0).unwrap_or(own)
        }
    }
}

/// The scenario of one's own that was open last. One that stopped the page or can't be read stays
/// in its place, and another is begun.
fn own_work(stored: &Stored) -> Model {
    let empty = Model {
        preferences: stored.preferences.clone(),
        storage: stored.state.clone(),
        origin: Origin::Kept(stored.id),
        ..Model::default()
    };
    let Some(text) = &stored.work else {
        // Where one pane is shown at a time, the first is that in which one begins.
        return Model {
            pane: Pane::Organization,
            ..empty
        };
    };
    let beside = |told: String| Model {
        origin: Origin::Kept(stored.fresh),
        kept: Some(stored.id),
        notice: Some(Notice::new(told)),
        ..empty.clone()
    };
    if stored.stopped {
        return beside(texts::state_start_page_stopped_while().to_owned());
    }
    match file::read(text) {
        Ok(loaded) => {
            let (scenario, _) = apart_from_record(Rc::new(loaded.scenario));
            let own = Model { scenario, ..empty };
            Model {
                kept: (!own.is_empty()).then_some(stored.id),
                pane: match lesson_of(&own.scenario) {
                    Some(_) => Pane::Lesson,
                    None => own.pane,
                },
                ..own.with_first_selected()
            }
        }
        Err(error) => beside(texts::state_start_scenario_was_open(&error)),
    }
}
