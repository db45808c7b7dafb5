//! The tree: an ARIA tree in one list, built with by mouse, touch and keys, drawn as far as it is
//! in sight.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use organization::{AccountId, NodeId, Organization, RequestId};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::attach::{AttachPicker, attachable_kinds};
use super::commands::{commands, commands_for_several};
use super::drag::{self, Drag, Dragged, Landing};
use super::filter::Filter;
use super::keys::Typed;
use super::outline::{Fold, Opened, Outline};
use super::row::{Marks, RowEvent, TreeRow};
use super::rows::{Row, Rows, Way};
use super::tended::{Tended, Wanted};
use super::window::{self, Piece};
use crate::components::ui::{MenuList, sentence};
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Model, TreeAction};

/// The height of a row where all have the same, without and with what is attached; the styles
/// say the same.
const HEIGHTS: [f64; 2] = [30.0, 58.0];
/// How long something has to be held over a closed node until that opens, in milliseconds.
const OPENS_AFTER: u32 = 700;
/// Trees with fewer nodes than this are seen at one glance: nothing to look for.
const WORTH_FILTERING: usize = 30;

/// Properties of [`Tree`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TreeProps {
    /// The organization.
    pub(super) organization: Organization,
}

/// The tree.
#[component]
pub(super) fn Tree(props: &TreeProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let organization = &props.organization;
    let tree = use_node_ref();
    let opened = use_reducer_eq(Opened::default);
    let folded = use_reducer_eq(Opened::default);
    let query = use_state_eq(AttrValue::default);
    let active = use_state_eq(|| None::<NodeId>);
    let menu = use_state_eq(|| None::<(NodeId, Element)>);
    let picker = use_state_eq(|| None::<(Vec<NodeId>, Element)>);
    let range = use_state_eq(|| 0..0_usize);
    let landing = use_state_eq(|| None::<Landing>);
    let wanted = use_mut_ref(|| None::<Wanted>);
    let anchor = use_mut_ref(|| None::<NodeId>);
    let held = use_memo((), |()| Rc::new(Cell::new(false)));

    let index = use_memo(organization.clone(), Organization::index);
    let looking = !query.trim().is_empty();
    let outline = use_memo(
        (
            organization.clone(),
            if looking {
                folded.clone()
            } else {
                opened.clone()
            },
            looking.then(|| ((*query).clone(), model.scenario.policies.clone())),
        ),
        {
            let (scenario, query) = (Rc::clone(&model.scenario), query.clone());
            move |(organization, opened, _)| Outline::new(&scenario, organization, opened, &query)
        },
    );
    let way = Way::new(&model, &index);
    let long = window::is_long(outline.lines.len());
    let kinds = attachable_kinds(organization).count();
    let [bare, with_chips] = HEIGHTS;

    let tended = Tended {
        scenario: Rc::clone(&model.scenario),
        index: Rc::clone(&index),
        outline: Rc::clone(&outline),
        selected: model.selection.node.clone(),
        several: Rc::clone(&model.tree.several),
        cut: Rc::clone(&model.tree.cut),
        anchor,
        dispatch: dispatch.clone(),
        tree: tree.clone(),
        active: active.clone(),
        opened: if looking {
            folded.dispatcher()
        } else {
            opened.dispatcher()
        },
        menu: menu.clone(),
        range: range.clone(),
        wanted: Rc::clone(&wanted),
        held: (*held).clone(),
        height: if kinds == 0 { bare } else { with_chips },
    };
    // One callback for the life of the tree finds the present here: rows whose content is the same
    // are not drawn again.
    let present = use_mut_ref(|| None::<Tended>);
    *present.borrow_mut() = Some(tended.clone());

    {
        // What is selected elsewhere on the page is brought into sight.
        let (tended, query) = (tended.clone(), query.clone());
        use_effect_with(model.selection.node.clone(), move |selected| {
            if let Some(node) = selected {
                if looking && tended.outline.position(node).is_none() {
                    query.set(AttrValue::default());
                }
                tended.bring(node);
            }
        });
    }
    {
        // So is the level that blocks when another request is selected, but not while one types:
        // nothing moves then.
        let (tended, stop) = (tended.clone(), way.stop().cloned());
        use_effect_with(focus_key(&model), move |_| {
            if let Some(node) = stop {
                tended.bring(&node);
            }
        });
    }
    {
        let tended = tended.clone();
        let before = use_mut_ref(Rc::<Outline>::default);
        use_effect_with(Rc::as_ptr(&outline), move |_| {
            let before = before.replace(Rc::clone(&tended.outline));
            tended.keep_focus(&before);
        });
    }
    {
        let tended = tended.clone();
        use_effect(move || tended.drawn());
    }
    {
        // The part that is in sight follows the scrolling of the pane and the size of the page.
        let (present, tree) = (Rc::clone(&present), tree.clone());
        use_effect_with(long, move |long| {
            let look = move || {
                if let Some(tended) = &*present.borrow() {
                    tended.look();
                }
            };
            let listeners = long.then(|| {
                look();
                let list = tree
                    .cast::<Element>()
                    .and_then(|tree| window::scroller(&tree));
                let scrolled = look.clone();
                let scroll =
                    list.map(|list| EventListener::new(&list, "scroll", move |_| scrolled()));
                let page = web_sys::window();
                (
                    scroll,
                    page.map(|page| EventListener::new(&page, "resize", move |_| look())),
                )
            });
            move || drop(listeners)
        });
    }

    let drag = use_mut_ref(Drag::default);
    let hint = use_node_ref();
    {
        // A drag may begin in another part of the page, and end anywhere.
        let (drag, landing) = (Rc::clone(&drag), landing.clone());
        let (tree, held) = (tree.clone(), Rc::clone(&tended.held));
        use_effect_with((), move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            let started = Rc::clone(&drag);
            let listeners = document.map(|document| {
                let noted = ["focusin", "pointerdown"].map(|name| {
                    let (tree, held) = (tree.clone(), Rc::clone(&held));
                    EventListener::new(&document, name, move |event| {
                        let at = event
                            .target()
                            .and_then(|at| at.dyn_into::<web_sys::Node>().ok());
                        let tree = tree.cast::<Element>();
                        held.set(tree.is_some_and(|tree| tree.contains(at.as_ref())));
                    })
                });
                let start = EventListener::new(&document, "dragstart", move |event| {
                    let event = event.dyn_ref::<DragEvent>();
                    let policy = event.and_then(|event| drag::policy(event.data_transfer()));
                    if let Some(policy) = policy {
                        started.borrow_mut().dragged = Some(Dragged::Policy(policy));
                    }
                });
                let end = EventListener::new(&document, "dragend", move |_| {
                    *drag.borrow_mut() = Drag::default();
                    landing.set(None);
                });
                (noted, start, end)
            });
            move || drop(listeners)
        });
    }
    {
        // What is held over a closed node long enough opens it.
        let present = Rc::clone(&present);
        let held = landing.as_ref().map(|landing| landing.node.clone());
        use_effect_with(held, move |held| {
            let timer = held.clone().map(|node| {
                Timeout::new(OPENS_AFTER, move || {
                    if let Some(tended) = &*present.borrow()
                        && tended
                            .outline
                            .line(&node)
                            .is_some_and(|line| line.opened == Some(false))
                    {
                        tended.fold(&node, true);
                    }
                })
            });
            move || drop(timer)
        });
    }
    let left = {
        let (landing, tree) = (landing.clone(), tree.clone());
        Callback::from(move |event: DragEvent| {
            let to = event.related_target();
            let to = to.and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            let inside = tree
                .cast::<Element>()
                .is_some_and(|tree| tree.contains(to.as_ref()));
            if !inside {
                landing.set(None);
            }
        })
    };

    let on_event = {
        let (present, landing, hint) = (Rc::clone(&present), landing.clone(), hint.clone());
        use_callback((), move |(node, event): (NodeId, RowEvent), ()| {
            let present = present.borrow();
            let Some(tended) = &*present else { return };
            match event {
                RowEvent::Pressed(event) => tended.pressed(&node, &event),
                RowEvent::Focused => tended.active.set(Some(node)),
                RowEvent::Toggled => {
                    let line = tended.outline.line(&node);
                    tended.fold(&node, line.is_some_and(|line| line.opened == Some(false)));
                }
                RowEvent::MenuAsked(anchor) => tended.menu.set(Some((node, anchor))),
                RowEvent::DragStarted(event) => {
                    drag.borrow_mut().dragged = drag::start(&event, || tended.meant(&node));
                }
                RowEvent::DraggedOver(event) => {
                    let over = tended.dragged_over(&mut drag.borrow_mut(), &node, &event);
                    if let Some(hint) = hint.cast::<HtmlElement>() {
                        drag::follow(&hint, &event);
                    }
                    landing.set(over);
                }
                RowEvent::Dropped(event) => {
                    let over = tended.dragged_over(&mut drag.borrow_mut(), &node, &event);
                    landing.set(None);
                    if let Some(done) = over.and_then(|landing| landing.done) {
                        tended.dispatch.emit(done);
                    } else if let Some(policy) = drag::policy(event.data_transfer()) {
                        // Dragged here from another window.
                        event.prevent_default();
                        let nodes = tended.meant(&node);
                        let attached = TreeAction::Attached { nodes, policy };
                        tended.dispatch.emit(Action::Tree(attached));
                    }
                }
            }
        })
    };
    let typed = use_mut_ref(Typed::default);
    let onkeydown = {
        let tended = tended.clone();
        Callback::from(move |event: KeyboardEvent| tended.press(&event, &typed))
    };
    let on_query = {
        let (query, folded) = (query.clone(), folded.dispatcher());
        Callback::from(move |text: AttrValue| {
            folded.dispatch(Fold::Reset);
            query.set(text);
        })
    };
    let on_found = {
        let tended = tended.clone();
        Callback::from(move |()| {
            let mut lines = tended.outline.lines.iter();
            let first = lines
                .find(|line| !line.context)
                .or(tended.outline.lines.first());
            if let Some(line) = first {
                tended.reveal(&line.node, true);
            }
        })
    };

    let rows = Rows {
        scenario: &model.scenario,
        organization,
        way: &way,
    };
    let reached = tended.reached();
    let row_at = |position: usize| {
        let line = outline.lines.get(position)?;
        Some((rows.row(index.node(line.node.as_str())?, line), line))
    };
    let marks = |node: &NodeId, position: usize| Marks {
        selected: match model.tree.several.is_empty() {
            true => model.selection.node.as_ref() == Some(node),
            false => model.tree.several.contains(node),
        },
        active: reached == Some(position),
        cut: model.tree.cut.contains(node),
        naming: (model.renaming.as_ref() == Some(node))
            .then(|| model.tree.fresh.as_ref() == Some(node)),
        landing: landing
            .as_ref()
            .filter(|landing| landing.node == *node)
            .map(|landing| (landing.spot, landing.done.is_some())),
    };
    let drawn = |piece: Piece| match piece {
        // Its height is an attribute: a style in the page's text would be refused.
        Piece::Space(rows) => html! {
            <svg
                key={format!("space-{rows}")} class="tree-space" width="1" aria-hidden="true"
                height={(rows as f64 * tended.height).to_string()}
            />
        },
        Piece::Row(position) => row_at(position).map_or_else(Html::default, |(row, line)| {
            html! {
                <TreeRow
                    key={line.node.as_str()} marks={marks(&line.node, position)} row={Rc::new(row)}
                    query={(*query).clone()} on_event={on_event.clone()}
                />
            }
        }),
    };
    let pieces = window::pieces(outline.lines.len(), &range, reached);
    html! {
        <>
            if outline.nodes >= WORTH_FILTERING {
                <Filter query={(*query).clone()} found={outline.found} nodes={outline.nodes} {on_query} {on_found} />
            }
            <div
                ref={&tree} role="tree" aria-labelledby="organization-head" aria-multiselectable="true"
                class={classes!("tree", long.then_some(if kinds == 0 { "even bare" } else { "even" }))}
                {onkeydown} ondragleave={left}
            >
                { for pieces.into_iter().map(drawn) }
            </div>
            if looking && outline.found == 0 {
                <p class="tree-nothing">{ texts::organization_tree_ou_account_attached() }</p>
            }
            { landed(landing.as_ref(), &hint) }
            { opened_menu(&tended, &menu, &picker, row_at, organization) }
            if let Some((nodes, anchor)) = &*picker {
                <AttachPicker
                    nodes={nodes.clone()} anchor={anchor.clone()}
                    on_closed={let picker = picker.clone(); move |()| picker.set(None)}
                />
            }
        </>
    }
}

