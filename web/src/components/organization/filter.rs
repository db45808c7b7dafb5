//! The field that filters the tree, above it while there is much to look through.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Filter`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FilterProps {
    /// What is looked for.
    pub(super) query: AttrValue,
    /// How many nodes were found.
    pub(super) found: usize,
    /// How many there are.
    pub(super) nodes: usize,
    /// Something else is looked for.
    pub(super) on_query: Callback<AttrValue>,
    /// The way into what was found.
    pub(super) on_found: Callback<()>,
}

/// The field, and how many nodes it leaves.
#[component]
pub(super) fn Filter(props: &FilterProps) -> Html {
    let oninput = props.on_query.reform(|event: InputEvent| {
        let field = event.target_dyn_into::<HtmlInputElement>();
        field.map(|field| field.value().into()).unwrap_or_default()
    });
    let onkeydown = {
        let (on_query, on_found) = (props.on_query.clone(), props.on_found.clone());
        let empty = props.query.is_empty();
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" | "Enter" => on_found.emit(()),
                "Escape" if !empty => on_query.emit(AttrValue::default()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let count = match props.query.trim() {
        "" => String::new(),
        _ => texts::common_of(&props.found, &props.nodes),
    };
    html! {
        <div class="tree-filter" role="search" aria-label={texts::organization_filter_filter_the_organization()}>
            <input
                type="search" class="field outlined" aria-label={texts::organization_filter_filter_name_id()}
                placeholder={texts::common_filter()} autocomplete="off" spellcheck="false"
                value={&props.query} {oninput} {onkeydown}
            />
            <span class="tree-count" aria-live="polite">{ count }</span>
        </div>
    }
}
