use organization::{Context, ContextValue, Request, Scalar};
use yew::prelude::*;

use super::keyed::{KeyedRows, Row};
use super::same::Same;

const IS: &str = "is";
const ARE: &str = "has values";
const ABSENT: &str = "absent";
const UNKNOWN: &str = "unknown";

/// What [`ContextRows`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ContextRowsProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Told the changed request.
    pub(super) on_changed: Callback<Request>,
}

/// The context keys that a request states: with a value, with several, absent or unknown.
#[component]
pub(super) fn ContextRows(props: &ContextRowsProps) -> Html {
    let on_rows = {
        let request = props.request.clone();
        props
            .on_changed
            .reform(move |rows: Vec<Row>| with_rows(&request, rows))
    };
    html! {
        <KeyedRows
            title="Context keys (several values: separated by commas)" add="Add a key"
            rows={rows(&props.request)} {on_rows}
            states={vec![(IS, true), (ARE, true), (ABSENT, false), (UNKNOWN, false)]}
        />
    }
}

fn rows(request: &Request) -> Vec<Row> {
    let stated = request.context.iter().map(|(key, value)| {
        let (state, value) = match value {
            ContextValue::One(scalar) => (IS, text(scalar)),
            ContextValue::Many(scalars) => {
                let texts: Vec<String> = scalars.iter().map(text).collect();
                (ARE, texts.join(","))
            }
        };
        row(key, state, value)
    });
    let absent = request
        .absent
        .iter()
        .map(|key| row(key, ABSENT, String::new()));
    let unknown = request
        .unknown
        .iter()
        .map(|key| row(key, UNKNOWN, String::new()));
    stated.chain(absent).chain(unknown).collect()
}

fn row(key: &str, state: &'static str, value: String) -> Row {
    Row {
        key: key.to_owned(),
        state: Some(state),
        value,
    }
}

/// The request with these keys. A value that stays as it was keeps the way it was written.
fn with_rows(request: &Request, rows: Vec<Row>) -> Request {
    let mut changed = Request {
        context: Context::new(),
        absent: Vec::new(),
        unknown: Vec::new(),
        ..request.clone()
    };
    let before = rows_with_values(request);
    for row in rows {
        match row.state {
            Some(ABSENT) => changed.absent.push(row.key),
            Some(UNKNOWN) => changed.unknown.push(row.key),
            _ => {
                let kept = before.iter().find(|(old, _)| *old == row);
                let value = kept.map_or_else(|| read(&row), |(_, value)| (*value).clone());
                changed.context.push((row.key, value));
            }
        }
    }
    changed
}

fn rows_with_values(request: &Request) -> Vec<(Row, &ContextValue)> {
    let values = request.context.iter().map(|(_, value)| value);
    rows(request).into_iter().zip(values).collect()
}

fn read(row: &Row) -> ContextValue {
    if row.state == Some(ARE) {
        let values = row
            .value
            .split(',')
            .map(|value| Scalar::Text(value.to_owned()));
        return ContextValue::Many(values.collect());
    }
    ContextValue::One(Scalar::Text(row.value.clone()))
}

fn text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Bool(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use organization::{Caller, CallerKind};

    use super::*;

    fn request() -> Request {
        let caller = Caller::new(CallerKind::Anonymous);
        Request {
            context: vec![
                (
                    "aws:MultiFactorAuthAge".to_owned(),
                    ContextValue::One(Scalar::Number("300".to_owned())),
                ),
                (
                    "s3:prefix".to_owned(),
                    ContextValue::Many(vec![
                        Scalar::Text("a".to_owned()),
                        Scalar::Text("b,c".to_owned()),
                    ]),
                ),
            ],
            absent: vec!["aws:SourceIp".to_owned()],
            unknown: vec!["aws:SourceVpce".to_owned()],
            ..Request::new(caller, "s3:ListBucket", "*")
        }
    }

    #[test]
    fn what_is_not_touched_stays_as_it_was_written() {
        let request = request();
        let mut edited = rows(&request);
        assert_eq!(with_rows(&request, edited.clone()), request);

        edited[2].state = Some(UNKNOWN);
        let changed = with_rows(&request, edited);
        assert_eq!(changed.context, request.context);
        assert!(changed.absent.is_empty());
        assert_eq!(changed.unknown, ["aws:SourceIp", "aws:SourceVpce"]);
    }

    #[test]
    fn typed_values_are_texts() {
        let request = request();
        let mut edited = rows(&request);
        edited[0].value = "60".to_owned();
        let changed = with_rows(&request, edited);
        assert_eq!(
            changed.context[0].1,
            ContextValue::One(Scalar::Text("60".to_owned()))
        );
        assert_eq!(changed.context[1], request.context[1]);
    }
}
