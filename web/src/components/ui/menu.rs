//! Menus: a list of commands that opens beside a button or at a place, above everything else.
//!
//! The browser's own popovers close it on Escape and on a press elsewhere, and give the focus
//! back. Arrow keys, Home, End and first letters move in it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// A line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub enum MenuEntry {
    /// Something to do.
    Command {
        /// What, in a few words.
        text: AttrValue,
        /// A remark at the end of the line: a key, a count, why it can't be done.
        detail: Option<AttrValue>,
        /// Whether it can't be done now.
        disabled: bool,
        /// What to do.
        chosen: Callback<()>,
    },
    /// A word above the commands that follow.
    Heading(AttrValue),
    /// A line between groups.
    Separator,
}

impl MenuEntry {
    /// A command without a remark.
    pub fn command(text: impl Into<AttrValue>, chosen: Callback<()>) -> Self {
        Self::Command {
            text: text.into(),
            detail: None,
            disabled: false,
            chosen,
        }
    }

    /// Adds a remark to a command.
    #[must_use]
    pub fn detail(mut self, remark: impl Into<AttrValue>) -> Self {
        if let Self::Command { detail, .. } = &mut self {
            *detail = Some(remark.into());
        }
        self
    }

    /// Greys a command out while `condition` holds.
    #[must_use]
    pub fn disabled_if(mut self, condition: bool) -> Self {
        if let Self::Command { disabled, .. } = &mut self {
            *disabled = condition;
        }
        self
    }
}

/// Properties of [`Menu`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MenuProps {
    /// The name of the button and of the menu.
    pub label: AttrValue,
    /// The commands.
    pub entries: Vec<MenuEntry>,
    /// What the button shows.
    pub children: Html,
    /// The class of the button.
    #[prop_or(AttrValue::Static("icon-button"))]
    pub class: AttrValue,
}

/// A button that opens a menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
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
    html! {
        <>
            <button
                ref={button} type="button" class={props.class.clone()} aria-label={props.label.clone()}
                title={props.label.clone()} aria-haspopup="menu"
                aria-expanded={if anchor.is_some() { "true" } else { "false" }} onclick={opened}
            >
                { props.children.clone() }
            </button>
            if let Some(at) = (*anchor).clone() {
                <MenuList
                    label={props.label.clone()} entries={props.entries.clone()} anchor={at}
                    on_closed={closed}
                />
            }
        </>
    }
}

/// Properties of [`MenuList`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MenuListProps {
    /// The name of the menu.
    pub label: AttrValue,
    /// The commands.
    pub entries: Vec<MenuEntry>,
    /// The element beside which it opens.
    pub anchor: Element,
    /// The menu has closed.
    pub on_closed: Callback<()>,
}

/// An open menu.
#[component]
pub fn MenuList(props: &MenuListProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        let on_closed = props.on_closed.clone();
        use_effect_with(props.anchor.clone(), move |anchor| {
            let listener = list.cast::<HtmlElement>().map(|list| {
                if list.show_popover().is_ok() {
                    place(&list, anchor);
                }
                focus(&list, |_, _| 0);
                let closing = list.clone();
                EventListener::new(&list, "toggle", move |_| {
                    if !closing.matches(":popover-open").unwrap_or(false) {
                        on_closed.emit(());
                    }
                })
            });
            move || drop(listener)
        });
    }
    let onkeydown = {
        let list = list.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(list) = list.cast::<HtmlElement>() {
                on_key(&list, &event);
            }
        })
    };
    html! {
        <div ref={&list} class="menu-list" role="menu" popover="auto" aria-label={props.label.clone()} {onkeydown}>
            for entry in props.entries.iter() {
                { line(entry, &list) }
            }
        </div>
    }
}

fn line(entry: &MenuEntry, list: &NodeRef) -> Html {
    match entry {
        MenuEntry::Heading(text) => {
            html! { <div class="menu-heading" role="presentation">{ text }</div> }
        }
        MenuEntry::Separator => html! { <hr class="menu-line" /> },
        MenuEntry::Command {
            text,
            detail,
            disabled,
            chosen,
        } => {
            let onclick = (!disabled).then(|| {
                let list = list.clone();
                let chosen = chosen.clone();
                Callback::from(move |event: MouseEvent| {
                    event.stop_propagation();
                    // Closing gives the focus back, and only then may the command move it.
                    if let Some(list) = list.cast::<HtmlElement>() {
                        let _ = list.hide_popover();
                    }
                    chosen.emit(());
                })
            });
            html! {
                <button
                    type="button" class="menu-command" role="menuitem" tabindex="-1"
                    aria-disabled={disabled.then_some("true")} {onclick}
                >
                    <span>{ text }</span>
                    if let Some(detail) = detail {
                        <span class="menu-detail">{ detail }</span>
                    }
                </button>
            }
        }
    }
}

/// Puts a list above the page under its anchor, or above it where there is no room.
pub(crate) fn place(list: &HtmlElement, anchor: &Element) {
    const GAP: f64 = 4.0;
    const MARGIN: f64 = 8.0;
    let from = anchor.get_bounding_client_rect();
    let size = list.get_bounding_client_rect();
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(root) = root else { return };
    let (width, height) = (
        f64::from(root.client_width()),
        f64::from(root.client_height()),
    );
    let left = if from.left() + size.width() + MARGIN <= width {
        from.left()
    } else {
        (from.right() - size.width()).max(MARGIN)
    };
    let below = from.bottom() + GAP;
    let top = if below + size.height() + MARGIN <= height {
        below
    } else {
        (from.top() - size.height() - GAP).max(MARGIN)
    };
    let style = list.style();
    let _ = style.set_property("left", &format!("{}px", left as i32));
    let _ = style.set_property("top", &format!("{}px", top as i32));
}

fn on_key(list: &HtmlElement, event: &KeyboardEvent) {
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => focus(list, |at, count| at.map_or(0, |at| (at + 1) % count)),
        "ArrowUp" => focus(list, |at, count| {
            at.map_or(count - 1, |at| (at + count - 1) % count)
        }),
        "Home" => focus(list, |_, _| 0),
        "End" => focus(list, |_, count| count - 1),
        "Tab" => {
            let _ = list.hide_popover();
        }
        letter if letter.chars().count() == 1 && letter != " " => focus_letter(list, letter),
        _ => {
            event.stop_propagation();
            return;
        }
    }
    event.stop_propagation();
    event.prevent_default();
}

fn items(list: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

fn focused(items: &[HtmlElement]) -> Option<usize> {
    let active = web_sys::window()?.document()?.active_element()?;
    items
        .iter()
        .position(|item| item.is_same_node(Some(&active)))
}

fn focus(list: &HtmlElement, next: impl Fn(Option<usize>, usize) -> usize) {
    let items = items(list);
    if items.is_empty() {
        return;
    }
    if let Some(item) = items.get(next(focused(&items), items.len())) {
        let _ = item.focus();
    }
}

/// Moves to the next command that begins with the letter.
fn focus_letter(list: &HtmlElement, letter: &str) {
    let items = items(list);
    let from = focused(&items).map_or(0, |at| at + 1);
    let letter = letter.to_lowercase();
    let found = (0..items.len())
        .filter_map(|step| items.get((from + step) % items.len()))
        .find(|item| {
            item.text_content()
                .is_some_and(|text| text.to_lowercase().starts_with(&letter))
        });
    if let Some(item) = found {
        let _ = item.focus();
    }
}
