use policy::{Diagnostic, Fix, LineCol, Severity, Span};
use yew::prelude::*;

use crate::components::ui::with_code;

/// How many findings are listed.
const MOST_FINDINGS: usize = 100;

/// What is wrong with a text: a list in which each finding leads to its place, with what mends it.
/// Where nothing is wrong there is what is to be known of the policy (`about`).
pub(super) fn findings(
    found: &[(Diagnostic, LineCol)],
    fixes: &[Option<Fix>],
    go_to: &Callback<Span>,
    mend: &Callback<Fix>,
    about: Option<&'static str>,
) -> Html {
    let hidden = found.len().saturating_sub(MOST_FINDINGS);
    if found.is_empty() {
        let words = about.unwrap_or_else(texts::policies_findings_nothing_to_report);
        return html! { <p class="none">{ words }</p> };
    }
    html! {
        <ul>
            for (at, (finding, place)) in found.iter().take(MOST_FINDINGS).enumerate() {
                <li class="with-fix">
                    { line(finding, *place, fixes.get(at).is_some_and(Option::is_some), go_to) }
                    if let Some(fix) = fixes.get(at).and_then(Option::as_ref) {
                        { fix_button(fix, *place, mend) }
                    }
                </li>
            }
            if hidden > 0 {
                <li class="none">{ texts::common_and_more(&hidden) }</li>
            }
        </ul>
    }
}

fn fix_button(fix: &Fix, at: LineCol, mend: &Callback<Fix>) -> Html {
    let onclick = {
        let fix = fix.clone();
        mend.reform(move |_: MouseEvent| fix.clone())
    };
    html! {
        <button
            type="button" class="button outlined fix"
            aria-label={texts::policies_findings_line(&fix.label.replace('`', ""), &at.line)} {onclick}
        >
            { with_code(&fix.label) }
        </button>
    }
}

/// A finding. What was expected is said unless a mend beside it says it.
fn line(finding: &Diagnostic, at: LineCol, has_fix: bool, go_to: &Callback<Span>) -> Html {
    let (class, word) = match finding.severity {
        Severity::Error => ("error", texts::common_error()),
        Severity::Warning => ("warning", texts::policies_findings_warning()),
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
            if let Some(expected) = finding.expected.as_ref().filter(|_| !has_fix) {
                <span class="expected">{ texts::policies_findings_expected() }{ " " }{ with_code(expected) }</span>
            }
        </button>
    }
}
