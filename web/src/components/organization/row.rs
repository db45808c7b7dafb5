//! One node of the tree.

use std::rc::Rc;

use evaluator::Outcome;
use organization::{Edit, NodeId};
use policy::Kind;
use texts::Text;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::drag::Spot;
use super::naming::Naming;
use super::rows::{Chip, EXEMPT, EXEMPT_FROM_BOTH, Part, Row, Sort};
use crate::components::ui::{Glyph, glyph, outcome_class, outcome_icon};
use crate::context::{Dispatch, use_dispatch};
use crate::state::{Action, TracePlace};

/// Said of a node without an SCP while SCPs are enabled (SCP-3).
const NO_SCP: Text = texts::ORGANIZATION_ROW_SCP_ATTACHED_NOTHING;

/// What happens to a row that its tree must know.
#[derive(Clone, Debug)]
pub(super) enum RowEvent {
    /// It was pressed.
    Pressed(MouseEvent),
    /// It got the focus.
    Focused,
    /// Its sign was pressed that opens and closes it.
    Toggled,
    /// Its menu was asked for, beside the element.
    MenuAsked(Element),
    /// It, or something in it, is being dragged.
    DragStarted(DragEvent),
    /// Something is dragged over it.
    DraggedOver(DragEvent),
    /// Something was dropped on it.
    Dropped(DragEvent),
}

/// How a row stands out from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Whether it is the one that Tab reaches.
    pub(super) active: bool,
    /// Whether it was cut and waits for its new place.
    pub(super) cut: bool,
    /// Whether its name is being edited, and whether that is its first.
    pub(super) naming: Option<bool>,
    /// Where something is held that is dragged over it, and whether it may land there.
    pub(super) landing: Option<(Spot, bool)>,
}

/// Properties of [`TreeRow`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TreeRowProps {
    /// The row.
    pub(super) row: Rc<Row>,
    /// How it stands out.
    pub(super) marks: Marks,
    /// What is looked for.
    pub(super) query: AttrValue,
    /// Takes its events.
    pub(super) on_event: Callback<(NodeId, RowEvent)>,
}

