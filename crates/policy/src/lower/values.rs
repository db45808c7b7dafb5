//! Condition values that their operator cannot read as they were meant.

use std::net::IpAddr;

use super::Lowering;
use crate::codes;
use crate::condition::{Operator, Test};
use crate::diagnostic::Diagnostic;
use crate::pattern::Pattern;
use crate::span::Span;
use crate::text::quote;

impl Lowering {
    pub(super) fn value_lints(
        &mut self,
        operator: Operator,
        key: &str,
        value: &Pattern,
        span: Span,
    ) {
        let text = value.text.as_str();
        let takes_variables = matches!(
            operator.test,
            Test::StringEquals { .. }
                | Test::StringEqualsIgnoreCase { .. }
                | Test::StringLike { .. }
                | Test::ArnLike { .. }
                | Test::Bool
        );
        if value.has_variables() {
            if !takes_variables {
                self.report(
                    Diagnostic::warning(
                        codes::VARIABLE_NOT_SUPPORTED,
                        span,
                        texts::finding_takes_no_variables(&operator),
                    )
                    .expected(texts::finding_fixed_value()),
                );
            }
            return;
        }
        let expected = match operator.test {
            Test::StringEquals { .. } | Test::StringEqualsIgnoreCase { .. } => {
                self.literal_wildcard(operator, value, span);
                return;
            }
            Test::StringLike { .. } => {
                self.wildcard_key(key, value, span);
                return;
            }
            Test::Numeric(_) if !is_number(text) => texts::finding_number(),
            Test::Date(_) if is_four_digits(text) => {
                self.report(
                    Diagnostic::warning(
                        codes::AMBIGUOUS_DATE,
                        span,
                        texts::finding_may_be_year_or(&quote(text)),
                    )
                    .expected(texts::finding_whole_date_such_as()),
                );
                return;
            }
            Test::Date(_) if !is_date(text) => texts::finding_date(),
            Test::Bool | Test::Null if !is_bool(text) => texts::file_true_or_false(),
            Test::BinaryEquals if !is_base64(text) => "base64",
            Test::IpAddress { .. } if !is_ip_range(text) => texts::finding_ip_address_or_range(),
            Test::ArnLike { .. } if !is_arn(text) => texts::finding_arn_six_parts(),
            _ => return,
        };
        self.report(
            Diagnostic::warning(
                codes::CONDITION_VALUE_TYPE,
                span,
                texts::finding_cannot_read(&operator, &quote(text)),
            )
            .expected(expected),
        );
    }

    fn literal_wildcard(&mut self, operator: Operator, value: &Pattern, span: Span) {
        if value.text.contains('*') && value.has_wildcards() {
            self.report(
                Diagnostic::warning(
                    codes::LITERAL_WILDCARD,
                    span,
                    texts::finding_takes_in_literally(&operator, &quote(&value.text)),
                )
                .expected(texts::finding_stringlike_or_stringnotlike_for()),
            );
        }
    }

    fn wildcard_key(&mut self, key: &str, value: &Pattern, span: Span) {
        if value.has_wildcards() && catalog::takes_whole_ids(&key.to_lowercase()) {
            self.report(
                Diagnostic::warning(
                    codes::WILDCARD_KEY,
                    span,
                    texts::finding_wildcard_for(&quote(key)),
                )
                .expected(texts::finding_whole_ids_pattern_may()),
            );
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

fn is_bool(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_four_digits(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a date of the W3C profile of ISO 8601, or a number of seconds (DATE-1).
fn is_date(text: &str) -> bool {
    if is_number(text) {
        return true;
    }
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let fields: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = fields.iter().map(|field| field.len()).collect();
    let shape = match time {
        None => matches!(lengths.as_slice(), [4, 2] | [4, 2, 2]),
        Some(_) => lengths == [4, 2, 2],
    };
    let digits = date
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let within = |at: usize, most: u8| match fields.get(at).map(|field| field.parse::<u8>()) {
        None => true,
        Some(Ok(number)) => (1..=most).contains(&number),
        Some(Err(_)) => false,
    };
    shape && digits && within(1, 12) && within(2, 31) && time.is_none_or(is_time)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, with `Z` or `±hh:mm`.
fn is_time(text: &str) -> bool {
    let clock = if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        clock
    } else {
        let Some((clock, zone)) = text.rsplit_once(['+', '-']) else {
            return false;
        };
        if !(zone.len() == 5 && is_clock(zone)) {
            return false;
        }
        clock
    };
    is_clock(clock)
}

fn is_clock(text: &str) -> bool {
    let fields: Vec<&str> = text.split(':').collect();
    let below = |field: &str, limit: u8| {
        field.len() == 2 && field.parse::<u8>().is_ok_and(|number| number < limit)
    };
    match fields.as_slice() {
        [hours, minutes] => below(hours, 25) && below(minutes, 60),
        [hours, minutes, seconds] => {
            let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            below(hours, 25)
                && below(minutes, 60)
                && below(seconds, 61)
                && !fraction.is_empty()
                && fraction.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn is_ip_range(text: &str) -> bool {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let bits = match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    prefix.is_none_or(|prefix| {
        prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|length| length <= bits)
    })
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for good in [
            "2025-01",
            "2025-01-31",
            "2025-01-31T09:00Z",
            "2025-01-31T09:00:00Z",
            "2025-01-31T09:00:00.5+01:00",
            "1577836800",
        ] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "tomorrow",
            "2025-13-01",
            "2025-1-1",
            "2025-01-31T09:00:00",
            "2025-01-31 09:00:00Z",
            "31-01-2025",
            "2025-01T09:00Z",
            "2025-01-31T25:61Z",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn addresses() {
        for good in [
            "203.0.113.5",
            "203.0.113.5/24",
            "2001:db8::/32",
            "::1",
            "0.0.0.0/0",
        ] {
            assert!(is_ip_range(good), "{good}");
        }
        for bad in [
            "",
            "203.0.113",
            "203.0.113.5/33",
            "203.0.113.0/+8",
            "2001:db8::/129",
            "x",
        ] {
            assert!(!is_ip_range(bad), "{bad}");
        }
    }

    #[test]
    fn numbers_and_base64() {
        for good in ["0", "10", "-1.5", "+3", "007"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "-", "1.", ".5", "1e3", "ten", "*"] {
            assert!(!is_number(bad), "{bad}");
        }
        assert!(is_base64("QmluYXJ5VmFsdWU="));
        assert!(!is_base64("QmluYXJ5VmFsdWU"));
        assert!(!is_base64("a b="));
    }
}
