//! Decimal numbers of any length (NUM-1, NUM-2).

use std::cmp::Ordering;

/// A decimal number, without leading and trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads `10`, `-1.5`, `+0.25`; none for anything else.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Some(Self {
            negative: negative && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        })
    }

    /// The digits behind the point.
    pub(crate) fn places(&self) -> usize {
        self.fraction.len()
    }

    /// The number in units of the last of `places` digits behind the point, if it is not too large.
    pub(crate) fn in_units(&self, places: usize) -> Option<i128> {
        let zeros = places.checked_sub(self.fraction.len())?;
        if self.whole.len() + places > 30 {
            return None;
        }
        let digits = format!("{}{}{}", self.whole, self.fraction, "0".repeat(zeros));
        let value: i128 = if digits.is_empty() {
            0
        } else {
            digits.parse().ok()?
        };
        Some(if self.negative { -value } else { value })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number in units of the last of `places` digits behind the point, as text.
pub(crate) fn from_units(units: i128, places: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits
        .split_at_checked(digits.len() - places)
        .unwrap_or((&digits, ""));
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        let cmp = |a, b| Decimal::parse(a).unwrap().cmp(&Decimal::parse(b).unwrap());
        assert_eq!(cmp("10", "10.0"), Ordering::Equal);
        assert_eq!(cmp("9", "10"), Ordering::Less);
        assert_eq!(cmp("-9", "-10"), Ordering::Greater);
        assert_eq!(cmp("1.05", "1.5"), Ordering::Less);
        assert_eq!(cmp("-0", "0.0"), Ordering::Equal);
        assert_eq!(
            cmp("90071992547409930", "90071992547409931"),
            Ordering::Less
        );
        for text in ["10", "-1.5", "0", "-0.25", "+7"] {
            let number = Decimal::parse(text).unwrap();
            let again = from_units(number.in_units(3).unwrap(), 3);
            assert_eq!(Decimal::parse(&again), Some(number), "{text}");
        }
        for text in ["", "-", "1e3", "1.", ".5", "a", "1,5", "NaN"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
