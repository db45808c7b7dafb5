//! What is said of the open policy below its text: findings, use, changes, size; one at a time.

use yew::prelude::*;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// What is wrong with the text.
    #[default]
    Findings,
    /// How the requests use it.
    Use,
    /// What has changed since it was opened.
    Changes,
    /// How large it is.
    Size,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            Self::Findings => texts::policies_panel_findings(),
            Self::Use => texts::policies_panel_use(),
            Self::Changes => texts::policies_panel_changes(),
            Self::Size => texts::policies_panel_size(),
        }
    }
}

/// A choice of what is shown.
pub(super) struct Choice {
    pub(super) view: View,
    /// A number beside its name; none for nothing to tell.
    pub(super) count: usize,
    /// What the number counts.
    pub(super) counted: &'static str,
    /// What is shown in place of the name.
    pub(super) sign: Option<Html>,
}

/// The choices in a line, and what is chosen below. The room for it is there also while there is
/// nothing to say, so that the text never moves.
pub(super) fn panel(choices: Vec<Choice>, view: &UseStateHandle<View>, body: Html) -> Html {
    html! {
        <div class="policy-about">
            <div class="about-choices" role="group" aria-label={texts::policies_panel_about_the_policy()}>
                for choice in choices {
                    { button(choice, view) }
                }
            </div>
            <div class="findings" role="region" aria-label={view.name()} tabindex="0">{ body }</div>
        </div>
    }
}

fn button(choice: Choice, view: &UseStateHandle<View>) -> Html {
    let Choice {
        view: own,
        count,
        counted,
        sign,
    } = choice;
    let chosen = **view == own;
    let onclick = {
        let view = view.clone();
        Callback::from(move |_: MouseEvent| view.set(own))
    };
    html! {
        <button
            type="button" class={classes!("about-choice", sign.is_some().then_some("at-end"))}
            aria-pressed={chosen.to_string()} {onclick}
        >
            if let Some(sign) = sign {
                <span class="visually-hidden">{ own.name() }{ ": " }</span>
                { sign }
            } else {
                { own.name() }
                // Its place is kept, so that the other names stand still.
                <span class="count-place">
                    if count > 0 {
                        <span class="count">
                            { count }<span class="visually-hidden">{ " " }{ counted }</span>
                        </span>
                    }
                </span>
            }
        </button>
    }
}
