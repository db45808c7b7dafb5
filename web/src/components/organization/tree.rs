//! The tree: an ARIA tree in one list, built with by mouse, touch and keys, drawn as far as it is
//! in sight.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use organization::{AccountId, NodeId, Organization, RequestId, Scenario, TreeIndex};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};
use yew::prelude::*;

use super::attach::{AttachPicker, attachable_kinds};
use super::commands::{commands, commands_for_several};
use super::drag::{self, Drag, Dragged, Ground, Landing};
use super::filter::Filter;
use super::keys::{Typed, together};
use super::outline::{Fold, Opened, Outline};
use super::row::{Marks, RowEvent, TreeRow, element_id};
use super::rows::{Row, Rows, Way, ancestors};
use super::window::{self, Piece};
use crate::components::ui::{MenuList, sentence};
use crate::context::{Dispatch, use_dispatch, use_model};
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

/// What events of the tree find: the tree as it is drawn now, and the ways to change it.
#[derive(Clone)]
pub(super) struct Tended {
    pub(super) scenario: Rc<Scenario>,
    pub(super) index: Rc<TreeIndex>,
    pub(super) outline: Rc<Outline>,
    pub(super) selected: Option<NodeId>,
    pub(super) several: Rc<Vec<NodeId>>,
    pub(super) cut: Rc<Vec<NodeId>>,
    /// Where a selection of several began.
    pub(super) anchor: Rc<RefCell<Option<NodeId>>>,
    pub(super) dispatch: Dispatch,
    tree: NodeRef,
    active: UseStateHandle<Option<NodeId>>,
    opened: UseReducerDispatcher<Opened>,
    menu: UseStateHandle<Option<(NodeId, Element)>>,
    range: UseStateHandle<Range<usize>>,
    wanted: Rc<RefCell<Option<Wanted>>>,
    /// Whether the tree has the focus, or had it until its row was drawn elsewhere.
    held: Rc<Cell<bool>>,
    height: f64,
}

/// A row that is to be brought into sight.
#[derive(Clone, Debug)]
struct Wanted {
    node: NodeId,
    focus: bool,
    /// How many drawings it may take until it is there.
    patience: u8,
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

impl Tended {
    /// The position of the row that Tab reaches.
    pub(super) fn reached(&self) -> Option<usize> {
        let position = |node: &Option<NodeId>| self.outline.position(node.as_ref()?);
        position(&self.active)
            .or_else(|| position(&self.selected))
            .or_else(|| (!self.outline.lines.is_empty()).then_some(0))
    }

    /// What a command at a node is meant for: all that are selected with it, or it alone.
    pub(super) fn meant(&self, node: &NodeId) -> Vec<NodeId> {
        together(&self.several, node)
    }

    pub(super) fn fold(&self, node: &NodeId, open: bool) {
        self.opened.dispatch(Fold::Set(vec![node.clone()], open));
    }

    /// Opens what is above a node, and brings it into sight.
    fn bring(&self, node: &NodeId) {
        let above = ancestors(&self.index, node);
        if self.outline.position(node).is_none() && !above.is_empty() {
            self.opened.dispatch(Fold::Set(above, true));
        }
        *self.wanted.borrow_mut() = Some(Wanted {
            node: node.clone(),
            focus: false,
            patience: 3,
        });
        self.drawn();
    }

    /// Brings a row into sight and gives it the focus.
    pub(super) fn reveal(&self, node: &NodeId, focus: bool) {
        if element(node).is_some() && focus {
            focus_node(node);
            return;
        }
        *self.wanted.borrow_mut() = Some(Wanted {
            node: node.clone(),
            focus,
            patience: 3,
        });
        self.drawn();
    }

    /// Draws the part of a long tree that is in sight.
    fn look(&self) {
        if let Some(tree) = self.tree.cast::<Element>() {
            self.range.set(window::window(&tree, self.height));
        }
    }

    /// After each drawing a row that is wanted comes into sight.
    fn drawn(&self) {
        let Some(tree) = self.tree.cast::<Element>() else {
            return;
        };
        let Some(mut wanted) = self.wanted.borrow_mut().take() else {
            return;
        };
        if let Some(position) = self.outline.position(&wanted.node)
            && window::is_long(self.outline.lines.len())
        {
            window::bring(&tree, self.height, position);
            self.look();
        }
        match element(&wanted.node) {
            Some(_) if wanted.focus => focus_node(&wanted.node),
            Some(row) => scroll_to(&row),
            None if wanted.patience > 0 => {
                wanted.patience -= 1;
                *self.wanted.borrow_mut() = Some(wanted);
            }
            None => {}
        }
    }

