//! Where the focus goes after something was chosen elsewhere.

use gloo_timers::callback::Timeout;

use super::keys::{focus, selector};
use crate::state::{Action, Entity};

/// Gives the focus to the first element that one of the selectors finds, once what has just been
/// asked for is drawn.
pub(super) fn focus_first(selectors: Vec<String>) {
    Timeout::new(0, move || {
        let document = web_sys::window().and_then(|window| window.document());
        let Some(document) = document else { return };
        let found = selectors
            .iter()
            .find_map(|selector| document.query_selector(selector).ok()?);
        if let Some(element) = found {
            element.scroll_into_view_with_bool(false);
            focus(&element);
        }
    })
    .forget();
}

/// Gives the focus to what an action has opened.
pub fn focus_opened(action: &Action) {
    let selectors = match action {
        Action::NodeSelected(Some(node)) => vec![
            format!("[id='node-{node}']"),
            "[role=treeitem][aria-selected=true]".to_owned(),
        ],
        Action::PolicySelected(_) => vec!["[role=tab][aria-selected=true]".to_owned()],
        Action::RequestSelected { .. } => {
            vec![
                ".requests [aria-selected=true]".to_owned(),
                ".requests [tabindex='0']".to_owned(),
            ]
        }
        Action::EntityOpened(Some(
            Entity::Account(_) | Entity::Principal(_) | Entity::Resource(_) | Entity::Endpoint(_),
        )) => {
            vec![".organization input".to_owned()]
        }
        Action::PaneShown(pane) => vec![selector(*pane)],
        _ => return,
    };
    focus_first(selectors);
}
