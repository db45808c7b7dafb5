//! What an unknown context key is tried as: the literals that policies compare it with, a value
//! that matches and one that does not for each pattern or range, a value that nobody mentions, and
//! absence where it is possible.

use std::net::IpAddr;
use std::rc::Rc;

use policy::Test;

use crate::condition::{Cidr, CompiledCondition, Decimal, Instant, Operand, resolve};
use crate::context::{KeyState, RequestContext, Values};
use crate::trace::Tried;

/// A text that no policy mentions: characters that Unicode keeps for private use.
const UNMENTIONED: &str = "\u{10FFF0}\u{10FFF1}\u{10FFF2}\u{10FFF3}\u{10FFF4}\u{10FFF5}";
const UNMENTIONED_TOO: &str = "\u{10FFF6}\u{10FFF7}\u{10FFF8}\u{10FFF9}\u{10FFFA}\u{10FFFB}";
/// More candidates than this are not collected for one key; the number of cases is bounded anyway.
const MOST_CANDIDATES: usize = 64;

/// What is known of an unknown key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    name: Option<Box<str>>,
    texts: Vec<String>,
    patterns: Vec<crate::glob::Glob>,
    ranges: Vec<Cidr>,
    numbers: Vec<String>,
    dates: Vec<Instant>,
    perhaps_absent: bool,
    multivalued: bool,
    /// Compared as text, so that a value that nobody mentions is a text.
    as_text: bool,
    as_arn: bool,
    as_flag: bool,
    has_partner: bool,
}

impl Candidates {
    pub(crate) fn state(&mut self, state: &KeyState) {
        self.perhaps_absent |= *state == KeyState::Unknown;
    }

    /// The name as a policy has it.
    pub(crate) fn named(&mut self, name: &str) {
        if self.name.is_none() {
            self.name = Some(name.into());
        }
        self.multivalued |= catalog::is_multivalued(&name.to_ascii_lowercase());
    }

    pub(crate) fn typed_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The key is true or false.
    pub(crate) fn flag(&mut self) {
        self.as_flag = true;
    }

    /// The key is compared with another unknown key.
    pub(crate) fn partner(&mut self) {
        self.has_partner = true;
        self.as_text = true;
    }

