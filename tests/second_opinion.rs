//! A second opinion: generated identity policies, decided by the evaluator and by the crate
//! `iam-rs`, which was written by others from the same documentation.
//!
//! Where the two differ, the rule book decides. Each difference must belong to a class of
//! [`CLASSES`], which names the rule; one that belongs to none fails the test. So does a class in
//! which no difference falls any more.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

#[path = "second_opinion/classes.rs"]
mod classes;
#[path = "second_opinion/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::rc::Rc;

use classes::CLASSES;
use evaluator::{Library, LibraryPolicy, Verdict, World};
use generate::Carried::{self, Absent, Bool, Many, Number, Text};
use generate::{ACCOUNT, Dice, USER};
use guardrail_tests::{defined_rules, repository};
use iam_rs::{
    Arn, Context, ContextValue, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal,
    PrincipalId,
};
use policy::Kind;
use serde_json::{Map, Value, json};

/// How many policies are compared, each with one request.
const CASES: u64 = 20_000;

/// One condition: an operator, perhaps with a set qualifier or `IfExists`, a key and its values.
#[derive(Clone, Debug)]
struct Condition {
    operator: String,
    key: &'static str,
    values: Vec<&'static str>,
}

#[derive(Clone, Debug)]
struct Statement {
    effect: &'static str,
    action: (&'static str, Vec<&'static str>),
    resource: (&'static str, Vec<&'static str>),
    conditions: Vec<Condition>,
}

/// A policy and a request.
#[derive(Clone, Debug)]
struct Case {
    version: &'static str,
    statements: Vec<Statement>,
    action: &'static str,
    resource: &'static str,
    context: Vec<(&'static str, Carried)>,
}

impl Case {
    fn policy(&self) -> Value {
        let statements: Vec<Value> = self.statements.iter().map(Statement::json).collect();
        json!({ "Version": self.version, "Statement": statements })
    }

    fn carried(&self, key: &str) -> Carried {
        let found = self.context.iter().find(|(name, _)| *name == key);
        found.map_or(Absent, |(_, carried)| *carried)
    }

    /// What the evaluator says; none if AWS would refuse the policy.
    fn ours(&self) -> Option<Verdict> {
        let context: Map<String, Value> = self
            .context
            .iter()
            .filter_map(|(key, carried)| {
                let value = match carried {
                    Absent => return None,
                    Text(text) => json!(text),
                    Number(number) => json!(number),
                    Bool(flag) => json!(flag),
                    Many(texts) => json!(texts),
                };
                Some(((*key).to_owned(), value))
            })
            .collect();
        let file = json!({
            "version": 1,
            "settings": { "unstatedKeys": "absent" },
            "policies": [{ "id": "p", "kind": "identity", "document": self.policy() }],
            "principals": [
                { "id": "ana", "type": "user", "account": ACCOUNT, "name": "ana", "policies": ["p"] },
            ],
            "requests": [{
                "id": "r",
                "principal": "ana",
                "action": self.action,
                "resource": self.resource,
                "resourceAccount": ACCOUNT,
                "context": context,
            }],
        });
        let scenario = organization::file::read(&file.to_string())
            .expect("a scenario")
            .scenario;
        let kind = Kind::Identity;
        let mut library = Library::default();
        let entry = LibraryPolicy {
            kind: Some(kind),
            compiled: evaluator::compile(&policy::parse(&scenario.policies[0].text, kind), kind)
                .map(Rc::new),
        };
        library.insert(scenario.policies[0].id.clone(), entry);
        let world = World {
            scenario: &scenario,
            tree: None,
            library: &library,
        };
        let prepared =
            evaluator::prepare(&world, &scenario.requests[0], None).expect("a known caller");
        match prepared.answer().verdict {
            Verdict::Error => None,
            verdict => Some(verdict),
        }
    }

