use organization::{AccountId, CallerKind, Request, Scenario, TreeIndex};
use yew::prelude::*;

use super::caller::account_name;
use super::context_rows::ContextRows;
use super::controls::{Choose, Options, typed};
use super::keyed::{KeyedRows, Row};
use super::row::{expected_list, region_field, resource_field};
use super::same::Same;

/// What the details need to know of the scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Surroundings {
    /// Region of requests that name none.
    pub(super) region: Option<String>,
    /// Time of requests that name none.
    pub(super) time: Option<String>,
    /// The accounts, with their names.
    pub(super) accounts: Vec<(AccountId, String)>,
    /// Ids of the VPC endpoints.
    pub(super) endpoints: Vec<String>,
}

/// How many accounts are offered as owners; any other can be typed.
const MOST_ACCOUNTS: usize = 200;

impl Surroundings {
    /// Reads them from a scenario.
    pub(super) fn of(scenario: &Scenario, index: Option<&TreeIndex>) -> Self {
        let own = index
            .into_iter()
            .flat_map(TreeIndex::accounts)
            .map(|account| &account.id);
        let external = scenario.external_accounts.iter().map(|account| &account.id);
        Self {
            region: scenario.defaults.region.clone(),
            time: scenario.defaults.time.clone(),
            accounts: own
                .chain(external)
                .take(MOST_ACCOUNTS)
                .map(|id| (id.clone(), account_name(id, scenario, index)))
                .collect(),
            endpoints: scenario
                .endpoints
                .iter()
                .map(|endpoint| endpoint.id.clone())
                .collect(),
        }
    }
}

/// What [`RequestDetails`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestDetailsProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// The scenario around it.
    pub(super) around: Same<Surroundings>,
    /// Told the changed request.
    pub(super) on_changed: Callback<Request>,
}

/// What is seldom needed of a request, folded beneath its row.
#[component]
pub(super) fn RequestDetails(props: &RequestDetailsProps) -> Html {
    let request = &props.request;
    html! {
        <div class="request-details">
            { text(props, "Name", "", &request.name, |request, name| request.name = name) }
            { in_narrow_table(props) }
            { owner(props) }
            {
                text(
                    props, "Time", props.around.time.as_deref().unwrap_or("not stated"),
                    request.time.as_deref().unwrap_or_default(),
                    |request, time| request.time = Some(time).filter(|time| !time.is_empty()),
                )
            }
            { mfa(props) }
            { endpoint(props) }
            <ViaField request={request.clone()} on_changed={props.on_changed.clone()} />
            <ContextRows request={request.clone()} on_changed={props.on_changed.clone()} />
            { request_tags(props) }
        </div>
    }
}

