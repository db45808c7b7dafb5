//! The name of a node while it is edited.

use organization::NodeId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::tended::focus_node;
use crate::components::ui::{Glyph, glyph};
use crate::context::use_dispatch;
use crate::effects::keys_in_words;
use crate::state::{Action, Next, TreeAction};

/// Properties of [`Naming`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct NamingProps {
    /// The node.
    pub(super) node: NodeId,
    /// Its name until now.
    pub(super) name: String,
    /// Whether it was just added, so that more may follow.
    pub(super) fresh: bool,
    /// Whether it is an OU.
    pub(super) ou: bool,
}

/// How the editing ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The name is taken, and something else may follow.
    Taken(Option<Next>),
    /// The name stays as it was; a node that was just added goes.
    Left,
}

/// The field for the name: Enter or leaving it takes the name, Escape does not. For a node that
/// was just added there is what may follow: another like it, and an account in an OU.
#[component]
pub(super) fn Naming(props: &NamingProps) -> Html {
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
        let (field, node, fresh) = (field.clone(), props.node.clone(), props.fresh);
        Callback::from(move |end: End| {
            if over.replace(true) {
                return;
            }
            let typed = field.cast::<HtmlInputElement>();
            let name = typed.map(|field| field.value()).unwrap_or_default();
            dispatch.emit(match end {
                End::Taken(then) => Action::Tree(TreeAction::Named {
                    node: node.clone(),
                    name,
                    then,
                }),
                End::Left if fresh => Action::Undone,
                End::Left => Action::RenamingLeft,
            });
        })
    };
    let onkeydown = {
        let (finish, node, fresh) = (finish.clone(), props.node.clone(), props.fresh);
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let more = (event.ctrl_key() || event.meta_key()).then_some(Next::Another);
            let typing = event.target_dyn_into::<HtmlInputElement>().is_some();
            match event.key().as_str() {
                "Enter" if typing => finish.emit(End::Taken(more)),
                "Escape" => finish.emit(End::Left),
                _ => return,
            }
            event.prevent_default();
            if more.is_none() || !fresh {
                focus_node(&node);
            }
        })
    };
    let onfocusout = {
        let finish = finish.clone();
        Callback::from(move |event: FocusEvent| {
            let inside = |target: web_sys::EventTarget| {
                let naming = target.dyn_into::<Element>().ok()?.closest(".naming").ok()?;
                naming.map(|_| ())
            };
            if event.related_target().and_then(inside).is_none() {
                finish.emit(End::Taken(None));
            }
        })
    };
    let more = |then: Next, words: &'static str, key: &'static str| {
        let finish = finish.clone();
        html! {
            <button
                type="button" class="button outlined naming-more"
                // The field keeps the focus, and with it what was typed.
                onmousedown={|event: MouseEvent| event.prevent_default()}
                onclick={move |_: MouseEvent| finish.emit(End::Taken(Some(then)))}
            >
                { glyph(Glyph::Plus) }{ words }
                if !key.is_empty() {
                    <span class="naming-key" aria-hidden="true">{ keys_in_words(key) }</span>
                }
            </button>
        }
    };
    html! {
        <div
            class="naming" {onkeydown} {onfocusout}
            onclick={|event: MouseEvent| event.stop_propagation()}
            ondblclick={|event: MouseEvent| event.stop_propagation()}
        >
            <input
                ref={&field} class="field outlined node-rename" aria-label={texts::common_name()}
                value={props.name.clone()} spellcheck="false" autocomplete="off"
            />
            if props.fresh {
                <div class="naming-next">
                    { more(Next::Another, if props.ou { "OU" } else { texts::common_account() }, "Mod Enter") }
                    if props.ou {
                        { more(Next::Inside, texts::organization_naming_account_in_it(), "") }
                    }
                </div>
            }
        </div>
    }
}
