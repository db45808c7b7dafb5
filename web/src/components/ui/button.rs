use yew::prelude::*;

/// A button. A label names one that shows a sign, or too little by itself.
pub fn button(
    class: &'static str,
    label: Option<AttrValue>,
    onclick: Callback<MouseEvent>,
    shown: Html,
) -> Html {
    html! {
        <button type="button" {class} aria-label={label.clone()} title={label} {onclick}>{ shown }</button>
    }
}
