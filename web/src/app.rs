//! The whole page: the state, its contexts, and where everything stands.

use std::rc::Rc;

use yew::prelude::*;

use crate::components::dialogs::Dialogs;
use crate::components::header::Header;
use crate::components::hint::Hint;
use crate::components::lesson::{Author, LessonPane};
use crate::components::map::MapPane;
use crate::components::matrix::MatrixPane;
use crate::components::notice::Notices;
use crate::components::organization::OrganizationPane;
use crate::components::pinned::PinnedVerdict;
use crate::components::policies::PoliciesPane;
use crate::components::requests::RequestsPane;
use crate::components::since::SinceShared;
use crate::components::tabs::TabBar;
use crate::components::trace::TracePane;
use crate::context::{Current, Dispatch, use_model};
use crate::effects::{
    fragment, is_fresh, speak_at_hand, use_address, use_import, use_keys, use_language,
    use_lesson_result, use_look, use_print, use_saving, use_title, use_version, wanted,
};
use crate::state::{Model, Pane, Store, persist, start};

/// The page.
#[component]
pub fn App() -> Html {
    let store = use_reducer(|| {
        let stored = match is_fresh() {
            true => persist::load().passed_over(),
            false => persist::load(),
        };
        let language = speak_at_hand(wanted(stored.preferences.language));
        Store::new(Model {
            language,
            ..start(&fragment(), &stored)
        })
    });
    let dispatcher = store.dispatcher();
    let dispatch = use_memo((), move |()| dispatcher.to_callback());
    let model = Rc::clone(&store.model);
    html! {
        <ContextProvider<Dispatch> context={(*dispatch).clone()}>
            <ContextProvider<Current> context={Current(model)}>
                <Page />
            </ContextProvider<Current>>
        </ContextProvider<Dispatch>>
    }
}

#[component]
fn Page() -> Html {
    let model = use_model();
    use_saving();
    use_address();
    use_keys();
    use_look();
    use_language();
    use_title();
    use_version();
    use_import();
    use_print();
    use_lesson_result();
    html! {
        <>
            // What is drawn in one language is not drawn on in another.
            <Parts key={model.language.word()} />
            <Notices key="notices" />
        </>
    }
}

#[component]
fn Parts() -> Html {
    let model = use_model();
    html! {
        <>
            <div class={classes!("page", model.learning.is_some().then_some("has-lesson"))}>
                <Header />
                <Hint />
                <SinceShared />
                <PinnedVerdict />
                <main
                    class="panes" data-pane={model.pane.name()}
                    data-lesson={model.learning.as_ref().map(|it| if it.authoring { "author" } else { "learner" })}
                >
                    if model.learning.is_some() {
                        <LessonPane><Author /></LessonPane>
                    }
                    <OrganizationPane />
                    <RequestsPane />
                    <TracePane />
                    <PoliciesPane />
                    if model.pane == Pane::Map {
                        <MapPane />
                    }
                    if model.pane == Pane::Matrix {
                        <MatrixPane />
                    }
                </main>
                <TabBar />
            </div>
            <Dialogs />
        </>
    }
}
