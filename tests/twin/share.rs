//! What the generated scenarios are made of, so that the comparison is worth something.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use evaluator::Verdict;
use organization::Scenario;

use crate::compare::Agreed;
use crate::twin::Type;

/// Counts over many scenarios.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shares {
    pub(crate) scenarios: usize,
    pub(crate) rows: usize,
    pub(crate) incomplete: usize,
    verdicts: BTreeMap<&'static str, usize>,
    deciding: BTreeMap<Type, usize>,
    operators: BTreeMap<String, usize>,
}

impl Shares {
    /// Counts one row.
    pub(crate) fn row(&mut self, row: &Agreed) {
        self.rows += 1;
        self.incomplete += usize::from(!row.complete);
        let word = match row.answer {
            Verdict::Allow => "allow",
            Verdict::ExplicitDeny => "explicitDeny",
            Verdict::ImplicitDeny => "implicitDeny",
            Verdict::Depends => "depends",
            Verdict::Error => "error",
        };
        *self.verdicts.entry(word).or_default() += 1;
        let mut deciding = row.stops.clone();
        if row.granted {
            deciding.insert(Type::Resource);
        }
        for policy_type in deciding {
            *self.deciding.entry(policy_type).or_default() += 1;
        }
    }

    /// Counts the operators of a scenario.
    pub(crate) fn operators(&mut self, scenario: &Scenario) {
        self.scenarios += 1;
        for policy in &scenario.policies {
            let Some(kind) = policy.kind.known() else {
                continue;
            };
            let parsed = policy::parse(&policy.text, kind);
            let statements = parsed.document.statements.iter();
            for condition in statements.flat_map(|statement| &statement.conditions) {
                *self
                    .operators
                    .entry(condition.operator.value.to_string())
                    .or_default() += 1;
            }
        }
    }

    /// Adds the counts of another run.
    pub(crate) fn add(&mut self, other: Self) {
        self.scenarios += other.scenarios;
        self.rows += other.rows;
        self.incomplete += other.incomplete;
        for (word, count) in other.verdicts {
            *self.verdicts.entry(word).or_default() += count;
        }
        for (policy_type, count) in other.deciding {
            *self.deciding.entry(policy_type).or_default() += count;
        }
        for (operator, count) in other.operators {
            *self.operators.entry(operator).or_default() += count;
        }
    }

    /// What is missing: a policy type below 2 %, a verdict below 10 %, an operator that never
    /// occurs.
    pub(crate) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for policy_type in Type::ALL {
            let count = self.deciding.get(&policy_type).copied().unwrap_or(0);
            if count * 100 < self.rows * 2 {
                missing.push(format!("{policy_type:?} decides {count} of {}", self.rows));
            }
        }
        for word in ["allow", "depends"] {
            let count = self.verdicts.get(word).copied().unwrap_or(0);
            if count * 100 < self.rows * 10 {
                missing.push(format!("{word} is {count} of {}", self.rows));
            }
        }
        let seen: BTreeSet<&str> = self.operators.keys().map(String::as_str).collect();
        for name in operators() {
            if !seen.contains(name.as_str()) {
                missing.push(format!("{name} never occurs"));
            }
        }
        missing
    }

    /// The counts, to be read.
    pub(crate) fn table(&self) -> String {
        let percent = |count: usize| {
            let tenths = count * 1_000 / self.rows.max(1);
            format!("{}.{} %", tenths / 10, tenths % 10)
        };
        let mut table = format!(
            "{} scenarios, {} rows, {} of them with more cases than are tried\n",
            self.scenarios, self.rows, self.incomplete
        );
        for (word, count) in &self.verdicts {
            let _ = writeln!(table, "verdict {word}: {count}, {}", percent(*count));
        }
        for policy_type in Type::ALL {
            let count = self.deciding.get(&policy_type).copied().unwrap_or(0);
            let _ = writeln!(
                table,
                "decided by {policy_type:?}: {count}, {}",
                percent(count)
            );
        }
        let least = operators()
            .into_iter()
            .map(|name| (self.operators.get(&name).copied().unwrap_or(0), name))
            .min();
        if let Some((count, name)) = least {
            let _ = writeln!(
                table,
                "{} forms of operators, the rarest {name}: {count}",
                operators().len()
            );
        }
        table
    }
}

/// All operators with all qualifiers.
fn operators() -> Vec<String> {
    const TESTS: [&str; 27] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnNotEquals",
        "ArnLike",
        "ArnNotLike",
        "Null",
    ];
    let mut names = Vec::new();
    for test in TESTS {
        for set in ["", "ForAllValues:", "ForAnyValue:"] {
            names.push(format!("{set}{test}"));
            if test != "Null" {
                names.push(format!("{set}{test}IfExists"));
            }
        }
    }
    names
}