    /// What iam-rs says; none if it has no opinion.
    fn theirs(&self) -> Option<Verdict> {
        let policy: IAMPolicy = serde_json::from_value(self.policy()).ok()?;
        let mut context = Context::new();
        context.insert(
            "aws:username".to_owned(),
            ContextValue::String("ana".to_owned()),
        );
        for (key, carried) in &self.context {
            let value = match carried {
                Absent => continue,
                Text(text) => ContextValue::String((*text).to_owned()),
                Number(number) => ContextValue::Number(*number),
                Bool(flag) => ContextValue::Boolean(*flag),
                Many(texts) => {
                    ContextValue::StringList(texts.iter().map(|text| (*text).to_owned()).collect())
                }
            };
            context.insert((*key).to_owned(), value);
        }
        let request = IAMRequest::new_with_context(
            Principal::Aws(PrincipalId::String(USER.to_owned())),
            self.action,
            Arn::parse(self.resource).expect("an ARN"),
            context,
        );
        let evaluator = PolicyEvaluator::with_policies(vec![policy]);
        Some(match evaluator.evaluate(&request).ok()?.decision {
            Decision::Allow => Verdict::Allow,
            Decision::Deny => Verdict::ExplicitDeny,
            Decision::NotApplicable => Verdict::ImplicitDeny,
        })
    }
}

impl Statement {
    fn json(&self) -> Value {
        let mut statement = Map::new();
        statement.insert("Effect".to_owned(), json!(self.effect));
        statement.insert(self.action.0.to_owned(), json!(self.action.1));
        statement.insert(self.resource.0.to_owned(), json!(self.resource.1));
        let mut conditions = Map::new();
        for condition in &self.conditions {
            let values = match condition.values.as_slice() {
                [single] => json!(single),
                several => json!(several),
            };
            conditions.insert(condition.operator.clone(), json!({ condition.key: values }));
        }
        if !conditions.is_empty() {
            statement.insert("Condition".to_owned(), Value::Object(conditions));
        }
        Value::Object(statement)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\n  {} on {}",
            self.policy(),
            self.action,
            self.resource
        )?;
        for (key, carried) in &self.context {
            let read = |statement: &Statement| statement.json().to_string().contains(key);
            if self.statements.iter().any(read) {
                write!(f, ", {key}: {carried:?}")?;
            }
        }
        Ok(())
    }
}

#[test]
fn each_difference_has_a_rule_that_decides_it() {
    let mut dice = Dice(1);
    let (mut agreed, mut silent) = (0_u64, 0_u64);
    let mut fallen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut open = Vec::new();
    for _ in 0..CASES {
        let case = dice.case();
        let (Some(ours), Some(theirs)) = (case.ours(), case.theirs()) else {
            silent += 1;
            continue;
        };
        if ours == theirs {
            agreed += 1;
            continue;
        }
        match CLASSES.iter().find(|class| class.holds(&case)) {
            Some(class) => *fallen.entry(class.theirs).or_default() += 1,
            None => open.push(format!("{case}\n  ours {ours:?}, theirs {theirs:?}")),
        }
    }
    println!("{agreed} agree, {silent} without two opinions");
    for class in CLASSES {
        let count = fallen.get(class.theirs).copied().unwrap_or(0);
        println!("{count:6} {}: {}", class.rule, class.theirs);
    }
    open.sort_by_key(String::len);
    open.dedup();
    assert!(
        open.is_empty(),
        "{} differences are in no class, such as:\n{}",
        open.len(),
        open[..open.len().min(10)].join("\n")
    );
    let idle: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.theirs)
        .filter(|theirs| !fallen.contains_key(theirs))
        .collect();
    assert!(idle.is_empty(), "no difference is left in {idle:?}");
    assert!(
        agreed > CASES * 3 / 4 && silent < CASES / 10,
        "the two agree in {agreed} of {CASES} cases, {silent} have not two opinions"
    );
}

#[test]
fn the_rules_that_decide_are_in_the_rule_book() {
    let path = repository().join("docs/semantics.md");
    let rules = defined_rules(&fs::read_to_string(path).expect("the rule book"));
    let unknown: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.rule)
        .filter(|rule| !rules.contains(*rule))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
