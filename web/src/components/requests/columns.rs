//! The columns of the table: what stands in a cell as text, and what a typed text makes of it.

use evaluator::Verdict;
use organization::{
    Caller, Context, ContextValue, ExpectedVerdict, Request, RequestResource, Scalar,
};
use playground::RequestView;

use super::check;
use super::expect;
use super::short::short_arn;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The caller.
    Who,
    /// The action.
    Does,
    /// The resource.
    On,
    /// The region that is called.
    Region,
    /// Context keys.
    Context,
    /// The expected verdict.
    Expected,
    /// The verdict.
    Verdict,
    /// The menu.
    More,
}

impl Column {
    /// All of them, from left to right.
    pub(super) const ALL: [Self; 8] = [
        Self::Who,
        Self::Does,
        Self::On,
        Self::Region,
        Self::Context,
        Self::Expected,
        Self::Verdict,
        Self::More,
    ];

    /// Those that are copied and pasted.
    pub(super) const COPIED: [Self; 7] = [
        Self::Who,
        Self::Does,
        Self::On,
        Self::Region,
        Self::Context,
        Self::Expected,
        Self::Verdict,
    ];

    /// Its heading.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Who => texts::requests_columns_who(),
            Self::Does => texts::requests_columns_does(),
            Self::On => texts::requests_columns_on(),
            Self::Region => texts::common_region(),
            Self::Context => texts::requests_columns_context(),
            Self::Expected => texts::requests_columns_expected(),
            Self::Verdict => texts::common_verdict(),
            Self::More => texts::common_actions(),
        }
    }

    /// Its class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Who => "c-who",
            Self::Does => "c-does",
            Self::On => "c-on",
            Self::Region => "c-region",
            Self::Context => "c-context",
            Self::Expected => "c-expected",
            Self::Verdict => "c-verdict",
            Self::More => "c-more",
        }
    }

    /// The column that a heading of a spreadsheet names.
    pub(super) fn named(heading: &str) -> Option<Self> {
        const OTHER: [(&str, Column); 8] = [
            ("caller", Column::Who),
            ("principal", Column::Who),
            ("action", Column::Does),
            ("resource", Column::On),
            ("context keys", Column::Context),
            ("keys", Column::Context),
            ("expect", Column::Expected),
            ("result", Column::Verdict),
        ];
        let heading = heading.trim();
        let is_it = |name: &str| heading.eq_ignore_ascii_case(name);
        let own = Self::COPIED.into_iter().find(|one| is_it(one.heading()));
        own.or_else(|| {
            let other = OTHER.into_iter().find(|(name, _)| is_it(name));
            other.map(|(_, column)| column)
        })
    }

    /// The column that lies a few steps further.
    pub(super) fn further(self, steps: isize) -> Option<Self> {
        let at = Self::ALL.iter().position(|one| *one == self)?;
        Self::ALL.get(at.checked_add_signed(steps)?).copied()
    }
}

/// What stands in a cell, as text. The words of the caller are given.
pub(super) fn text(
    request: &Request,
    who: &str,
    view: Option<&RequestView>,
    column: Column,
) -> String {
    match column {
        Column::Who => who.to_owned(),
        Column::Does => request.action.clone(),
        Column::On => {
            let arns = request.resources.iter().map(|one| one.arn.as_str());
            arns.collect::<Vec<_>>().join(" ")
        }
        Column::Region => request.region.clone().unwrap_or_default(),
        Column::Context => keys(request),
        Column::Expected => expect::word(request)
            .filter(|word| *word != expect::NOTHING)
            .unwrap_or_default()
            .to_owned(),
        Column::Verdict => view.map(|view| view.word.clone()).unwrap_or_default(),
        Column::More => String::new(),
    }
}