    /// Texts that would make a variable fit.
    pub(crate) fn captured(&mut self, texts: Vec<String>) {
        self.as_text = true;
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn text(&mut self, text: String) {
        if !self.texts.contains(&text) && self.texts.len() < MOST_CANDIDATES {
            self.texts.push(text);
        }
    }

    /// The key is compared in a condition.
    pub(crate) fn compared(&mut self, condition: &CompiledCondition, context: &RequestContext) {
        let known_single = condition.key.starts_with("aws:");
        self.multivalued |= condition.operator.set.is_some() && !known_single;
        match condition.operator.test {
            Test::ArnLike { .. } => self.as_arn = true,
            Test::Bool => self.as_flag = true,
            Test::StringEquals { .. }
            | Test::StringEqualsIgnoreCase { .. }
            | Test::StringLike { .. }
            | Test::BinaryEquals => self.as_text = true,
            Test::Numeric(_) | Test::Date(_) | Test::IpAddress { .. } | Test::Null => {}
        }
        for operand in &condition.operands {
            self.operand(operand, context);
        }
    }

    fn operand(&mut self, operand: &Operand, context: &RequestContext) {
        match operand {
            Operand::Text(glob) | Operand::Bool(glob) => {
                match glob.sample(|name| resolve(context, name)) {
                    Some(text) => self.text(text),
                    None => self.has_partner = true,
                }
            }
            Operand::TextIgnoreCase(glob) => {
                if let Some(text) = glob.sample(|name| resolve(context, name)) {
                    self.text(text.to_lowercase());
                    self.text(text.to_uppercase());
                    self.text(text);
                }
            }
            Operand::Like(glob) => {
                match glob.sample(|name| resolve(context, name)) {
                    Some(text) => self.text(text),
                    None => self.has_partner = true,
                }
                self.patterns.push(glob.clone());
            }
            Operand::Arn(pattern) => match pattern.samples() {
                Some(text) => self.text(text),
                None => self.has_partner = true,
            },
            Operand::Number(number) => self.numbers.push(number.to_string()),
            Operand::Date(date) => self.dates.push(*date),
            Operand::Ip(range) => self.ranges.push(*range),
            Operand::Binary(_) | Operand::Null(_) | Operand::Misfit => {}
        }
    }

    /// Everything to try, without repetition.
    pub(crate) fn tried(mut self) -> Vec<Tried> {
        self.combine_patterns();
        self.add_numbers();
        self.add_dates();
        let mut other = Vec::new();
        self.add_ranges(&mut other);
        if self.as_flag {
            self.text("true".to_owned());
            self.text("false".to_owned());
        }
        if self.as_arn {
            other.push(format!("arn:{0}:{0}:{0}:{0}:{0}", UNMENTIONED));
        } else if self.as_text || (self.texts.is_empty() && other.is_empty()) {
            other.push(UNMENTIONED.to_owned());
        }
        if self.has_partner {
            other.push(UNMENTIONED_TOO.to_owned());
        }
        let mut tried = Vec::new();
        if self.multivalued {
            let many = |values: &[&String]| {
                Values::Many(values.iter().map(|value| value.as_str().into()).collect())
            };
            for text in &self.texts {
                tried.push(Tried::Values(many(&[text])));
            }
            if self.texts.len() > 1 {
                let all: Vec<_> = self.texts.iter().collect();
                tried.push(Tried::Values(many(&all)));
            }
            for text in &other {
                tried.push(Tried::AnotherValue(many(&[text])));
            }
            if let Some(text) = other.first() {
                let mixed: Vec<_> = self.texts.iter().chain([text]).collect();
                if mixed.len() > 1 {
                    tried.push(Tried::Values(many(&mixed)));
                }
            }
        } else {
            let one = |text: &String| Values::One(Rc::from(text.as_str()));
            tried.extend(self.texts.iter().map(|text| Tried::Values(one(text))));
            tried.extend(other.iter().map(|text| Tried::AnotherValue(one(text))));
        }
        if self.perhaps_absent {
            tried.push(Tried::Absent);
        }
        tried
    }

    /// For two patterns also a text that both match, where joining their samples gives one.
    fn combine_patterns(&mut self) {
        let patterns = std::mem::take(&mut self.patterns);
        let plain = |glob: &crate::glob::Glob| glob.sample(|_| crate::glob::Resolved::Nothing);
        for (at, first) in patterns.iter().enumerate() {
            for second in patterns.iter().skip(at + 1) {
                let (Some(a), Some(b)) = (plain(first), plain(second)) else {
                    continue;
                };
                for joined in [format!("{a}{b}"), format!("{b}{a}")] {
                    if first.matches_plain(&joined) && second.matches_plain(&joined) {
                        self.text(joined);
                        break;
                    }
                }
            }
        }
    }

    /// Each bound, and a number below, between and above.
    fn add_numbers(&mut self) {
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.retain(|number| Decimal::parse(number).is_some());
        numbers.sort_by(|a, b| Decimal::parse(a).cmp(&Decimal::parse(b)));
        numbers.dedup();
        if let Some(first) = numbers.first() {
            self.text(lower(first));
        }
        for number in &numbers {
            self.text(number.clone());
            // A digit behind the fraction is above the bound and below whatever comes next.
            self.text(above(number));
        }
    }

    fn add_dates(&mut self) {
        for date in std::mem::take(&mut self.dates) {
            for seconds in [-1, 0, 1] {
                self.text(date.plus_seconds(seconds).to_iso());
            }
        }
    }

    fn add_ranges(&mut self, other: &mut Vec<String>) {
        let ranges = std::mem::take(&mut self.ranges);
        if ranges.is_empty() {
            return;
        }
        let samples: Vec<String> = ranges.iter().flat_map(Cidr::samples).collect();
        let usual = ["192.0.2.1", "198.51.100.1", "2001:db8::1"].map(str::to_owned);
        let is_outside = |text: &String| {
            let address: Result<IpAddr, _> = text.parse();
            address.is_ok_and(|address| ranges.iter().all(|range| !range.contains(address)))
        };
        let outside = usual.iter().chain(&samples).find(|text| is_outside(text));
        other.extend(outside.cloned());
        for text in samples {
            self.text(text);
        }
    }
}

fn above(number: &str) -> String {
    match (number.starts_with('-'), number.contains('.')) {
        // Closer to zero is above for a negative number.
        (true, _) => lower_magnitude(number),
        (false, true) => format!("{number}0001"),
        (false, false) => format!("{number}.0001"),
    }
}

fn lower(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(rest) => format!("-1{rest}"),
        None => format!("-{number}1"),
    }
}

fn lower_magnitude(number: &str) -> String {
    let whole = number
        .trim_start_matches('-')
        .split('.')
        .next()
        .unwrap_or("0");
    let value: i128 = whole.parse().unwrap_or(0);
    format!("-{}.9999", (value - 1).max(0))
}
