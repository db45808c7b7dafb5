//! What is open under the tree: the selected node, or something that stands beside the tree.

use organization::{Edit, NodeId, NodeRef, Organization, Scenario, TreeIndex};
use policy::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::attach::{AttachPicker, attachable_kinds, kind_word};
use super::commands::{attached, commands, slots};
use super::lists::element_id;
use super::parts::press;
use super::principals::principals;
use super::rows::{Chip, Row, Sort, account_of, row};
use super::settings::settings;
use super::several::several;
use super::sheets::{account_id, close, sheet};
use super::tags::Tags;
use crate::components::ui::{Glyph, Menu, breakable, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::Action;

/// The part under the tree; there while something is open.
#[component]
pub(super) fn Details() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let entity = model.selection.entity.as_ref();
    let picker = use_state_eq(|| None::<(Vec<NodeId>, Option<Kind>, Element)>);
    let index = use_memo(model.scenario.organization.clone(), |organization| {
        organization.as_ref().map(Organization::index)
    });
    let open = entity.map(|entity| element_id(&model.scenario, entity));
    {
        let naming = model.naming;
        let closed = use_mut_ref(|| None::<String>);
        use_effect_with(open, move |open| {
            let closed = closed.replace(open.clone());
            move_focus(open.is_some(), naming, closed.as_deref());
        });
    }
    if let Some(entity) = entity {
        return sheet(&model.scenario, entity, &dispatch);
    }
    let (Some(organization), Some(index), Some(node)) =
        (&model.scenario.organization, &*index, &model.selection.node)
    else {
        return Html::default();
    };
    if model.tree.passing {
        return Html::default();
    }
    let nodes = match model.tree.several.is_empty() {
        true => vec![node.clone()],
        false => Vec::clone(&model.tree.several),
    };
    let pick = {
        let (picker, nodes) = (picker.clone(), nodes.clone());
        Callback::from(move |(kind, anchor)| picker.set(Some((nodes.clone(), kind, anchor))))
    };
    let shown = match (nodes.len(), row(&model.scenario, organization, index, node)) {
        (1, Some(row)) => of_node(&model.scenario, organization, index, &row, &pick, &dispatch),
        (1, None) => Html::default(),
        _ => {
            let pick = pick.reform(|anchor| (None, anchor));
            several(
                &model.scenario,
                organization,
                index,
                &nodes,
                &pick,
                &dispatch,
            )
        }
    };
    html! {
        <>
            { shown }
            if let Some((nodes, kind, anchor)) = &*picker {
                <AttachPicker
                    nodes={nodes.clone()} kind={*kind} anchor={anchor.clone()}
                    on_closed={move |()| picker.set(None)}
                />
            }
        </>
    }
}

/// What asks for the list of policies: the only kind wanted, and the element beside which it opens.
type PickAsked = Callback<(Option<Kind>, Element)>;

/// Moves the focus into what was opened, and back to where that was opened from when it is closed,
/// unless the focus is in another part of the page.
fn move_focus(open: bool, naming: bool, closed: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let elsewhere = document.active_element().is_some_and(|active| {
        Some(&active) != document.body().as_deref()
            && !matches!(active.closest(".organization"), Ok(Some(_)))
    });
    if elsewhere || (!open && closed.is_none()) {
        return;
    }
    if open && naming {
        if let Some(field) = find(&document, ".sheet-fields input") {
            let _ = field.focus();
            if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
                field.select();
            }
        }
        return;
    }
    let origin = closed.filter(|_| !open).and_then(|id| {
        let element = document.get_element_by_id(id)?;
        element.dyn_into::<HtmlElement>().ok()
    });
    let place = origin
        .or_else(|| find(&document, "#details-head"))
        .or_else(|| find(&document, "[role=treeitem][tabindex=\"0\"]"));
    if let Some(place) = place {
        let _ = place.focus();
    }
}

fn find(document: &Document, selector: &str) -> Option<HtmlElement> {
    let found = document.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

fn of_node(
    scenario: &Scenario,
    organization: &Organization,
    index: &TreeIndex,
    row: &Row,
    pick: &PickAsked,
    dispatch: &Dispatch,
) -> Html {
    let pick_any = {
        let pick = pick.clone();
        Callback::from(move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            if let Some(head) = document.and_then(|document| find(&document, "#details-head")) {
                pick.emit((None, head.into()));
            }
        })
    };
    let account = account_of(row).and_then(|id| index.account(id.as_str()));
    html! {
        <section key={row.node.as_str()} class="details" aria-labelledby="details-head">
            <div class="details-head">
                <h3 id="details-head" tabindex="-1">{ &row.name }</h3>
                <Menu
                    label={texts::common_commands_for(&row.name)}
                    entries={commands(scenario, organization, row, Vec::new(), &pick_any, dispatch)}
                >
                    { glyph(Glyph::More) }
                </Menu>
                { close(Action::NodeSelected(None), dispatch) }
            </div>
            <p class="details-path">{ place(index, row) }</p>
            for kind in attachable_kinds(organization) {
                { attachments(scenario, row, kind, pick, dispatch) }
            }
            <p class="details-remark">{ inherited(organization, index, row) }</p>
            if let Some(account) = account {
                { principals(scenario, &account.id, &row.name, dispatch) }
                <div class="sheet-fields">{ account_id(&account.id) }</div>
                <Tags tags={account.tags.clone()} edit={{
                    let account = account.id.clone();
                    Callback::from(move |tags| Edit::SetAccountTags { account: account.clone(), tags })
                }} />
            }
            if row.sort == Sort::Root {
                { settings(organization, dispatch) }
            }
        </section>
    }
}

