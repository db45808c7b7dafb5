//! What an embedded page looks like: a line with the title, the parts that were asked for, and
//! nothing that belongs to a page of its own.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use organization::Scenario;
use web_sys::{HtmlAnchorElement, UrlSearchParams};
use yew::prelude::*;

use super::parameters::{Parameters, Resize};
use super::{host, opening, scripts, size};
use crate::components::dialogs::EmbeddedDialogs;
use crate::components::header::history_buttons;
use crate::components::lesson::LessonPane;
use crate::components::map::MapPane;
use crate::components::matrix::MatrixPane;
use crate::components::notice::Notices;
use crate::components::organization::OrganizationPane;
use crate::components::pinned::PinnedVerdict;
use crate::components::policies::PoliciesPane;
use crate::components::requests::{RequestsPane, Same};
use crate::components::tabs::TabBar;
use crate::components::trace::TracePane;
use crate::components::ui::verdict_badge;
use crate::context::{Current, Dispatch, use_dispatch, use_model};
use crate::effects::{use_keys, use_lesson_result, use_print, use_title};
use crate::state::{
    Action, Editing, Embed, EmbedAction, Hidden, Language, Model, Pane, Reveals, Store,
};

/// How long the address of the full page waits for the next change, in milliseconds.
const WAIT: u32 = 300;
/// The columns of the page: what stands in each, from above.
const COLUMNS: [(&str, &[Pane]); 3] = [
    ("a", &[Pane::Organization, Pane::Map]),
    ("b", &[Pane::Requests, Pane::Matrix, Pane::Trace]),
    ("c", &[Pane::Policies]),
];

/// The page inside another page.
#[component]
pub(super) fn EmbeddedApp() -> Html {
    let parameters = use_memo((), |()| asked());
    let store = {
        let parameters = Rc::clone(&parameters);
        use_reducer(move || Store::new(opening::start(&parameters)))
    };
    let dispatcher = store.dispatcher();
    let dispatch = use_memo((), move |()| dispatcher.to_callback());
    let model = Rc::clone(&store.model);
    html! {
        <ContextProvider<Dispatch> context={(*dispatch).clone()}>
            <ContextProvider<Current> context={Current(model)}>
                <Page resize={parameters.resize} />
            </ContextProvider<Current>>
        </ContextProvider<Dispatch>>
    }
}

/// The parameters of the address. What is not understood is said in the console.
fn asked() -> Parameters {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    let query = UrlSearchParams::new_with_str(&query.unwrap_or_default()).ok();
    let pairs = query.into_iter().flat_map(|query| {
        let entries = js_sys::Array::from(&query);
        let pair = |entry| {
            let entry = js_sys::Array::from(&entry);
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        };
        entries.iter().filter_map(pair).collect::<Vec<_>>()
    });
    let parameters = Parameters::read(written_in(), pairs);
    for remark in &parameters.remarks {
        web_sys::console::info_1(&format!("Guardrail: {remark}").into());
    }
    parameters
}

/// The language that the page is written in: that of a single HTML file is the one that it was made
/// in.
fn written_in() -> Language {
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.document_element());
    let word = root.and_then(|root| root.get_attribute("lang"));
    word.and_then(|word| Language::read(&word))
        .unwrap_or_default()
}

/// Properties of [`Page`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct PageProps {
    resize: Resize,
}

