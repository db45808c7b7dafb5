use evaluator::Verdict;
use organization::{AccountId, Edit, Request, RequestResource};
use playground::RequestView;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::caller::ChoiceGroup;
use super::check;
use super::controls::{Choose, Options, TextField};
use super::details::RequestDetails;
use super::expect;
use super::same::Same;
use super::short::short_arn;
use super::sub_rows::SubRows;
use super::who::WhoCell;
use crate::components::ui::{Glyph, Menu, MenuEntry, glyph, verdict_badge};
use crate::context::{Dispatch, use_dispatch};
use crate::state::Action;

/// Ids of the lists that the fields share.
pub(super) const ACTIONS_LIST: &str = "request-actions";
pub(super) const REGIONS_LIST: &str = "request-regions";

/// Who calls, as its cell shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Who {
    /// In words.
    pub(super) words: AttrValue,
    /// The value of its option; none for a caller that is not of the list.
    pub(super) value: Option<AttrValue>,
    /// The account it belongs to, with its name.
    pub(super) account: Option<(AccountId, String)>,
}

/// What [`RequestRow`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestRowProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Its result.
    pub(super) view: Option<Same<RequestView>>,
    /// Who calls.
    pub(super) who: Who,
    /// Callers to choose from.
    pub(super) choices: Same<Vec<ChoiceGroup>>,
    /// Region of requests that name none.
    pub(super) region: Option<AttrValue>,
    /// Its position, and how many requests there are.
    pub(super) position: (usize, usize),
    /// Whether its trace is shown.
    pub(super) selected: bool,
    /// The account of the selected row.
    pub(super) account: Option<AccountId>,
}

/// A request: one row of the table, what is folded beneath it, and a row for each account where
/// it runs over all of them.
#[component]
pub(super) fn RequestRow(props: &RequestRowProps) -> Html {
    let dispatch = use_dispatch();
    let open = use_state_eq(|| false);
    let unfolded = use_state_eq(|| false);
    let request = &props.request;
    let many = props.view.as_ref().is_some_and(|view| view.rows.len() > 1);
    let on_changed = use_callback((), {
        let dispatch = dispatch.clone();
        move |changed: Request, ()| {
            dispatch.emit(Action::Edited(Edit::UpdateRequest(Box::new(changed))));
        }
    });
    let selecting = |here: bool| {
        let (dispatch, id) = (dispatch.clone(), request.id.clone());
        Callback::from(move |_: FocusEvent| {
            if !here {
                dispatch.emit(Action::RequestSelected {
                    request: id.clone(),
                    account: None,
                });
            }
        })
    };
    let toggle = {
        let unfolded = unfolded.clone();
        Callback::from(move |_: MouseEvent| unfolded.set(!*unfolded))
    };
    let focus_kind = use_mut_ref(|| false);
    {
        let focus_kind = focus_kind.clone();
        let id = request.id.clone();
        use_effect(move || {
            if focus_kind.replace(false) {
                focus_select(&format!("caller-{id}"));
            }
        });
    }
    let on_other = {
        let open = open.clone();
        Callback::from(move |()| {
            *focus_kind.borrow_mut() = true;
            open.set(true);
        })
    };
    let selected_here = props.selected && (props.account.is_none() || !*unfolded);
    let class = classes!(
        "row",
        selected_here.then_some("sel"),
        many.then_some("many"),
        open.then_some("open"),
    );
    html! {
        <>
            <tr
                {class} onfocusin={selecting(props.selected && props.account.is_none())} tabindex={if props.selected { "0" } else { "-1" }}
                aria-current={selected_here.then_some("true")} data-request={request.id.to_string()}
            >
                <td>
                    if many {
                        <button
                            type="button" class="unfold" onclick={toggle}
                            aria-expanded={unfolded.to_string()} aria-label="Account by account"
                        >
                            { glyph(if *unfolded { Glyph::Opened } else { Glyph::Closed }) }
                        </button>
                    }
                    <WhoCell
                        request={request.clone()} words={props.who.words.clone()}
                        value={props.who.value.clone()} account={props.who.account.clone()}
                        choices={props.choices.clone()} reachable={props.selected}
                        on_changed={on_changed.clone()} {on_other}
                    />
                </td>
                <td>{ does(props, &on_changed) }</td>
                <td class="on">{ on(props, &on_changed) }</td>
                <td class="region">{ region(props, &on_changed) }</td>
                <td class="expected">{ expected(props, &on_changed) }</td>
                <td>{ verdict(props) }</td>
                <td class="more">{ menu(props, &open, &dispatch) }</td>
            </tr>
            if *open {
                <tr class="details" onfocusin={selecting(props.selected)}>
                    <td colspan="7">
                        <RequestDetails
                            request={request.clone()} choices={props.choices.clone()}
                            selected={props.selected} on_changed={on_changed.clone()}
                            account={props.who.account.as_ref().map(|(id, _)| id.clone())}
                        />
                    </td>
                </tr>
            }
            if let Some(view) = props.view.as_ref().filter(|_| many && *unfolded) {
                <SubRows
                    id={request.id.clone()} view={view.clone()}
                    selected={props.account.clone().filter(|_| props.selected)}
                />
            }
        </>
    }
}

