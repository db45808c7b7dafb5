//! Numbers, dates, addresses and bytes, read for comparing.

use std::cmp::Ordering;

/// A decimal number: sign, digits before the point, digits behind it (NUM-1, NUM-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
}

/// Reads a number (NUM-1).
pub(crate) fn number(text: &str) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, "0"),
    };
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let fraction = fraction.trim_end_matches('0').to_owned();
    let is_zero = whole.is_empty() && fraction.is_empty();
    Some(Number {
        negative: negative && !is_zero,
        whole,
        fraction,
    })
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Compares two numbers (NUM-2).
pub(crate) fn compare_numbers(left: &Number, right: &Number) -> Ordering {
    let sizes = (left.whole.len().cmp(&right.whole.len()))
        .then_with(|| left.whole.cmp(&right.whole))
        .then_with(|| left.fraction.cmp(&right.fraction));
    match (left.negative, right.negative) {
        (false, false) => sizes,
        (true, true) => sizes.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// A moment: seconds since 1970, and the digits of a fraction of a second.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    seconds: i64,
    fraction: String,
}

impl Moment {
    /// The seconds since 1970 (K-32).
    pub(crate) fn seconds(&self) -> i64 {
        self.seconds
    }
}

/// Reads a date of ISO 8601, or seconds since 1970 (DATE-1, DATE-2, DATE-3).
pub(crate) fn moment(text: &str) -> Option<Moment> {
    if all_digits(text) {
        return Some(Moment {
            seconds: text.parse().ok()?,
            fraction: String::new(),
        });
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let fields: Vec<&str> = date.split('-').collect();
    let (year, month, day) = match fields.as_slice() {
        [year, month] if time.is_none() => (*year, *month, "01"),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    let year = digits(year, 4)?;
    let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
    let day = digits(day, 2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    let midnight = days_since_1970(year, month, day) * 86_400;
    let Some(time) = time else {
        return Some(Moment {
            seconds: midnight,
            fraction: String::new(),
        });
    };
    let (clock, offset) = match time.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let (clock, zone) = time.split_at(at);
            let (hours, minutes) = zone[1..].split_once(':')?;
            let minutes = digits(hours, 2)? * 60 + digits(minutes, 2)?;
            (
                clock,
                if zone.starts_with('-') {
                    -minutes
                } else {
                    minutes
                },
            )
        }
    };
    let fields: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match fields.as_slice() {
        [hours, minutes] => (*hours, *minutes, "00"),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None,
    };
    let (seconds, fraction) = match seconds.split_once('.') {
        Some((seconds, fraction)) if all_digits(fraction) => (seconds, fraction),
        Some(_) => return None,
        None => (seconds, ""),
    };
    let hours = digits(hours, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)?;
    let seconds = digits(seconds, 2).filter(|seconds| *seconds < 60)?;
    Some(Moment {
        seconds: midnight + hours * 3_600 + minutes * 60 + seconds - offset * 60,
        fraction: fraction.trim_end_matches('0').to_owned(),
    })
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && all_digits(text)).then(|| text.parse().ok())?
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let mut days = 0;
    for past in 1970..year {
        days += if is_leap(past) { 366 } else { 365 };
    }
    for missing in year..1970 {
        days -= if is_leap(missing) { 366 } else { 365 };
    }
    for past in 1..month {
        days += days_in(year, past);
    }
    days + day - 1
}

/// The date half a second after a number of seconds since 1970.
pub(crate) fn half_past(seconds: i64) -> String {
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut year = 1970 + days / 366;
    while days_since_1970(year, 1, 1) > days {
        year -= 1;
    }
    while days_since_1970(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days_since_1970(year, month + 1, 1) <= days {
        month += 1;
    }
    let day = days - days_since_1970(year, month, 1) + 1;
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.5Z")
}

/// The bits of an address, most significant first: 32 or 128 of them (IP-1, IP-2).
pub(crate) fn address(text: &str) -> Option<Vec<bool>> {
    let bytes = if text.contains(':') {
        version_6(text)?
    } else {
        let fields: Vec<&str> = text.split('.').collect();
        if fields.len() != 4 {
            return None;
        }
        (fields.iter())
            .map(|field| {
                let plain = all_digits(field) && (field.len() == 1 || !field.starts_with('0'));
                plain.then(|| field.parse::<u8>().ok())?
            })
            .collect::<Option<Vec<u8>>>()?
    };
    let bit = |byte: u8, at: u8| byte & (0x80 >> at) != 0;
    Some(
        (bytes.iter())
            .flat_map(|byte| (0..8).map(move |at| bit(*byte, at)))
            .collect(),
    )
}

fn version_6(text: &str) -> Option<Vec<u8>> {
    let groups = |text: &str| -> Option<Vec<u8>> {
        if text.is_empty() {
            return Some(Vec::new());
        }
        let mut bytes = Vec::new();
        for group in text.split(':') {
            if group.is_empty() || group.len() > 4 || !group.chars().all(|c| c.is_ascii_hexdigit())
            {
                return None;
            }
            bytes.extend(u16::from_str_radix(group, 16).ok()?.to_be_bytes());
        }
        Some(bytes)
    };
    match text.split_once("::") {
        None => groups(text).filter(|bytes| bytes.len() == 16),
        Some((front, back)) => {
            let (mut front, back) = (groups(front)?, groups(back)?);
            let missing = 16_usize.checked_sub(front.len() + back.len())?;
            front.extend(vec![0; missing]);
            front.extend(back);
            Some(front)
        }
    }
}

/// A range of addresses: its address, and how many bits of it count (IP-1).
pub(crate) fn range(text: &str) -> Option<(Vec<bool>, usize)> {
    let Some((text, length)) = text.split_once('/') else {
        let bits = address(text)?;
        let length = bits.len();
        return Some((bits, length));
    };
    let bits = address(text)?;
    let length = all_digits(length).then(|| length.parse::<usize>().ok())??;
    (length <= bits.len()).then_some((bits, length))
}

/// The bytes that a text in base64 stands for (BIN-1).
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let data = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - data.len() > 2 {
        return None;
    }
    let mut bits = Vec::new();
    for c in data.chars() {
        let digit = DIGITS.find(c)?;
        bits.extend((0..6).map(|at| digit & (0x20 >> at) != 0));
    }
    let whole = bits.chunks_exact(8);
    Some(
        whole
            .map(|byte| byte.iter().fold(0, |value, bit| value * 2 + u8::from(*bit)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_seconds_are_one_scale() {
        for (text, seconds) in [
            ("2020-01-01T00:00:00Z", 1_577_836_800),
            ("2020-01-01T01:00:00+01:00", 1_577_836_800),
            ("2020-01-01", 1_577_836_800),
            ("2020-01", 1_577_836_800),
            ("1577836800", 1_577_836_800),
            ("2024", 2_024),
            ("2000-03-01", 951_868_800),
            ("1969-12-31T23:59:59Z", -1),
        ] {
            assert_eq!(
                moment(text).map(|found| found.seconds),
                Some(seconds),
                "{text}"
            );
        }
        assert_eq!(moment("2023-02-29"), None);
        assert!(moment("2020-01-01T00:00:00.5Z") > moment("2020-01-01T00:00:00Z"));
    }

    #[test]
    fn numbers_compare_as_decimals() {
        let compare =
            |left, right| compare_numbers(&number(left).unwrap(), &number(right).unwrap());
        assert_eq!(compare("10", "10.0"), Ordering::Equal);
        assert_eq!(compare("-1.5", "-1.2"), Ordering::Less);
        assert_eq!(compare("9.99", "10"), Ordering::Less);
        assert_eq!(compare("-0", "0"), Ordering::Equal);
        assert_eq!(number("ten"), None);
    }

    #[test]
    fn addresses_and_bytes() {
        assert_eq!(address("2001:db8::1"), address("2001:DB8:0:0:0:0:0:1"));
        assert_eq!(address("::").unwrap().len(), 128);
        assert_eq!(address("10.0.0"), None);
        assert_eq!(base64("QmluYXJ5").unwrap(), b"Binary");
        assert_eq!(base64("YQ==").unwrap(), b"a");
    }
}