/// Where the node is, from the root on, with its id.
fn place(index: &TreeIndex, row: &Row) -> Html {
    let path = index.path(row.node.as_str()).unwrap_or_default();
    let names: Vec<&str> = path.iter().map(|node| node.name()).collect();
    html! {
        <>
            if names.len() > 1 {
                { names.join(" / ") }{ " · " }
            }
            { breakable(row.node.as_str()) }
            if row.sort == Sort::Management {
                { " " }{ texts::organization_details_management_account() }
            }
        </>
    }
}

/// What is attached of one kind.
fn attachments(
    scenario: &Scenario,
    row: &Row,
    kind: Kind,
    pick: &PickAsked,
    dispatch: &Dispatch,
) -> Html {
    let word = kind_word(kind);
    let picked = pick
        .reform(move |event: MouseEvent| (Some(kind), event.target_unchecked_into::<Element>()));
    html! {
        <>
            <div class="details-part">
                <h4>{ texts::organization_details_s_attached_here(&word) }</h4>
                <span>{ slots(scenario, row, kind) }</span>
                <span class="spacer" />
                <button
                    type="button" class="button" aria-haspopup="dialog" aria-label={texts::organization_details_attach_an(&word)}
                    onclick={picked}
                >
                    { texts::common_attach() }
                </button>
            </div>
            <ul class="details-list">
                for chip in attached(row, kind) {
                    <li key={chip.policy.as_str()} class="details-item">
                        { attachment(&row.node, &row.name, chip, dispatch) }
                    </li>
                }
            </ul>
        </>
    }
}

fn attachment(node: &NodeId, node_name: &str, chip: &Chip, dispatch: &Dispatch) -> Html {
    let opened = chip.policy.clone();
    html! {
        <>
            <button
                type="button" class={classes!("button", chip.off.then_some("off"))}
                onclick={dispatch.reform(move |_: MouseEvent| Action::PolicySelected(opened.clone()))}
            >
                { &chip.name }
            </button>
            <span class="spacer" />
            if chip.fixed {
                <span class="details-words">{ texts::organization_details_on_every_node() }</span>
            } else {
                { switch_and_detach(node, node_name, chip, dispatch) }
            }
        </>
    }
}

fn switch_and_detach(node: &NodeId, node_name: &str, chip: &Chip, dispatch: &Dispatch) -> Html {
    let (switched_node, switched) = (node.clone(), chip.policy.clone());
    let detached = Edit::Detach {
        node: node.clone(),
        policy: chip.policy.clone(),
    };
    html! {
        <>
            <button
                type="button" class="button muted small"
                aria-pressed={if chip.off { "true" } else { "false" }}
                aria-label={texts::organization_details_switch_off_here(&chip.name)}
                title={texts::organization_details_switched_off_policy()}
                onclick={dispatch.reform(move |_: MouseEvent| Action::AttachmentSwitched {
                    node: switched_node.clone(),
                    policy: switched.clone(),
                })}
            >
                { if chip.off { texts::organization_details_switch_on() } else { texts::organization_details_switch_off() } }
            </button>
            { press(
                "icon-button tiny", texts::common_detach_from(&chip.name, &node_name),
                glyph(Glyph::Cross), Action::Edited(detached), dispatch,
            ) }
        </>
    }
}

/// What applies here beside what is attached.
fn inherited(organization: &Organization, index: &TreeIndex, row: &Row) -> String {
    if !organization.scps_enabled() {
        return texts::organization_details_scps_disabled_organization().to_owned();
    }
    if row.sort == Sort::Management {
        let kinds = if organization.rcps_enabled() {
            texts::organization_details_scp_or_rcp()
        } else {
            "SCP"
        };
        return texts::organization_details_effect_management_account(&kinds);
    }
    let above: Vec<String> = index
        .path(row.node.as_str())
        .unwrap_or_default()
        .iter()
        .filter(|node| node.id() != row.node)
        .map(|node| match node {
            NodeRef::Root(_) => texts::common_the_root().to_owned(),
            NodeRef::Ou(ou) => ou.name.clone(),
            NodeRef::Account(account) => account.name.clone(),
        })
        .collect();
    match above.as_slice() {
        [] => texts::organization_details_allowed_here_and_below().to_owned(),
        [one] => texts::organization_details_allowed_here_and_at_one(&one),
        [first @ .., last] => texts::organization_details_allowed_here_and_at_several(
            &first.join(&format!("{} ", texts::organization_details_between())),
            &last,
        ),
    }
}