fn does(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let request = props.request.clone();
    let on_typed = on_changed.reform(move |action: String| Request {
        action,
        ..Request::clone(&request)
    });
    let action = &props.request.action;
    let problem = check::action(action);
    TextField {
        list: Some(AttrValue::Static(ACTIONS_LIST)),
        empty: Some(AttrValue::Static("service:Action")),
        title: Some(said(action, problem, "not an action")),
        invalid: problem.is_some(),
        reachable: props.selected,
        ..TextField::new("Does", "cell mono does", action, on_typed)
    }
    .draw()
}

/// The whole of a text that its cell may cut, or what is wrong with it.
fn said(text: &str, problem: Option<&str>, wrong: &str) -> AttrValue {
    let said = problem.map_or_else(|| text.to_owned(), |wanted| format!("{wrong}: {wanted}"));
    AttrValue::from(said)
}

fn with_arn(request: &Request, arn: String) -> Request {
    let mut changed = request.clone();
    match changed.resources.first_mut() {
        Some(first) => first.arn = arn,
        None => changed.resources.push(RequestResource::new(&arn)),
    }
    changed
}

/// What the call acts on: short until it is typed.
fn on(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let request = &props.request;
    let resources = &request.resources;
    if resources.len() > 1 {
        let all: Vec<&str> = resources
            .iter()
            .map(|resource| resource.arn.as_str())
            .collect();
        return html! {
            <span class="cell small" title={all.join("\n")}>{ format!("{} resources", all.len()) }</span>
        };
    }
    let arn = resources.first().map_or("*", |resource| &resource.arn);
    let on_typed = {
        let request = request.clone();
        on_changed.reform(move |arn: String| with_arn(&request, arn))
    };
    // A call on no single resource is written `*`; an emptied field says the same.
    let onblur = {
        let (request, on_changed) = (request.clone(), on_changed.clone());
        let empty = arn.is_empty();
        Callback::from(move |_: FocusEvent| {
            if empty {
                on_changed.emit(with_arn(&request, "*".to_owned()));
            }
        })
    };
    let problem = check::resource(arn);
    let field = TextField {
        empty: Some(AttrValue::Static("*")),
        title: Some(said(arn, problem, "not an ARN")),
        invalid: problem.is_some(),
        reachable: props.selected,
        onblur: Some(onblur),
        ..TextField::new("On", "cell mono grows", arn, on_typed)
    };
    html! {
        <div class="over">
            { field.draw() }
            <span class="cell mono shown" aria-hidden="true">{ short_arn(arn) }</span>
        </div>
    }
}

/// The region that is called.
fn region(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let request = props.request.clone();
    let on_typed = on_changed.reform(move |region: String| Request {
        region: Some(region).filter(|region| !region.is_empty()),
        ..Request::clone(&request)
    });
    let region = props.request.region.as_deref().unwrap_or_default();
    let empty = props.region.clone();
    TextField {
        list: Some(AttrValue::Static(REGIONS_LIST)),
        empty: Some(empty.unwrap_or(AttrValue::Static("unstated"))),
        title: Some(AttrValue::from(region.to_owned())),
        reachable: props.selected,
        ..TextField::new("Region", "cell mono", region, on_typed)
    }
    .draw()
}