#[component]
fn Page(props: &PageProps) -> Html {
    let model = use_model();
    let root = use_node_ref();
    use_keys();
    use_title();
    use_print();
    use_theme(&model);
    opening::use_fragment();
    host::use_host();
    use_lesson_result();
    use_focus_remark(&model);
    size::use_size(&root, props.resize);
    let Some(embed) = model.embed.clone() else {
        return Html::default();
    };
    {
        let needed = embed.views.contains(&Pane::Policies);
        use_effect_with((), move |()| {
            if needed {
                scripts::load_editor();
            }
        });
    }
    let has = |pane: &Pane| embed.views.contains(pane);
    let columns: Vec<(&str, Vec<Pane>)> = COLUMNS
        .into_iter()
        .map(|(name, panes)| {
            (
                name,
                panes.iter().copied().filter(|pane| has(pane)).collect(),
            )
        })
        .filter(|(_, panes): &(_, Vec<Pane>)| !panes.is_empty())
        .collect();
    let names: String = columns.iter().map(|(name, _)| *name).collect();
    let conceals = embed.conceals();
    let verdicts_elsewhere = [Pane::Requests, Pane::Trace, Pane::Matrix, Pane::Map];
    let learns = has(&Pane::Lesson) && model.learning.is_some();
    let alone = !verdicts_elsewhere.iter().any(has);
    html! {
        <>
            <div
                ref={&root} class={classes!("page", "embed", learns.then_some("has-lesson"))} data-edit={embed.edit.word()}
                data-fit={(props.resize != Resize::None).then_some("")}
                data-concealed={conceals.then_some("")}
            >
                { head(&embed, &model) }
                if conceals && embed.reveal == Reveals::AfterTry {
                    <Concealed />
                }
                if !conceals && has(&Pane::Trace) && embed.views.len() > 1 {
                    <PinnedVerdict />
                }
                if !conceals && alone {
                    { verdict(&model) }
                }
                if has(&Pane::Lesson) {
                    { lesson(&model) }
                } else {
                    <main class="panes embed-panes" data-pane={model.pane.name()} data-columns={names}>
                        for (column, panes) in columns {
                            <div class={format!("embed-column embed-{column}")} key={column}>
                                for pane in panes {
                                    { part(pane, conceals) }
                                }
                            </div>
                        }
                    </main>
                    if embed.views.len() > 1 {
                        <Tabs />
                    }
                }
            </div>
            <Notices />
            <EmbeddedDialogs />
        </>
    }
}

/// A lesson with everything that it is learned with, laid out as on a page of its own.
fn lesson(model: &Model) -> Html {
    let learns = model.learning.is_some();
    html! {
        <>
            <main
                class="panes" data-pane={model.pane.name()}
                data-lesson={learns.then_some("true")}
            >
                if learns {
                    <LessonPane />
                }
                <OrganizationPane />
                <RequestsPane />
                <TracePane />
                <PoliciesPane />
            </main>
            <TabBar />
        </>
    }
}

fn part(pane: Pane, conceals: bool) -> Html {
    match pane {
        Pane::Lesson => html! { <LessonPane /> },
        Pane::Organization => html! { <OrganizationPane /> },
        Pane::Requests => html! { <RequestsPane /> },
        Pane::Policies => html! { <PoliciesPane /> },
        Pane::Trace | Pane::Matrix | Pane::Map if conceals => html! {
            <section class={classes!("pane", pane.name(), "embed-hidden")} aria-label={word(pane)}>
                <p class="muted">{ texts::embed_not_shown() }</p>
            </section>
        },
        Pane::Trace => html! { <TracePane /> },
        Pane::Matrix => html! { <MatrixPane /> },
        Pane::Map => html! { <MapPane /> },
    }
}

fn word(pane: Pane) -> &'static str {
    match pane {
        Pane::Lesson => texts::lesson_lesson(),
        Pane::Organization => texts::common_organization(),
        Pane::Policies => texts::common_policies(),
        Pane::Requests => texts::common_requests(),
        Pane::Trace => texts::common_trace(),
        Pane::Map => texts::common_map(),
        Pane::Matrix => texts::common_matrix(),
    }
}

/// Gives the page the colours that were asked for. Nothing of it is kept.
#[hook]
fn use_theme(model: &Model) {
    use_effect_with(model.preferences.theme, |theme| {
        let document = web_sys::window().and_then(|window| window.document());
        let Some(root) = document.and_then(|document| document.document_element()) else {
            return;
        };
        let _ = match theme.word() {
            "" => root.remove_attribute("data-theme"),
            word => root.set_attribute("data-theme", word),
        };
    });
}

/// Says in the console that the request which was to come first is not there.
#[hook]
fn use_focus_remark(model: &Model) {
    let embed = model.embed.clone().unwrap_or_default();
    let given = Same(Rc::clone(&embed.given));
    use_effect_with(given, move |Same(given)| {
        if let Some(id) = &embed.focus
            && **given != Scenario::default()
            && given.request(id.as_str()).is_none()
        {
            let id: String = id.as_str().chars().take(80).collect();
            let remark = texts::embed_wrong_parameter(&"focus", &id, &"the id of a request");
            web_sys::console::info_1(&format!("Guardrail: {remark}").into());
        }
    });
}

