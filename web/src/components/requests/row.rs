use evaluator::Verdict;
use organization::{AccountId, Edit, Request, RequestResource};
use playground::RequestView;
use yew::prelude::*;

use super::caller::ChoiceGroup;
use super::controls::{Choose, Options, typed};
use super::details::{RequestDetails, Surroundings};
use super::expect;
use super::same::Same;
use super::short::short_arn;
use super::sub_rows::SubRows;
use super::who::WhoCell;
use crate::components::ui::{Glyph, Menu, MenuEntry, glyph, verdict_badge};
use crate::context::use_dispatch;
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
    /// What the details need to know of the scenario.
    pub(super) around: Same<Surroundings>,
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
    let onfocusin = {
        let (dispatch, id) = (dispatch.clone(), request.id.clone());
        let here = props.selected && props.account.is_none();
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
                {class} {onfocusin} tabindex={if props.selected { "0" } else { "-1" }}
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
                        on_changed={on_changed.clone()}
                    />
                </td>
                <td>{ does(props, &on_changed) }</td>
                <td class="on">{ on(props, &on_changed) }</td>
                <td class="region">{ region(props, &on_changed) }</td>
                <td class="expected">{ expected(props, &on_changed) }</td>
                <td>{ verdict(props) }</td>
                <td class="more">{ menu(props, &open) }</td>
            </tr>
            if *open {
                <tr class="details">
                    <td colspan="7">
                        <RequestDetails
                            request={request.clone()} around={props.around.clone()}
                            on_changed={on_changed.clone()}
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

fn stop(props: &RequestRowProps) -> &'static str {
    if props.selected { "0" } else { "-1" }
}

fn does(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let request = props.request.clone();
    let oninput = on_changed.reform(move |event: InputEvent| Request {
        action: typed(&event),
        ..Request::clone(&request)
    });
    html! {
        <input
            class="cell mono does" aria-label="Does" list={ACTIONS_LIST} autocomplete="off"
            autocapitalize="off" spellcheck="false" tabindex={stop(props)}
            placeholder="service:Action" title={props.request.action.clone()}
            value={props.request.action.clone()} {oninput}
        />
    }
}

/// What the call acts on: short until it is typed.
pub(super) fn resource_field(
    request: &Same<Request>,
    class: &'static str,
    tabindex: &'static str,
    on_changed: &Callback<Request>,
) -> Html {
    let arn = request
        .resources
        .first()
        .map_or("*", |resource| &resource.arn);
    let oninput = {
        let request = request.clone();
        on_changed.reform(move |event: InputEvent| with_arn(&request, typed(&event)))
    };
    // A call on no single resource is written `*`; an emptied field says the same.
    let onblur = {
        let (request, on_changed) = (request.clone(), on_changed.clone());
        Callback::from(move |_: FocusEvent| {
            if request
                .resources
                .first()
                .is_some_and(|first| first.arn.is_empty())
            {
                on_changed.emit(with_arn(&request, "*".to_owned()));
            }
        })
    };
    html! {
        <input
            class={class} aria-label="On" autocomplete="off" autocapitalize="off"
            spellcheck="false" {tabindex} placeholder="*" title={arn.to_owned()}
            value={arn.to_owned()} {oninput} {onblur}
        />
    }
}

fn with_arn(request: &Request, arn: String) -> Request {
    let mut changed = request.clone();
    match changed.resources.first_mut() {
        Some(first) => first.arn = arn,
        None => changed.resources.push(RequestResource::new(&arn)),
    }
    changed
}

fn on(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let resources = &props.request.resources;
    if resources.len() > 1 {
        let all: Vec<&str> = resources
            .iter()
            .map(|resource| resource.arn.as_str())
            .collect();
        return html! {
            <span class="cell" title={all.join("\n")}>{ format!("{} resources", all.len()) }</span>
        };
    }
    let arn = resources.first().map_or("*", |resource| &resource.arn);
    html! {
        <div class="over">
            { resource_field(&props.request, "cell mono grows", stop(props), on_changed) }
            <span class="cell mono shown" aria-hidden="true">{ short_arn(arn) }</span>
        </div>
    }
}

/// The region that is called.
pub(super) fn region_field(
    request: &Same<Request>,
    default: Option<&str>,
    class: &'static str,
    tabindex: &'static str,
    on_changed: &Callback<Request>,
) -> Html {
    let oninput = {
        let request = request.clone();
        on_changed.reform(move |event: InputEvent| Request {
            region: Some(typed(&event)).filter(|region| !region.is_empty()),
            ..Request::clone(&request)
        })
    };
    html! {
        <input
            class={class} aria-label="Region" list={REGIONS_LIST} autocomplete="off"
            autocapitalize="off" spellcheck="false" {tabindex}
            placeholder={default.unwrap_or("unstated").to_owned()}
            value={request.region.clone().unwrap_or_default()} {oninput}
        />
    }
}

fn region(props: &RequestRowProps, on_changed: &Callback<Request>) -> Html {
    let default = props.around.region.as_deref();
    region_field(
        &props.request,
        default,
        "cell mono",
        stop(props),
        on_changed,
    )
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

fn menu(props: &RequestRowProps, open: &UseStateHandle<bool>) -> Html {
    html! { <RowMenu request={props.request.clone()} position={props.position} open={open.clone()} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct RowMenuProps {
    request: Same<Request>,
    position: (usize, usize),
    open: UseStateHandle<bool>,
}

#[component]
fn RowMenu(props: &RowMenuProps) -> Html {
    let dispatch = use_dispatch();
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
        let open = props.open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    let entries = vec![
        MenuEntry::command(
            if *props.open {
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
