//! The scenarios that this browser keeps: opened, named, copied, deleted.

use std::rc::Rc;

use js_sys::{Date, Object, Reflect};
use organization::{Edit, file};
use web_sys::{FocusEvent, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::button;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::open_work;
use crate::state::persist::{self, Work};
use crate::state::{Action, Dialog, Origin, Source, StorageState, WorkId};

/// A scenario as it is listed.
#[derive(Clone, PartialEq)]
struct Line {
    work: Work,
    /// Its title; none if its text can't be read.
    title: Option<String>,
    details: String,
}

/// What was done in the list, each time it is drawn anew.
#[derive(Clone, Default, PartialEq)]
struct Changes {
    count: u32,
    /// Deleted here, and where they stood: they can be put back until the dialog is closed.
    deleted: Vec<(usize, Line)>,
    renaming: Option<WorkId>,
    refusal: String,
}

/// The list.
#[component]
pub(super) fn Scenarios() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let changes = use_state(Changes::default);
    let lines = use_memo(changes.count, |_| {
        // What is on the page is listed as it is now.
        let _ = persist::flush();
        let works = persist::works().into_iter();
        works.map(line).collect::<Vec<Line>>()
    });
    let open = match model.origin {
        Origin::Kept(id) => Some(id),
        Origin::Visit => None,
    };
    let mut listed: Vec<(Line, bool)> = lines.iter().map(|one| (one.clone(), false)).collect();
    for (at, line) in &changes.deleted {
        listed.insert((*at).min(listed.len()), (line.clone(), true));
    }
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(changes.renaming, move |_| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let list = List {
        changes: changes.clone(),
        dispatch: dispatch.clone(),
        field,
        open,
    };
    let opened = |id: WorkId| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::DialogClosed);
            if open != Some(id) {
                open_work(id, &dispatch);
            }
        })
    };
    let start = |action: fn() -> Action, word: &'static str| {
        button(
            "button outlined",
            None,
            dispatch.reform(move |_: MouseEvent| action()),
            html! { word },
        )
    };
    html! {
        <Modal title={texts::common_scenarios()}>
            <p class="muted">
                { texts::scenarios_browser_keeps_what() }
            </p>
            if model.storage == StorageState::ChangedElsewhere {
                { conflict(open, &dispatch) }
            }
            if let StorageState::NotKept(reason) = &model.storage {
                <p class="dialog-refusal"><strong>{ texts::scenarios_nothing_is_kept_now() }{ " " }</strong>{ reason }{ texts::scenarios_export_or_share() }</p>
            }
            if listed.is_empty() {
                <p>{ texts::scenarios_nothing_kept_yet() }</p>
            }
            <ul class="works">
                for (line, deleted) in listed {
                    { one(&line, deleted, &list, opened(line.work.id)) }
                }
            </ul>
            <p role="status" class="dialog-refusal">{ &changes.refusal }</p>
            <div class="dialog-actions">
                { start(new_scenario, texts::common_new_scenario()) }
                { start(|| Action::DialogOpened(Dialog::Examples), texts::common_open_an_example()) }
                { start(|| Action::DialogOpened(Dialog::Import), texts::common_import()) }
            </div>
        </Modal>
    }
}

fn new_scenario() -> Action {
    Action::ScenarioOpened {
        scenario: Rc::new(organization::Scenario::empty()),
        source: Source::Empty,
    }
}

/// The choice while another tab has changed the open scenario.
fn conflict(open: Option<WorkId>, dispatch: &Dispatch) -> Html {
    let both = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::DialogClosed);
            dispatch.emit(Action::KeptApart);
        })
    };
    let theirs = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(id) = open {
                open_work(id, &dispatch);
            }
        })
    };
    html! {
        <div class="dialog-box">
            <p>{ texts::scenarios_another_tab_changed() }</p>
            <div class="dialog-actions">
                { button("button primary", None, both, html! { texts::common_keep_both() }) }
                { button("button outlined", None, theirs, html! { texts::common_show_theirs() }) }
            </div>
        </div>
    }
}

fn line(work: Work) -> Line {
    let read = file::read(&work.text).ok().map(|loaded| loaded.scenario);
    let mut details = Vec::new();
    if let Some(scenario) = &read {
        let organization = scenario.organization.as_ref();
        let accounts = organization.map_or(0, |it| it.index().accounts().count());
        let contents: Vec<String> = [
            (accounts, texts::scenarios_accounts as fn(usize) -> String),
            (scenario.policies.len(), texts::scenarios_policies),
            (scenario.requests.len(), texts::scenarios_requests),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| words(number))
        .collect();
        details.extend((!contents.is_empty()).then(|| contents.join(", ")));
    }
    details.push(size(work.text.len()));
    if work.changed > 0.0 {
        details.push(moment(work.changed));
    }
    Line {
        title: read.map(|scenario| scenario.title),
        details: details.join(" · "),
        work,
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => texts::scenarios_bytes(&bytes),
        1000..1_000_000 => texts::scenarios_kb(&bytes.div_ceil(1000)),
        _ => texts::scenarios_mb(&bytes.div_ceil(1_000_000)),
    }
}