/// The request with a text typed into a cell. None where the cell can't be typed into like that.
pub(super) fn typed(request: &Request, column: Column, text: &str) -> Option<Request> {
    let text = text.trim();
    let mut changed = request.clone();
    match column {
        Column::Does => text.clone_into(&mut changed.action),
        Column::On => {
            let arn = if text.is_empty() { "*" } else { text };
            match changed.resources.as_mut_slice() {
                [only] => arn.clone_into(&mut only.arn),
                _ => changed.resources = vec![RequestResource::new(arn)],
            }
        }
        Column::Region => changed.region = Some(text.to_owned()).filter(|it| !it.is_empty()),
        Column::Context => set_keys(&mut changed, text)?,
        Column::Expected => return Some(expect::with(request, expect::read(text)?)),
        Column::Who | Column::Verdict | Column::More => return None,
    }
    Some(changed)
}

/// The request with another caller.
pub(super) fn called_by(request: &Request, caller: Caller) -> Request {
    Request {
        caller,
        ..request.clone()
    }
}

/// What is wrong with what a cell holds, in a few words.
pub(super) fn problem(request: &Request, column: Column) -> Option<String> {
    let said = |problem: Option<&'static str>, what: &str| {
        problem.map(|wanted| format!("{what}: {wanted}"))
    };
    match column {
        Column::Does if request.action.is_empty() => {
            Some(texts::requests_columns_action_missing_such().to_owned())
        }
        Column::Does => said(
            check::action(&request.action),
            texts::requests_columns_not_an_action(),
        ),
        Column::On => {
            let mut all = request.resources.iter();
            let wrong = all.find_map(|one| check::resource(&one.arn));
            said(wrong, texts::requests_columns_not_an_arn())
        }
        Column::Region => said(
            request.region.as_deref().and_then(check::region),
            texts::requests_columns_not_a_region(),
        ),
        _ => None,
    }
}

/// The context keys of a request as one line: `aws:SourceIp=203.0.113.7; aws:SourceVpce absent`.
pub(super) fn keys(request: &Request) -> String {
    let stated = request.context.iter().map(|(key, value)| {
        let values = match value {
            ContextValue::One(value) => plain(value),
            ContextValue::Many(values) => format!(
                "[{}]",
                values.iter().map(plain).collect::<Vec<_>>().join(",")
            ),
        };
        format!("{key}={values}")
    });
    let absent = request.absent.iter().map(|key| format!("{key} absent"));
    let unknown = request.unknown.iter().map(|key| format!("{key} unknown"));
    let all: Vec<String> = stated.chain(absent).chain(unknown).collect();
    all.join("; ")
}

/// Takes such a line over; what stays the same is kept as it was written.
fn set_keys(request: &mut Request, text: &str) -> Option<()> {
    if text == keys(request) {
        return Some(());
    }
    let mut context = Context::new();
    let (mut absent, mut unknown) = (Vec::new(), Vec::new());
    for part in text
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if let Some((key, value)) = part.split_once('=') {
            context.push((key.trim().to_owned(), value_of(value.trim())));
        } else {
            let (key, state) = part.rsplit_once(' ')?;
            match state {
                "absent" => absent.push(key.trim().to_owned()),
                "unknown" => unknown.push(key.trim().to_owned()),
                _ => return None,
            }
        }
    }
    request.context = context;
    request.absent = absent;
    request.unknown = unknown;
    Some(())
}

fn value_of(text: &str) -> ContextValue {
    let scalar = |text: &str| Scalar::Text(text.trim().to_owned());
    let inside = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match inside {
        Some("") => ContextValue::Many(Vec::new()),
        Some(values) => ContextValue::Many(values.split(',').map(scalar).collect()),
        None => ContextValue::One(scalar(text)),
    }
}

fn plain(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Bool(value) => value.to_string(),
    }
}

