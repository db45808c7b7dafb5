//! What this browser keeps: scenarios, each under a key of its own, and how the page looks.
//! Storage may be refused; then everything else works as before.
//!
//! Tabs share the storage. Each saving of a scenario has a revision of its own, and a tab saves
//! over none that it has not seen.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date, Math, Object, Reflect};
use organization::{Edit, Scenario, file};
use wasm_bindgen::{JsCast, JsValue};

use super::model::{Model, Origin, StorageState};
use super::opening::is_blank;
use super::preferences::Preferences;
use super::storage;
use super::work::WorkId;

/// Earlier scenarios, where the browser keeps them as a list of texts.
const EARLIER: &str = "guardrail:earlier";
/// The scenario that was open last: in this tab, and in this browser.
const OPEN: &str = "guardrail:open";
const STOPPED: &str = "guardrail:stopped";
const PREFERENCES: &str = "guardrail:preferences";
/// Also read by `boot.js`, before the first paint.
const THEME: &str = "guardrail:theme";

/// What was found in this browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The scenario that was open, as a scenario file.
    pub work: Option<String>,
    /// Its name in storage, or that of the empty scenario that the page begins with.
    pub id: WorkId,
    /// A name that no scenario has.
    pub fresh: WorkId,
    /// Whether the page stopped while it worked on the scenario.
    pub stopped: bool,
    /// How the page looks and behaves.
    pub preferences: Preferences,
    /// Whether this browser keeps anything.
    pub state: StorageState,
}

impl Stored {
    /// The same for a page that passes over what is kept, and begins empty in a place of its own.
    #[must_use]
    pub fn passed_over(self) -> Self {
        Self {
            work: None,
            id: self.fresh,
            stopped: false,
            ..self
        }
    }
}

/// A kept scenario as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Its name in storage.
    pub id: WorkId,
    /// The scenario file.
    pub text: String,
    /// When it was saved, in milliseconds; zero if that was not noted.
    pub changed: f64,
}

/// A scenario as it stands in storage.
struct Kept {
    text: String,
    changed: f64,
    revision: f64,
}

thread_local! {
    /// What is not saved yet.
    static UNSAVED: RefCell<Option<(Rc<Scenario>, WorkId)>> = const { RefCell::new(None) };
    /// The revision of each scenario that this tab has read or written last.
    static SEEN: RefCell<Vec<(WorkId, f64)>> = const { RefCell::new(Vec::new()) };
}

/// Reads everything.
#[must_use]
pub fn load() -> Stored {
    let fresh = WorkId::new(Date::now(), None);
    if storage::storage().is_none() {
        return Stored {
            state: StorageState::NotKept(texts::get(storage::REFUSED).to_owned()),
            fresh,
            ..Stored::default()
        };
    }
    let stopped = storage::get(STOPPED).is_some_and(|value| value.is_truthy());
    storage::delete(STOPPED);
    split_earlier();
    let noted = |storage| WorkId::from_key(&storage::get_from(storage, OPEN)?.as_string()?);
    let of_tab = noted(storage::tab());
    let id = of_tab
        .or_else(|| noted(storage::storage()).filter(|id| kept(*id).is_some()))
        .or_else(|| latest().map(|work| work.id))
        .unwrap_or_default();
    Stored {
        work: read(id),
        id,
        fresh,
        stopped,
        preferences: preferences(),
        state: StorageState::Kept,
    }
}

/// Gives each of the earlier scenarios that stand in one list a key of its own.
fn split_earlier() {
    let list = storage::get(EARLIER).and_then(|works| works.dyn_into::<Array>().ok());
    let Some(list) = list else { return };
    let mut id = WorkId::new(1.0, None);
    while list.length() > 0 {
        let work = list.pop();
        // Room is made first: the storage may be as good as full.
        let taken = storage::set(EARLIER, &list).is_ok();
        while kept(id).is_some() {
            id = WorkId::new(1.0, Some(id));
        }
        if !taken || storage::set(&id.key(), &work).is_err() {
            list.push(&work);
            let _ = storage::set(EARLIER, &list);
            return;
        }
    }
    storage::delete(EARLIER);
}

/// All kept scenarios, the one that was changed last first.
#[must_use]
pub fn works() -> Vec<Work> {
    let mut works: Vec<Work> = Vec::new();
    for key in storage::keys(storage::storage().as_ref()) {
        let Some(id) = WorkId::from_key(&key) else {
            continue;
        };
        let Some(Kept { text, changed, .. }) = kept(id) else {
            continue;
        };
        let at = works.iter().position(|other| other.changed < changed);
        let work = Work { id, text, changed };
        works.insert(at.unwrap_or(works.len()), work);
    }
    works
}

fn latest() -> Option<Work> {
    works().into_iter().next()
}

/// The scenario as it stands in storage. Before there were several it was a text alone.
fn kept(id: WorkId) -> Option<Kept> {
    let value = storage::get(&id.key())?;
    if let Some(text) = value.as_string() {
        return Some(Kept {
            text,
            changed: 0.0,
            revision: 0.0,
        });
    }
    let part = |name: &str| Reflect::get(&value, &name.into()).ok();
    let number = |name: &str| part(name)?.as_f64();
    Some(Kept {
        text: part("text")?.as_string()?,
        changed: number("changed").unwrap_or_default(),
        revision: number("revision").unwrap_or_default(),
    })
}

/// The text of a kept scenario, which this tab has seen then.
#[must_use]
pub fn read(id: WorkId) -> Option<String> {
    let Kept { text, revision, .. } = kept(id)?;
    saw(id, revision);
    Some(text)
}

