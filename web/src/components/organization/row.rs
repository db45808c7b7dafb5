//! One node of the tree.

use std::rc::Rc;

use evaluator::Outcome;
use organization::{Edit, NodeId};
use policy::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::rows::{Chip, EXEMPT, EXEMPT_FROM_BOTH, Part, Row, Sort};
use crate::components::ui::{Glyph, glyph, outcome_icon};
use crate::context::{Dispatch, use_dispatch};
use crate::state::Action;

/// Said of a node without an SCP while SCPs are enabled (SCP-3).
const NO_SCP: &str = "No SCP attached: nothing is allowed here and below";

/// What happens to a row that its tree must know.
#[derive(Clone, Debug)]
pub(super) enum RowEvent {
    /// It was pressed.
    Pressed,
    /// It got the focus.
    Focused,
    /// Its sign was pressed that opens and closes it.
    Toggled,
    /// Its menu was asked for, beside the element.
    MenuAsked(Element),
    /// It is being dragged.
    DragStarted,
    /// Something is dragged over it.
    DraggedOver(DragEvent),
    /// Something was dropped on it.
    Dropped(DragEvent),
    /// The dragging is over.
    DragEnded,
}

/// Properties of [`TreeRow`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TreeRowProps {
    /// The row.
    pub(super) row: Rc<Row>,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Whether it is the one that Tab reaches.
    pub(super) active: bool,
    /// Whether its name is being edited.
    pub(super) renaming: bool,
    /// Whether something is dragged over it that it can take.
    pub(super) receives: bool,
    /// Takes its events.
    pub(super) on_event: Callback<(NodeId, RowEvent)>,
}

/// A row of the tree.
#[component]
pub(super) fn TreeRow(props: &TreeRowProps) -> Html {
    let dispatch = use_dispatch();
    let row = &*props.row;
    let tab = if props.active { "0" } else { "-1" };
    let send = |event: RowEvent| {
        let (node, on_event) = (row.node.clone(), props.on_event.clone());
        move || on_event.emit((node.clone(), event.clone()))
    };
    let toggled = send(RowEvent::Toggled);
    let pressed = send(RowEvent::Pressed);
    let focused = send(RowEvent::Focused);
    let drag_started = send(RowEvent::DragStarted);
    let drag_ended = send(RowEvent::DragEnded);
    let blocks = row.part.filter(|part| part.stops);
    html! {
        <div
            id={element_id(&row.node)} role="treeitem" tabindex={tab}
            class={classes!(
                "node",
                props.selected.then_some("selected"),
                blocks.map(|_| "blocks"),
                blocks.filter(|part| part.outcome != Outcome::ExplicitDeny).map(|_| "implicit"),
                props.receives.then_some("receives"),
            )}
            aria-level={row.level.to_string()} aria-posinset={row.position.to_string()}
            aria-setsize={row.siblings.to_string()} aria-label={name(row)}
            aria-expanded={row.opened.map(|opened| if opened { "true" } else { "false" })}
            aria-selected={if props.selected { "true" } else { "false" }}
            draggable={(row.sort != Sort::Root && !props.renaming).then_some("true")}
            onclick={move |_| pressed()}
            ondblclick={rename_started(row, &dispatch)}
            onfocusin={move |_| focused()}
            oncontextmenu={context_menu(row, &props.on_event)}
            ondragstart={move |event: DragEvent| { start_drag(&event); drag_started(); }}
            ondragover={drag_event(row, &props.on_event, RowEvent::DraggedOver)}
            ondrop={drag_event(row, &props.on_event, RowEvent::Dropped)}
            ondragend={move |_| drag_ended()}
        >
            for _ in 1..row.level {
                <span class="node-guide" />
            }
            <div class="node-main">
                <div class="node-line">
                    if let Some(opened) = row.opened {
                        <button
                            type="button" class="node-toggle" tabindex="-1" aria-hidden="true"
                            onclick={move |event: MouseEvent| { event.stop_propagation(); toggled(); }}
                        >
                            { glyph(if opened { Glyph::Opened } else { Glyph::Closed }) }
                        </button>
                    } else {
                        <span class="node-toggle" />
                    }
                    if props.renaming {
                        <RenameField node={row.node.clone()} name={row.name.clone()} />
                    } else {
                        <span class="node-title">
                            <span class="node-name" title={row.name.clone()}>{ &row.name }</span>
                            { " " }
                            <span class="node-kind">{ remark(row) }</span>
                        </span>
                    }
                    <span class="node-part" title={row.part.map(Part::words)}>
                        if let Some(part) = row.part {
                            { outcome_icon(part.outcome) }
                        }
                    </span>
                    <button
                        type="button" class="icon-button tiny node-menu" tabindex={tab}
                        aria-haspopup="menu" aria-label={format!("Commands for {}", row.name)}
                        onclick={menu_asked(row, &props.on_event)}
                    >
                        { glyph(Glyph::More) }
                    </button>
                </div>
                if row.lacks_scp && row.sort != Sort::Management {
                    <div class="node-none">{ " " }{ NO_SCP }</div>
                }
                if !row.chips.is_empty() {
                    <div class="node-chips">
                        for chip in row.chips.iter() {
                            { " " }
                            { attachment(row, chip, &dispatch) }
                        }
                    </div>
                }
            </div>
        </div>
    }
}

