use std::rc::Rc;

use organization::{
    Edit, Organization, PolicyId, PolicyKind, PolicyRef, PolicyUses, TreeIndex, WELL_KNOWN,
};
use playground::PolicyView;
use policy::{Fix, Kind, Span};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::attach::has_place;
use super::changes::{Changes, change_list};
use super::commands;
use super::findings::findings;
use super::menus::{self, Subject};
use super::meta::PolicyMeta;
use super::panel::{Choice, View, panel};
use super::short_kind_word;
use super::size::{size_list, size_meter};
use super::tabs::{self, PANEL, PolicyTabs, SELECTED_TAB, Tab};
use super::usage::{Usage, usage_list, use_usage};
use super::uses::{all_uses, use_policy_uses, uses_in_words};
use crate::components::ui::Menu;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::editor::{DecidingRange, Known, Mark, PolicyEditor, TextRange, Typed};
use crate::state::{Action, Model, Switch};

/// The policies of the scenario, one of them in the editor.
#[component]
pub fn PoliciesPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let renaming = use_state_eq(|| None::<PolicyId>);
    let view = use_state_eq(View::default);
    let revealed = use_mut_ref(|| None::<u32>);
    let editor = use_node_ref();
    let index = use_memo(model.scenario.organization.clone(), |tree| {
        tree.as_ref().map(Organization::index)
    });

    let places = use_policy_uses(&model.scenario);

    let tabs = tabs(&model, &places);
    let open = selected(&model, &tabs).and_then(|id| Open::find(&model, &id));
    let id = open.as_ref().map(|open| open.id.clone());
    let on_rename = {
        let renaming = renaming.clone();
        let own = open.as_ref().filter(|open| open.as_of.is_none());
        let id = own.map(|open| open.id.clone());
        Callback::from(move |()| renaming.set(id.clone()))
    };
    let reveal = {
        let new = model
            .reveal
            .as_ref()
            .filter(|reveal| Some(&reveal.policy) == id.as_ref())
            .filter(|reveal| *revealed.borrow() != Some(reveal.serial));
        if let Some(reveal) = new {
            *revealed.borrow_mut() = Some(reveal.serial);
        }
        new.cloned()
    };
    let onchange = use_callback(
        (id.clone(), dispatch.clone()),
        |Typed { text, stroke }: Typed, (id, dispatch)| {
            if let Some(policy) = id.clone() {
                dispatch.emit(Action::PolicyTyped {
                    policy,
                    text: Rc::from(text),
                    stroke,
                });
            }
        },
    );
    // A step back may lead to the text of another policy; the focus goes along.
    let stepping = use_mut_ref(|| false);
    let onstep = use_callback(dispatch.clone(), {
        let stepping = stepping.clone();
        move |back: bool, dispatch: &Dispatch| {
            *stepping.borrow_mut() = true;
            dispatch.emit(if back { Action::Undone } else { Action::Redone });
        }
    });
    {
        let editor = editor.clone();
        let scenario = Rc::as_ptr(&model.scenario) as usize;
        use_effect_with((id.clone(), scenario), move |_| {
            if stepping.replace(false) {
                focus(&editor);
            }
        });
    }

    // While results are hidden, how requests use a policy would be told wrongly.
    let used = id
        .as_ref()
        .filter(|_| Rc::ptr_eq(model.seen(), &model.scenario));
    let usage = use_usage(model.seen(), used);
    let uses = use_memo(usage.clone(), |usage| {
        usage.as_deref().map(Usage::ranges).unwrap_or_default()
    });
    let found = open.as_ref().and_then(|open| open.view.clone());
    let fixes = use_memo((found, model.scenario.settings.date()), |(view, date)| {
        view.as_deref().map_or_else(Vec::new, |view| {
            let found = view.findings.iter().map(|(finding, _)| finding);
            match view.kind {
                Some(kind) => policy::fixes(&view.text, kind, *date, found),
                None => Vec::new(),
            }
        })
    });

    html! {
        <section class="pane policies" aria-labelledby="policies-heading">
            <h2 id="policies-heading" class="visually-hidden">{ texts::common_policies() }</h2>
            <PolicyTabs {tabs} selected={id} on_rename={on_rename.clone()} />
            if let Some(open) = &open {
                { opened(open, &Shown {
                    model: &model, dispatch: &dispatch, index: (*index).as_ref(), places: &places, editor: &editor,
                    renaming: &renaming, view: &view, on_rename: &on_rename, usage: usage.as_deref(),
                    uses: &uses, fixes: &fixes,
                    reveal: reveal.map(|reveal| (TextRange::new(&open.text, reveal.span), reveal.serial)),
                    onchange: &onchange, onstep: &onstep,
                }) }
            } else {
                { nothing_open(&dispatch) }
            }
        </section>
    }
}

