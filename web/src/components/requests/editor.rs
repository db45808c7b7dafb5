use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::columns::Column;
use super::offers::{Offer, offers};
use super::same::Same;
use crate::components::ui::place;
use crate::context::use_model;
use organization::Request;

/// Most offers that are drawn at once; typing finds the others.
const MOST: usize = 60;

/// What happens to a cell that is edited.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typed {
    /// A text stands there now.
    Text(String),
    /// An offer was chosen, by its value.
    Chosen(String),
    /// The cell is left, for the one that lies so many steps further. Without steps the focus has
    /// gone elsewhere by itself.
    Left(Option<isize>),
    /// The cell is left as it was.
    Dropped,
}

/// What [`CellEditor`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct CellEditorProps {
    /// The column.
    pub(super) column: Column,
    /// The request before it was edited.
    pub(super) request: Same<Request>,
    /// What stands in the cell, or the first letter that was typed over it.
    pub(super) text: AttrValue,
    /// Whether a letter was typed over it.
    pub(super) over: bool,
    /// What is wrong with what stands there.
    pub(super) problem: Option<AttrValue>,
    /// Told what happens.
    pub(super) on_typed: Callback<Typed>,
}

/// A cell while it is edited: a field, and below it what fits to be chosen.
#[component]
pub(super) fn CellEditor(props: &CellEditorProps) -> Html {
    let model = use_model();
    let column = props.column;
    let text = use_state_eq(|| props.text.clone());
    let sought = use_state_eq(|| props.over);
    let all = use_memo((), |()| offers(column, &props.request, &model));
    let chosen = use_state_eq(|| None::<AttrValue>);
    let (input, list) = (use_node_ref(), use_node_ref());
    let fitting: Vec<&Offer> = all
        .iter()
        .filter(|offer| !*sought || offer.fits(&text))
        .take(MOST)
        .collect();
    let at = chosen
        .as_ref()
        .and_then(|value| fitting.iter().position(|offer| offer.value == *value));
    {
        let (input, list, over) = (input.clone(), list.clone(), props.over);
        use_effect_with((), move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let _ = input.focus();
                if over {
                    let end = u32::try_from(input.value().encode_utf16().count()).ok();
                    let _ =
                        input.set_selection_range(end.unwrap_or_default(), end.unwrap_or_default());
                } else {
                    input.select();
                }
                if let Some(list) = list.cast::<HtmlElement>() {
                    let _ = list.show_popover();
                    place(&list, &input);
                }
            }
        });
    }
    {
        let list = list.clone();
        use_effect_with(at, move |at| {
            let option = at.and_then(|at| {
                let options = list
                    .cast::<Element>()?
                    .query_selector_all("[role=option]")
                    .ok()?;
                options
                    .item(u32::try_from(at).ok()?)?
                    .dyn_into::<Element>()
                    .ok()
            });
            if let Some(option) = option {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let oninput = {
        let (text, sought, chosen) = (text.clone(), sought.clone(), chosen.clone());
        let on_typed = props.on_typed.clone();
        Callback::from(move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            text.set(AttrValue::from(field.value()));
            sought.set(true);
            chosen.set(None);
            on_typed.emit(Typed::Text(field.value()));
        })
    };
    let onkeydown = {
        let values: Vec<AttrValue> = fitting.iter().map(|offer| offer.value.clone()).collect();
        let (chosen, on_typed) = (chosen.clone(), props.on_typed.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = values.len();
            let go = |at: usize| chosen.set(values.get(at).cloned());
            let leave = |steps: isize| {
                if let Some(value) = at.and_then(|at| values.get(at)) {
                    on_typed.emit(Typed::Chosen(value.to_string()));
                }
                on_typed.emit(Typed::Left(Some(steps)));
            };
            match event.key().as_str() {
                _ if event.is_composing() => return,
                "ArrowDown" => go(at.map_or(0, |at| (at + 1) % count.max(1))),
                "ArrowUp" => go(at.map_or(count, |at| at + count).saturating_sub(1) % count.max(1)),
                "Enter" => leave(0),
                "Tab" => leave(if event.shift_key() { -1 } else { 1 }),
                "Escape" => on_typed.emit(Typed::Dropped),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onfocusout = {
        let on_typed = props.on_typed.clone();
        Callback::from(move |event: FocusEvent| {
            // (The current target is no help: Yew hears all events at the root of the page.)
            let inside = |target: web_sys::EventTarget| {
                let editor = target.dyn_into::<Element>().ok()?.closest(".cell-editor");
                editor.ok()?.map(|_| ())
            };
            if event.related_target().and_then(inside).is_none() {
                on_typed.emit(Typed::Left(None));
            }
        })
    };
    let label = column.heading();
    let option = |at: usize| format!("cell-offer-{at}");
    html! {
        <div class="cell-editor" {onfocusout}>
            <input
                ref={input} role="combobox" aria-label={label} aria-autocomplete="list" aria-controls="cell-offers"
                aria-expanded={(!fitting.is_empty()).to_string()} aria-activedescendant={at.map(option)}
                aria-invalid={props.problem.is_some().then_some("true")}
                aria-describedby={props.problem.is_some().then_some("cell-problem")}
                autocomplete="off" autocapitalize="off" spellcheck="false" value={(*text).clone()}
                {oninput} {onkeydown}
            />
            <div ref={list} class="cell-list" popover="manual">
                if let Some(problem) = &props.problem {
                    <p class="cell-problem" id="cell-problem">{ problem }</p>
                }
                <div class="cell-offers" role="listbox" id="cell-offers" aria-label={label}>
                    { offered(&fitting, at, &props.on_typed) }
                </div>
            </div>
        </div>
    }
}

fn offered(fitting: &[&Offer], at: Option<usize>, on_typed: &Callback<Typed>) -> Html {
    let groups = fitting.chunk_by(|one, other| one.heading == other.heading);
    let mut before = 0;
    groups
        .map(|group| {
            let first = before;
            before += group.len();
            let heading = group.first().map_or("", |offer| &*offer.heading).to_owned();
            let options = group.iter().enumerate().map(|(step, offer)| {
                let value = offer.value.to_string();
                let on_typed = on_typed.clone();
                let onclick = Callback::from(move |_: MouseEvent| {
                    on_typed.emit(Typed::Chosen(value.clone()));
                    on_typed.emit(Typed::Left(Some(0)));
                });
                let position = first + step;
                html! {
                    <div
                        role="option" class="cell-offer" id={format!("cell-offer-{position}")} {onclick}
                        aria-selected={(at == Some(position)).to_string()}
                        onmousedown={|event: MouseEvent| event.prevent_default()}
                    >
                        { &offer.words }
                    </div>
                }
            });
            let options: Html = options.collect();
            if heading.is_empty() {
                return options;
            }
            html! {
                <div role="group" aria-label={heading.clone()}>
                    <div class="menu-heading" aria-hidden="true">{ heading.clone() }</div>
                    { options }
                </div>
            }
        })
        .collect()
}
