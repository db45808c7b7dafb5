//! What this browser keeps: the work, earlier works that a link or an import took the place of,
//! and the theme. Storage may be refused; then everything else works as before.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use organization::{Scenario, file};
use wasm_bindgen::{JsCast, JsValue};

use super::model::{Model, Origin, StorageState, Theme};
use super::storage;

/// The key of the work.
pub const WORK: &str = "guardrail:work";
const EARLIER: &str = "guardrail:earlier";
const STOPPED: &str = "guardrail:stopped";
/// Also read by `boot.js`, before the first paint.
const THEME: &str = "guardrail:theme";

/// How many earlier works are kept.
const EARLIER_LIMIT: usize = 5;

/// What was found in this browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The work, as a scenario file.
    pub work: Option<String>,
    /// Whether the page stopped while it worked on it.
    pub stopped: bool,
    /// The theme.
    pub theme: Theme,
    /// Whether this browser keeps anything.
    pub state: StorageState,
}

thread_local! {
    /// What is not saved yet.
    static UNSAVED: RefCell<Option<Unsaved>> = const { RefCell::new(None) };
}

/// A scenario to save; its text is only written when it is saved.
struct Unsaved {
    scenario: Rc<Scenario>,
    origin: Origin,
}

/// Reads everything.
#[must_use]
pub fn load() -> Stored {
    if storage::storage().is_none() {
        return Stored {
            state: StorageState::NotKept(storage::REFUSED.to_owned()),
            ..Stored::default()
        };
    }
    let stopped = storage::get(STOPPED).is_some_and(|value| value.is_truthy());
    storage::delete(STOPPED);
    Stored {
        work: storage::text(WORK),
        stopped,
        theme: match storage::text(THEME).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        },
        state: StorageState::Kept,
    }
}

/// Earlier works, as scenario files, the latest first.
#[must_use]
pub fn earlier() -> Vec<String> {
    let works = storage::get(EARLIER).and_then(|works| works.dyn_into::<Array>().ok());
    let works = works.unwrap_or_default();
    works.iter().filter_map(|work| work.as_string()).collect()
}

/// The text of the kept work.
#[must_use]
pub fn work() -> Option<String> {
    storage::text(WORK)
}

/// Notes what is to be saved, without writing it yet. What another scenario takes the place of is
/// written before.
pub fn remember(model: &Model) {
    let replaced = UNSAVED.with_borrow(|unsaved| {
        unsaved
            .as_ref()
            .is_some_and(|unsaved| unsaved.origin == Origin::Kept && model.origin != Origin::Kept)
    });
    if replaced {
        let _ = flush();
    }
    UNSAVED.with_borrow_mut(|unsaved| {
        *unsaved = (model.origin != Origin::Visit).then(|| Unsaved {
            scenario: Rc::clone(&model.scenario),
            origin: model.origin,
        });
    });
}

/// Saves what was noted, and keeps it noted where that fails. None if there was nothing to save.
pub fn flush() -> Option<StorageState> {
    UNSAVED.with_borrow_mut(|noted| {
        let unsaved = noted.take()?;
        let saved = save(&unsaved);
        Some(match saved {
            Ok(()) => StorageState::Kept,
            Err(reason) => {
                *noted = Some(unsaved);
                StorageState::NotKept(reason)
            }
        })
    })
}

/// The text of the scenario that was noted and is not saved.
#[must_use]
pub fn unsaved() -> Option<String> {
    UNSAVED.with_borrow(|noted| Some(file::write(&noted.as_ref()?.scenario)))
}

fn save(unsaved: &Unsaved) -> Result<(), String> {
    let text = file::write(&unsaved.scenario);
    if unsaved.origin == Origin::VisitChanged
        && let Some(before) = storage::text(WORK)
        && before != text
    {
        let mut works = earlier();
        works.retain(|work| *work != before && *work != text);
        works.insert(0, before);
        works.truncate(EARLIER_LIMIT);
        let works: Array = works.into_iter().map(JsValue::from).collect();
        storage::set(EARLIER, &works)?;
    }
    storage::set(WORK, &text.into())
}

/// Notes that the page stopped: the next start must not run into the same again.
pub fn note_stop() {
    let _ = storage::set(STOPPED, &JsValue::TRUE);
}

/// Keeps the theme.
pub fn keep_theme(theme: Theme) {
    let _ = match theme {
        Theme::System => {
            storage::delete(THEME);
            Ok(())
        }
        Theme::Light => storage::set(THEME, &"light".into()),
        Theme::Dark => storage::set(THEME, &"dark".into()),
    };
}