/// The id of the element of a row.
pub(super) fn element_id(node: &NodeId) -> String {
    format!("node-{node}")
}

/// The row as a screen reader says it: what is seen, in its order, and then what the icons say.
fn name(row: &Row) -> String {
    let mut words = vec![row.name.clone(), remark(row)];
    if row.lacks_scp && row.sort != Sort::Management {
        words.push(NO_SCP.to_owned());
    }
    words.extend(row.chips.iter().map(chip_words));
    match row.sort {
        Sort::Root | Sort::Management => {}
        Sort::Ou => words.push("OU".to_owned()),
        Sort::Member => words.push("account".to_owned()),
    }
    if let Some(part) = row.part {
        words.push(part.words().to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

fn chip_words(chip: &Chip) -> String {
    let kind = if is_custom_rcp(chip) { "RCP " } else { "" };
    let off = if chip.off { " (switched off)" } else { "" };
    format!("{kind}{}{off}", chip.name)
}

/// Whether the name of a policy does not say that it is an RCP.
fn is_custom_rcp(chip: &Chip) -> bool {
    chip.kind == Some(Kind::Rcp) && !chip.fixed
}

/// The muted words behind the name.
fn remark(row: &Row) -> String {
    match row.sort {
        Sort::Root => String::new(),
        Sort::Management if row.chips.iter().any(|chip| chip.fixed) => EXEMPT_FROM_BOTH.to_owned(),
        Sort::Management => EXEMPT.to_owned(),
        Sort::Member => row.node.to_string(),
        Sort::Ou if row.opened == Some(true) => String::new(),
        Sort::Ou => match row.accounts {
            0 => "no accounts".to_owned(),
            1 => "1 account".to_owned(),
            many => format!("{many} accounts"),
        },
    }
}

fn attachment(row: &Row, chip: &Chip, dispatch: &Dispatch) -> Html {
    let policy = chip.policy.clone();
    let opened = dispatch.reform(move |event: MouseEvent| {
        event.stop_propagation();
        Action::PolicySelected(policy.clone())
    });
    let (node, policy) = (row.node.clone(), chip.policy.clone());
    let detached = dispatch.reform(move |event: MouseEvent| {
        event.stop_propagation();
        Action::Edited(Edit::Detach {
            node: node.clone(),
            policy: policy.clone(),
        })
    });
    let title = match (chip.off, chip.decides) {
        (true, _) => format!("{}, switched off here", chip.name),
        (false, Some(_)) => format!("{} decides the selected request", chip.name),
        (false, None) => format!("Open {}", chip.name),
    };
    html! {
        <span
            key={chip.policy.as_str()}
            class={classes!(
                "chip",
                chip.off.then_some("off"),
                chip.fixed.then_some("fixed"),
                chip.decides.map(|outcome| match outcome {
                    Outcome::ExplicitDeny => "decides is-explicit-deny",
                    Outcome::Unknown => "decides is-depends",
                    Outcome::Error => "decides is-error",
                    Outcome::Allow | Outcome::ImplicitDeny | Outcome::NotAsked => "decides",
                }),
            )}
        >
            <button type="button" class="chip-name" tabindex="-1" {title} onclick={opened}>
                if let Some(outcome) = chip.decides {
                    { outcome_icon(outcome) }
                }
                if is_custom_rcp(chip) {
                    <span class="chip-kind">{ "RCP" }</span>
                    { " " }
                }
                <span>{ &chip.name }</span>
            </button>
            if !chip.fixed {
                <button
                    type="button" class="chip-remove" tabindex="-1"
                    aria-label={format!("Detach {} from {}", chip.name, row.name)}
                    title={format!("Detach from {}", row.name)} onclick={detached}
                >
                    { glyph(Glyph::Cross) }
                </button>
            }
        </span>
    }
}

fn rename_started(row: &Row, dispatch: &Dispatch) -> Option<Callback<MouseEvent>> {
    let node = row.node.clone();
    (row.sort != Sort::Root)
        .then(|| dispatch.reform(move |_: MouseEvent| Action::RenamingStarted(node.clone())))
}

fn menu_asked(row: &Row, on_event: &Callback<(NodeId, RowEvent)>) -> Callback<MouseEvent> {
    let (node, on_event) = (row.node.clone(), on_event.clone());
    Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        if let Some(anchor) = event.target_dyn_into::<Element>() {
            on_event.emit((node.clone(), RowEvent::MenuAsked(button_of(anchor))));
        }
    })
}

/// The menu that the right button, or the key for it, asks for.
fn context_menu(row: &Row, on_event: &Callback<(NodeId, RowEvent)>) -> Callback<MouseEvent> {
    let (node, on_event) = (row.node.clone(), on_event.clone());
    Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        let typing = target
            .as_ref()
            .is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
        if let Some(target) = target
            && !typing
        {
            event.prevent_default();
            on_event.emit((node.clone(), RowEvent::MenuAsked(target)));
        }
    })
}

