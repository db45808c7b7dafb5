//! What this browser keeps: the work, earlier works that a link or an import took the place of,
//! and the theme. Storage may be refused; then everything else works as before.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use organization::{Scenario, file};

use super::model::{Model, Origin, StorageState, Theme};

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
    if let Err(reason) = available() {
        return Stored {
            state: StorageState::NotKept(reason),
            ..Stored::default()
        };
    }
    let stopped = LocalStorage::get::<bool>(STOPPED).unwrap_or_default();
    LocalStorage::delete(STOPPED);
    Stored {
        work: LocalStorage::get(WORK).ok(),
        stopped,
        theme: match LocalStorage::get::<String>(THEME).as_deref() {
            Ok("light") => Theme::Light,
            Ok("dark") => Theme::Dark,
            _ => Theme::System,
        },
        state: StorageState::Kept,
    }
}

/// Earlier works, as scenario files, the latest first.
#[must_use]
pub fn earlier() -> Vec<String> {
    if available().is_err() {
        return Vec::new();
    }
    LocalStorage::get(EARLIER).unwrap_or_default()
}

/// The text of the kept work.
#[must_use]
pub fn work() -> Option<String> {
    available().ok()?;
    LocalStorage::get(WORK).ok()
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
        let saved = available().and_then(|()| save(&unsaved).map_err(|error| reason(&error)));
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

fn save(unsaved: &Unsaved) -> Result<(), StorageError> {
    let text = file::write(&unsaved.scenario);
    if unsaved.origin == Origin::VisitChanged
        && let Ok(before) = LocalStorage::get::<String>(WORK)
        && before != text
    {
        let mut works = earlier();
        works.retain(|work| *work != before && *work != text);
        works.insert(0, before);
        works.truncate(EARLIER_LIMIT);
        LocalStorage::set(EARLIER, works)?;
    }
    LocalStorage::set(WORK, text)
}

/// Notes that the page stopped: the next start must not run into the same again.
pub fn note_stop() {
    if available().is_ok() {
        let _ = LocalStorage::set(STOPPED, true);
    }
}

/// Keeps the theme.
pub fn keep_theme(theme: Theme) {
    if available().is_err() {
        return;
    }
    let _ = match theme {
        Theme::System => {
            LocalStorage::delete(THEME);
            Ok(())
        }
        Theme::Light => LocalStorage::set(THEME, "light"),
        Theme::Dark => LocalStorage::set(THEME, "dark"),
    };
}

/// Whether there is storage. `LocalStorage` itself throws where there is none.
fn available() -> Result<(), String> {
    match web_sys::window().map(|window| window.local_storage()) {
        Some(Ok(Some(_))) => Ok(()),
        _ => Err("this browser refuses storage".to_owned()),
    }
}

fn reason(error: &StorageError) -> String {
    match error {
        StorageError::JsError(error) if error.name == "QuotaExceededError" => {
            "the storage of this browser is full".to_owned()
        }
        _ => "this browser refuses storage".to_owned(),
    }
}
