//! Conditions: every operator with every qualifier.

use serde_json::{Map, Value, json};

use super::Plan;
use super::keys::{KeyRow, ROWS, Sort};

const TEXT: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
const NUMBER: &[&str] = &[
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATE: &[&str] = &[
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
];
const ARN: &[&str] = &[
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "StringLike",
];

impl Plan {
    /// A condition block, often empty.
    pub(super) fn conditions(&mut self) -> Option<Value> {
        let count = match self.dice.below(100) {
            0..=10 => return None,
            11..=66 => 1,
            67..=91 => 2,
            _ => 3,
        };
        let mut block = Map::new();
        for _ in 0..count {
            let key = if self.dice.percent(92) {
                *self.dice.one(&self.keys)
            } else {
                self.dice.one(ROWS)
            };
            let (operator, values) = self.condition(key);
            let name = match self.dice.below(12) {
                0 => key.name.to_uppercase(),
                1 => key.name.to_lowercase(),
                _ => key.name.to_owned(),
            };
            let of_operator = block.entry(operator).or_insert_with(|| json!({}));
            let taken = (of_operator.as_object())
                .is_some_and(|keys| keys.keys().any(|known| known.eq_ignore_ascii_case(&name)));
            if !taken {
                of_operator[name] = values;
            }
        }
        if self.dice.percent(1) {
            block.insert("StringEquals".to_owned(), json!({}));
        }
        Some(Value::Object(block))
    }

    fn condition(&mut self, key: &KeyRow) -> (String, Value) {
        let dice = &mut self.dice;
        let several = key.sort == Sort::Several;
        // Keys that stand in variables have one value (VAR-1).
        let in_variables = ["example:Name", "s3:prefix", "aws:userid"].contains(&key.name);
        let set = match (several, dice.below(12)) {
            (false, _) if in_variables => "",
            (true, 0..=4) | (false, 0) => "ForAllValues:",
            (true, 5..=9) | (false, 1) => "ForAnyValue:",
            _ => "",
        };
        if dice.percent(10) {
            let set = if dice.percent(90) { "" } else { set };
            let value = match dice.below(10) {
                0 => json!(["true", "false"]),
                1..=4 => json!(true),
                _ => json!("false"),
            };
            return (format!("{set}Null"), value);
        }
        let operators = match key.sort {
            Sort::Text | Sort::Several => TEXT,
            Sort::Number => NUMBER,
            Sort::Date => DATE,
            Sort::Bool => &["Bool"][..],
            Sort::Address => &["IpAddress", "NotIpAddress"],
            Sort::Arn => ARN,
            Sort::Bytes => &["BinaryEquals"],
        };
        // The time in seconds can be compared as a date, too (DATE-4).
        let operators = if key.name == "aws:EpochTime" && dice.once_in(2) {
            DATE
        } else {
            operators
        };
        let operator = *dice.one(operators);
        let if_exists = if dice.percent(25) { "IfExists" } else { "" };
        let least = usize::from(!dice.percent(1));
        let most = if dice.percent(60) { 1 } else { 3 };
        let values = dice.some(key.compared, least, most);
        let values = match (values.as_slice(), key.sort) {
            ([one], Sort::Number) if dice.once_in(2) && one.parse::<i64>().is_ok() => {
                json!(one.parse::<i64>().unwrap_or_default())
            }
            ([one], _) if dice.once_in(2) => json!(one),
            _ => json!(values),
        };
        (format!("{set}{operator}{if_exists}"), values)
    }
}
