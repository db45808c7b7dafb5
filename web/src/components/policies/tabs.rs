use organization::PolicyId;
use policy::Kind;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::components::ui::{Glyph, Menu, MenuEntry, Pick, Picker, Shape, glyph, shape};
use crate::context::{Dispatch, use_dispatch};
use crate::state::Action;

/// What a dragged policy is known by, where it can be let go: the tree.
const POLICY_DRAG: &str = "application/x-guardrail-policy";

/// A policy as its tab shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    /// The policy.
    pub(super) id: PolicyId,
    /// Its name.
    pub(super) name: String,
    /// Its kind in a word.
    pub(super) kind: AttrValue,
    /// Whether AWS would refuse it.
    pub(super) refused: bool,
}

/// What [`PolicyTabs`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PolicyTabsProps {
    /// The policies.
    pub(super) tabs: Vec<Tab>,
    /// The one in the editor.
    pub(super) selected: Option<PolicyId>,
    /// Asked when the name of the selected policy is to be changed.
    pub(super) on_rename: Callback<()>,
}

/// The id of the tab of the open policy and of the panel that belongs to it.
pub(super) const SELECTED_TAB: &str = "policy-tab";
pub(super) const PANEL: &str = "policy-panel";

/// One tab for each policy, in one line that scrolls.
#[component]
pub(super) fn PolicyTabs(props: &PolicyTabsProps) -> Html {
    let dispatch = use_dispatch();
    let list = use_node_ref();
    {
        let list = list.clone();
        let count = props.tabs.len();
        use_effect_with((props.selected.clone(), count), move |_| {
            if let Some(list) = list.cast::<Element>() {
                show_selected(&list);
            }
        });
    }
    let onkeydown = {
        let ids: Vec<PolicyId> = props.tabs.iter().map(|tab| tab.id.clone()).collect();
        let selected = props.selected.clone();
        let list = list.clone();
        let dispatch = dispatch.clone();
        let on_rename = props.on_rename.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "F2" {
                event.prevent_default();
                on_rename.emit(());
                return;
            }
            let Some(next) = neighbour(&ids, selected.as_ref(), &event.key()) else {
                return;
            };
            event.prevent_default();
            dispatch.emit(Action::PolicySelected(next.clone()));
            focus_tab(&list, &ids, next);
        })
    };
    html! {
        <div class="policy-tabs">
            <div class="policy-tablist" role="tablist" aria-label={texts::common_policies()} ref={list} {onkeydown}>
                for tab in &props.tabs {
                    { one(tab, props.selected.as_ref() == Some(&tab.id), &dispatch, &props.on_rename) }
                }
            </div>
            if props.tabs.len() > 3 {
                <AllPolicies tabs={props.tabs.clone()} selected={props.selected.clone()} />
            }
            <Menu label={texts::common_new_policy()} entries={new(&dispatch)}>{ glyph(Glyph::Plus) }</Menu>
        </div>
    }
}

fn one(tab: &Tab, selected: bool, dispatch: &Dispatch, on_rename: &Callback<()>) -> Html {
    let id = tab.id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PolicySelected(id.clone()));
    let ondblclick = on_rename.reform(|_: MouseEvent| ());
    let ondragstart = {
        let id = tab.id.clone();
        Callback::from(move |event: DragEvent| {
            if let Some(data) = event.data_transfer() {
                data.set_effect_allowed("copy");
                let _ = data.set_data(POLICY_DRAG, id.as_str());
            }
        })
    };
    // No button: Firefox lets nobody drag one.
    html! {
        <div
            key={tab.id.as_str()} role="tab" class="policy-tab" draggable="true"
            id={selected.then_some(SELECTED_TAB)}
            aria-selected={selected.to_string()} aria-controls={selected.then_some(PANEL)}
            tabindex={if selected { "0" } else { "-1" }} title={tab.name.clone()}
            {onclick} {ondblclick} {ondragstart}
        >
            if tab.refused {
                <span class="flaw">{ shape(Shape::Error) }<span class="visually-hidden">{ texts::policies_tabs_not_valid() }{ " " }</span></span>
            }
            <span class="name">{ &tab.name }</span>
            <span class="kind">{ &tab.kind }</span>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct AllPoliciesProps {
    tabs: Vec<Tab>,
    selected: Option<PolicyId>,
}

/// A button that opens a list of all policies, which filters as one types.
#[component]
fn AllPolicies(props: &AllPoliciesProps) -> Html {
    let dispatch = use_dispatch();
    let button = use_node_ref();
    let anchor = use_state_eq(|| None::<Element>);
    let opened = {
        let (button, anchor) = (button.clone(), anchor.clone());
        Callback::from(move |_: MouseEvent| anchor.set(button.cast::<Element>()))
    };
    let closed = {
        let anchor = anchor.clone();
        Callback::from(move |()| anchor.set(None))
    };
    let pick = |tab: &Tab| {
        let (id, button) = (tab.id.clone(), button.clone());
        let (anchor, dispatch) = (anchor.clone(), dispatch.clone());
        Pick {
            text: tab.name.clone().into(),
            detail: if tab.refused {
                texts::policies_tabs_kind_not_valid(&tab.kind).into()
            } else {
                tab.kind.clone()
            },
            chosen: props.selected.as_ref() == Some(&tab.id),
            refusal: AttrValue::default(),
            pressed: Callback::from(move |()| {
                anchor.set(None);
                dispatch.emit(Action::PolicySelected(id.clone()));
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.focus();
                }
            }),
        }
    };
    html! {
        <>
            <button
                ref={button.clone()} type="button" class="icon-button" aria-label={texts::policies_tabs_all_policies()}
                title={texts::policies_tabs_all_count_policies(&props.tabs.len())} aria-haspopup="dialog"
                aria-expanded={anchor.is_some().to_string()} onclick={opened}
            >
                { glyph(Glyph::Opened) }
            </button>
            if let Some(at) = (*anchor).clone() {
                <Picker
                    label={texts::policies_tabs_all_policies()} anchor={at} on_closed={closed} wishes={Vec::new()}
                    picks={props.tabs.iter().map(pick).collect::<Vec<_>>()}
                />
            }
        </>
    }
}