fn text(
    props: &RequestDetailsProps,
    label: &'static str,
    placeholder: &str,
    value: &str,
    change: fn(&mut Request, String),
) -> Html {
    let request = props.request.clone();
    let oninput = props.on_changed.reform(move |event: InputEvent| {
        let mut changed = Request::clone(&request);
        change(&mut changed, typed(&event));
        changed
    });
    html! {
        <label class="entry">
            <span class="label">{ label }</span>
            <input
                class="field outlined" autocomplete="off" spellcheck="false"
                placeholder={placeholder.to_owned()} value={value.to_owned()} {oninput}
            />
        </label>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ViaFieldProps {
    request: Same<Request>,
    on_changed: Callback<Request>,
}

/// The services that forwarded the call. The text stays as it is typed while it says the same.
#[component]
fn ViaField(props: &ViaFieldProps) -> Html {
    let text = use_state_eq(|| props.request.via.join(", "));
    {
        let text = text.clone();
        use_effect_with(props.request.via.clone(), move |via| {
            if list(&text) != *via {
                text.set(via.join(", "));
            }
        });
    }
    let oninput = {
        let (text, request) = (text.clone(), props.request.clone());
        props.on_changed.reform(move |event: InputEvent| {
            let typed = typed(&event);
            let via = list(&typed);
            text.set(typed);
            Request {
                via,
                ..Request::clone(&request)
            }
        })
    };
    html! {
        <label class="entry">
            <span class="label">{ "Forwarded by, first to last" }</span>
            <input
                class="field outlined" autocomplete="off" spellcheck="false"
                placeholder="no service" value={(*text).clone()} {oninput}
            />
        </label>
    }
}

/// "a, b" as a list.
fn list(typed: &str) -> Vec<String> {
    typed
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What the table has no room for where it is narrow.
fn in_narrow_table(props: &RequestDetailsProps) -> Html {
    let default = props.around.region.as_deref();
    html! {
        <>
            <div class="entry narrow-only">
                <span class="label">{ "On" }</span>
                { resource_field(&props.request, "field outlined mono", "0", &props.on_changed) }
            </div>
            <div class="entry narrow-only">
                <span class="label">{ "Region" }</span>
                { region_field(&props.request, default, "field outlined mono", "0", &props.on_changed) }
            </div>
            <div class="entry narrow-only">
                <span class="label">{ "Expected" }</span>
                { expected_list(&props.request, "field outlined", true, &props.on_changed) }
            </div>
        </>
    }
}

fn owner(props: &RequestDetailsProps) -> Html {
    let request = &props.request;
    let list_id = format!("owners-{}", request.id);
    let value = request.resource_account.as_ref().map(ToString::to_string);
    let oninput = {
        let request = request.clone();
        props.on_changed.reform(move |event: InputEvent| {
            let id = typed(&event);
            let id = id.trim();
            Request {
                resource_account: (!id.is_empty()).then(|| AccountId::from(id)),
                ..Request::clone(&request)
            }
        })
    };
    html! {
        <label class="entry">
            <span class="label">{ "Owner of the resource" }</span>
            <input
                class="field outlined mono" list={list_id.clone()} autocomplete="off"
                placeholder="follows from the ARN" value={value.unwrap_or_default()} {oninput}
            />
            <datalist id={list_id}>
                for (id, name) in &props.around.accounts {
                    <option value={id.to_string()} label={name.clone()} />
                }
            </datalist>
        </label>
    }
}

/// Whether MFA was given, for the callers that can say so.
fn mfa(props: &RequestDetailsProps) -> Html {
    let request = &props.request;
    let stated = match &request.caller.kind {
        CallerKind::Role { mfa, .. } | CallerKind::UserSession { mfa, .. } => *mfa,
        _ => return Html::default(),
    };
    let value = match stated {
        None => "not stated",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let words = ["not stated", "yes", "no"];
    let groups = vec![Options {
        heading: None,
        options: words
            .iter()
            .map(|word| (AttrValue::Static(word), AttrValue::Static(word)))
            .collect(),
    }];
    let on_chosen = {
        let (request, on_changed) = (request.clone(), props.on_changed.clone());
        Callback::from(move |word: String| {
            let stated = match word.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            let mut changed = Request::clone(&request);
            if let CallerKind::Role { mfa, .. } | CallerKind::UserSession { mfa, .. } =
                &mut changed.caller.kind
            {
                *mfa = stated;
            }
            on_changed.emit(changed);
        })
    };
    html! {
        <div class="entry">
            <span class="label" aria-hidden="true">{ "MFA when the session began" }</span>
            <Choose
                label="MFA when the session began" value={AttrValue::Static(value)} {groups} {on_chosen}
            />
        </div>
    }
}

fn endpoint(props: &RequestDetailsProps) -> Html {
    let request = &props.request;
    if props.around.endpoints.is_empty() && request.endpoint.is_none() {
        return Html::default();
    }
    let value = request.endpoint.clone().unwrap_or_default();
    let mut options = vec![(AttrValue::Static(""), AttrValue::Static("none"))];
    let unlisted =
        (!value.is_empty() && !props.around.endpoints.contains(&value)).then(|| value.clone());
    for id in props.around.endpoints.iter().cloned().chain(unlisted) {
        options.push((AttrValue::from(id.clone()), AttrValue::from(id)));
    }
    let on_chosen = {
        let (request, on_changed) = (request.clone(), props.on_changed.clone());
        Callback::from(move |id: String| {
            on_changed.emit(Request {
                endpoint: Some(id).filter(|id| !id.is_empty()),
                ..Request::clone(&request)
            });
        })
    };
    let groups = vec![Options {
        heading: None,
        options,
    }];
    html! {
        <div class="entry">
            <span class="label" aria-hidden="true">{ "Through the VPC endpoint" }</span>
            <Choose label="Through the VPC endpoint" value={AttrValue::from(value)} {groups} {on_chosen} />
        </div>
    }
}

fn request_tags(props: &RequestDetailsProps) -> Html {
    let rows = props
        .request
        .request_tags
        .iter()
        .map(|(key, value)| Row {
            key: key.clone(),
            state: None,
            value: value.clone(),
        })
        .collect::<Vec<_>>();
    let on_rows = {
        let request = props.request.clone();
        props.on_changed.reform(move |rows: Vec<Row>| Request {
            request_tags: rows.into_iter().map(|row| (row.key, row.value)).collect(),
            ..Request::clone(&request)
        })
    };
    html! {
        <KeyedRows
            title="Tags passed in the call" add="Add a tag" {rows} states={Vec::new()} {on_rows}
        />
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn services_are_separated_by_commas() {
        assert_eq!(list("a.amazonaws.com, b,"), ["a.amazonaws.com", "b"]);
        assert_eq!(list("  "), Vec::<String>::new());
    }
}
