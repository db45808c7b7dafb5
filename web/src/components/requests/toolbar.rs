use evaluator::Verdict;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::columns::Column;
use super::controls::{Choose, Options};
use super::view::{Group, View};
use crate::components::trace::verdict_word;
use crate::components::ui::verdict_badge;

/// What [`Toolbar`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ToolbarProps {
    /// How the table is looked at.
    pub(super) view: View,
    /// How many requests have which verdict.
    pub(super) counts: Vec<(Verdict, usize)>,
    /// How many are not as expected.
    pub(super) unmet: usize,
    /// How many are shown, of how many.
    pub(super) shown: (usize, usize),
    /// Told how the table is to be looked at.
    pub(super) on_view: Callback<View>,
}

/// What is shown of the table, and in which order.
#[component]
pub(super) fn Toolbar(props: &ToolbarProps) -> Html {
    let view = &props.view;
    let change = |change: fn(&mut View, String)| {
        let view = view.clone();
        props.on_view.reform(move |value: String| {
            let mut view = view.clone();
            change(&mut view, value);
            view
        })
    };
    let oninput = change(|view, text| view.text = text).reform(|event: InputEvent| {
        let field = event.target_dyn_into::<HtmlInputElement>();
        field.map(|field| field.value()).unwrap_or_default()
    });
    let words = |words: Vec<&'static str>| {
        let option = |word| (AttrValue::Static(word), AttrValue::Static(word));
        vec![Options {
            heading: None,
            options: words.into_iter().map(option).collect(),
        }]
    };
    let groups = words(
        Group::ALL
            .iter()
            .map(|(text, _)| texts::get(*text))
            .collect(),
    );
    let group = change(|view, word| {
        let found = Group::ALL
            .into_iter()
            .find(|(one, _)| texts::get(*one) == word);
        view.group = found.map_or(Group::None, |(_, group)| group);
    });
    let columns = Column::COPIED.iter().map(|column| column.heading());
    let sorts = words(
        std::iter::once(texts::requests_view_nothing())
            .chain(columns)
            .collect(),
    );
    let sort = change(|view, word| {
        view.sort = Column::named(&word).map(|column| (column, false));
    });
    let sorted = view
        .sort
        .map_or(texts::requests_view_nothing(), |(column, _)| {
            column.heading()
        });
    let (shown, all) = props.shown;
    html! {
        <div class="request-tools" role="group" aria-label={texts::requests_toolbar_what_is_shown()}>
            <input
                class="field outlined sought" type="search" aria-label={texts::requests_toolbar_filter_requests()}
                placeholder={texts::requests_toolbar_caller_action_resource()} value={view.text.clone()} {oninput}
            />
            <span class="verdict-filters">
                for (verdict, count) in &props.counts { { filter(props, *verdict, *count) } }
                if props.unmet > 0 || view.unmet {
                    { unmet(props) }
                }
            </span>
            <label class="tool"><span>{ texts::requests_toolbar_group_by() }</span>
                <Choose label={texts::requests_toolbar_group_by()} class="field outlined" value={view.group.word()} {groups} on_chosen={group} />
            </label>
            <label class="tool sorting"><span>{ texts::requests_toolbar_sort_by() }</span>
                <Choose label={texts::requests_toolbar_sort_by()} class="field outlined" value={sorted} groups={sorts} on_chosen={sort} />
            </label>
            if !view.is_plain() {
                <button
                    type="button" class="button" onclick={props.on_view.reform(|_: MouseEvent| View::default())}
                >{ texts::requests_toolbar_show_all() }</button>
            }
            <span class="visually-hidden" role="status">
                if view.filters() {
                    { texts::requests_toolbar_of_requests_shown(&shown, &all) }
                }
            </span>
        </div>
    }
}

fn filter(props: &ToolbarProps, verdict: Verdict, count: usize) -> Html {
    let chosen = props.view.verdicts.contains(&verdict);
    let mut view = props.view.clone();
    match chosen {
        true => view.verdicts.retain(|one| *one != verdict),
        false => view.verdicts.push(verdict),
    }
    let label = format!("{}: {count}", verdict_word(verdict));
    html! {
        <button
            type="button" class="filter" aria-pressed={chosen.to_string()} aria-label={label.clone()}
            title={label} onclick={props.on_view.reform(move |_: MouseEvent| view.clone())}
        >
            { verdict_badge(verdict, &count.to_string()) }
        </button>
    }
}

fn unmet(props: &ToolbarProps) -> Html {
    let view = View {
        unmet: !props.view.unmet,
        ..props.view.clone()
    };
    let label = texts::requests_toolbar_not_as_expected(&props.unmet);
    html! {
        <button
            type="button" class="filter" aria-pressed={props.view.unmet.to_string()}
            aria-label={label.clone()} title={label}
            onclick={props.on_view.reform(move |_: MouseEvent| view.clone())}
        >
            { format!("≠ {}", props.unmet) }
        </button>
    }
}
