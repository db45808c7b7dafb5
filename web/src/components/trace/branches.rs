use playground::BranchView;
use yew::prelude::*;

use super::tone;
use crate::components::ui::{phrase, verdict_badge};

/// The verdict for each case of what is unknown.
pub(super) fn branches(cases: &[BranchView], complete: bool) -> Html {
    html! {
        <div>
            <table class="branches">
                <caption>{ "The verdict in each case" }</caption>
                <thead class="visually-hidden">
                    <tr><th scope="col">{ "Case" }</th><th scope="col">{ "Verdict" }</th></tr>
                </thead>
                <tbody>
                    for case in cases {
                        <tr>
                            <th scope="row">{ phrase(&case.case) }</th>
                            <td>{ verdict_badge(case.verdict, tone::verdict_word(case.verdict)) }</td>
                        </tr>
                    }
                </tbody>
            </table>
            if !complete {
                <p class="trace-notes">{ "There are too many cases to try them all." }</p>
            }
        </div>
    }
}
