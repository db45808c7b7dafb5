//! The status line: one sentence, announced politely, perhaps with something to do about it.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::ui::{Glyph, glyph, sentence};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::{load_new_version, open_work, return_to_kept_work};
use crate::state::{Action, Model, NoticeButton, Origin};

/// How long a sentence stays that asks for nothing, in milliseconds.
const STAY: u32 = 10_000;

/// The status line. It is there also while it is empty, so that screen readers notice a change.
#[component]
pub fn Notices() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    {
        let dispatch = dispatch.clone();
        use_effect_with(model.notice.clone(), move |notice| {
            let passing = notice
                .as_ref()
                .is_some_and(|notice| notice.buttons.is_empty());
            let timer =
                passing.then(|| Timeout::new(STAY, move || dispatch.emit(Action::NoticeDismissed)));
            move || drop(timer)
        });
    }
    html! {
        <div class="notices" role="status">
            if let Some(notice) = &model.notice {
                <div class="notice">
                    <span>{ sentence(&notice.text) }</span>
                    for &button in &notice.buttons {
                        <button
                            type="button" class="button outlined"
                            onclick={pressed(button, &model, dispatch.clone())}
                        >
                            { word(button) }
                        </button>
                    }
                    <button
                        type="button" class="icon-button" aria-label={texts::notice_dismiss()}
                        onclick={dispatch.reform(|_: MouseEvent| Action::NoticeDismissed)}
                    >
                        { glyph(Glyph::Cross) }
                    </button>
                </div>
            }
        </div>
    }
}

fn pressed(button: NoticeButton, model: &Model, dispatch: Dispatch) -> Callback<MouseEvent> {
    let (kept, origin) = (model.kept, model.origin);
    Callback::from(move |_| {
        dispatch.emit(Action::NoticeDismissed);
        match (button, origin) {
            (NoticeButton::Undo, _) => dispatch.emit(Action::Undone),
            (NoticeButton::ReturnToKeptWork, _) => return_to_kept_work(kept, &dispatch),
            (NoticeButton::KeepBoth, _) => dispatch.emit(Action::KeptApart),
            (NoticeButton::TakeTheirs, Origin::Kept(id)) => open_work(id, &dispatch),
            (NoticeButton::TakeTheirs, Origin::Visit) => {}
            (NoticeButton::Reload, _) => load_new_version(),
        }
    })
}

fn word(button: NoticeButton) -> &'static str {
    match button {
        NoticeButton::Undo => texts::common_undo(),
        NoticeButton::ReturnToKeptWork => texts::notice_return_to_my_work(),
        NoticeButton::KeepBoth => texts::common_keep_both(),
        NoticeButton::TakeTheirs => texts::common_show_theirs(),
        NoticeButton::Reload => texts::notice_reload(),
    }
}
