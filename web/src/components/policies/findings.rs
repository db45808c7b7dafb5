use policy::{Diagnostic, LineCol, Severity, Span};
use yew::prelude::*;

use crate::components::ui::with_code;

/// How many findings are listed.
const MOST_FINDINGS: usize = 100;

/// What is wrong with a text: a list in which each finding leads to its place. The room for it is
/// there also while nothing is wrong.
pub(super) fn findings(found: &[(Diagnostic, LineCol)], go_to: &Callback<Span>) -> Html {
    let hidden = found.len().saturating_sub(MOST_FINDINGS);
    html! {
        <div class="findings" role="region" aria-label="Findings">
            if found.is_empty() {
                <p class="none">{ "Nothing to report." }</p>
            } else {
                <ul>
                    for (finding, at) in found.iter().take(MOST_FINDINGS) {
                        <li>{ line(finding, *at, go_to) }</li>
                    }
                    if hidden > 0 {
                        <li class="none">{ format!("and {hidden} more") }</li>
                    }
                </ul>
            }
        </div>
    }
}

fn line(finding: &Diagnostic, at: LineCol, go_to: &Callback<Span>) -> Html {
    let (class, word) = match finding.severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
    };
    let span = finding.span;
    let onclick = go_to.reform(move |_: MouseEvent| span);
    html! {
        <button type="button" class={classes!("finding", class)} title={finding.code} {onclick}>
            <span class="word">{ word }</span>
            { " " }
            <span class="place">{ format!("{}:{}", at.line, at.column) }</span>
            { " · " }
            { with_code(&finding.message) }
            if let Some(expected) = &finding.expected {
                <span class="expected">{ "; expected " }{ with_code(expected) }</span>
            }
        </button>
    }
}
