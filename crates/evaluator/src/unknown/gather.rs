//! What a verdict could turn on: the unknown keys that undecided statements read, and what each of
//! them is tried as.

use std::collections::{BTreeMap, BTreeSet};

use organization::AccountId;

use super::is_unknown;
use crate::authorize::{Prepared, Reading, mfa};
use crate::candidates::{Candidates, UNMENTIONED, arn_of};
use crate::compile::{CompiledResource, CompiledStatement};
use crate::condition::{Operand, resolve};
use crate::context::{KeyState, Origin, RequestContext, Values};
use crate::decision::Truth;
use crate::gates::{Fixed, Gate};
use crate::glob::{Resolved, Variable};
use crate::trace::{Tried, UnknownThing};

/// So many pieces of a text are tried for a variable.
const MOST_PIECES: usize = 4096;
/// So many combinations of texts are filled in for the variables of one value.
const MOST_FILLED: usize = 64;

/// Unknown things, each with what it is tried as.
pub(super) type Things = Vec<(UnknownThing, Vec<Tried>)>;

/// What a verdict could turn on.
pub(super) struct Gathered {
    pub(super) things: Things,
    /// The same with one value for each kind that policies can tell apart.
    pub(super) kinds: Things,
    /// Whether what is tried is certainly enough to decide.
    pub(super) enough: bool,
}

/// Everything unknown that some statement turns on, with what it is tried as.
pub(super) fn things(prepared: &Prepared) -> Gathered {
    let several = prepared.resources.len() > 1;
    let mut gathered = Gathered {
        things: Vec::new(),
        kinds: Vec::new(),
        enough: true,
    };
    let mut found = Found::default();
    for (at, resource) in prepared.resources.iter().enumerate() {
        if resource.readings.len() > 1 {
            let owner = UnknownThing::Owner { resource: at };
            let readings = resource.readings.iter();
            let tried: Vec<Tried> = readings.map(|reading| reading.tried.clone()).collect();
            gathered.enough &= resource.all_readings;
            gathered.things.push((owner.clone(), tried.clone()));
            gathered.kinds.push((owner, tried));
        }
        for reading in &resource.readings {
            found.resource = several.then_some(at);
            found.gather(reading);
        }
    }
    found.fill_in();
    for ((key, resource), mut candidates) in found.keys {
        if &*key == "aws:resourceaccount" {
            candidates.own(prepared.account.as_ref().map(AccountId::as_str));
        }
        let typed = candidates.typed_name().unwrap_or(&key).into();
        let thing = UnknownThing::Key {
            key: typed,
            resource,
        };
        let choice = candidates.choice();
        gathered.enough &= choice.enough;
        gathered.things.push((thing.clone(), choice.all));
        gathered.kinds.push((thing, choice.kinds));
    }
    gathered
}

/// Whether each resource of a request has this key for itself (RES-12).
fn is_of_one_resource(key: &str) -> bool {
    !key.starts_with("aws:") || key.starts_with("aws:resource")
}

/// A key, and the resource that has it for itself.
type KeyId = (Box<str>, Option<usize>);

/// The unknown keys that were found, and what policies compare them with.
#[derive(Default)]
struct Found<'a> {
    keys: BTreeMap<KeyId, Candidates<'a>>,
    /// Unknown keys that are compared with others.
    pairs: Vec<Pair<'a>>,
    /// The resource that is looked at, where a request has several.
    resource: Option<usize>,
}

/// A value of a policy that an unknown key is compared with, and whose variables are unknown.
struct Pair<'a> {
    key: KeyId,
    operand: &'a Operand,
    context: &'a RequestContext,
    variables: Vec<(&'a Variable, KeyId)>,
}

impl<'a> Found<'a> {
    /// A key, given in lower case; where a service's own key says what a global one says, that one
    /// (K-43).
    fn id(&self, context: &RequestContext, key: &str) -> KeyId {
        let key: Box<str> = match context.repeats(key) {
            Some(global) => global.to_ascii_lowercase().into(),
            None => key.into(),
        };
        let resource = self.resource.filter(|_| is_of_one_resource(&key));
        (key, resource)
    }

