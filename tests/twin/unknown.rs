//! What is not known is tried: keys with the values that policies mention and with others, owners
//! with every account that there is.

use std::collections::{BTreeMap, BTreeSet};

use organization::{AccountId, Request, TreeIndex, UnstatedKeys};
use policy::{Comparison, Operator, Pattern, Piece, ResourcePattern, SetQualifier, Test};

use super::context::Context;
use super::decide::decide;
use super::gates::has_rcps;
use super::glob::{Glyph, fits_text, literal};
use super::owner::owner;
use super::who::who;
use super::{Decision, Guess, Key, Open, Owner, Value, World, tables, values};
use crate::dice::Dice;

/// A text that no policy mentions.
const NOBODY: &str = "nobody mentions this";
/// An ARN that no policy mentions.
const NO_ARN: &str = "arn:aws:nobody:nowhere:000000000000:nothing";

/// What the policies of a scenario say about keys, keys in lower case.
pub(crate) struct Mentions {
    /// What each key is compared with.
    compared: BTreeMap<String, Vec<(Operator, Pattern)>>,
    /// Patterns in which each key stands as a variable, with the key that is compared with them;
    /// none for a resource.
    in_variables: BTreeMap<String, Vec<(Option<String>, Pattern)>>,
    /// Keys of services that stand under a set operator somewhere: they may have several values,
    /// while those of AWS itself are listed.
    quantified: BTreeSet<String>,
}

impl Mentions {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let mut mentions = Self {
            compared: BTreeMap::new(),
            in_variables: BTreeMap::new(),
            quantified: BTreeSet::new(),
        };
        for statement in world.documents().flat_map(|document| &document.statements) {
            let resources = statement.resource.iter().flat_map(|scope| &scope.entries);
            for entry in resources {
                if let ResourcePattern::Arn {
                    resource: Some(pattern),
                    ..
                } = &entry.value
                {
                    mentions.variables(None, pattern);
                }
            }
            for condition in &statement.conditions {
                let name = condition.key.value.to_lowercase();
                if condition.operator.value.set.is_some() && !name.starts_with("aws:") {
                    mentions.quantified.insert(name.clone());
                }
                // A key of a service may stand for a global one (K-43).
                let service = name.split(':').next().unwrap_or_default();
                let global = super::tables::says_the_same(service, &name);
                for name in [Some(name.clone()), global].into_iter().flatten() {
                    for value in &condition.values {
                        mentions.variables(Some(&name), &value.value);
                        let compared = (condition.operator.value, value.value.clone());
                        mentions
                            .compared
                            .entry(name.clone())
                            .or_default()
                            .push(compared);
                    }
                }
            }
        }
        mentions
    }

    fn variables(&mut self, compared: Option<&str>, pattern: &Pattern) {
        for key in pattern.variables() {
            let service = key.split(':').next().unwrap_or_default();
            let global = super::tables::says_the_same(service, key);
            for name in [Some(key.to_owned()), global].into_iter().flatten() {
                let place = (compared.map(str::to_owned), pattern.clone());
                self.in_variables.entry(name).or_default().push(place);
            }
        }
    }

    /// Texts that a key could have, those of values of a key with several values one by one.
    fn texts(
        &self,
        name: &str,
        request: &Request,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        // A key that is compared as a number, a date, … has such values only.
        let mut is_text = true;
        // Of bytes there may be none.
        let mut perhaps_nothing = true;
        // What stands in a variable may be empty, too.
        let empty = |key: &str| lookup(key).or_else(|| self.may_be_empty(key).then(String::new));
        for (operator, pattern) in self.compared.get(name).into_iter().flatten() {
            let as_text = matches!(
                operator.test,
                Test::StringEquals { .. }
                    | Test::StringEqualsIgnoreCase { .. }
                    | Test::StringLike { .. }
                    | Test::Null
            );
            is_text &= as_text;
            perhaps_nothing &= as_text || operator.test == Test::BinaryEquals;
            texts.extend(instances(*operator, pattern, lookup));
            texts.extend(instances(*operator, pattern, &empty));
        }
        for (compared, pattern) in self.in_variables.get(name).into_iter().flatten() {
            match compared {
                Some(compared) => {
                    let text = lookup(compared);
                    texts.extend(
                        text.iter()
                            .flat_map(|text| parts_for(name, pattern, text, lookup)),
                    );
                }
                None => {
                    let last = request
                        .resources
                        .iter()
                        .filter_map(|one| one.arn.splitn(6, ':').nth(5));
                    texts.extend(last.flat_map(|text| parts_for(name, pattern, text, lookup)));
                }
            }
        }
        if name == "aws:multifactorauthpresent" {
            texts.extend(["true".to_owned(), "false".to_owned()]);
        } else if is_text || texts.is_empty() {
            texts.insert(NOBODY.to_owned());
        }
        if perhaps_nothing && name != "aws:multifactorauthpresent" && self.may_be_empty(name) {
            texts.insert(String::new());
        }
        texts
    }

    /// Whether an empty value of a key can matter: it counts as none somewhere, or it stands in what
    /// such a key is compared with.
    fn may_be_empty(&self, name: &str) -> bool {
        let mut places = self.in_variables.get(name).into_iter().flatten();
        self.counts_as_none(name)
            || places.any(|(compared, _)| {
                compared
                    .as_deref()
                    .is_some_and(|key| self.counts_as_none(key))
            })
    }

    /// Whether an empty value of a key counts as none somewhere (COND-6, SET-3).
    fn counts_as_none(&self, name: &str) -> bool {
        let mut compared = self.compared.get(name).into_iter().flatten();
        compared.any(|(operator, _)| {
            operator.test == Test::Null || operator.set == Some(SetQualifier::ForAllValues)
        })
    }
}