/// What the panel of the open policy is drawn from.
struct Shown<'a> {
    model: &'a Model,
    dispatch: &'a Dispatch,
    index: Option<&'a TreeIndex>,
    /// Where each policy is used.
    places: &'a PolicyUses,
    editor: &'a NodeRef,
    renaming: &'a UseStateHandle<Option<PolicyId>>,
    view: &'a UseStateHandle<View>,
    on_rename: &'a Callback<()>,
    usage: Option<&'a Usage>,
    uses: &'a Rc<Vec<crate::editor::UseRange>>,
    fixes: &'a [Option<Fix>],
    reveal: Option<(TextRange, u32)>,
    onchange: &'a Callback<Typed>,
    onstep: &'a Callback<bool>,
}

fn opened(open: &Open, shown: &Shown<'_>) -> Html {
    let Shown { model, editor, .. } = shown;
    let plain = model.preferences.has(Switch::PlainEditor);
    if model.hides_policy(&open.id) {
        return html! {
            <div class="policy-panel" id={PANEL} role="tabpanel" aria-labelledby={SELECTED_TAB}>
                <p class="empty">{ texts::lesson_policy_hidden() }</p>
            </div>
        };
    }
    let changes = Changes::of(model, open.id.as_str(), &open.text, open.as_of.is_none());
    html! {
        <div class="policy-panel" id={PANEL} role="tabpanel" aria-labelledby={SELECTED_TAB}>
            { meta(open, shown, plain) }
            <div class="policy-editor" ref={(*editor).clone()} onkeydown={format_key(open, shown.dispatch)}>
                <PolicyEditor
                    key={format!("{} {plain}", open.id)} text={open.text.clone()} {plain}
                    label={texts::policies_pane_text_of_the_policy(&open.name)}
                    kind={open.kind.known().map_or("", |kind| kind.as_str())}
                    readonly={open.as_of.is_some() || !model.may_edit_policies() || model.locks_policy(&open.id)} marks={open.marks(shown.fixes)}
                    deciding={deciding(model, open)} uses={Rc::clone(shown.uses)}
                    changed={changes.lines()} known={known(model)} reveal={shown.reveal}
                    onchange={shown.onchange.clone()} onstep={shown.onstep.clone()}
                />
            </div>
            { about(open, shown, &changes) }
        </div>
    }
}

/// What is said below the text.
fn about(open: &Open, shown: &Shown<'_>, changes: &Changes) -> Html {
    let Shown {
        model,
        dispatch,
        editor,
        usage,
        ..
    } = *shown;
    let go_to = go_to(open, editor, dispatch);
    let size = open.view.as_ref().map(|view| view.size);
    let mut choices = vec![
        Choice {
            view: View::Findings,
            count: open.findings().len(),
            counted: texts::policies_pane_in_the_list(),
            sign: None,
        },
        Choice {
            view: View::Use,
            count: usage
                .filter(|_| !model.scenario.requests.is_empty())
                .map_or(0, Usage::unused),
            counted: texts::policies_pane_without_a_request(),
            sign: None,
        },
        Choice {
            view: View::Changes,
            count: changes.count(),
            counted: texts::policies_pane_in_the_list(),
            sign: None,
        },
    ];
    choices.extend(size.map(|size| Choice {
        view: View::Size,
        count: 0,
        counted: "",
        sign: Some(size_meter(size)),
    }));
    let body = match **shown.view {
        View::Findings => findings(
            open.findings(),
            shown.fixes,
            &go_to,
            &mend(open, editor, dispatch),
            open.about(),
        ),
        View::Use => usage_list(usage, &model.scenario, &go_to, dispatch),
        View::Changes => {
            let put_back = put_back(open, model, editor, dispatch);
            change_list(
                changes,
                &open.text,
                &model.scenario,
                &go_to,
                &put_back,
                dispatch,
            )
        }
        View::Size => size.map_or_else(Html::default, |size| {
            let kind = open.kind.known();
            size_list(
                size,
                &model.scenario,
                shown.index,
                shown.places.of(open.id.as_str()),
                kind,
            )
        }),
    };
    panel(choices, shown.view, body)
}

/// The policy in the editor.
pub(super) struct Open {
    pub(super) id: PolicyId,
    pub(super) name: String,
    kind: PolicyKind,
    pub(super) text: Rc<str>,
    /// For a policy of AWS, which can't be changed: the date of its text.
    pub(super) as_of: Option<&'static str>,
    /// What follows from the text.
    view: Option<Rc<PolicyView>>,
}

