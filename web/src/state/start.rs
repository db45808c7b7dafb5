//! What the page begins with: the scenario of the address, or the work that this browser keeps.

use std::rc::Rc;

use organization::{Scenario, file};
use playground::{examples, link};

use super::Action;
use super::action::Source;
use super::model::{Dialog, Model, Notice, Origin};
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
    if let Some(id) = text.strip_prefix("example/") {
        return match examples::find(id) {
            Some(example) => Fragment::Example(example.id),
            None => Fragment::Broken(format!("There is no example called “{id}”.")),
        };
    }
    match link::decode(text) {
        Ok(loaded) => Fragment::Scenario(Rc::new(loaded.scenario)),
        Err(error) => Fragment::Broken(error.to_string()),
    }
}

/// The model that the page starts with. An example takes the place of one's own work when it has
/// been loaded.
#[must_use]
pub fn start(fragment: &str, stored: &Stored) -> Model {
    let own = own_work(stored);
    match read_fragment(fragment) {
        Fragment::None | Fragment::Example(_) => own,
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

/// The work that this browser keeps.
fn own_work(stored: &Stored) -> Model {
    let empty = Model {
        theme: stored.theme,
        storage: stored.state.clone(),
        ..Model::default()
    };
    let Some(text) = &stored.work else {
        return empty;
    };
    if stored.stopped {
        return Model {
            origin: Origin::VisitChanged,
            has_kept_work: true,
            notice: Some(Notice::new(
                "The page stopped while it worked on your scenario, so it starts empty. Your \
                 scenario is kept: see Examples, “Earlier work”.",
            )),
            ..empty
        };
    }
    match file::read(text) {
        Ok(loaded) => {
            let own = Model {
                scenario: Rc::new(loaded.scenario),
                ..empty
            };
            Model {
                has_kept_work: !own.is_empty(),
                ..own.with_first_selected()
            }
        }
        Err(error) => Model {
            origin: Origin::VisitChanged,
            has_kept_work: true,
            notice: Some(Notice::new(format!(
                "The work kept in this browser can't be read ({error}). Its text is kept: see \
                 Examples, “Earlier work”.",
            ))),
            ..empty
        },
    }
}