/// The line with the title.
fn head(embed: &Embed, model: &Model) -> Html {
    let title = match model.scenario.title.as_str() {
        "" => "Guardrail",
        title => title,
    };
    if embed.hides(Hidden::Header) {
        return html! { <h1 class="visually-hidden">{ title }</h1> };
    }
    html! {
        <header class="header embed-head">
            <h1 class="header-name">{ title }</h1>
            <span class="spacer" />
            if embed.edit != Editing::None && !embed.hides(Hidden::Undo) {
                <Steps />
            }
            if !embed.hides(Hidden::Link) {
                <FullPage />
            }
        </header>
    }
}

/// Undo, redo, and back to where it began.
#[component]
fn Steps() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let changed = model
        .embed
        .as_ref()
        .is_some_and(|embed| !Rc::ptr_eq(&embed.given, &model.scenario));
    let over = dispatch.reform(|_: MouseEvent| Action::Embed(EmbedAction::StartedOver));
    html! {
        <>
            { history_buttons(&model, &dispatch) }
            <button
                type="button" class="button" onclick={over}
                aria-disabled={(!changed).then_some("true")}
            >
                { texts::embed_start_over() }
            </button>
        </>
    }
}

/// The link to the full page, which takes along what the reader has made. Its address follows a
/// moment after each change, and at once when it is about to be used.
#[component]
fn FullPage() -> Html {
    let model = use_model();
    let link = use_node_ref();
    let point = {
        let (link, scenario) = (link.clone(), Rc::clone(&model.scenario));
        Callback::from(move |()| {
            if let Some(link) = link.cast::<HtmlAnchorElement>() {
                link.set_href(&host::full_page(&scenario));
            }
        })
    };
    {
        let point = point.clone();
        use_effect_with(Same(Rc::clone(&model.scenario)), move |_| {
            let timer = Timeout::new(WAIT, move || point.emit(()));
            move || drop(timer)
        });
    }
    html! {
        <a
            ref={&link} class="button embed-full" href="#" target="_blank" rel="noopener"
            onpointerdown={point.reform(|_: PointerEvent| ())}
            onfocus={point.reform(|_: FocusEvent| ())}
            onclick={point.reform(|_: MouseEvent| ())}
        >
            { texts::embed_open_full_page() }<span class="visually-hidden">{ " " }{ texts::embed_in_a_new_tab() }</span>
        </a>
    }
}

/// What stands in the place of the verdicts until the reader has tried.
#[component]
fn Concealed() -> Html {
    let dispatch = use_dispatch();
    let onclick = dispatch.reform(|_: MouseEvent| Action::Embed(EmbedAction::Revealed));
    html! {
        <div class="embed-concealed">
            <span>{ texts::embed_what_will_aws_decide() }</span>
            <button type="button" class="button outlined" {onclick}>{ texts::embed_show_the_verdicts() }</button>
        </div>
    }
}

/// The verdict of the selected request where no other part shows it.
fn verdict(model: &Model) -> Html {
    let Some(shown) = model.shown() else {
        return Html::default();
    };
    let present = shown.newer.as_ref().unwrap_or(&shown.trace);
    let request = model.selected_request();
    let name = request.map_or("", |request| match request.name.as_str() {
        "" => request.action.as_str(),
        name => name,
    });
    html! {
        <p class="embed-verdict" role="status">
            { verdict_badge(present.verdict, playground::words::verdict(present.verdict)) }
            <span>{ name }</span>
        </p>
    }
}

/// The bar that chooses the part where there is room for one.
#[component]
fn Tabs() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let views = model.embed.as_ref().map(|embed| embed.views.clone());
    html! {
        <nav class="tabbar embed-tabs" aria-label={texts::tabs_parts_of_the_page()}>
            for pane in views.unwrap_or_default() {
                <button
                    type="button" aria-current={(model.pane == pane).then_some("true")}
                    onclick={dispatch.reform(move |_: MouseEvent| Action::PaneShown(pane))}
                >
                    { word(pane) }
                </button>
            }
        </nav>
    }
}