/// What the cell of the context shows: one key in short, or how many there are.
pub(super) fn keys_in_short(request: &Request) -> String {
    let short = |key: &str| key.split_once(':').map_or(key, |(_, name)| name).to_owned();
    let (stated, absent, unknown) = (&request.context, &request.absent, &request.unknown);
    match (stated.as_slice(), absent.as_slice(), unknown.as_slice()) {
        ([], [], []) => String::new(),
        ([(key, ContextValue::One(value))], [], []) => format!("{} {}", short(key), plain(value)),
        ([(key, ContextValue::Many(_))], [], []) => short(key),
        ([], [key], []) => texts::requests_columns_no(&short(key)),
        ([], [], [key]) => texts::requests_columns_unknown(&short(key)),
        _ => texts::requests_columns_keys(&(stated.len() + absent.len() + unknown.len())),
    }
}

/// What the cell of the resource shows.
pub(super) fn resource_in_short(request: &Request) -> String {
    match request.resources.as_slice() {
        [] => "*".to_owned(),
        [only] => short_arn(&only.arn).to_owned(),
        all => texts::requests_columns_resources(&all.len()),
    }
}

/// What a verdict is as an expectation.
pub(super) fn expected(verdict: Verdict) -> Option<ExpectedVerdict> {
    match verdict {
        Verdict::Allow => Some(ExpectedVerdict::Allow),
        Verdict::ExplicitDeny => Some(ExpectedVerdict::ExplicitDeny),
        Verdict::ImplicitDeny => Some(ExpectedVerdict::ImplicitDeny),
        Verdict::Depends => Some(ExpectedVerdict::Depends),
        Verdict::Error => None,
    }
}

#[cfg(test)]
mod tests {
    use organization::{CallerKind, Expectation};

    use super::*;

    fn request() -> Request {
        Request::new(
            Caller::new(CallerKind::Anonymous),
            "s3:GetObject",
            "arn:aws:s3:::b",
        )
    }

    #[test]
    fn what_is_typed_is_what_stands_there() {
        let mut request = request();
        for (column, typed_text) in [
            (Column::Does, "s3:PutObject"),
            (Column::On, "arn:aws:s3:::b/c"),
            (Column::Region, "eu-west-1"),
            (
                Column::Context,
                "aws:SourceIp=203.0.113.7; aws:TagKeys=[a,b]; aws:SourceVpce absent; aws:SourceVpc unknown",
            ),
            (Column::Expected, "explicit deny"),
        ] {
            request = typed(&request, column, typed_text).expect("it can be typed");
            assert_eq!(text(&request, "", None, column), typed_text);
        }
        assert_eq!(keys_in_short(&request), "4 keys");
        assert_eq!(typed(&request, Column::Verdict, "Allow"), None);
        assert_eq!(typed(&request, Column::Context, "aws:SourceIp"), None);
        assert_eq!(typed(&request, Column::Expected, "perhaps"), None);
    }

    #[test]
    fn an_emptied_cell_says_what_holds_then() {
        let mut before = request();
        before.region = Some("eu-west-1".to_owned());
        before.expect = Some(Expectation::bare(ExpectedVerdict::Allow));
        let emptied = |column| typed(&before, column, " ").expect("it can be emptied");
        assert_eq!(emptied(Column::On).resources[0].arn, "*");
        assert_eq!(emptied(Column::Region).region, None);
        assert_eq!(emptied(Column::Expected).expect, None);
    }

    #[test]
    fn values_that_stay_keep_the_way_they_were_written() {
        let mut before = request();
        before.context = vec![("a".to_owned(), ContextValue::One(Scalar::Bool(true)))];
        assert_eq!(
            typed(&before, Column::Context, "a=true"),
            Some(before.clone())
        );
        assert_eq!(keys_in_short(&before), "a true");
    }

    #[test]
    fn headings_of_spreadsheets_name_columns() {
        for (heading, column) in [
            ("Who", Some(Column::Who)),
            (" caller ", Some(Column::Who)),
            ("ACTION", Some(Column::Does)),
            ("Resource", Some(Column::On)),
            ("Expected", Some(Column::Expected)),
            ("s3:GetObject", None),
        ] {
            assert_eq!(Column::named(heading), column, "{heading}");
        }
    }
}
