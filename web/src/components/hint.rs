//! The hint for a first visit: four steps from nothing to a denied request that is understood, the
//! next one with the button that does it. Whoever passes it over sees it once and never again.

use evaluator::Verdict;
use organization::{Created, Edit, NodeId, NodeRef, Organization, PolicyUse, Scenario, TreeIndex};
use policy::Kind;
use texts::Text;
use yew::prelude::*;

use super::ui::{Glyph, button, glyph};
use crate::context::{use_dispatch, use_model};
use crate::effects::{focus_opened, fragment, is_fresh};
use crate::state::{Action, Dialog, Model, Origin, Pane, Switch};

/// The steps.
const STEPS: [Text; 4] = [
    texts::COMMON_BUILD_AN_ORGANIZATION,
    texts::HINT_ASK_WHETHER_ACCOUNT,
    texts::HINT_ATTACH_SCP_DENIES,
    texts::HINT_READ_WHY,
];

/// The hint.
#[component]
pub fn Hint() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let open = {
        let model = model.clone();
        // Who comes by a link sees at once what this page is about.
        use_state_eq(move || {
            !model.preferences.has(Switch::HintSeen)
                && model.origin != Origin::Visit
                && model.is_empty()
                && fragment().is_empty()
                && !is_fresh()
        })
    };
    {
        // Nor does whoever has looked at an example need it, when they change that.
        let open = open.clone();
        use_effect_with(model.origin == Origin::Visit, move |&is_visit| {
            if is_visit {
                open.set(false);
            }
        });
    }
    {
        let dispatch = dispatch.clone();
        use_effect_with(*open, move |&open| {
            if open {
                let switch = Switch::HintSeen;
                dispatch.emit(Action::PreferenceSwitched { switch, on: true });
            }
        });
    }
    let organization = model.scenario.organization.clone();
    let shown = *open && model.origin != Origin::Visit;
    let index = use_memo(organization.filter(|_| shown), |tree| {
        tree.as_ref().map(Organization::index)
    });
    if !shown {
        return Html::default();
    }
    let Next { step, word, action } = next(&model, (*index).as_ref());
    let away = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(false))
    };
    let act = Callback::from(move |_: MouseEvent| {
        dispatch.emit(action.clone());
        focus_opened(&action);
    });
    html! {
        <aside class="hint" aria-label={texts::hint_first_steps()}>
            <ol class="hint-steps">
                for (at, text) in STEPS.into_iter().enumerate() {
                    <li
                        class={(at < step).then_some("done")}
                        aria-current={(at == step).then_some("step")}
                    >
                        { texts::get(text) }
                        if at < step {
                            <span class="visually-hidden">{ " " }{ texts::hint_done() }</span>
                        }
                    </li>
                }
            </ol>
            { button("button outlined", None, act, html! { word }) }
            { button("icon-button", Some(texts::hint_put_first_steps().into()), away, glyph(Glyph::Cross)) }
        </aside>
    }
}

/// The step that comes next, and what does it.
struct Next {
    step: usize,
    word: String,
    action: Action,
}

fn next(model: &Model, index: Option<&TreeIndex>) -> Next {
    let scenario = &model.scenario;
    let of = |step: usize, word: &str, action: Action| Next {
        step,
        word: word.to_owned(),
        action,
    };
    let (Some(organization), Some(index)) = (&scenario.organization, index) else {
        let gallery = Action::DialogOpened(Dialog::Examples);
        return of(0, texts::hint_look_example(), gallery);
    };
    let management = organization.management_account.as_ref();
    if index
        .accounts()
        .all(|account| Some(&account.id) == management)
    {
        let edit = Edit::AddAccount {
            parent: organization.root.id.clone(),
            name: texts::common_new_account().to_owned(),
        };
        return of(0, texts::hint_add_an_account(), Action::Edited(edit));
    }
    if scenario.requests.is_empty() {
        return of(
            1,
            texts::hint_add_your_first_request(),
            Action::RequestAdded { account: None },
        );
    }
    let mut rows = model.analysis.requests.iter().flat_map(|view| &view.rows);
    if rows.any(|row| matches!(row.verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny)) {
        return of(
            3,
            texts::hint_show_the_reasons(),
            Action::PaneShown(Pane::Trace),
        );
    }
    let caller = model
        .selected_request()
        .and_then(|request| scenario.principal(request.caller.principal()?.as_str()))
        .and_then(|principal| principal.account());
    let above = caller.and_then(|account| index.parent(account.as_str()));
    let (node, name) = match above.filter(|node| !matches!(node, NodeRef::Account(_))) {
        Some(node) => (node.id(), node.name().to_owned()),
        None => (
            organization.root.id.clone(),
            texts::common_root().to_owned(),
        ),
    };
    let asked = model.selected_request().map(|request| &*request.action);
    match denying(scenario, node, asked.unwrap_or("*")) {
        Some(action) => of(2, &texts::hint_attach_one_to(&name), action),
        None => of(
            2,
            texts::hint_go_to_the_tree(),
            Action::PaneShown(Pane::Organization),
        ),
    }
}

/// A new SCP that denies an action, attached to a node.
fn denying(scenario: &Scenario, node: NodeId, asked: &str) -> Option<Action> {
    let text = format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Effect\": \
         \"Deny\",\n      \"Action\": \"{}\",\n      \"Resource\": \"*\"\n    }}\n  ]\n}}",
        asked.replace(['"', '\\'], "")
    );
    let added = Edit::AddPolicy {
        name: texts::hint_my_first_scp().to_owned(),
        kind: Kind::Scp,
        text: text.into(),
    };
    let Some(Created::Policy(policy)) = scenario.apply(added.clone()).ok()?.created else {
        return None;
    };
    let place = PolicyUse::Node(node);
    Some(Action::EditedTogether {
        label: texts::hint_attach_an_scp().to_owned(),
        edits: vec![added, Edit::UsePolicy { policy, place }],
    })
}
