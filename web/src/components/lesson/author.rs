use yew::prelude::*;

#[component]
pub(super) fn Author() -> Html {
    Html::default()
}