/// The kinds that the page offers to begin.
pub(super) fn new(dispatch: &Dispatch) -> Vec<MenuEntry> {
    [
        (
            texts::common_new_scp(),
            texts::policies_tabs_root_ous_accounts(),
            Kind::Scp,
        ),
        (
            texts::common_new_rcp(),
            texts::policies_tabs_for_the_same(),
            Kind::Rcp,
        ),
        (
            texts::common_new_identity_policy(),
            texts::policies_tabs_users_groups_roles(),
            Kind::Identity,
        ),
        (
            texts::common_new_permissions_boundary(),
            texts::policies_tabs_for_users_and_roles(),
            Kind::Boundary,
        ),
        (
            texts::common_new_session_policy(),
            texts::policies_tabs_for_sessions(),
            Kind::Session,
        ),
        (
            texts::common_new_resource_policy(),
            texts::policies_tabs_for_resources(),
            Kind::Resource,
        ),
        (
            texts::common_new_trust_policy(),
            texts::policies_tabs_for_roles(),
            Kind::Trust,
        ),
        (
            texts::common_new_endpoint_policy(),
            texts::policies_tabs_for_vpc_endpoints(),
            Kind::Endpoint,
        ),
    ]
    .into_iter()
    .map(|(text, detail, kind)| {
        let chosen = dispatch.reform(move |()| Action::PolicyAdded { kind, target: None });
        MenuEntry::command(text, chosen).detail(detail)
    })
    .collect()
}

/// The tab to which a key leads.
fn neighbour<'a>(
    ids: &'a [PolicyId],
    selected: Option<&PolicyId>,
    key: &str,
) -> Option<&'a PolicyId> {
    let at = ids.iter().position(|id| Some(id) == selected).unwrap_or(0);
    let count = ids.len();
    let next = match key {
        "ArrowRight" => (at + 1).checked_rem(count)?,
        "ArrowLeft" => (at + count).checked_sub(1)?.checked_rem(count)?,
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        _ => return None,
    };
    ids.get(next)
}

fn focus_tab(list: &NodeRef, ids: &[PolicyId], wanted: &PolicyId) {
    let at = ids.iter().position(|id| id == wanted);
    let tab = list
        .cast::<Element>()
        .zip(at.and_then(|at| u32::try_from(at).ok()))
        .and_then(|(list, at)| list.children().item(at))
        .and_then(|tab| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(tab).ok());
    if let Some(tab) = tab {
        let _ = tab.focus();
    }
}

/// Scrolls the line of tabs, and nothing else, until the selected one is seen.
fn show_selected(list: &Element) {
    let Ok(Some(tab)) = list.query_selector("[aria-selected=true]") else {
        return;
    };
    let (outer, inner) = (
        list.get_bounding_client_rect(),
        tab.get_bounding_client_rect(),
    );
    let past_start = inner.left() - outer.left();
    let past_end = inner.right() - outer.right();
    let by = if past_start < 0.0 {
        past_start
    } else if past_end > 0.0 {
        past_end.min(past_start)
    } else {
        return;
    };
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
    list.set_scroll_left(list.scroll_left() + by.round() as i32);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_round() {
        let ids = ["a", "b", "c"].map(PolicyId::from);
        let next = |from: &str, key| neighbour(&ids, Some(&PolicyId::from(from)), key).unwrap();
        assert_eq!(next("a", "ArrowRight").as_str(), "b");
        assert_eq!(next("c", "ArrowRight").as_str(), "a");
        assert_eq!(next("a", "ArrowLeft").as_str(), "c");
        assert_eq!(next("b", "End").as_str(), "c");
        assert_eq!(neighbour(&ids, None, "x"), None);
        assert_eq!(neighbour(&[], None, "ArrowLeft"), None);
    }
}
