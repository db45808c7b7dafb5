use organization::{AccountId, RequestId};
use playground::{RequestView, RowView};
use yew::prelude::*;

use super::same::Same;
use crate::components::trace::verdict_word;
use crate::components::ui::verdict_badge;

/// How many accounts are drawn before the rest waits for a click.
const MOST_ROWS: usize = 100;

/// What [`SubRows`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct SubRowsProps {
    /// The request.
    pub(super) id: RequestId,
    /// Its result.
    pub(super) view: Same<RequestView>,
    /// The account of the selected row.
    pub(super) selected: Option<AccountId>,
}

/// One row for each account of a request that runs over all of them.
#[component]
pub(super) fn SubRows(props: &SubRowsProps) -> Html {
    let all = use_state_eq(|| false);
    let most = if *all { usize::MAX } else { MOST_ROWS };
    let hidden = props.view.rows.len().saturating_sub(most);
    let show_all = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <>
            for row in props.view.rows.iter().take(most) {
                { one(&props.id, row, props.selected.as_ref()) }
            }
            if hidden > 0 {
                <div role="row" class="sub">
                    <div role="gridcell">
                        <button type="button" class="button show-all" onclick={show_all}>
                            { texts::requests_sub_rows_show_more_accounts(&hidden) }
                        </button>
                    </div>
                </div>
            }
        </>
    }
}

fn one(id: &RequestId, row: &RowView, selected: Option<&AccountId>) -> Html {
    let chosen = selected.is_some() && row.account.as_ref() == selected;
    let account = row.account.as_ref().map(ToString::to_string);
    html! {
        <div
            role="row" key={account.clone().unwrap_or_default()}
            class={classes!("row", "sub", chosen.then_some("sel"))} aria-selected={chosen.to_string()}
            data-of={id.to_string()} data-account={account.clone()}
        >
            <div role="gridcell" class="cell c-who" tabindex="-1" title={account}>
                <span class="text">{ &row.who }</span>
            </div>
            <div role="gridcell" class="cell c-verdict" tabindex="-1">
                <span class="verdict-cell">{ verdict_badge(row.verdict, verdict_word(row.verdict)) }</span>
            </div>
        </div>
    }
}
