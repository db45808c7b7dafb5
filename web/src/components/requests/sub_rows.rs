use organization::{AccountId, RequestId};
use playground::{RequestView, RowView};
use yew::prelude::*;

use super::same::Same;
use crate::components::trace::verdict_word;
use crate::components::ui::verdict_badge;
use crate::context::use_dispatch;
use crate::state::Action;

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
    let dispatch = use_dispatch();
    let all = use_state_eq(|| false);
    let most = if *all { usize::MAX } else { MOST_ROWS };
    let hidden = props.view.rows.len().saturating_sub(most);
    let select = {
        let request = props.id.clone();
        dispatch.reform(move |account: Option<AccountId>| Action::RequestSelected {
            request: request.clone(),
            account,
        })
    };
    let show_all = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <>
            for row in props.view.rows.iter().take(most) {
                { one(row, props.selected.as_ref(), &select) }
            }
            if hidden > 0 {
                <tr class="sub">
                    <td colspan="7">
                        <button type="button" class="button show-all" onclick={show_all}>
                            { format!("Show {hidden} more accounts") }
                        </button>
                    </td>
                </tr>
            }
        </>
    }
}

fn one(row: &RowView, selected: Option<&AccountId>, select: &Callback<Option<AccountId>>) -> Html {
    let chosen = selected.is_some() && row.account.as_ref() == selected;
    let account = row.account.clone();
    let onfocusin = {
        let (select, account) = (select.clone(), account.clone());
        Callback::from(move |_: FocusEvent| {
            if !chosen {
                select.emit(account.clone());
            }
        })
    };
    html! {
        <tr
            key={account.as_ref().map(ToString::to_string).unwrap_or_default()}
            class={classes!("row", "sub", chosen.then_some("sel"))} tabindex="-1"
            aria-current={chosen.then_some("true")} {onfocusin}
        >
            <td colspan="2"><span class="cell" title={account.map(|id| id.to_string())}>{ &row.who }</span></td>
            <td class="on" /><td class="region" /><td class="expected" />
            <td colspan="2">
                <span class="verdict-cell">
                    { verdict_badge(row.verdict, verdict_word(row.verdict)) }
                </span>
            </td>
        </tr>
    }
}