fn saw(id: WorkId, revision: f64) {
    SEEN.with_borrow_mut(|seen| {
        seen.retain(|(other, _)| *other != id);
        seen.push((id, revision));
    });
}

/// Whether the scenario was saved by another tab, after this one has seen it last.
#[must_use]
pub fn changed_elsewhere(id: WorkId) -> bool {
    let Some(Kept { revision, .. }) = kept(id) else {
        return false;
    };
    SEEN.with_borrow(|seen| !seen.contains(&(id, revision)))
}

/// Keeps a text under a name.
fn write(id: WorkId, text: &str) -> Result<(), String> {
    let (value, revision) = (Object::new(), Math::random());
    let parts = [
        ("text", JsValue::from_str(text)),
        ("changed", Date::now().into()),
        ("revision", revision.into()),
    ];
    for (name, part) in parts {
        let _ = Reflect::set(&value, &name.into(), &part);
    }
    storage::set(&id.key(), &value)?;
    saw(id, revision);
    Ok(())
}

/// Notes what is to be saved, without writing it yet. What another scenario takes the place of is
/// written before.
pub fn remember(model: &Model) {
    let Origin::Kept(id) = model.origin else {
        let _ = flush();
        return;
    };
    let other = UNSAVED.with_borrow(|unsaved| unsaved.as_ref().is_some_and(|(_, of)| *of != id));
    if other {
        let _ = flush();
    }
    let nothing = is_blank(model);
    let unsaved = (!nothing || kept(id).is_some()).then(|| (Rc::clone(&model.scenario), id));
    UNSAVED.set(unsaved);
}

/// Saves what was noted, and keeps it noted where that fails. None if there was nothing to save.
pub fn flush() -> Option<StorageState> {
    let (scenario, id) = UNSAVED.take()?;
    let state = if changed_elsewhere(id) {
        StorageState::ChangedElsewhere
    } else {
        match write(id, &file::write(&scenario)) {
            Ok(()) => StorageState::Kept,
            Err(reason) => StorageState::NotKept(reason),
        }
    };
    if state != StorageState::Kept {
        UNSAVED.set(Some((scenario, id)));
    }
    Some(state)
}

/// Saves what was noted as the page is left. What another tab has changed meanwhile stays, and
/// what this one made of it is kept beside it.
pub fn flush_at_last() -> Option<StorageState> {
    let state = flush()?;
    if state != StorageState::ChangedElsewhere {
        return Some(state);
    }
    let id = WorkId::new(Date::now(), None);
    let (scenario, _) = UNSAVED.take()?;
    UNSAVED.set(Some((scenario, id)));
    let state = flush();
    note_open(id);
    state
}

/// The text of the scenario that was noted and is not saved.
#[must_use]
pub fn unsaved() -> Option<String> {
    UNSAVED.with_borrow(|noted| Some(file::write(&noted.as_ref()?.0)))
}

/// Notes which scenario is open in this tab: a reload opens it again.
pub fn note_open(id: WorkId) {
    let key = JsValue::from(id.key());
    let _ = storage::set_in(storage::tab(), OPEN, &key);
    let _ = storage::set(OPEN, &key);
}

/// Gives a kept scenario another title.
pub fn retitle(id: WorkId, title: String) -> Result<(), String> {
    let text = read(id).ok_or_else(|| texts::get(storage::REFUSED).to_owned())?;
    write(id, &retitled(&text, title)?)
}

/// Keeps a copy of a scenario.
pub fn duplicate(id: WorkId) -> Result<(), String> {
    let text = read(id).ok_or_else(|| texts::get(storage::REFUSED).to_owned())?;
    let loaded = file::read(&text).map_err(|error| error.to_string())?;
    let title = match loaded.scenario.title.as_str() {
        "" => texts::common_copy().to_owned(),
        title => texts::state_persist_copy(&title),
    };
    write(WorkId::new(Date::now(), Some(id)), &retitled(&text, title)?)
}

fn retitled(text: &str, title: String) -> Result<String, String> {
    let loaded = file::read(text).map_err(|error| error.to_string())?;
    let edited = loaded.scenario.apply(Edit::SetTitle(title));
    Ok(file::write(
        &edited.map_err(|error| error.to_string())?.scenario,
    ))
}

/// Takes a kept scenario away.
pub fn delete(id: WorkId) {
    UNSAVED.with_borrow_mut(|unsaved| {
        unsaved.take_if(|(_, of)| *of == id);
    });
    storage::delete(&id.key());
}

/// Puts a scenario back that was taken away.
pub fn put_back(work: &Work) -> Result<(), String> {
    write(work.id, &work.text)
}

/// Takes away everything that is kept, also what is not saved yet.
pub fn clear() {
    UNSAVED.take();
    super::lesson::kept::forget();
    storage::clear();
}

/// Notes that the page stopped: the next start must not run into the same again.
pub fn note_stop() {
    let _ = storage::set(STOPPED, &JsValue::TRUE);
}

/// How the page looks and behaves.
fn preferences() -> Preferences {
    let words = storage::text(PREFERENCES).unwrap_or_default();
    Preferences::read(&words, storage::text(THEME).as_deref())
}

/// Keeps how the page looks and behaves.
pub fn keep_preferences(preferences: &Preferences) {
    for (key, words) in [
        (THEME, preferences.theme.word().to_owned()),
        (PREFERENCES, preferences.write()),
    ] {
        if words.is_empty() {
            storage::delete(key);
        } else {
            let _ = storage::set(key, &words.into());
        }
    }
}
