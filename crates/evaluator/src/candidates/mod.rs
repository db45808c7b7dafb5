//! What an unknown context key is tried as: the literals that policies compare it with, a value for
//! each combination of patterns and ranges that one value can fit, a value that nobody mentions,
//! and absence where it is possible.

mod measured;

use std::collections::BTreeSet;
use std::rc::Rc;

use policy::{SetQualifier, Test};

use self::measured::whole_seconds;
use crate::condition::{Cidr, CompiledCondition, Instant, Operand, encode_binary, resolve};
use crate::context::{KeyState, RequestContext, Values};
use crate::decision::Truth;
use crate::glob::{Glob, Resolved, Variable};
use crate::shapes::{Shape, Shapes};
use crate::trace::Tried;

/// A text that no policy mentions: characters that Unicode keeps for private use.
pub(crate) const UNMENTIONED: &str = "\u{10FFF0}\u{10FFF1}\u{10FFF2}\u{10FFF3}\u{10FFF4}\u{10FFF5}";
const UNMENTIONED_TOO: &str = "\u{10FFF6}\u{10FFF7}\u{10FFF8}\u{10FFF9}\u{10FFFA}\u{10FFFB}";

/// Which of the two values that no policy mentions a tried text is made of: 1 or 2. Two are tried
/// where two unknown keys are compared with each other.
#[must_use]
pub fn unmentioned(text: &str) -> Option<u8> {
    if text.contains(UNMENTIONED) {
        Some(1)
    } else if text.contains(UNMENTIONED_TOO) {
        Some(2)
    } else {
        None
    }
}

const EPOCH_TIME: &str = "aws:EpochTime";

/// Of up to so many kinds of values every set is tried for a key with several values.
const MOST_KINDS: usize = 6;

/// What is known of an unknown key.
#[derive(Debug, Default)]
pub(crate) struct Candidates<'a> {
    name: Option<Box<str>>,
    texts: Vec<String>,
    /// Those of the texts that no policy has as they are: a variable is filled in.
    filled_in: Vec<String>,
    shapes: Vec<Shape>,
    ranges: Vec<Cidr>,
    numbers: Vec<&'a str>,
    dates: Vec<Instant>,
    conditions: Vec<(&'a CompiledCondition, &'a RequestContext)>,
    perhaps_absent: bool,
    /// The key takes several values.
    listed: bool,
    /// Some operator quantifies over its values, and some does not.
    quantified: bool,
    plain: bool,
    /// Compared as text, so that a value that nobody mentions is a text.
    as_text: bool,
    as_arn: bool,
    /// Somewhere it is read as a text, whatever it holds.
    in_text: bool,
    as_flag: bool,
    /// It is compared with an unknown key, or stands for a part of a pattern: its very text counts.
    has_partner: bool,
    /// Compared as a number, a date or an address.
    is_measured: bool,
    /// In such a comparison letters of either case are one.
    ignores_case: bool,
    /// A fixed rule asks for it, so that each of its values is of its own kind.
    decides_itself: bool,
    /// The value that it has where the resource is the caller's own: no other is of its kind.
    own: Option<&'a str>,
    /// What could stand for it is not known for sure.
    guessed: bool,
}

/// What a key is tried as.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Everything that is worth showing.
    pub(crate) all: Vec<Tried>,
    /// One for each kind of value that policies can tell apart.
    pub(crate) kinds: Vec<Tried>,
    /// Whether that is certainly enough to decide.
    pub(crate) enough: bool,
}

impl<'a> Candidates<'a> {
    pub(crate) fn state(&mut self, state: &KeyState) {
        self.perhaps_absent |= *state == KeyState::Unknown;
    }

    /// The name as a policy has it.
    pub(crate) fn named(&mut self, name: &str) {
        if self.name.is_none() {
            self.name = Some(name.into());
        }
    }

    pub(crate) fn typed_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The key is true or false, and a rule that no policy changes asks which.
    pub(crate) fn flag(&mut self) {
        self.as_flag = true;
        self.decides_itself = true;
    }

    /// The value that the key has where the resource is the caller's own.
    pub(crate) fn own(&mut self, value: Option<&'a str>) {
        self.own = value;
    }

    /// The key stands for a part of a pattern, or is compared with another unknown key.
    pub(crate) fn partner(&mut self, operand: Option<&Operand>) {
        self.has_partner = true;
        self.as_text = true;
        self.ignores_case |= matches!(operand, Some(Operand::TextIgnoreCase(_)));
    }