    fn candidates(&mut self, context: &RequestContext, key: &str) -> &mut Candidates<'a> {
        let id = self.id(context, key);
        let found = self.keys.entry(id).or_default();
        if let Some(global) = context.repeats(key) {
            found.named(&global);
        }
        found
    }

    /// Keys that are compared with each other: each is tried as what fits a value of the other.
    /// Twice, because that may give a third key something new to fit.
    fn fill_in(&mut self) {
        for _ in 0..2 {
            let fitting = self.fitting();
            for at in 0..self.pairs.len() {
                let Some(pair) = self.pairs.get(at) else {
                    continue;
                };
                let literals = |key: &KeyId| {
                    let mut texts = self.keys.get(key).map(Candidates::literals)?;
                    texts.extend(fitting.get(key).into_iter().flatten().cloned());
                    Some(texts)
                };
                let mut captured = Vec::new();
                let of_key = literals(&pair.key).unwrap_or_default();
                for (variable, id) in &pair.variables {
                    // It may be an ARN that nobody mentions, and the key the same one.
                    if matches!(pair.operand, Operand::Arn(pattern) if pattern.begins_with_variable())
                    {
                        captured.push((id.clone(), vec![arn_of(UNMENTIONED)]));
                    }
                    for text in &of_key {
                        captured.push((id.clone(), captures(pair.operand, &variable.key, text)));
                    }
                }
                let mut filled: Vec<Vec<(&str, String)>> = vec![Vec::new()];
                for (variable, id) in &pair.variables {
                    let mut texts = literals(id).unwrap_or_default();
                    texts.push(UNMENTIONED.to_owned());
                    let is_absent = |found: &Candidates<'_>| found.is_perhaps_absent();
                    // What may be absent is tried as empty, too.
                    if self.keys.get(id).is_some_and(is_absent) {
                        texts.push(String::new());
                        texts.extend(variable.default.as_deref().map(str::to_owned));
                    }
                    filled = filled
                        .iter()
                        .flat_map(|before| {
                            texts.iter().map(|text| {
                                let mut values = before.clone();
                                values.push((&*variable.key, text.clone()));
                                values
                            })
                        })
                        .take(MOST_FILLED)
                        .collect();
                }
                let (key, operand, context) = (pair.key.clone(), pair.operand, pair.context);
                let of_one = self.keys.entry(key).or_default();
                of_one.partner(Some(operand));
                for values in filled {
                    of_one.operand(operand, &|variable| match resolve(context, variable) {
                        Resolved::Text(text) => Some(text.to_owned()),
                        Resolved::Nothing => None,
                        Resolved::Unknown => values
                            .iter()
                            .find(|(key, _)| *key == &*variable.key)
                            .map(|(_, text)| text.clone()),
                    });
                }
                for (id, texts) in captured {
                    self.keys.entry(id).or_default().captured(texts);
                }
            }
        }
    }

    /// For each key that is compared with another: texts for what its patterns can fit together.
    fn fitting(&self) -> BTreeMap<KeyId, Vec<String>> {
        let of_pair = |pair: &Pair<'a>| {
            let variables = pair.variables.iter().map(|(_, id)| id.clone());
            variables.chain([pair.key.clone()]).collect::<Vec<_>>()
        };
        let ids: BTreeSet<KeyId> = self.pairs.iter().flat_map(of_pair).collect();
        let found = ids.into_iter().filter_map(|id| {
            let texts = self.keys.get(&id)?.fitting();
            Some((id, texts))
        });
        found.collect()
    }

    fn gather(&mut self, reading: &'a Reading) {
        let context = &reading.context;
        if matches!(reading.fixed, Fixed::RefusesWithoutMfa(_)) && mfa(context) == Truth::Unknown {
            let key = "aws:multifactorauthpresent";
            let found = self.candidates(context, key);
            found.state(context.get(key));
            found.flag();
        }
        for policy in reading.gates.iter().flat_map(Gate::policies) {
            for (at, statement) in policy.statements.iter().enumerate() {
                if statement.truth(context) == Truth::Unknown {
                    let typed = policy.document.statements.get(at);
                    self.gather_statement(statement, typed, context);
                }
            }
        }
    }

    fn gather_statement(
        &mut self,
        statement: &'a CompiledStatement,
        typed: Option<&policy::Statement>,
        context: &'a RequestContext,
    ) {
        for entry in &statement.resources.entries {
            let (CompiledResource::Arn(glob) | CompiledResource::Short(glob)) = entry else {
                continue;
            };
            if entry.truth(context) != Truth::Unknown {
                continue;
            }
            for variable in unknown_in(glob.variables(), context) {
                self.candidates(context, &variable.key).read_as_text();
                let texts = glob.captures(&variable.key, context.weighed_on());
                let fits = |context: &RequestContext| entry.truth(context) != Truth::Unmet;
                self.captured(variable, texts, context.weighed_on(), context, &fits);
            }
        }
        for (at, condition) in statement.conditions.iter().enumerate() {
            if condition.truth(context) != Truth::Unknown {
                continue;
            }
            let state = context.get(&condition.key);
            let key = self.id(context, &condition.key);
            if is_unknown(state) {
                let found = self.candidates(context, &condition.key);
                found.state(state);
                if let Some(typed) = typed.and_then(|typed| typed.conditions.get(at)) {
                    found.named(&typed.key.value);
                }
                found.compared(condition, context);
            }
            let values = match state {
                KeyState::Known { values, .. } => values.as_slice(),
                _ => &[],
            };
            for operand in &condition.operands {
                let variables = unknown_in(operand.variables(), context);
                for variable in &variables {
                    let found = self.candidates(context, &variable.key);
                    found.state(context.get(&variable.key));
                    found.partner(Some(operand));
                    if !matches!(operand, Operand::Arn(pattern) if pattern.begins_with_variable()) {
                        found.read_as_text();
                    }
                    for value in values {
                        let texts = captures(operand, &variable.key, value);
                        let fits =
                            |context: &RequestContext| condition.may_fit(operand, value, context);
                        self.captured(variable, texts, value, context, &fits);
                    }
                }
                if is_unknown(state) && !variables.is_empty() {
                    let variables = variables.into_iter();
                    let pair = Pair {
                        key: key.clone(),
                        operand,
                        context,
                        variables: variables
                            .map(|variable| (variable, self.id(context, &variable.key)))
                            .collect(),
                    };
                    self.pairs.push(pair);
                }
            }
        }
    }

    /// What a variable could stand for so that a pattern fits `text`: the guesses `texts`, or else
    /// the first piece of `text` that does.
    fn captured(
        &mut self,
        variable: &Variable,
        mut texts: Vec<String>,
        text: &str,
        context: &RequestContext,
        fits: &dyn Fn(&RequestContext) -> bool,
    ) {
        let mut trial = context.clone();
        let mut fits = |piece: &str| {
            trial.set(&variable.key, tried_as(piece));
            fits(&trial)
        };
        let mut enough = true;
        if !texts.iter().any(|piece| fits(piece)) {
            let ends = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let pieces =
                ends().flat_map(|start| ends().filter_map(move |end| text.get(start..end)));
            let mut pieces = pieces.take(MOST_PIECES + 1).enumerate();
            match pieces.find(|(at, piece)| *at == MOST_PIECES || fits(piece)) {
                Some((MOST_PIECES, _)) => enough = false,
                Some((_, piece)) => texts.push(piece.to_owned()),
                None => {}
            }
        }
        let found = self.candidates(context, &variable.key);
        found.state(context.get(&variable.key));
        found.captured(texts);
        if !enough {
            found.guess();
        }
    }
}

fn tried_as(text: &str) -> KeyState {
    KeyState::Known {
        values: Values::One(text.into()),
        origin: Origin::Tried,
    }
}

/// The variables whose keys are unknown.
fn unknown_in<'a>(variables: &'a [Variable], context: &RequestContext) -> Vec<&'a Variable> {
    let mut unknown: Vec<&Variable> = Vec::new();
    for variable in variables {
        let is_new = !unknown.iter().any(|other| other.key == variable.key);
        if is_new && is_unknown(context.get(&variable.key)) {
            unknown.push(variable);
        }
    }
    unknown
}

/// Texts that could stand for the variable `key` so that a value of a policy fits `text`.
fn captures(operand: &Operand, key: &str, text: &str) -> Vec<String> {
    match operand {
        Operand::Text(glob)
        | Operand::TextIgnoreCase(glob)
        | Operand::Like(glob)
        | Operand::Bool(glob) => glob.captures(key, text),
        Operand::Arn(pattern) => match pattern.whole() {
            Some(glob) => glob.captures(key, text),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}
