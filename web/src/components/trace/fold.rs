use web_sys::Element;
use yew::prelude::*;

/// What [`Fold`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FoldProps {
    /// What can be opened.
    pub(super) title: AttrValue,
    /// Draws what is folded away.
    pub(super) body: Callback<(), Html>,
    /// Whether it is to be open: it opens when that becomes true.
    #[prop_or_default]
    pub(super) open: bool,
}

/// A `<details>` whose contents are drawn while it is open. (Yew lets `toggle` of an inner fold
/// reach the outer one, so each looks at its own element.)
#[component]
pub(super) fn Fold(props: &FoldProps) -> Html {
    let details = use_node_ref();
    let open = use_state_eq(|| props.open);
    {
        let open = open.clone();
        use_effect_with(props.open, move |asked| {
            if *asked {
                open.set(true);
            }
        });
    }
    let ontoggle = {
        let details = details.clone();
        let open = open.clone();
        Callback::from(move |_: Event| {
            if let Some(details) = details.cast::<Element>() {
                open.set(details.has_attribute("open"));
            }
        })
    };
    html! {
        <details class="fold" ref={details} open={*open} {ontoggle}>
            <summary>{ &props.title }</summary>
            if *open {
                { props.body.emit(()) }
            }
        </details>
    }
}
