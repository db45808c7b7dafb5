//! What an embedded page begins with, and what its address names later: the fragment may change
//! without the page being loaded anew.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use organization::{RequestId, Scenario, file};
use playground::examples;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::host;
use super::message::Refusal;
use super::parameters::Parameters;
use super::scripts;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::{fragment, speak_at_hand};
use crate::state::{
    Action, Dialog, Embed, EmbedAction, Fragment, Model, Origin, Preferences, read_fragment,
    reduce, storage,
};

/// The element that holds the scenario of a page that is one file.
const INLINE: &str = "scenario";

/// The model that the page starts with.
pub(super) fn start(parameters: &Parameters) -> Model {
    storage::close();
    let language = speak_at_hand(parameters.language);
    if language != parameters.language {
        let wanted = parameters.language.own_name();
        let remark = texts::embed_language_not_loaded(&wanted);
        web_sys::console::info_1(&format!("Guardrail: {remark}").into());
    }
    let scenario = Rc::new(Scenario::default());
    let embed = Embed {
        views: parameters.views.clone(),
        edit: parameters.edit,
        hidden: parameters.hidden.clone(),
        reveal: parameters.reveal,
        focus: parameters.focus.as_deref().map(RequestId::from),
        given: Rc::clone(&scenario),
        ..Embed::default()
    };
    let empty = Model {
        preferences: Preferences::read("", Some(parameters.theme.word())),
        origin: Origin::Visit,
        pane: first_pane(&parameters.views),
        language,
        embed: Some(Rc::new(embed)),
        scenario,
        ..Model::default()
    };
    let opened = match asked_for(parameters) {
        None => return empty,
        Some(Ok(scenario)) => Action::Embed(EmbedAction::Given(Rc::new(scenario))),
        Some(Err(why)) => broken(why, &fragment()),
    };
    reduce(&empty, opened, 0.0).unwrap_or(empty)
}

/// Where one part is shown at a time: the lesson, or what a reader asks about rather than what is
/// built.
fn first_pane(views: &[crate::state::Pane]) -> crate::state::Pane {
    use crate::state::Pane::{Lesson, Map, Matrix, Organization, Policies, Requests, Trace};
    let order = [Lesson, Requests, Matrix, Trace, Policies, Organization, Map];
    let shown = order.into_iter().find(|pane| views.contains(pane));
    shown.unwrap_or_default()
}

/// The scenario of the address, of the file, or the example; none if nothing is asked for, or if its
/// script has yet to be loaded.
fn asked_for(parameters: &Parameters) -> Option<Result<Scenario, String>> {
    let id = match read_fragment(&fragment()) {
        Fragment::Scenario(scenario) => return Some(Ok((*scenario).clone())),
        Fragment::Broken(message) => return Some(Err(message)),
        Fragment::Lesson(id) => return Some(read(&scripts::scenario(&lesson(id))?)),
        Fragment::Example(id) => return Some(read(&scripts::scenario(&example(id))?)),
        Fragment::None => {
            let document = web_sys::window().and_then(|window| window.document());
            let inline = document.and_then(|document| document.get_element_by_id(INLINE));
            if let Some(text) = inline.and_then(|inline| inline.text_content()) {
                return Some(read(&text));
            }
            parameters.example.clone()?
        }
    };
    Some(
        match (examples::find(&id), scripts::scenario(&example(&id))) {
            (None, _) => Err(texts::state_start_there_example_called(&id)),
            (_, Some(text)) => read(&text),
            (_, None) => Err(not_loaded(&id)),
        },
    )
}

/// The name of the script of an example.
fn example(id: &str) -> String {
    format!("examples/{id}")
}

/// The name of the script of a lesson.
fn lesson(id: &str) -> String {
    format!("lessons/{id}")
}

fn read(text: &str) -> Result<Scenario, String> {
    match file::read(text) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(error) => Err(error.to_string()),
    }
}

fn not_loaded(id: &str) -> String {
    texts::embed_not_loaded(&id)
}

fn broken(message: String, raw: &str) -> Action {
    Action::DialogOpened(Dialog::BrokenLink {
        message,
        raw: raw.to_owned(),
    })
}

/// The scenario that the page was given last.
type Given = Rc<RefCell<Option<Rc<Scenario>>>>;

/// Opens what the fragment names when it changes.
#[hook]
pub(super) fn use_fragment() {
    let model = use_model();
    let dispatch = use_dispatch();
    let given: Given = use_mut_ref(|| None);
    *given.borrow_mut() = model.embed.as_ref().map(|embed| Rc::clone(&embed.given));
    {
        // The script that starts the page loads what the address names in so many words. What it
        // names in another way, as with escapes in it, is loaded now.
        let (given, dispatch) = (Rc::clone(&given), dispatch.clone());
        use_effect_with((), move |()| match read_fragment(&fragment()) {
            Fragment::Example(id) if scripts::scenario(&example(id)).is_none() => {
                load(id, example(id), fragment(), &given, &dispatch);
            }
            Fragment::Lesson(id) if scripts::scenario(&lesson(id)).is_none() => {
                load(id, lesson(id), fragment(), &given, &dispatch);
            }
            _ => {}
        });
    }
    use_effect_with(dispatch, move |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| follow(&given, &dispatch))
        });
        move || drop(listener)
    });
}

fn follow(given: &Given, dispatch: &Dispatch) {
    let asked = fragment();
    match read_fragment(&asked) {
        Fragment::None => {}
        Fragment::Scenario(scenario) => {
            dispatch.emit(Action::Embed(EmbedAction::Given(scenario)));
        }
        Fragment::Broken(message) => refuse(message, &asked, dispatch),
        Fragment::Example(id) => load(id, example(id), asked, given, dispatch),
        Fragment::Lesson(id) => load(id, lesson(id), asked, given, dispatch),
    }
}

/// Loads an example or a lesson, and opens it if the address still names it then and the host has
/// not given another scenario meanwhile.
fn load(id: &'static str, name: String, asked: String, given: &Given, dispatch: &Dispatch) {
    let (given, dispatch) = (Rc::clone(given), dispatch.clone());
    let before = given.borrow().clone();
    spawn_local(async move {
        let text = scripts::load_scenario(&name).await;
        let read = text.map_or_else(|| Err(not_loaded(id)), |text| read(&text));
        let same = match (&before, &*given.borrow()) {
            (Some(before), Some(now)) => Rc::ptr_eq(before, now),
            _ => false,
        };
        if fragment() == asked && same {
            match read {
                Ok(scenario) => dispatch.emit(Action::Embed(EmbedAction::Given(scenario.into()))),
                Err(message) => refuse(message, &asked, &dispatch),
            }
        }
    });
}

/// Says to the reader and to the host that the address names no scenario.
fn refuse(message: String, asked: &str, dispatch: &Dispatch) {
    host::tell_error(&Refusal::new("link", message.clone()));
    dispatch.emit(broken(message, asked));
}