fn button_of(inside: Element) -> Element {
    inside.closest("button").ok().flatten().unwrap_or(inside)
}

fn drag_event(
    row: &Row,
    on_event: &Callback<(NodeId, RowEvent)>,
    made: fn(DragEvent) -> RowEvent,
) -> Callback<DragEvent> {
    let (node, on_event) = (row.node.clone(), on_event.clone());
    Callback::from(move |event: DragEvent| on_event.emit((node.clone(), made(event))))
}

fn start_drag(event: &DragEvent) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("move");
        // Firefox starts a drag only if there is something in it.
        let _ = data.set_data("text/plain", "");
    }
}

/// Properties of [`RenameField`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct RenameFieldProps {
    node: NodeId,
    name: String,
}

/// The name of a node while it is edited: Enter or leaving the field takes it, Escape does not.
#[component]
fn RenameField(props: &RenameFieldProps) -> Html {
    let dispatch = use_dispatch();
    let field = use_node_ref();
    let over = use_mut_ref(|| false);
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let finish = {
        let (field, node, before) = (field.clone(), props.node.clone(), props.name.clone());
        Callback::from(move |take: bool| {
            if over.replace(true) {
                return;
            }
            let name = field
                .cast::<HtmlInputElement>()
                .map(|field| field.value().trim().to_owned())
                .unwrap_or_default();
            if take && !name.is_empty() && name != before {
                dispatch.emit(Action::Edited(Edit::RenameNode {
                    node: node.clone(),
                    name,
                }));
            }
            dispatch.emit(Action::RenamingLeft);
        })
    };
    let onkeydown = {
        let (finish, node) = (finish.clone(), props.node.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let take = match event.key().as_str() {
                "Enter" => true,
                "Escape" => false,
                _ => return,
            };
            event.prevent_default();
            finish.emit(take);
            super::tree::focus_node(&node);
        })
    };
    html! {
        <input
            ref={&field} class="field outlined node-rename" aria-label="Name" value={props.name.clone()}
            spellcheck="false" autocomplete="off" {onkeydown}
            onclick={|event: MouseEvent| event.stop_propagation()}
            ondblclick={|event: MouseEvent| event.stop_propagation()}
            onblur={move |_| finish.emit(true)}
        />
    }
}
