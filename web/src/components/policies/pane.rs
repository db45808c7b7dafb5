use std::rc::Rc;

use organization::{Edit, Organization, PolicyId, PolicyKind, PolicyRef, TreeIndex, WELL_KNOWN};
use playground::PolicyView;
use policy::Span;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::findings::findings;
use super::menus::{self, Subject};
use super::meta::PolicyMeta;
use super::short_kind_word;
use super::tabs::{self, PANEL, PolicyTabs, SELECTED_TAB, Tab};
use super::uses::{all_uses, uses_in_words};
use crate::components::ui::Menu;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::editor::{DecidingRange, Mark, PolicyEditor, TextRange};
use crate::state::{Action, Model};

/// The policies of the scenario, one of them in the editor.
#[component]
pub fn PoliciesPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let renaming = use_state_eq(|| None::<PolicyId>);
    let revealed = use_mut_ref(|| None::<u32>);
    let editor = use_node_ref();
    let index = use_memo(model.scenario.organization.clone(), |tree| {
        tree.as_ref().map(Organization::index)
    });

    let tabs = tabs(&model);
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
        |text: String, (id, dispatch)| {
            if let Some(policy) = id.clone() {
                let text = Rc::from(text);
                dispatch.emit(Action::Edited(Edit::SetPolicyText { policy, text }));
            }
        },
    );

    html! {
        <section class="pane policies" aria-labelledby="policies-heading">
            <h2 id="policies-heading" class="visually-hidden">{ "Policies" }</h2>
            <PolicyTabs {tabs} selected={id} on_rename={on_rename.clone()} />
            if let Some(open) = &open {
                <div class="policy-panel" id={PANEL} role="tabpanel" aria-labelledby={SELECTED_TAB}>
                    { meta(open, &model, (*index).as_ref(), &dispatch, &renaming, &on_rename) }
                    <div class="policy-editor" ref={editor.clone()}>
                        <PolicyEditor
                            key={open.id.as_str()} text={open.text.clone()}
                            label={format!("Text of the policy {}", open.name)}
                            readonly={open.as_of.is_some()} marks={open.marks()}
                            deciding={deciding(&model, open)}
                            reveal={reveal.map(|reveal| (TextRange::new(&open.text, reveal.span), reveal.serial))}
                            {onchange}
                        />
                    </div>
                    { findings(open.findings(), &go_to(open, &editor, &dispatch)) }
                </div>
            } else {
                { nothing_open(&dispatch) }
            }
        </section>
    }
}

/// The policy in the editor.
struct Open {
    id: PolicyId,
    name: String,
    kind: PolicyKind,
    text: Rc<str>,
    /// For a policy of AWS, which can't be changed: the date of its text.
    as_of: Option<&'static str>,
    /// What follows from the text.
    view: Option<Rc<PolicyView>>,
}

impl Open {
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

    fn marks(&self) -> Vec<Mark> {
        self.findings()
            .iter()
            .map(|(finding, _)| Mark::new(&self.text, finding))
            .collect()
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

fn meta(
    open: &Open,
    model: &Model,
    index: Option<&TreeIndex>,
    dispatch: &Dispatch,
    renaming: &UseStateHandle<Option<PolicyId>>,
    on_rename: &Callback<()>,
) -> Html {
    let subject = Subject {
        scenario: &model.scenario,
        index,
        policy: &open.id,
        kind: open.kind.known(),
        dispatch,
    };
    let attach = menus::attach(subject);
    let more = menus::more(subject, open.as_of.is_none(), attach.clone(), on_rename);
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
            used={uses_in_words(&model.scenario, index, open.id.as_str())}
            used_in_full={all_uses(&model.scenario, index, open.id.as_str())}
            as_of={open.as_of} size={open.view.as_ref().map(|view| view.size)}
            {attach} {more} format={format(open, dispatch)}
            renaming={renaming.as_ref() == Some(&open.id)} {on_renamed}
        />
    }
}

/// Indents the text, where it is JSON and not indented already.
fn format(open: &Open, dispatch: &Dispatch) -> Option<Callback<MouseEvent>> {
    let formatted: Rc<str> = policy::format(&open.text)?.into();
    if formatted == open.text {
        return None;
    }
    let policy = open.id.clone();
    Some(dispatch.reform(move |_: MouseEvent| {
        Action::Edited(Edit::SetPolicyText {
            policy: policy.clone(),
            text: Rc::clone(&formatted),
        })
    }))
}

/// Shows a place of the text and puts the cursor there.
fn go_to(open: &Open, editor: &NodeRef, dispatch: &Dispatch) -> Callback<Span> {
    let (policy, editor, dispatch) = (open.id.clone(), editor.clone(), dispatch.clone());
    Callback::from(move |span| {
        dispatch.emit(Action::PlaceRevealed {
            policy: policy.clone(),
            span,
        });
        let text = editor
            .cast::<Element>()
            .and_then(|editor| editor.first_element_child())
            .and_then(|text| text.dyn_into::<HtmlElement>().ok());
        if let Some(text) = text {
            let _ = text.focus();
        }
    })
}

/// The policies of the scenario, then those of AWS that it uses.
fn tabs(model: &Model) -> Vec<Tab> {
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
        let shown = selected.is_some_and(|selected| selected.as_str() == id)
            || !model.scenario.policy_uses(id).is_empty();
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
            <p>{ "A policy says which requests are allowed or denied. An SCP, attached to the root, an OU or an account, sets the limit for every account below." }</p>
            <Menu label="New policy" class="button outlined" entries={tabs::new(dispatch)}>{ "New policy" }</Menu>
        </div>
    }
}
