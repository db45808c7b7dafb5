//! The table as it is looked at: sorted, filtered and grouped. The scenario knows nothing of it.

use std::cmp::Ordering;
use texts::Text;

use evaluator::Verdict;
use organization::RequestId;

use super::columns::Column;

/// How the table is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct View {
    /// The column it is sorted by, and whether downwards.
    pub(super) sort: Option<(Column, bool)>,
    /// What the rows are put together by.
    pub(super) group: Group,
    /// Words that rows have to have.
    pub(super) text: String,
    /// Verdicts that are shown; all if there are none.
    pub(super) verdicts: Vec<Verdict>,
    /// Whether only rows are shown that are not as expected.
    pub(super) unmet: bool,
}

/// What rows are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Group {
    /// Nothing.
    #[default]
    None,
    /// The caller.
    Caller,
    /// The account of the caller.
    Account,
    /// The service that is called.
    Service,
    /// The verdict.
    Verdict,
}

impl Group {
    /// All of them, as the list says them.
    pub(super) const ALL: [(Text, Self); 5] = [
        (texts::REQUESTS_VIEW_NOTHING, Self::None),
        (texts::REQUESTS_VIEW_CALLER, Self::Caller),
        (texts::SUBJECT_ACCOUNT, Self::Account),
        (texts::REQUESTS_VIEW_SERVICE, Self::Service),
        (texts::REQUESTS_VIEW_VERDICT, Self::Verdict),
    ];

    /// The word of the list.
    pub(super) fn word(self) -> &'static str {
        let found = Self::ALL.into_iter().find(|(_, group)| *group == self);
        found.map_or("", |(text, _)| texts::get(text))
    }
}

impl View {
    /// Whether all rows stand as in the scenario.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Whether rows may be left out.
    pub(super) fn filters(&self) -> bool {
        !self.text.trim().is_empty() || !self.verdicts.is_empty() || self.unmet
    }
}

/// What a row is arranged by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The request.
    pub(super) id: RequestId,
    /// What stands in its cells.
    pub(super) texts: Vec<String>,
    /// Its name.
    pub(super) name: String,
    /// Its account, in words.
    pub(super) account: String,
    /// Its verdicts.
    pub(super) verdicts: Vec<Verdict>,
    /// Whether it is not as expected.
    pub(super) unmet: bool,
}

impl Entry {
    fn text(&self, column: Column) -> &str {
        let at = Column::COPIED.iter().position(|one| *one == column);
        at.and_then(|at| self.texts.get(at))
            .map_or("", String::as_str)
    }

    fn group(&self, group: Group) -> &str {
        match group {
            Group::None => "",
            Group::Caller => self.text(Column::Who),
            Group::Account if self.account.is_empty() => texts::requests_view_no_account(),
            Group::Account => &self.account,
            Group::Service => self
                .text(Column::Does)
                .split(':')
                .next()
                .unwrap_or_default(),
            Group::Verdict => match self.verdicts.as_slice() {
                [first, rest @ ..] if rest.iter().any(|other| other != first) => {
                    texts::requests_view_several()
                }
                _ => self.text(Column::Verdict),
            },
        }
    }

    fn is_shown(&self, view: &View) -> bool {
        let verdict =
            view.verdicts.is_empty() || self.verdicts.iter().any(|one| view.verdicts.contains(one));
        if !verdict || view.unmet && !self.unmet {
            return false;
        }
        let said = |word: &str| {
            let mut texts = self.texts.iter().chain([&self.name, &self.account]);
            texts.any(|text| text.to_lowercase().contains(word))
        };
        view.text.to_lowercase().split_whitespace().all(said)
    }
}

/// Rows under one heading; it is empty where nothing is grouped.
pub(super) type Section = (String, Vec<RequestId>);