    /// Its text counts, whether it is an ARN or not.
    pub(crate) fn read_as_text(&mut self) {
        self.in_text = true;
    }

    /// Texts that would make a variable fit.
    pub(crate) fn captured(&mut self, texts: impl IntoIterator<Item = String>) {
        self.partner(None);
        for text in texts {
            self.text_unless_impossible(text, true);
        }
    }

    /// A key that every request carries is not empty, unless a policy says so itself.
    fn text_unless_impossible(&mut self, text: String, is_filled_in: bool) {
        if self.perhaps_absent || !text.is_empty() || !is_filled_in {
            if !is_filled_in {
                self.filled_in.retain(|other| *other != text);
            } else if !self.texts.contains(&text) {
                self.filled_in.push(text.clone());
            }
            self.text(text);
        }
    }

    /// Nobody knows what could stand for the variable.
    pub(crate) fn guess(&mut self) {
        self.guessed = true;
    }

    fn text(&mut self, text: String) {
        if !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }

    /// The literals so far and a text for each pattern, for what is compared with them; not too
    /// many.
    pub(crate) fn literals(&self) -> Vec<String> {
        const MOST: usize = 12;
        let mut literals: Vec<String> = self.texts.to_vec();
        for shape in &self.shapes {
            let text = shape.shortest();
            let other = shape.ignores_case.then(|| in_other_case(&text));
            for text in [text].into_iter().chain(other) {
                if !literals.contains(&text) {
                    literals.push(text);
                }
            }
        }
        literals.truncate(MOST);
        literals
    }

    /// A text for each combination of patterns that one text can fit, but for the literals; not too
    /// many.
    pub(crate) fn fitting(&self) -> Vec<String> {
        const MOST: usize = 12;
        let mut made = Vec::new();
        self.add_fitting(&self.all_shapes(), &mut made);
        made.retain(|text| !self.texts.contains(text));
        made.truncate(MOST);
        made
    }

    pub(crate) fn is_perhaps_absent(&self) -> bool {
        self.perhaps_absent
    }

    /// The key is compared in a condition.
    pub(crate) fn compared(
        &mut self,
        condition: &'a CompiledCondition,
        context: &'a RequestContext,
    ) {
        self.conditions.push((condition, context));
        self.listed |= catalog::is_multivalued(&condition.key);
        match condition.operator.set {
            Some(_) => self.quantified |= !condition.key.starts_with("aws:"),
            None => self.plain |= condition.operator.test != Test::Null,
        }
        match condition.operator.test {
            Test::ArnLike { .. } => self.as_arn = true,
            Test::Bool => self.as_flag = true,
            Test::StringEquals { .. }
            | Test::StringEqualsIgnoreCase { .. }
            | Test::StringLike { .. }
            | Test::BinaryEquals => {
                self.as_text = true;
                self.read_as_text();
            }
            Test::Numeric(_) | Test::Date(_) | Test::IpAddress { .. } => self.is_measured = true,
            Test::Null => {}
        }
        for operand in &condition.operands {
            self.operand(operand, &|variable| match resolve(context, variable) {
                Resolved::Text(text) => Some(text.to_owned()),
                Resolved::Nothing | Resolved::Unknown => None,
            });
        }
    }

