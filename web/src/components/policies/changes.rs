//! What has changed since the scenario was opened: the text of the open policy, and the verdicts.

use organization::Scenario;
use playground::{Hunk, VerdictChange, line_changes, verdict_changes};
use policy::{LineIndex, Span};
use yew::prelude::*;

use super::usage::request_button;
use crate::context::Dispatch;
use crate::editor::ChangedLines;
use crate::state::Model;

/// What has changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Changes {
    /// Whether the policy was there when the scenario was opened.
    pub(super) known: bool,
    /// The lines that differ.
    pub(super) hunks: Vec<Hunk>,
    /// The requests with another verdict.
    pub(super) verdicts: Vec<VerdictChange>,
}

impl Changes {
    /// What has changed of a policy and in all verdicts.
    pub(super) fn of(model: &Model, policy: &str, text: &str, own: bool) -> Self {
        let opened = model.opened.text(policy);
        Self {
            known: opened.is_some() || !own,
            hunks: opened
                .filter(|opened| *opened != text)
                .map(|opened| line_changes(opened, text))
                .unwrap_or_default(),
            verdicts: verdict_changes(&model.opened.requests, &model.analysis.requests),
        }
    }

    /// How many places of the text and verdicts differ.
    pub(super) fn count(&self) -> usize {
        self.hunks.len() + self.verdicts.len()
    }

    /// For the editor's gutter.
    pub(super) fn lines(&self) -> Vec<ChangedLines> {
        let lines = |hunk: &Hunk| ChangedLines {
            line: hunk.new + 1,
            count: hunk.added.len(),
        };
        self.hunks.iter().map(lines).collect()
    }
}

/// The list of what has changed.
pub(super) fn change_list(
    changes: &Changes,
    text: &str,
    scenario: &Scenario,
    go_to: &Callback<Span>,
    put_back: &Callback<MouseEvent>,
    dispatch: &Dispatch,
) -> Html {
    let lines = LineIndex::new(text);
    html! {
        <>
            if !changes.known {
                <p class="none">{ texts::policies_changes_policy_new_since() }</p>
            } else if changes.hunks.is_empty() {
                <p class="none">{ texts::policies_changes_text_was_when() }</p>
            } else {
                <ul>
                    for hunk in &changes.hunks {
                        <li>{ shown(hunk, text, &lines, go_to) }</li>
                    }
                </ul>
                <p class="none">
                    <button type="button" class="button outlined" onclick={put_back.clone()}>
                        { texts::policies_changes_put_whole_text() }
                    </button>
                </p>
            }
            if !changes.verdicts.is_empty() {
                <h3>{ texts::policies_changes_verdicts_all_changes() }</h3>
                <ul>
                    for change in &changes.verdicts {
                        <li class="use">
                            { request_button(&change.request, scenario, dispatch) }
                            <span>
                                <span class="place">{ &change.before }{ " → " }</span>
                                <span class="word">{ &change.after }</span>
                            </span>
                        </li>
                    }
                </ul>
            }
        </>
    }
}

fn shown(hunk: &Hunk, text: &str, lines: &LineIndex, go_to: &Callback<Span>) -> Html {
    let line = hunk.new + 1;
    let start = lines.line_start(text, line);
    let end = lines.line_start(text, line + hunk.added.len());
    let span = Span::new(
        start,
        end.saturating_sub(usize::from(!hunk.added.is_empty()))
            .max(start),
    );
    let onclick = go_to.reform(move |_: MouseEvent| span);
    let place = match (hunk.removed.len(), hunk.added.len()) {
        (_, 0) => texts::policies_changes_line_removed_before(&line),
        (0, _) => texts::policies_changes_line_new(&line),
        _ => texts::policies_changes_line_changed(&line),
    };
    let both = || hunk.removed.iter().chain(&hunk.added);
    let margin = both()
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let cut = |line: &String| line.get(margin.unwrap_or_default()..).map(str::to_owned);
    html! {
        <>
            <button type="button" class="finding" {onclick}><span class="word">{ place }</span></button>
            <div class="hunk">
                for line in hunk.removed.iter().filter_map(cut) {
                    <del><span aria-hidden="true">{ "− " }</span>{ line }</del>
                }
                for line in hunk.added.iter().filter_map(cut) {
                    <ins><span aria-hidden="true">{ "+ " }</span>{ line }</ins>
                }
            </div>
        </>
    }
}