/// The parts of a text that a variable could stand for, so that the text fits the pattern.
fn parts_for(
    name: &str,
    pattern: &Pattern,
    text: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let places = 0..=letters.len();
    let spans = places.flat_map(|start| (start..=letters.len()).map(move |end| (start, end)));
    let mut found: Vec<String> = spans
        .filter(|(start, end)| start < end)
        .map(|(start, end)| letters[start..end].iter().collect::<String>())
        .filter(|part| {
            let mut glyphs = Vec::new();
            for piece in &pattern.pieces {
                match piece {
                    Piece::Literal(text) => glyphs.extend(literal(text)),
                    Piece::AnyRun => glyphs.push(Glyph::Run),
                    Piece::AnyOne => glyphs.push(Glyph::One),
                    Piece::Variable { key, .. } if key == name => glyphs.extend(literal(part)),
                    Piece::Variable { key, .. } => {
                        glyphs.extend(literal(&lookup(key).unwrap_or(NOBODY.to_owned())));
                    }
                }
            }
            fits_text(&glyphs, text)
        })
        .collect();
    found.sort_by_key(|part| (part.len(), part.clone()));
    found.dedup();
    found.truncate(6);
    found
}

/// Texts on both sides of a comparison.
fn instances(
    operator: Operator,
    pattern: &Pattern,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let text = pattern.text.as_str();
    match operator.test {
        Test::Null => Vec::new(),
        Test::Bool => vec!["true".to_owned(), "false".to_owned()],
        Test::Numeric(comparison) => {
            let mut found = vec!["987654321".to_owned()];
            // Small numbers are no times.
            if text.len() < 6 {
                found.push("-987654321".to_owned());
            }
            if values::number(text).is_some() {
                found.push(text.to_owned());
                if !matches!(comparison, Comparison::Equals | Comparison::NotEquals) {
                    found.push(format!(
                        "{text}{}1",
                        if text.contains('.') { "" } else { "." }
                    ));
                }
            }
            found
        }
        Test::Date(_) => {
            let mut found = vec![
                "1999-09-09T09:09:09Z".to_owned(),
                "2099-09-09T09:09:09Z".to_owned(),
            ];
            if let Some(moment) = values::moment(text) {
                found.push(values::half_past(moment.seconds()));
                found.push(values::half_past(moment.seconds() - 1));
                found.push(text.to_owned());
                found.push(moment.seconds().max(0).to_string());
                found.push((moment.seconds() + 1).max(0).to_string());
                found.push((moment.seconds() - 1).max(0).to_string());
            }
            found
        }
        Test::IpAddress { .. } => {
            let known = ["198.51.100.77", "10.1.2.3", "2001:db8::77", "fe80::77"];
            let mut found: Vec<String> = known.iter().map(|text| (*text).to_owned()).collect();
            if values::range(text).is_some() {
                found.push(text.split('/').next().unwrap_or_default().to_owned());
            }
            found
        }
        Test::BinaryEquals => vec![text.to_owned(), "bm9ib2R5".to_owned()],
        Test::StringEquals { .. } | Test::StringEqualsIgnoreCase { .. } => {
            let exact = filled(pattern, "*", "?", lookup);
            // The same text in other letters, for operators that ignore case.
            let swapped = (exact.chars())
                .map(|c| {
                    if c.is_uppercase() {
                        c.to_ascii_lowercase()
                    } else {
                        c.to_ascii_uppercase()
                    }
                })
                .collect();
            let alternating = (exact.chars().enumerate())
                .map(|(at, c)| {
                    if at % 2 == 1 {
                        c.to_ascii_uppercase()
                    } else {
                        c.to_ascii_lowercase()
                    }
                })
                .collect();
            vec![
                exact.to_uppercase(),
                exact.to_lowercase(),
                exact,
                swapped,
                alternating,
            ]
        }
        Test::StringLike { .. } => wild(pattern, lookup).collect(),
        Test::ArnLike { .. } => {
            // A key that holds an ARN holds nothing else.
            let is_arn = |text: &String| text.starts_with("arn:") && text.matches(':').count() >= 5;
            let nobody = match pattern.pieces.first() {
                Some(Piece::Variable { .. }) => NO_ARN,
                _ => NOBODY,
            };
            let known = |key: &str| lookup(key).or_else(|| Some(nobody.to_owned()));
            let found = wild(pattern, lookup).chain(wild(pattern, &known));
            found.filter(is_arn).chain([NO_ARN.to_owned()]).collect()
        }
    }
}