/// A moment as the browser writes it.
fn moment(time: f64) -> String {
    let options = Object::new();
    for (name, word) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = Reflect::set(&options, &name.into(), &word.into());
    }
    let date = Date::new(&time.into());
    date.to_locale_string(texts::common_locale(), &options)
        .into()
}

/// What the lines of the list share.
struct List {
    changes: UseStateHandle<Changes>,
    dispatch: Dispatch,
    /// The field for another title, while there is one.
    field: NodeRef,
    open: Option<WorkId>,
}

impl List {
    /// A press that changes what is kept, or says why that can't be.
    fn act(
        &self,
        act: impl Fn(&mut Changes) -> Result<(), String> + 'static,
    ) -> Callback<MouseEvent> {
        let changes = self.changes.clone();
        Callback::from(move |_| changes.set(changed(&changes, &act)))
    }
}

fn changed(before: &Changes, act: impl Fn(&mut Changes) -> Result<(), String>) -> Changes {
    let mut next = before.clone();
    next.count += 1;
    next.refusal = match act(&mut next) {
        Ok(()) => String::new(),
        Err(reason) => texts::scenarios_that_cant_be_done(&reason),
    };
    next
}

fn one(line: &Line, deleted: bool, list: &List, opened: Callback<MouseEvent>) -> Html {
    let id = line.work.id;
    let is_open = list.open == Some(id);
    let title = match &line.title {
        Some(title) if title.is_empty() => texts::common_untitled().to_owned(),
        Some(title) => title.clone(),
        None => texts::scenarios_text_cant_read().to_owned(),
    };
    let named = |word: &str| Some(AttrValue::from(format!("{word} {title}")));
    if deleted {
        let restored = list.act(move |changes| {
            let at = changes
                .deleted
                .iter()
                .position(|(_, one)| one.work.id == id);
            let Some(at) = at else { return Ok(()) };
            let (_, line) = changes.deleted.remove(at);
            persist::put_back(&line.work)
        });
        return html! {
            <li key={id.key()} class="work deleted">
                <span class="work-name">{ texts::scenarios_deleted() }{ " " }{ &title }</span>
                { button("button outlined", named(texts::scenarios_undo_delete()), restored, html! { texts::common_undo() }) }
            </li>
        };
    }
    let rename = list.act(move |changes| {
        changes.renaming = Some(id);
        Ok(())
    });
    let copy = list.act(move |_| persist::duplicate(id));
    let delete = if is_open {
        let dispatch = list.dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            persist::delete(id);
            dispatch.emit(Action::ScenarioDeleted);
        })
    } else {
        let line = line.clone();
        list.act(move |changes| {
            let at = persist::works().iter().position(|work| work.id == id);
            changes.deleted.push((at.unwrap_or_default(), line.clone()));
            persist::delete(id);
            Ok(())
        })
    };
    html! {
        <li key={id.key()} class="work">
            if list.changes.renaming == Some(id) {
                { naming(id, line.title.clone().unwrap_or_default(), list) }
            } else {
                <button
                    type="button" class="work-name" aria-current={is_open.then_some("true")}
                    onclick={opened}
                >
                    <span>
                        <strong>{ &title }</strong>
                        if is_open {
                            <span class="work-open">{ texts::scenarios_open() }</span>
                        }
                    </span>
                    <span class="muted small">{ &line.details }</span>
                </button>
            }
            if line.title.is_some() {
                { button("button", named(texts::common_rename()), rename, html! { texts::common_rename() }) }
                { button("button", named(texts::common_duplicate()), copy, html! { texts::common_duplicate() }) }
            }
            { button("button", named(texts::common_delete()), delete, html! { texts::common_delete() }) }
        </li>
    }
}

/// The field for another title. Enter and leaving it take it over, Escape does not.
fn naming(id: WorkId, title: String, list: &List) -> Html {
    let is_open = list.open == Some(id);
    let take = {
        let (changes, dispatch) = (list.changes.clone(), list.dispatch.clone());
        Callback::from(move |title: Option<String>| {
            let act = |next: &mut Changes| {
                next.renaming = None;
                match &title {
                    Some(title) if is_open => {
                        dispatch.emit(Action::Edited(Edit::SetTitle(title.clone())));
                        Ok(())
                    }
                    Some(title) => persist::retitle(id, title.clone()),
                    None => Ok(()),
                }
            };
            changes.set(changed(&changes, act));
        })
    };
    let value = |field: Option<HtmlInputElement>| field.map(|field| field.value());
    let onblur = take.reform(move |event: FocusEvent| value(event.target_dyn_into()));
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let title = match event.key().as_str() {
            "Enter" => value(event.target_dyn_into()),
            "Escape" => None,
            _ => return,
        };
        // Escape closes the dialog otherwise.
        event.prevent_default();
        take.emit(title);
    });
    let node = list.field.clone();
    html! {
        <input
            ref={node} class="field outlined work-name" aria-label={texts::scenarios_title()} value={title}
            autocomplete="off" {onblur} {onkeydown}
        />
    }
}
