//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (DATE-1 … DATE-4).

/// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant(i128);

const SECOND: i128 = 1_000_000_000;

impl Instant {
    /// Reads a date; none if it has another form. Digits alone are seconds (DATE-2), a date alone
    /// is its first moment in UTC (DATE-3).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse::<i128>().ok().map(|s| Self(s * SECOND));
        }
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = fixed(parts.next()?, 4)?;
        let month = fixed(parts.next()?, 2)?;
        let day = match parts.next() {
            Some(day) => fixed(day, 2)?,
            None if time.is_none() => 1,
            None => return None,
        };
        if parts.next().is_some() || !(1..=12).contains(&month) {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let midnight = days_from_civil(year, month, day) * 86_400 * SECOND;
        match time {
            None => Some(Self(midnight)),
            Some(time) => Some(Self(midnight + time_of_day(time)?)),
        }
    }

    /// Whole seconds since 1970: what `aws:EpochTime` holds.
    pub(crate) fn epoch_seconds(self) -> i128 {
        self.0.div_euclid(SECOND)
    }

    /// The moment some seconds later.
    pub(crate) fn plus_seconds(self, seconds: i128) -> Self {
        Self(self.0.saturating_add(seconds * SECOND))
    }

    /// The moment halfway to another one.
    pub(crate) fn halfway_to(self, other: Self) -> Self {
        Self((self.0 + other.0).div_euclid(2))
    }

    /// As a text that [`Instant::parse`] reads: `2026-11-21T09:00:00Z`, with a fraction where there
    /// is one; in seconds since 1970 for years that have not four digits.
    pub(crate) fn to_text(self) -> String {
        let seconds = self.epoch_seconds();
        let days = seconds.div_euclid(86_400);
        let rest = seconds.rem_euclid(86_400);
        let (year, month, day) = civil_from_days(days);
        if !(0..=9999).contains(&year) {
            return seconds.to_string();
        }
        let fraction = match self.0.rem_euclid(SECOND) {
            0 => String::new(),
            nanoseconds => format!(".{nanoseconds:09}"),
        };
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{fraction}Z",
            rest / 3600,
            rest % 3600 / 60,
            rest % 60
        )
    }
}

/// Hours, minutes, perhaps seconds with a fraction, and the time zone, in nanoseconds.
fn time_of_day(text: &str) -> Option<i128> {
    let (clock, zone_minutes) = if let Some(clock) = text.strip_suffix('Z') {
        (clock, 0)
    } else {
        let at = text.rfind(['+', '-'])?;
        let (clock, zone) = text.split_at_checked(at)?;
        let sign = if zone.starts_with('-') { -1 } else { 1 };
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let (hours, minutes) = (fixed(hours, 2)?, fixed(minutes, 2)?);
        if hours > 23 || minutes > 59 {
            return None;
        }
        (clock, sign * (hours * 60 + minutes))
    };
    let mut parts = clock.split(':');
    let hours = fixed(parts.next()?, 2)?;
    let minutes = fixed(parts.next()?, 2)?;
    let seconds = match parts.next() {
        None => 0,
        Some(text) => {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
            let whole = fixed(whole, 2)?;
            if whole > 60 || fraction.is_empty() || fraction.len() > 9 {
                return None;
            }
            let scale = 10_i128.checked_pow(u32::try_from(9 - fraction.len()).ok()?)?;
            whole * SECOND + fixed(fraction, fraction.len())? * scale
        }
    };
    if parts.next().is_some() || hours > 23 || minutes > 59 {
        return None;
    }
    Some((hours * 60 + minutes - zone_minutes) * 60 * SECOND + seconds)
}

fn fixed(text: &str, digits: usize) -> Option<i128> {
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn days_in_month(year: i128, month: i128) -> i128 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
fn days_from_civil(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

fn civil_from_days(days: i128) -> (i128, i128, i128) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i128::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_same_moment_is_equal() {
        let expected = Instant::parse("1577836800").unwrap();
        for text in [
            "2020-01-01T00:00:00Z",
            "2020-01-01",
            "2020-01",
            "2020-01-01T00:00Z",
            "2020-01-01T01:00:00+01:00",
            "2019-12-31T19:00:00.000-05:00",
        ] {
            assert_eq!(Instant::parse(text), Some(expected), "{text}");
        }
        assert_eq!(expected.to_text(), "2020-01-01T00:00:00Z");
        assert_eq!(
            Instant::parse("2024-02-29T12:34:56Z").unwrap().to_text(),
            "2024-02-29T12:34:56Z"
        );
        for text in [
            "1609459200000",
            "-99999999999999",
            "2020-01-01T00:00:00.25Z",
        ] {
            let date = Instant::parse(text).unwrap();
            assert_eq!(Instant::parse(&date.to_text()), Some(date), "{text}");
        }
        assert!(Instant::parse("2020-01-01T00:00:01Z") > Some(expected));
        assert!(Instant::parse("2020-01-01T00:00:00.5Z") > Some(expected));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "-",
            "2023-02-29",
            "2020-13-01",
            "2020-1-1",
            "2020-01-01T00:00:00",
            "2020-01T00:00Z",
            "2020-01-01 00:00:00Z",
            "yesterday",
            "2020-01-01T24:00:00Z",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