impl Open {
    /// For a policy of AWS: what it is there for, as far as a beginner would ask.
    fn about(&self) -> Option<&'static str> {
        self.as_of?;
        Some(match self.kind {
            PolicyKind::Known(Kind::Scp | Kind::Rcp) => {
                texts::policies_findings_of_aws_at_each_level()
            }
            _ => texts::policies_findings_of_aws(),
        })
    }

    fn find(model: &Model, id: &PolicyId) -> Option<Self> {
        let view = model.analysis.policies.get(id).cloned();
        let found = match model.scenario.policy(id.as_str())? {
            PolicyRef::Own(policy) => Self {
                id: policy.id.clone(),
                name: policy.name.clone(),
                kind: policy.kind.clone(),
                text: Rc::clone(&policy.text),
                as_of: None,
                view,
            },
            PolicyRef::WellKnown(policy) => Self {
                id: id.clone(),
                name: policy.name.to_owned(),
                kind: PolicyKind::Known(policy.kind),
                text: Rc::from(policy.text),
                as_of: Some(policy.as_of),
                view,
            },
        };
        Some(found)
    }

    fn findings(&self) -> &[(policy::Diagnostic, policy::LineCol)] {
        self.view.as_ref().map_or(&[], |view| &view.findings)
    }

    fn marks(&self, fixes: &[Option<Fix>]) -> Vec<Mark> {
        self.findings()
            .iter()
            .enumerate()
            .map(|(at, (finding, _))| {
                let fix = fixes.get(at).and_then(Option::as_ref);
                Mark::new(&self.text, finding, fix)
            })
            .collect()
    }

    /// Another text, as a step of its own.
    pub(super) fn with_text(&self, what: &str, text: Rc<str>) -> Action {
        Action::EditedTogether {
            label: texts::policies_pane_step(&what, &self.name),
            edits: vec![Edit::SetPolicyText {
                policy: self.id.clone(),
                text,
            }],
        }
    }
}

/// Where the deciding statements of the selected request stand in the text, while the result is
/// that of the text.
fn deciding(model: &Model, open: &Open) -> Vec<DecidingRange> {
    let Some(shown) = model.shown().filter(|shown| shown.newer.is_none()) else {
        return Vec::new();
    };
    let mut ranges: Vec<DecidingRange> = Vec::new();
    let statements = shown
        .trace
        .resources
        .iter()
        .flat_map(|resource| &resource.deciding);
    for statement in statements.filter(|statement| statement.policy == open.id) {
        let range = DecidingRange::new(&open.text, statement.span, statement.effect);
        if !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    ranges
}

/// What the scenario mentions, to complete from.
fn known(model: &Model) -> Rc<Known> {
    let mut known = Known::default();
    for request in model.scenario.requests.iter().take(200) {
        if !request.action.is_empty() && !known.actions.contains(&request.action) {
            known.actions.push(request.action.clone());
        }
    }
    let resources = model.scenario.resources.iter().take(200);
    known.resources = resources.map(|resource| resource.arn.clone()).collect();
    Rc::new(known)
}

fn meta(open: &Open, shown: &Shown<'_>, plain: bool) -> Html {
    let Shown {
        model,
        index,
        places,
        dispatch,
        renaming,
        ..
    } = *shown;
    let kind = open.kind.known();
    let subject = Subject {
        scenario: &model.scenario,
        uses: places,
        index,
        policy: &open.id,
        kind,
        dispatch,
    };
    let text = commands::of_text(open, plain, shown.editor, dispatch);
    let more = menus::more(subject, open.as_of.is_none(), shown.on_rename, text);
    let on_renamed = {
        let (policy, renaming, dispatch) = (open.id.clone(), renaming.clone(), dispatch.clone());
        Callback::from(move |name: Option<String>| {
            renaming.set(None);
            if let Some(name) = name {
                let policy = policy.clone();
                dispatch.emit(Action::Edited(Edit::RenamePolicy { policy, name }));
            }
        })
    };
    html! {
        <PolicyMeta
            id={open.id.clone()} name={open.name.clone()} kind={open.kind.clone()}
            used={uses_in_words(&model.scenario, places, index, open.id.as_str())}
            used_in_full={all_uses(&model.scenario, places.of(open.id.as_str()), index, open.id.as_str())}
            as_of={open.as_of}
            attachable={has_place(&model.scenario, &open.id, kind)}
            {more} format={format(open, dispatch)}
            renaming={renaming.as_ref() == Some(&open.id)} {on_renamed}
        />
    }
}

/// Indents the text, where it is JSON and not indented already.
fn format(open: &Open, dispatch: &Dispatch) -> Option<Callback<MouseEvent>> {
    let action = commands::formatted(open)?;
    Some(dispatch.reform(move |_: MouseEvent| action.clone()))
}

/// The same by the keyboard.
fn format_key(open: &Open, dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let action = commands::formatted(open).filter(|_| open.as_of.is_none());
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.shift_key() && event.alt_key() && event.code() == "KeyF" {
            event.prevent_default();
            if let Some(action) = &action {
                dispatch.emit(action.clone());
            }
        }
    })
}

