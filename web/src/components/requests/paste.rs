//! Rows that are pasted: what becomes of them.

use organization::{Caller, CallerKind, Edit, Organization, Request};

use super::caller;
use super::clipboard::read;
use super::columns::{Column, called_by, typed};
use crate::state::Model;

/// Most rows that are pasted at once.
const MOST: usize = 500;

/// What a pasted text is for the table.
#[derive(Debug, PartialEq)]
pub(super) enum Pasted {
    /// A text for one cell.
    Text(String),
    /// New requests, and how many.
    Rows(Vec<Edit>, usize),
    /// Nothing.
    Nothing,
}

/// Takes a text apart that was pasted into a cell of a request, or where there is none yet. What
/// the rows do not say is as in that request.
pub(super) fn pasted(text: &str, model: &Model, here: Option<(&Request, Column)>) -> Pasted {
    let mut rows = read(text);
    rows.truncate(MOST);
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let columns = match headings(&rows) {
        Some(columns) => {
            rows.remove(0);
            columns
        }
        None => match (rows.as_slice(), here) {
            ([], _) => return Pasted::Nothing,
            ([row], Some(_)) if width == 1 => {
                return Pasted::Text(row.first().cloned().unwrap_or_default());
            }
            _ => guessed(&rows, width, here.map(|(_, column)| column)),
        },
    };
    let scenario = &model.scenario;
    let index = scenario.organization.as_ref().map(Organization::index);
    let after = here.and_then(|(request, _)| {
        let mut all = scenario.requests.iter();
        all.position(|one| one.id == request.id)
    });
    let start = match here {
        Some((request, _)) => Request {
            id: "".into(),
            name: String::new(),
            expect: None,
            ..request.clone()
        },
        None => Request::new(Caller::new(CallerKind::Anonymous), "", "*"),
    };
    let add = |(step, row): (usize, &Vec<String>)| {
        let mut request = start.clone();
        for (column, cell) in columns.iter().zip(row) {
            let Some(column) = column else { continue };
            let cell = cell.trim();
            if *column == Column::Who && !cell.is_empty() {
                // A caller that nobody knows is kept as it was typed, and said to be wrong.
                let kind = caller::named(cell, scenario, index.as_ref());
                let kind = kind.unwrap_or_else(|| CallerKind::Arn {
                    arn: cell.to_owned(),
                });
                request = called_by(&request, Caller::new(kind));
            } else if let Some(changed) = typed(&request, *column, cell) {
                request = changed;
            }
        }
        Edit::AddRequest {
            request: Box::new(request),
            position: after.map(|after| after + 1 + step),
        }
    };
    let edits: Vec<Edit> = rows.iter().enumerate().map(add).collect();
    match edits.len() {
        0 => Pasted::Nothing,
        count => Pasted::Rows(edits, count),
    }
}

/// The columns that a first row of headings names.
fn headings(rows: &[Vec<String>]) -> Option<Vec<Option<Column>>> {
    let first = rows.first()?;
    let named: Vec<Option<Column>> = first.iter().map(|cell| Column::named(cell)).collect();
    named.iter().any(Option::is_some).then_some(named)
}

/// The columns of rows without headings: from the caller on, or from the action if the first
/// cells are actions; a single column is the one that it is pasted into.
fn guessed(rows: &[Vec<String>], width: usize, here: Option<Column>) -> Vec<Option<Column>> {
    let is_action = |row: &Vec<String>| {
        let first = row.first().map(|cell| cell.trim());
        first.is_some_and(|cell| super::check::action(cell).is_none())
    };
    let first = if rows.iter().all(is_action) {
        Column::Does
    } else if width == 1 {
        here.unwrap_or(Column::Who)
    } else {
        Column::Who
    };
    let columns = Column::COPIED.into_iter();
    columns
        .skip_while(|column| *column != first)
        .map(Some)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use organization::file;

    use super::super::columns::text;
    use super::*;

    fn model() -> Model {
        let text = r#"{"version": 1,
            "principals": [{"id": "ana", "type": "user", "account": "222222222222", "name": "ana"}],
            "requests": [
                {"id": "1", "principal": "ana", "action": "s3:GetObject", "region": "eu-west-1"},
                {"id": "2", "principal": "ana", "action": "s3:PutObject"}
            ]}"#;
        Model {
            scenario: Rc::new(file::read(text).unwrap().scenario),
            ..Model::default()
        }
    }

    fn rows(pasted_text: &str, column: Column) -> Vec<(String, String, String, usize)> {
        let model = model();
        let here = (&*model.scenario.requests[0], column);
        let Pasted::Rows(edits, count) = pasted(pasted_text, &model, Some(here)) else {
            panic!("these are rows");
        };
        assert_eq!(edits.len(), count);
        let row = |edit: Edit| match edit {
            Edit::AddRequest { request, position } => {
                let who = super::super::caller::words(&request.caller, &model.scenario, None);
                let region = text(&request, "", None, Column::Region);
                (who, request.action.clone(), region, position.unwrap())
            }
            other => panic!("{other:?}"),
        };
        edits.into_iter().map(row).collect()
    }

    fn own(who: &str, does: &str, region: &str, at: usize) -> (String, String, String, usize) {
        (who.to_owned(), does.to_owned(), region.to_owned(), at)
    }

    #[test]
    fn rows_follow_the_one_they_are_pasted_at() {
        assert_eq!(
            rows(
                "ana, 222222222222\tec2:RunInstances\t*\tus-east-1\nroot, nobody\tiam:ListUsers",
                Column::On
            ),
            [
                own("ana, 222222222222", "ec2:RunInstances", "us-east-1", 1),
                own("root, nobody", "iam:ListUsers", "eu-west-1", 2),
            ]
        );
    }

    #[test]
    fn columns_are_told_by_headings_and_by_what_is_in_them() {
        let expected = [own("ana, 222222222222", "sqs:ListQueues", "us-west-2", 1)];
        assert_eq!(
            rows(
                "Region\tAction\tOther\nus-west-2\tsqs:ListQueues\tx",
                Column::Who
            ),
            expected
        );
        assert_eq!(rows("sqs:ListQueues\t*\tus-west-2", Column::Who), expected);
        let regions = rows("us-east-1\nus-east-2", Column::Region);
        assert_eq!(
            regions[1],
            own("ana, 222222222222", "s3:GetObject", "us-east-2", 2)
        );
    }

    #[test]
    fn a_single_text_is_for_the_cell() {
        let model = model();
        let here = Some((&*model.scenario.requests[0], Column::Who));
        assert_eq!(
            pasted("s3:GetObject\n", &model, here),
            Pasted::Text("s3:GetObject".to_owned())
        );
        assert_eq!(pasted(" \n", &model, here), Pasted::Nothing);
        assert!(matches!(pasted("ana", &model, None), Pasted::Rows(_, 1)));
    }
}
