//! A list to choose from that filters as one types: a combobox above a list of options, in a
//! popover beside what it belongs to. It stays open, so that several can be chosen.

use gloo_events::EventListener;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::icon::{Glyph, glyph};
use super::menu::place;

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// Its name.
    pub text: AttrValue,
    /// A remark at the end of the line: its kind, a count, why it can't be chosen.
    pub detail: AttrValue,
    /// Whether it is chosen; choosing it again takes it back.
    pub chosen: bool,
    /// Why it can't be chosen or taken back now; empty if it can.
    pub refusal: AttrValue,
    /// Chooses it, takes it back, or says why not.
    pub pressed: Callback<()>,
}

/// Something new that is made from what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What it is: "New SCP".
    pub words: AttrValue,
    /// Makes it; it gets what was typed.
    pub made: Callback<String>,
}

/// Properties of [`Picker`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PickerProps {
    /// What is chosen for what: the name of the field and of the list.
    pub label: AttrValue,
    /// What there is.
    pub picks: Vec<Pick>,
    /// What can be made.
    pub wishes: Vec<Wish>,
    /// The element beside which it opens.
    pub anchor: Element,
    /// It has closed.
    pub on_closed: Callback<()>,
}

/// How many options are listed at once; typing finds the others.
const MOST: usize = 60;

const LIST: &str = "picker-list";

/// The open picker.
#[component]
pub fn Picker(props: &PickerProps) -> Html {
    let popover = use_node_ref();
    let field = use_node_ref();
    let query = use_state_eq(String::new);
    let at = use_state_eq(|| None::<usize>);
    {
        let (popover, field) = (popover.clone(), field.clone());
        let on_closed = props.on_closed.clone();
        use_effect_with(props.anchor.clone(), move |anchor| {
            let listener = popover.cast::<HtmlElement>().map(|popover| {
                if popover.show_popover().is_ok() {
                    place(&popover, anchor);
                }
                if let Some(field) = field.cast::<HtmlInputElement>() {
                    let _ = field.focus();
                }
                let closing = popover.clone();
                EventListener::new(&popover, "toggle", move |_| {
                    if !closing.matches(":popover-open").unwrap_or(false) {
                        on_closed.emit(());
                    }
                })
            });
            move || drop(listener)
        });
    }
    let sought = query.trim().to_lowercase();
    let found: Vec<&Pick> = props
        .picks
        .iter()
        .filter(|pick| pick.text.to_lowercase().contains(&sought))
        .collect();
    let exact = found.iter().any(|pick| pick.text.to_lowercase() == sought);
    let wishes = props.wishes.iter().filter(|_| !exact);
    let wishes: Vec<&Wish> = wishes.collect();
    let more = found.len().saturating_sub(MOST);
    let shown = found.len() - more;
    let count = shown + wishes.len();
    // With nothing typed the first that can be chosen is the next.
    let mut enabled = (0..count).filter(|at| match found.get(*at) {
        Some(pick) if *at < shown => pick.refusal.is_empty() || !sought.is_empty(),
        _ => true,
    });
    let here = at
        .or(enabled.next())
        .unwrap_or(0)
        .min(count.saturating_sub(1));
    {
        let popover = popover.clone();
        use_effect_with(here, move |_| {
            let popover = popover.cast::<Element>();
            let option = popover.and_then(|list| list.query_selector(".picker-at").ok()?);
            if let Some(option) = option {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let press = {
        let (query, at) = (query.clone(), at.clone());
        let picks: Vec<Callback<()>> = found
            .iter()
            .take(shown)
            .map(|pick| pick.pressed.clone())
            .collect();
        let wishes: Vec<Callback<String>> = wishes.iter().map(|wish| wish.made.clone()).collect();
        let field = field.clone();
        Callback::from(move |position: usize| {
            if let Some(pressed) = picks.get(position) {
                pressed.emit(());
            } else if let Some(made) = wishes.get(position - picks.len()) {
                made.emit(query.trim().to_owned());
            }
            query.set(String::new());
            at.set(None);
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.set_value("");
                let _ = field.focus();
            }
        })
    };
    let oninput = {
        let (query, at) = (query.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(field.value());
                at.set(None);
            }
        })
    };
    let onkeydown = {
        let (at, press, popover) = (at.clone(), press.clone(), popover.clone());
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" if count > 0 => at.set(Some((here + 1) % count)),
                "ArrowUp" if count > 0 => at.set(Some((here + count - 1) % count)),
                "Enter" if count > 0 => press.emit(here),
                "Tab" => {
                    if let Some(popover) = popover.cast::<HtmlElement>() {
                        let _ = popover.hide_popover();
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let option =
        |position: usize, chosen: bool, refused: bool, sign: Html, text: Html, detail: &str| {
            let press = press.clone();
            html! {
                <div
                    key={position} id={format!("picker-{position}")} role="option"
                    class={classes!("picker-option", (position == here).then_some("picker-at"))}
                    aria-selected={chosen.to_string()} aria-disabled={refused.then_some("true")}
                    onmousedown={|event: MouseEvent| event.prevent_default()}
                    onclick={move |_: MouseEvent| press.emit(position)}
                >
                    <span class="picker-sign">{ sign }</span>
                    <span class="picker-text">{ text }</span>
                    <span class="picker-detail">{ detail }</span>
                </div>
            }
        };
    html! {
        <div
            ref={&popover} class="menu-list picker" popover="auto"
            onclick={|event: MouseEvent| event.stop_propagation()}
        >
            <input
                ref={&field} class="field outlined picker-field" role="combobox" aria-label={&props.label}
                aria-expanded="true" aria-controls={LIST} aria-autocomplete="list"
                aria-activedescendant={(count > 0).then(|| format!("picker-{here}"))}
                placeholder={&props.label} autocomplete="off" spellcheck="false" {oninput} {onkeydown}
            />
            <div id={LIST} role="listbox" aria-label={&props.label} aria-multiselectable="true">
                for (position, pick) in found.iter().take(shown).enumerate() {
                    { option(
                        position, pick.chosen, !pick.refusal.is_empty(),
                        if pick.chosen { glyph(Glyph::Tick) } else { Html::default() },
                        html! { &pick.text },
                        if pick.refusal.is_empty() { &pick.detail } else { &pick.refusal },
                    ) }
                }
                for (position, wish) in wishes.iter().enumerate() {
                    { option(
                        shown + position, false, false, glyph(Glyph::Plus),
                        if query.trim().is_empty() {
                            html! { &wish.words }
                        } else {
                            html! { <>{ &wish.words }{ " " }<strong>{ query.trim() }</strong></> }
                        },
                        "",
                    ) }
                }
            </div>
            if more > 0 {
                <p class="picker-more">{ texts::picker_more_type_find(&more) }</p>
            }
        </div>
    }
}