/// Applies a mend.
fn mend(open: &Open, editor: &NodeRef, dispatch: &Dispatch) -> Callback<Fix> {
    let (id, name, text) = (open.id.clone(), open.name.clone(), Rc::clone(&open.text));
    let (editor, dispatch) = (editor.clone(), dispatch.clone());
    Callback::from(move |fix: Fix| {
        // The button goes with its finding.
        focus_about(&editor);
        dispatch.emit(Action::EditedTogether {
            label: texts::policies_pane_mend(&name),
            edits: vec![Edit::SetPolicyText {
                policy: id.clone(),
                text: Rc::from(fix.apply(&text)),
            }],
        });
    })
}

/// Puts the text back as it was when the scenario was opened.
fn put_back(
    open: &Open,
    model: &Model,
    editor: &NodeRef,
    dispatch: &Dispatch,
) -> Callback<MouseEvent> {
    let text = model.opened.text(open.id.as_str()).unwrap_or(&open.text);
    let action = open.with_text(texts::policies_pane_put_back(), Rc::from(text));
    let (editor, dispatch) = (editor.clone(), dispatch.clone());
    Callback::from(move |_: MouseEvent| {
        focus_about(&editor);
        dispatch.emit(action.clone());
    })
}

/// Shows a place of the text and puts the cursor there.
fn go_to(open: &Open, editor: &NodeRef, dispatch: &Dispatch) -> Callback<Span> {
    let (policy, editor, dispatch) = (open.id.clone(), editor.clone(), dispatch.clone());
    Callback::from(move |span| {
        dispatch.emit(Action::PlaceRevealed {
            policy: policy.clone(),
            span,
        });
        focus(&editor);
    })
}

/// Puts the focus on what is said below the text.
fn focus_about(editor: &NodeRef) {
    let about = editor
        .cast::<Element>()
        .and_then(|editor| editor.next_element_sibling())
        .and_then(|about| about.query_selector(".findings").ok()?)
        .and_then(|about| about.dyn_into::<HtmlElement>().ok());
    if let Some(about) = about {
        let _ = about.focus();
    }
}

/// Puts the cursor into the text.
fn focus(editor: &NodeRef) {
    let text = editor
        .cast::<Element>()
        .and_then(|editor| editor.first_element_child())
        .and_then(|text| text.dyn_into::<HtmlElement>().ok());
    if let Some(text) = text {
        let _ = text.focus();
    }
}

/// The policies of the scenario, then those of AWS that it uses.
fn tabs(model: &Model, places: &PolicyUses) -> Vec<Tab> {
    let refused = |id: &PolicyId| {
        let view = model.analysis.policies.get(id);
        view.is_some_and(|view| view.refused)
    };
    let mut tabs: Vec<Tab> = model
        .scenario
        .policies
        .iter()
        .map(|policy| Tab {
            id: policy.id.clone(),
            name: policy.name.clone(),
            kind: AttrValue::from(short_kind_word(&policy.kind).to_owned()),
            refused: refused(&policy.id),
        })
        .collect();
    let of_aws = WELL_KNOWN.iter().filter(|policy| {
        let id = policy.name;
        let selected = model.selection.policy.as_ref();
        let shown =
            selected.is_some_and(|selected| selected.as_str() == id) || !places.of(id).is_empty();
        shown && tabs.iter().all(|tab| tab.id.as_str() != id)
    });
    let of_aws: Vec<Tab> = of_aws
        .map(|policy| Tab {
            id: PolicyId::from(policy.name),
            name: policy.name.to_owned(),
            kind: AttrValue::Static("AWS"),
            refused: false,
        })
        .collect();
    tabs.extend(of_aws);
    tabs
}

/// The selected policy, or the first.
fn selected(model: &Model, tabs: &[Tab]) -> Option<PolicyId> {
    let selected = model.selection.policy.as_ref();
    tabs.iter()
        .find(|tab| Some(&tab.id) == selected)
        .or_else(|| tabs.first())
        .map(|tab| tab.id.clone())
}

fn nothing_open(dispatch: &Dispatch) -> Html {
    html! {
        <div class="empty policies-empty">
            <p>{ texts::policies_pane_policy_says_requests() }</p>
            <Menu label={texts::common_new_policy()} class="button outlined" entries={tabs::new(dispatch)}>{ texts::common_new_policy() }</Menu>
        </div>
    }
}
