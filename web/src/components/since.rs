//! What differs from the verdicts of the time of sharing: each row with what it was and what it is
//! now, and why.

use std::rc::Rc;

use playground::recorded::{ENGINE, Since, SinceRow};
use playground::{Engine, Focus, Inline};
use yew::prelude::*;

use super::requests::Same;
use super::ui::{Glyph, button, glyph, phrase, verdict_badge};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model, Opened, Pane};

/// So many rows are listed.
const MOST: usize = 20;

/// The list, as long as nobody has dismissed it. Its place for screen readers is always there, so
/// that they notice what comes into it.
#[component]
pub fn SinceShared() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    // What a lesson hides is not told by the way.
    let hidden = model.lesson().is_some();
    let found = use_memo(
        (Same(Rc::clone(&model.opened)), hidden),
        |(opened, hidden)| {
            if *hidden {
                return None;
            }
            let since = opened.since()?;
            let reasons = reasons(opened, &since);
            Some((since, reasons))
        },
    );
    let said = use_state_eq(String::new);
    {
        let said = said.clone();
        let sentence = (*found).as_ref().map(|(since, _)| heading(since));
        use_effect_with(sentence, move |sentence| {
            said.set(sentence.clone().unwrap_or_default());
        });
    }
    let dismiss = dispatch.reform(|_: MouseEvent| Action::SinceDismissed);
    html! {
        <div class="since">
            <p class="visually-hidden" role="status">{ &*said }</p>
            if let Some((since, reasons)) = &*found {
                <aside class="since-box" aria-label={texts::since_label()}>
                    <details open={since.rows.len() <= 3}>
                        <summary>{ heading(since) }</summary>
                        <ul class="since-rows">
                            for (row, reason) in since.rows.iter().zip(reasons) {
                                <li>{ line(row, reason, &model, &dispatch) }</li>
                            }
                            if since.rows.len() > MOST {
                                <li class="muted">{ texts::common_and_more(&(since.rows.len() - MOST)) }</li>
                            }
                        </ul>
                    </details>
                    { button("icon-button", Some(texts::notice_dismiss().into()), dismiss, glyph(Glyph::Cross)) }
                </aside>
            }
        </div>
    }
}

fn heading(since: &Since) -> String {
    let count = since.rows.len();
    match since.engine.as_str() {
        "" => texts::since_differ(count, &ENGINE),
        engine => texts::since_differ_with(count, &engine, &ENGINE),
    }
}

/// The sentence that says the verdict of each row.
fn reasons(opened: &Opened, since: &Since) -> Vec<Vec<Inline>> {
    let focus = |row: &SinceRow| Focus {
        request: row.request.clone(),
        account: row.account.clone(),
    };
    let rows: Vec<Focus> = since.rows.iter().take(MOST).map(focus).collect();
    let traces = Engine::new().explain(&opened.scenario, &rows);
    let sentence = traces.into_iter().map(|trace| trace.map(|it| it.sentence));
    sentence.map(Option::unwrap_or_default).collect()
}

fn line(row: &SinceRow, reason: &[Inline], model: &Model, dispatch: &Dispatch) -> Html {
    let request = model.scenario.request(row.request.as_str());
    let name = match request.map(|request| request.name.as_str()) {
        Some("") | None => row.request.to_string(),
        Some(name) => name.to_owned(),
    };
    let name = match &row.account {
        Some(_) => format!("{name}, {}", row.who),
        None => name,
    };
    let go = {
        let (dispatch, row) = (dispatch.clone(), row.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::RequestSelected {
                request: row.request.clone(),
                account: row.account.clone(),
            });
            dispatch.emit(Action::PaneShown(Pane::Trace));
        })
    };
    html! {
        <>
            if request.is_some() {
                { button("button outlined", None, go, html! { name }) }
            } else {
                <span>{ name }</span>
            }
            <span class="since-change">
                { verdict_badge(row.then, playground::words::verdict(row.then)) }
                <span>{ texts::since_then() }</span>
                { verdict_badge(row.now, playground::words::verdict(row.now)) }
                <span>{ texts::since_now() }</span>
            </span>
            <span class="since-why">{ phrase(reason) }</span>
        </>
    }
}