    /// Where the row with the focus is gone, the one before it gets the focus; where it was drawn
    /// at another place, it gets it back.
    fn keep_focus(&self, before: &Outline) {
        let Some(last) = &*self.active else { return };
        let mut node = Some(last.clone());
        if self.outline.position(last).is_none() {
            let place = before.position(last).unwrap_or(0);
            let lines = before.lines.get(..place).unwrap_or_default().iter();
            let mut left = lines
                .rev()
                .filter(|line| self.outline.position(&line.node).is_some());
            let neighbour = left.next().or(self.outline.lines.first());
            node = neighbour.map(|line| line.node.clone());
            self.active.set(node.clone());
        }
        if let Some(node) = node.filter(|_| self.held.get() && focus_is_nowhere()) {
            self.reveal(&node, true);
        }
    }

    /// A press on a row: it is selected, with Control or Shift beside others.
    fn pressed(&self, node: &NodeId, event: &MouseEvent) {
        let position = self.outline.position(node);
        if event.shift_key() {
            let anchor = self.anchor.borrow().clone().or(self.selected.clone());
            let anchor = anchor.and_then(|anchor| self.outline.position(&anchor));
            if let (Some(from), Some(to)) = (anchor, position) {
                self.select_range(from, to);
                return;
            }
        }
        if event.ctrl_key() || event.meta_key() {
            self.toggle_selected(node);
            return;
        }
        *self.anchor.borrow_mut() = Some(node.clone());
        self.dispatch.emit(Action::NodeSelected(Some(node.clone())));
    }

    /// Selects from one line to another.
    pub(super) fn select_range(&self, from: usize, to: usize) {
        let start = self.outline.lines.get(from).map(|line| line.node.clone());
        *self.anchor.borrow_mut() = start;
        let nodes = self.outline.range(from, to);
        if let Some(line) = self.outline.lines.get(to) {
            let action = TreeAction::SeveralSelected(nodes, line.node.clone());
            self.dispatch.emit(Action::Tree(action));
        }
    }

    /// Takes a node to the others that are selected, or out of them.
    pub(super) fn toggle_selected(&self, node: &NodeId) {
        let mut nodes = match self.several.is_empty() {
            true => self.selected.iter().cloned().collect(),
            false => Vec::clone(&self.several),
        };
        match nodes.iter().position(|one| one == node) {
            Some(at) => {
                nodes.remove(at);
            }
            None => nodes.push(node.clone()),
        }
        *self.anchor.borrow_mut() = Some(node.clone());
        let action = match nodes.is_empty() {
            true => Action::NodeSelected(None),
            false => Action::Tree(TreeAction::SeveralSelected(nodes, node.clone())),
        };
        self.dispatch.emit(action);
    }

    pub(super) fn open_menu(&self, node: &NodeId) {
        if let Some(element) = element(node) {
            self.menu.set(Some((node.clone(), element)));
        }
    }

    /// Goes to the field that filters the tree, if there is one.
    pub(super) fn seek(&self) -> bool {
        let document = web_sys::window().and_then(|window| window.document());
        let field =
            document.and_then(|document| document.query_selector(".tree-filter input").ok()?);
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = &field {
            let _ = field.focus();
            field.select();
        }
        field.is_some()
    }

    fn dragged_over(&self, drag: &mut Drag, node: &NodeId, event: &DragEvent) -> Option<Landing> {
        let line = self.outline.line(node)?;
        let ground = Ground {
            scenario: &self.scenario,
            index: &self.index,
            several: &self.several,
        };
        let landing = drag.over(&ground, line, drag::spot(event))?;
        if landing.done.is_some() {
            event.prevent_default();
        }
        Some(landing)
    }
}

/// Whether nothing on the page has the focus.
fn focus_is_nowhere() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .is_some_and(|document| document.active_element().as_ref() == document.body().as_deref())
}

/// Gives a row the focus.
pub(super) fn focus_node(node: &NodeId) {
    if let Some(row) = element(node).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

fn element(node: &NodeId) -> Option<Element> {
    web_sys::window()?
        .document()?
        .get_element_by_id(&element_id(node))
}

fn scroll_to(row: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