/// A row of the tree.
#[component]
pub(super) fn TreeRow(props: &TreeRowProps) -> Html {
    let dispatch = use_dispatch();
    let (row, marks) = (&*props.row, props.marks);
    let line = &row.line;
    let tab = if marks.active { "0" } else { "-1" };
    let toggled = {
        let send = sender(row, &props.on_event, |()| RowEvent::Toggled);
        move |event: MouseEvent| {
            event.stop_propagation();
            send.emit(());
        }
    };
    let stops = row.part.and_then(Part::stops);
    html! {
        <div
            id={element_id(&row.node)} role="treeitem" tabindex={tab}
            class={classes!(
                "node",
                marks.selected.then_some("selected"),
                marks.cut.then_some("cut"),
                row.aside.then_some("aside"),
                line.context.then_some("context"),
                stops.map(|outcome| match outcome {
                    Outcome::ExplicitDeny => "blocks",
                    _ => "blocks implicit",
                }),
                marks.landing.map(|(spot, _)| match spot {
                    Spot::Before => "lands-before",
                    Spot::Behind => "lands-behind",
                    Spot::Into => "lands-into",
                }),
                marks.landing.filter(|(_, may)| !may).map(|_| "refused"),
            )}
            aria-level={line.level.to_string()} aria-posinset={line.position.to_string()}
            aria-setsize={line.siblings.to_string()} aria-label={name(row, marks.cut)}
            aria-expanded={line.opened.map(|opened| if opened { "true" } else { "false" })}
            aria-selected={if marks.selected { "true" } else { "false" }}
            draggable={(row.sort != Sort::Root && marks.naming.is_none()).then_some("true")}
            onclick={sender(row, &props.on_event, RowEvent::Pressed)}
            ondblclick={rename_started(row, &dispatch)}
            onfocusin={sender(row, &props.on_event, |_: FocusEvent| RowEvent::Focused)}
            oncontextmenu={context_menu(row, &props.on_event)}
            ondragstart={sender(row, &props.on_event, RowEvent::DragStarted)}
            ondragover={sender(row, &props.on_event, RowEvent::DraggedOver)}
            ondrop={sender(row, &props.on_event, RowEvent::Dropped)}
        >
            for _ in 1..line.level {
                <span class="node-guide" />
            }
            <div class="node-main">
                <div class="node-line">
                    if let Some(opened) = line.opened {
                        <button
                            type="button" class="node-toggle" tabindex="-1" aria-hidden="true"
                            onclick={toggled}
                        >
                            { glyph(if opened { Glyph::Opened } else { Glyph::Closed }) }
                        </button>
                    } else {
                        <span class="node-toggle" />
                    }
                    if let Some(fresh) = marks.naming {
                        <Naming
                            node={row.node.clone()} name={row.name.clone()} {fresh}
                            ou={row.sort == Sort::Ou}
                        />
                    } else {
                        <span class="node-title">
                            <span class="node-name" title={row.name.clone()}>{ found(&row.name, &props.query) }</span>
                            // Drawn by the styles: it goes where there is no room, and is in the name
                            // of the row in any case.
                            <span class="node-kind" data-words={remark(row)} />
                        </span>
                        if let Some(part) = row.part {
                            <span
                                class={classes!("node-part", outcome_class(part.outcome()))}
                                title={part.words()} onclick={reasons_sought(row, &dispatch)}
                            >
                                <span class="node-word" data-words={part.word()} />
                                { outcome_icon(part.outcome()) }
                            </span>
                        }
                    }
                    if marks.naming.is_none() {
                        <button
                            type="button" class="icon-button tiny node-menu" tabindex={tab}
                            aria-haspopup="menu" aria-label={texts::common_commands_for(&row.name)}
                            onclick={menu_asked(row, &props.on_event)}
                        >
                            { glyph(Glyph::More) }
                        </button>
                    }
                </div>
                if row.lacks_scp && row.sort != Sort::Management {
                    <div class="node-none">{ " " }{ texts::get(NO_SCP) }</div>
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

/// Sends an event of the row to its tree.
fn sender<E: 'static>(
    row: &Row,
    on_event: &Callback<(NodeId, RowEvent)>,
    made: fn(E) -> RowEvent,
) -> Callback<E> {
    let (node, on_event) = (row.node.clone(), on_event.clone());
    Callback::from(move |event: E| on_event.emit((node.clone(), made(event))))
}

/// A name, in which what is looked for is marked.
fn found(name: &str, query: &str) -> Html {
    let query = query.trim().to_lowercase();
    let lower = name.to_lowercase();
    let at = lower
        .find(&query)
        .filter(|_| !query.is_empty() && lower.len() == name.len());
    let parts = at.and_then(|at| {
        let (before, rest) = name.split_at_checked(at)?;
        let (hit, after) = rest.split_at_checked(query.len())?;
        Some((before, hit, after))
    });
    match parts {
        Some((before, hit, after)) => html! { <>{ before }<mark>{ hit }</mark>{ after }</> },
        None => html! { name },
    }
}

/// The id of the element of a row.
pub(super) fn element_id(node: &NodeId) -> String {
    format!("node-{node}")
}

/// The row as a screen reader says it: what is seen, in its order, and then what the icons say.
fn name(row: &Row, cut: bool) -> String {
    let mut words = vec![row.name.clone()];
    if row.lacks_scp && row.sort != Sort::Management {
        words.push(texts::get(NO_SCP).to_owned());
    }
    words.extend(row.chips.iter().map(chip_words));
    match row.sort {
        Sort::Root | Sort::Management => {}
        Sort::Ou => words.push("OU".to_owned()),
        Sort::Member => words.push(texts::subject_account().to_owned()),
    }
    words.push(remark(row));
    if cut {
        words.push(texts::organization_row_cut().to_owned());
    }
    if let Some(part) = row.part {
        words.push(part.words().to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

fn chip_words(chip: &Chip) -> String {
    let kind = if is_custom_rcp(chip) { "RCP " } else { "" };
    let name = format!("{kind}{}", chip.name);
    match chip.off {
        true => texts::organization_row_switched_off(&name),
        false => name,
    }
}

/// Whether the name of a policy does not say that it is an RCP.
fn is_custom_rcp(chip: &Chip) -> bool {
    chip.kind == Some(Kind::Rcp) && !chip.fixed
}

/// The muted words behind the name.
fn remark(row: &Row) -> String {
    match row.sort {
        Sort::Root => String::new(),
        Sort::Management if row.chips.iter().any(|chip| chip.fixed) => {
            texts::get(EXEMPT_FROM_BOTH).to_owned()
        }
        Sort::Management => texts::get(EXEMPT).to_owned(),
        Sort::Member => row.node.to_string(),
        Sort::Ou if row.line.opened == Some(true) => String::new(),
        Sort::Ou => match row.accounts {
            0 => texts::organization_row_no_accounts().to_owned(),
            1 => texts::organization_row_1_account().to_owned(),
            many => texts::organization_row_accounts(&many),
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
        (true, _) => texts::organization_row_switched_off_here(&chip.name),
        (false, Some(_)) => texts::organization_row_decides_the_selected_request(&chip.name),
        (false, None) => texts::common_open(&chip.name),
    };
    html! {
        <span
            key={chip.policy.as_str()} data-policy={chip.policy.to_string()}
            draggable={(!chip.fixed).then_some("true")}
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
                    aria-label={texts::common_detach_from(&chip.name, &row.name)}
                    title={texts::common_detach_from_node(&row.name)} onclick={detached}
                >
                    { glyph(Glyph::Cross) }
                </button>
            }
        </span>
    }
}

/// Shows the part of the node in the reasons; the menu of the node does so as well.
fn reasons_sought(row: &Row, dispatch: &Dispatch) -> Callback<MouseEvent> {
    let place = TracePlace::Level(row.node.clone());
    dispatch.reform(move |_: MouseEvent| Action::TraceSought(place.clone()))
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