/// The words beside the pointer while something is dragged.
fn landed(landing: Option<&Landing>, hint: &NodeRef) -> Html {
    let class = match landing {
        None => "drag-hint waiting",
        Some(Landing { done: None, .. }) => "drag-hint refused",
        Some(_) => "drag-hint",
    };
    html! {
        <div ref={hint} {class} aria-hidden={landing.is_none().then_some("true")}>
            { landing.map_or_else(Html::default, |landing| sentence(&landing.words)) }
        </div>
    }
}

/// The menu of a row, or of all that are selected with it.
fn opened_menu<'a>(
    tended: &Tended,
    menu: &UseStateHandle<Option<(NodeId, Element)>>,
    picker: &UseStateHandle<Option<(Vec<NodeId>, Element)>>,
    row_at: impl Fn(usize) -> Option<(Row, &'a super::outline::Line)>,
    organization: &Organization,
) -> Html {
    let Some((node, anchor)) = &**menu else {
        return Html::default();
    };
    let Some((row, _)) = tended.outline.position(node).and_then(row_at) else {
        return Html::default();
    };
    let nodes = tended.meant(node);
    let pick = {
        let (picker, nodes, anchor) = (picker.clone(), nodes.clone(), anchor.clone());
        Callback::from(move |()| picker.set(Some((nodes.clone(), anchor.clone()))))
    };
    let (scenario, dispatch) = (&tended.scenario, &tended.dispatch);
    let marking = tended.marking(node);
    let entries = match nodes.len() {
        1 => commands(scenario, organization, &row, marking, &pick, dispatch),
        _ => commands_for_several(&nodes, marking, &pick, dispatch),
    };
    let label = match nodes.len() {
        1 => texts::common_commands_for(&row.name),
        many => texts::organization_tree_commands_for_nodes(&many),
    };
    let menu = menu.clone();
    html! {
        <MenuList {label} anchor={anchor.clone()} {entries} on_closed={move |()| menu.set(None)} />
    }
}

/// The request whose reasons are shown, and its row.
fn focus_key(model: &Model) -> Option<(RequestId, Option<AccountId>)> {
    let focus = model.focus()?;
    Some((focus.request, focus.account))
}