    /// A value that the key is compared with; `value` gives the texts of its variables.
    pub(crate) fn operand(
        &mut self,
        operand: &'a Operand,
        value: &dyn Fn(&'a Variable) -> Option<String>,
    ) {
        match operand {
            Operand::Text(glob) | Operand::Like(glob) | Operand::Bool(glob) => {
                self.shape(glob, value, false);
            }
            Operand::TextIgnoreCase(glob) => self.shape(glob, value, true),
            Operand::Arn(pattern) => {
                if let Some(symbols) = pattern.symbols(value) {
                    let shape = Shape {
                        symbols,
                        ignores_case: false,
                    };
                    self.add(shape, !pattern.variables().is_empty());
                }
            }
            Operand::Number(number) => self.numbers.push(number),
            Operand::Date(date) => self.dates.push(*date),
            Operand::Ip(range) => self.ranges.push(*range),
            Operand::Binary(bytes) => self.text(encode_binary(bytes)),
            Operand::Null(_) | Operand::Misfit => {}
        }
    }

    fn shape(
        &mut self,
        glob: &'a Glob,
        value: &dyn Fn(&'a Variable) -> Option<String>,
        ignores_case: bool,
    ) {
        if let Some(symbols) = glob.symbols(value) {
            let shape = Shape {
                symbols,
                ignores_case,
            };
            self.add(shape, !glob.variables().is_empty());
        }
    }

    fn add(&mut self, shape: Shape, is_filled_in: bool) {
        if let Some(text) = shape.as_text() {
            self.text_unless_impossible(text, is_filled_in);
        }
        if !self.shapes.contains(&shape) {
            self.shapes.push(shape);
        }
    }

    /// Everything to try, without repetition.
    pub(crate) fn choice(mut self) -> Choice {
        let mut enough = !self.guessed;
        let mut others = Vec::new();
        let mut made = Vec::new();
        if self.as_flag {
            self.text("true".to_owned());
            self.text("false".to_owned());
        }
        // An empty value counts as none for some operators, and fills no variable. A key that is
        // compared as a number, a date, an address, an ARN or a truth value has none.
        let mut conditions = self.conditions.iter();
        let empty_counts = conditions.any(|(condition, _)| {
            let operator = condition.operator;
            operator.test == Test::Null || operator.set == Some(SetQualifier::ForAllValues)
        }) && !(self.is_measured || self.as_arn || self.as_flag);
        let is_epoch =
            (self.name.as_deref()).is_some_and(|name| name.eq_ignore_ascii_case(EPOCH_TIME));
        if is_epoch {
            // Bounds between two seconds.
            let numbers = self.numbers.iter();
            let seconds: Vec<i128> = numbers.filter_map(|text| whole_seconds(text)).collect();
            made.extend(
                seconds
                    .iter()
                    .flat_map(|at| [at.to_string(), (at + 1).to_string()]),
            );
        }
        // A key that is read as a number too: moments in seconds since 1970 (DATE-4).
        let as_number = is_epoch || !self.numbers.is_empty();
        enough &= self.add_numbers(&mut made);
        if as_number {
            self.add_seconds(&mut made);
        }
        if is_epoch {
            // AWS sends whole seconds, never a date (K-32).
            self.dates.clear();
            made.retain(|text| !text.contains('.'));
            self.texts.retain(|text| !text.contains('.'));
        }
        self.add_dates(&mut made);
        self.add_ranges(&mut made, &mut others);
        if self.as_arn && !self.in_text {
            let filled_in = std::mem::take(&mut self.filled_in);
            self.texts
                .retain(|text| is_arn(text) || !filled_in.contains(text));
        }
        enough &= self.add_fitting(&self.all_shapes(), &mut made);
        if self.as_arn {
            others.push(arn_of(UNMENTIONED));
        } else if self.as_text || (self.texts.is_empty() && made.is_empty() && others.is_empty()) {
            others.push(UNMENTIONED.to_owned());
        }
        if self.has_partner {
            others.push(if self.as_arn {
                arn_of(UNMENTIONED_TOO)
            } else {
                UNMENTIONED_TOO.to_owned()
            });
        }
        if self.ignores_case {
            // Equal but for the case of their letters.
            made.extend(["x".to_owned(), "X".to_owned()]);
            made.extend(self.texts.iter().map(|text| in_other_case(text)));
        }
        if self.perhaps_absent && (empty_counts || (self.has_partner && !self.as_arn)) {
            made.push(String::new());
        }
        let values = self.values(made, others);
        let mut choice = Choice {
            all: Vec::new(),
            kinds: Vec::new(),
            enough,
        };
        let lists = self.listed || self.quantified;
        if lists {
            self.lists(&values, &mut choice);
        }
        // Of a key that no list knows nobody knows whether it has several values (SET-7, VAR-1).
        if !lists || (!self.listed && (self.plain || self.has_partner)) {
            let one = |value: &Value| value.tried(Values::One(Rc::from(value.text.as_str())));
            choice.all.extend(values.iter().map(one));
            let kinds = values.iter().filter(|value| value.is_first_of_kind);
            choice.kinds.extend(kinds.map(one));
        }
        if self.perhaps_absent {
            choice.all.push(Tried::Absent);
            choice.kinds.push(Tried::Absent);
        }
        choice
    }

    /// All literals; of what was made up, one for each kind of value that nothing else is.
    fn values(&self, made: Vec<String>, others: Vec<String>) -> Vec<Value> {
        let mut seen: BTreeSet<(bool, bool, Vec<Truth>)> = BTreeSet::new();
        let mut values: Vec<Value> = Vec::new();
        let literals = self.texts.iter().filter(|text| !others.contains(text));
        let literals: Vec<(String, bool)> = literals.map(|text| (text.clone(), false)).collect();
        let others = others.into_iter().map(|text| (text, true));
        for (text, is_other) in literals.into_iter().chain(others) {
            let is_first_of_kind =
                seen.insert(self.kind(&text)) || self.has_partner || self.decides_itself;
            values.push(Value {
                text,
                is_other,
                is_first_of_kind,
            });
        }
        for text in made {
            if !self.texts.contains(&text) && (seen.insert(self.kind(&text)) || self.has_partner) {
                values.push(Value {
                    text,
                    is_other: false,
                    is_first_of_kind: true,
                });
            }
        }
        // What nobody mentions is read last.
        policy::sort_by(&mut values, |a, b| a.is_other.cmp(&b.is_other));
        values
    }

    /// What the conditions say to one value; equal kinds cannot be told apart.
    fn kind(&self, value: &str) -> (bool, bool, Vec<Truth>) {
        // An empty value counts as none for some operators (COND-6, SET-3).
        let counts = self.conditions.iter().any(|(condition, _)| {
            let operator = condition.operator;
            operator.test == Test::Null || operator.set == Some(SetQualifier::ForAllValues)
        });
        let conditions = self.conditions.iter();
        let said = conditions.map(|(condition, context)| condition.truth_of_value(value, context));
        let is_own = self.own == Some(value);
        (is_own, counts && value.is_empty(), said.collect())
    }

    /// Sets of values, for a key that takes several.
    fn lists(&self, values: &[Value], choice: &mut Choice) {
        // Beside other values one that nobody mentions should be readable.
        const ANOTHER: &str = "another-value";
        let is_like_others = self.kind(ANOTHER) == self.kind(UNMENTIONED)
            && !self.texts.iter().any(|text| text == ANOTHER);
        let in_list = |value: &Value| match value.text == UNMENTIONED && is_like_others {
            true => Rc::from(ANOTHER),
            false => Rc::from(value.text.as_str()),
        };
        let list =
            |values: &[&Value]| Values::Many(values.iter().map(|value| in_list(value)).collect());
        for value in values {
            let tried = value.tried(Values::Many(vec![value.text.as_str().into()]));
            if value.is_first_of_kind {
                choice.kinds.push(tried.clone());
            }
            choice.all.push(tried);
        }
        let kinds: Vec<&Value> = values
            .iter()
            .filter(|value| value.is_first_of_kind)
            .collect();
        let sets: Vec<Vec<&Value>> = if kinds.len() <= MOST_KINDS {
            (0..1_u32 << kinds.len())
                .filter(|set| set.count_ones() > 1)
                .map(|set| {
                    let members = kinds.iter().enumerate();
                    let members = members.filter(|(at, _)| set & (1 << at) != 0);
                    members.map(|(_, value)| *value).collect()
                })
                .collect()
        } else {
            choice.enough = false;
            vec![kinds.clone()]
        };
        for set in sets {
            let tried = Tried::Values(list(&set));
            choice.kinds.push(tried.clone());
            choice.all.push(tried);
        }
    }

    /// What a value can fit: the patterns, and for one that is compared as an ARN what every ARN fits.
    fn all_shapes(&self) -> Vec<Shape> {
        let any_arn = self.as_arn.then(Shape::any_arn);
        self.shapes.iter().cloned().chain(any_arn).collect()
    }

    /// A text for each combination of patterns that one text can fit.
    fn add_fitting(&self, shapes: &[Shape], made: &mut Vec<String>) -> bool {
        if !shapes.iter().any(Shape::is_open) {
            return true;
        }
        let found = Shapes::new(shapes).texts();
        let texts = found.texts.into_iter();
        // A key that every request carries is not empty.
        let fits = |text: &String| {
            (!self.as_arn || is_arn(text)) && (self.perhaps_absent || !text.is_empty())
        };
        made.extend(texts.filter(fits));
        found.complete
    }
}

/// Whether a text has the parts of an ARN (ARN-1).
fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.matches(':').count() >= 5
}

/// An ARN each part of which is this text.
pub(crate) fn arn_of(part: &str) -> String {
    format!("arn:{part}:{part}:{part}:{part}:{part}")
}

/// The same letters, each in the other case.
fn in_other_case(text: &str) -> String {
    let other = |c: char| match c.is_ascii_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    text.chars().map(other).collect()
}

#[derive(Debug)]
struct Value {
    text: String,
    /// Nobody mentions it.
    is_other: bool,
    is_first_of_kind: bool,
}

impl Value {
    fn tried(&self, values: Values) -> Tried {
        if self.is_other {
            Tried::AnotherValue(values)
        } else {
            Tried::Values(values)
        }
    }
}