/// The rows as the view wants them. Some are shown in any case.
pub(super) fn arranged(entries: &[Entry], view: &View, always: &[RequestId]) -> Vec<Section> {
    let shown: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.is_shown(view) || always.contains(&entry.id))
        .collect();
    let by_column = |a: &Entry, b: &Entry| {
        let Some((column, down)) = view.sort else {
            return Ordering::Equal;
        };
        let (a, b) = (a.text(column), b.text(column));
        // What is empty comes last in both directions.
        let empty = a.is_empty().cmp(&b.is_empty());
        let order = a.to_lowercase().cmp(&b.to_lowercase());
        empty.then(if down { order.reverse() } else { order })
    };
    let order = policy::order(
        shown.len(),
        &mut |a, b| match (shown.get(a), shown.get(b)) {
            (Some(a), Some(b)) => by_column(a, b),
            _ => Ordering::Equal,
        },
    );
    let mut sections: Vec<Section> = Vec::new();
    for entry in order.into_iter().filter_map(|at| shown.get(at)) {
        let heading = entry.group(view.group);
        let place = sections.iter().position(|(other, _)| other == heading);
        match place.and_then(|at| sections.get_mut(at)) {
            Some((_, ids)) => ids.push(entry.id.clone()),
            None => sections.push((heading.to_owned(), vec![entry.id.clone()])),
        }
    }
    if view.group != Group::None {
        policy::sort_by(&mut sections, |(a, _), (b, _)| {
            a.to_lowercase().cmp(&b.to_lowercase())
        });
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, who: &str, does: &str, verdict: Verdict) -> Entry {
        let word = format!("{verdict:?}");
        let cells = [who, does, "*", "", "", "", &word];
        Entry {
            id: RequestId::from(id),
            texts: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            name: format!("named-{id}"),
            account: who
                .split_once(", ")
                .map_or_else(String::new, |(_, name)| name.to_owned()),
            verdicts: vec![verdict],
            unmet: id == "b",
        }
    }

    fn shown(view: &View) -> Vec<(String, String)> {
        let entries = [
            entry("a", "Admin, Dev", "s3:GetObject", Verdict::Allow),
            entry("b", "ana, Data", "ec2:RunInstances", Verdict::ExplicitDeny),
            entry("c", "Admin, Dev", "ec2:DescribeInstances", Verdict::Allow),
        ];
        let sections = arranged(&entries, view, &[]);
        let joined = |(heading, ids): Section| {
            let ids: Vec<&str> = ids.iter().map(RequestId::as_str).collect();
            (heading, ids.join(" "))
        };
        sections.into_iter().map(joined).collect()
    }

    fn alone(view: &View) -> String {
        shown(view).into_iter().map(|(_, ids)| ids).collect()
    }

    #[test]
    fn rows_are_sorted_and_equal_ones_stay() {
        let by = |column, down| {
            alone(&View {
                sort: Some((column, down)),
                ..View::default()
            })
        };
        assert_eq!(alone(&View::default()), "a b c");
        assert_eq!(by(Column::Who, false), "a c b");
        assert_eq!(by(Column::Who, true), "b a c");
        assert_eq!(by(Column::Does, false), "c b a");
        assert_eq!(by(Column::Region, true), "a b c", "all are empty");
    }

    #[test]
    fn rows_are_found_by_all_words_and_by_verdict() {
        let text = |text: &str| {
            alone(&View {
                text: text.to_owned(),
                ..View::default()
            })
        };
        assert_eq!(text("EC2"), "b c");
        assert_eq!(text("ec2 dev"), "c");
        assert_eq!(text("named-b"), "b");
        assert_eq!(text("nothing like it"), "");
        let denied = View {
            verdicts: vec![Verdict::ExplicitDeny],
            ..View::default()
        };
        assert_eq!(alone(&denied), "b");
        assert_eq!(
            alone(&View {
                unmet: true,
                ..View::default()
            }),
            "b"
        );
    }

    #[test]
    fn rows_are_put_together() {
        let group = |group| {
            shown(&View {
                group,
                ..View::default()
            })
        };
        let own = |heading: &str, ids: &str| (heading.to_owned(), ids.to_owned());
        assert_eq!(group(Group::Account), [own("Data", "b"), own("Dev", "a c")]);
        assert_eq!(group(Group::Service), [own("ec2", "b c"), own("s3", "a")]);
        assert_eq!(
            group(Group::Verdict),
            [own("Allow", "a c"), own("ExplicitDeny", "b")]
        );
    }

    #[test]
    fn a_row_that_was_just_added_is_shown_in_any_case() {
        let entries = [entry("a", "ana", "s3:GetObject", Verdict::Allow)];
        let view = View {
            text: "ec2".to_owned(),
            ..View::default()
        };
        assert!(arranged(&entries, &view, &[]).is_empty());
        assert_eq!(arranged(&entries, &view, &[RequestId::from("a")]).len(), 1);
    }
}