/// A pattern with its wildcards filled in in two ways.
fn wild(
    pattern: &Pattern,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> impl Iterator<Item = String> {
    [("", "x"), ("yy", "z")]
        .map(|(run, one)| filled(pattern, run, one, lookup))
        .into_iter()
}

/// A pattern with its wildcards and variables filled in.
fn filled(
    pattern: &Pattern,
    run: &str,
    one: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut text = String::new();
    for piece in &pattern.pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::AnyRun => text.push_str(run),
            Piece::AnyOne => text.push_str(one),
            Piece::Variable { key, default } => {
                text.push_str(
                    &lookup(key)
                        .or_else(|| default.clone())
                        .unwrap_or(NOBODY.to_owned()),
                );
            }
        }
    }
    text
}

/// A row whose unknown things are tried.
pub(crate) struct Row<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) mentions: &'a Mentions,
    pub(crate) request: &'a Request,
    pub(crate) account: Option<&'a AccountId>,
    /// Whether a key of a service may have several values where a set operator is used with it.
    pub(crate) several: bool,
}

impl Row<'_> {
    /// What is decided in cases that agree with `guess`: all of them if there are not too many,
    /// otherwise some, and whether those are all.
    pub(crate) fn cases(
        &self,
        guess: &Guess,
        most: usize,
        dice: &mut Dice,
    ) -> (Vec<(Guess, Decision)>, bool) {
        let mut found = Vec::new();
        if self.all(guess, most, &mut found) {
            return (found, true);
        }
        let mut found = Vec::new();
        for _ in 0..most {
            let mut guess = guess.clone();
            loop {
                match decide(self.world, self.request, self.account, &guess) {
                    Ok(decision) => {
                        found.push((guess, decision));
                        break;
                    }
                    Err(open) => {
                        let further = self.further(&guess, &open);
                        guess = dice.one(&further).clone();
                    }
                }
            }
        }
        (found, false)
    }

    fn all(&self, guess: &Guess, most: usize, found: &mut Vec<(Guess, Decision)>) -> bool {
        match decide(self.world, self.request, self.account, guess) {
            Ok(decision) => {
                found.push((guess.clone(), decision));
                found.len() <= most
            }
            Err(open) => {
                let further = self.further(guess, &open);
                found.len() + further.len() <= most
                    && further.iter().all(|guess| self.all(guess, most, found))
            }
        }
    }

    /// The guesses that say one thing more.
    fn further(&self, guess: &Guess, open: &Open) -> Vec<Guess> {
        match open {
            Open::Owner(position) => (self.owners(*position).into_iter())
                .map(|owner| {
                    let mut guess = guess.clone();
                    guess.owners.insert(*position, owner);
                    guess
                })
                .collect(),
            Open::Key {
                key,
                perhaps_absent,
            } => {
                let values = self
                    .values(key, *perhaps_absent, guess)
                    .into_iter()
                    .map(Some);
                (values.chain(perhaps_absent.then_some(None)))
                    .map(|value| {
                        let mut guess = guess.clone();
                        guess.keys.insert(key.clone(), value);
                        guess
                    })
                    .collect()
            }
        }
    }

    /// Everybody who could own a resource (CHOICE-4): accounts of its partition, and accounts that the
    /// scenario does not have.
    fn owners(&self, position: usize) -> Vec<Owner> {
        let world = self.world;
        let arn = &self.request.resources[position].arn;
        let partition = arn.split(':').nth(1).unwrap_or("aws");
        // Where keys that nobody states are absent, another account is one of no organization.
        let anybody = world.scenario.settings.unstated_keys == UnstatedKeys::Unknown;
        let inside = world.tree.iter().flat_map(TreeIndex::accounts);
        let mut accounts: BTreeSet<String> = inside
            .map(|account| account.id.as_str().to_owned())
            .filter(|account| anybody || has_rcps(world, account))
            .collect();
        let listed = world.scenario.external_accounts.iter().filter(|_| anybody);
        accounts.extend(listed.map(|account| account.id.as_str().to_owned()));
        accounts.extend(who(world, self.request, self.account).and_then(|who| who.account));
        accounts.retain(|account| {
            !world.has_partition(account) || world.partition(account, self.request) == partition
        });
        let mut owners: Vec<Owner> = accounts.into_iter().map(Owner::Account).collect();
        owners.push(Owner::Outside {
            in_organization: false,
        });
        if world.scenario.settings.unstated_keys == UnstatedKeys::Unknown {
            owners.push(Owner::Outside {
                in_organization: true,
            });
        }
        owners
    }

    fn values(&self, key: &Key, perhaps_absent: bool, guess: &Guess) -> Vec<Value> {
        let who = who(self.world, self.request, self.account);
        let mut texts = BTreeSet::new();
        for position in 0..self.request.resources.len() {
            let owned = who
                .as_ref()
                .and_then(|who| owner(self.world, self.request, who, position, guess).ok());
            let lookup = |name: &str| -> Option<String> {
                let who = who.as_ref()?;
                let context = Context {
                    world: self.world,
                    request: self.request,
                    who,
                    position,
                    owner: owned.as_ref().unwrap_or(&Owner::Nobody),
                    guess,
                };
                match context.value(name) {
                    Ok(Some(Value::One(text))) => Some(text),
                    _ => None,
                }
            };
            texts.extend(self.mentions.texts(&key.name, self.request, &lookup));
        }
        // A key that every request carries is not empty (COND-6).
        if !perhaps_absent {
            texts.remove("");
        }
        // The time is a number of whole seconds, whatever compares it (DATE-4).
        if key.name == "aws:epochtime" {
            texts.retain(|text| values::number(text).is_some() && !text.contains('.'));
            let near = texts.iter().filter_map(|text| text.parse::<i64>().ok());
            let near: Vec<i64> = near.flat_map(|at| [at - 1, at + 1]).collect();
            texts.extend(near.iter().map(i64::to_string));
            texts.insert("987654321".to_owned());
        }
        let is_outside =
            (guess.owners.values()).any(|owner| matches!(owner, Owner::Outside { .. }));
        // An owner that the scenario does not have is none of its accounts.
        if is_outside && key.name == "aws:resourceaccount" {
            let caller = who.as_ref().and_then(|who| who.account.clone());
            texts.retain(|text| !self.world.is_inside(text) && caller.as_ref() != Some(text));
        }
        if let Some(organization) = &self.world.scenario.organization
            && is_outside
            && matches!(
                key.name.as_str(),
                "aws:resourceorgid" | "aws:resourceorgpaths"
            )
        {
            let id = organization.id.to_string();
            texts.retain(|text| *text != id && !text.starts_with(&format!("{id}/")));
        }
        let ones: Vec<Value> = texts.iter().cloned().map(Value::One).collect();
        let has_several = tables::is_multivalued(&key.name);
        let perhaps_several = self.several && self.mentions.quantified.contains(&key.name);
        if !has_several && !perhaps_several {
            return ones;
        }
        let texts: Vec<String> = texts.into_iter().collect();
        let mut sets: Vec<Vec<String>> = texts.iter().map(|text| vec![text.clone()]).collect();
        for pair in texts.windows(2) {
            sets.push(pair.to_vec());
        }
        sets.push(texts);
        let ones = ones.into_iter().filter(|_| !has_several);
        ones.chain(sets.into_iter().map(Value::Many)).collect()
    }
}