/// The list of expected verdicts.
pub(super) fn expected_list(
    request: &Same<Request>,
    class: &'static str,
    reachable: bool,
    on_changed: &Callback<Request>,
) -> Html {
    let word = expect::word(request);
    let other = request.expect.is_some() && word.is_none();
    let mut options: Vec<(AttrValue, AttrValue)> = expect::WORDS
        .iter()
        .map(|(word, _)| (AttrValue::Static(word), AttrValue::Static(word)))
        .collect();
    if other {
        options.push((
            AttrValue::Static("other"),
            AttrValue::Static("as in the file"),
        ));
    }
    let on_chosen = {
        let (request, on_changed) = (request.clone(), on_changed.clone());
        Callback::from(move |chosen: String| {
            if let Some((_, verdict)) = expect::WORDS.iter().find(|(word, _)| *word == chosen) {
                on_changed.emit(expect::with(&request, verdict.clone()));
            }
        })
    };
    let value = if other {
        "other"
    } else {
        word.unwrap_or("—")
    };
    let groups = vec![Options {
        heading: None,
        options,
    }];
    html! {
        <Choose
            label="Expected" {class} value={AttrValue::Static(value)} {groups} {reachable} {on_chosen}
        />
    }
}

fn expected(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let outcome = props
        .view
        .as_ref()
        .and_then(|view| view.expectation.as_ref());
    let word = expect::word(&props.request)
        .or_else(|| outcome.map(|expectation| expectation.word.as_str()))
        .unwrap_or("·");
    let failed = outcome.is_some_and(|expectation| !expectation.met);
    let why = outcome.filter(|expectation| !expectation.met).map_or_else(
        || word.to_owned(),
        |expectation| expectation.differences.join("\n"),
    );
    html! {
        <div class="over" title={why}>
            { expected_list(&props.request, "cell", props.selected, on_changed) }
            <span class={classes!("cell", "shown", "expect-word", failed.then_some("bad"))}>
                <span aria-hidden="true">{ word }</span>
                if failed {
                    <span><span aria-hidden="true">{ "≠" }</span><span class="visually-hidden">{ "not met" }</span></span>
                }
            </span>
        </div>
    }
}

fn verdict(props: &RequestRowProps) -> Html {
    let Some(view) = &props.view else {
        return Html::default();
    };
    html! {
        <span class="verdict-cell">
            if let Some(verdict) = view.verdict {
                { verdict_badge(verdict, &view.word) }
            } else {
                <span class="visually-hidden">{ &view.word }</span>
                <span class="tally" title={view.word.clone()} aria-hidden="true">{ tally(view) }</span>
            }
        </span>
    }
}

/// How many rows have which verdict, as shapes and numbers.
fn tally(view: &RequestView) -> Html {
    const ORDER: [Verdict; 5] = [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
        Verdict::Error,
    ];
    ORDER
        .into_iter()
        .map(|verdict| {
            let count = view
                .rows
                .iter()
                .filter(|row| row.verdict == verdict)
                .count();
            if count == 0 {
                return Html::default();
            }
            verdict_badge(verdict, &count.to_string())
        })
        .collect()
}

fn menu(props: &RequestRowProps, open: &UseStateHandle<bool>, dispatch: &Dispatch) -> Html {
    let id = &props.request.id;
    let (at, count) = props.position;
    let edit = |edit: Edit| dispatch.reform(move |()| Action::Edited(edit.clone()));
    let moved = |position: usize| {
        edit(Edit::MoveRequest {
            request: id.clone(),
            position,
        })
    };
    let more = {
        let open = open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    let entries = vec![
        MenuEntry::command(
            if **open {
                "Fewer details"
            } else {
                "More details"
            },
            more,
        ),
        MenuEntry::Separator,
        MenuEntry::command("Duplicate", edit(Edit::DuplicateRequest(id.clone()))),
        MenuEntry::command("Move up", moved(at.saturating_sub(1))).disabled_if(at == 0),
        MenuEntry::command("Move down", moved(at + 1)).disabled_if(at + 1 >= count),
        MenuEntry::Separator,
        MenuEntry::command("Delete", edit(Edit::DeleteRequest(id.clone()))).detail("Del"),
    ];
    let label = format!("Actions for {}", name_of(&props.request));
    html! { <Menu {label} class="icon-button" {entries}>{ glyph(Glyph::More) }</Menu> }
}

fn name_of(request: &Request) -> &str {
    if request.name.is_empty() {
        &request.action
    } else {
        &request.name
    }
}

fn focus_select(id: &str) {
    let select = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|entry| entry.query_selector("select").ok().flatten())
        .and_then(|select| select.dyn_into::<HtmlElement>().ok());
    if let Some(select) = select {
        let _ = select.focus();
    }
}
