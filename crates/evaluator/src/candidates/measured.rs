//! Values for keys that are compared as numbers, dates or addresses.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::Candidates;
use crate::condition::{Cidr, Decimal, Instant, from_units};

impl Candidates<'_> {
    /// Each bound, and a number below, between and above.
    pub(super) fn add_numbers(&mut self, made: &mut Vec<String>) -> bool {
        let numbers = std::mem::take(&mut self.numbers);
        let decimals: Vec<Decimal<'_>> = numbers
            .iter()
            .filter_map(|number| Decimal::parse(number))
            .collect();
        for number in &numbers {
            self.text((*number).to_owned());
        }
        // One place more than needed, for what lies between.
        let places = decimals.iter().map(Decimal::places).max().unwrap_or(0) + 1;
        let units: Option<BTreeSet<i128>> = decimals
            .iter()
            .map(|number| number.in_units(places))
            .collect();
        let Some(units) = units else {
            return false;
        };
        let one = u32::try_from(places)
            .ok()
            .and_then(|it| 10_i128.checked_pow(it));
        let one = one.unwrap_or(1);
        let bounds: Vec<i128> = units.into_iter().collect();
        made.extend(bounds.first().map(|first| from_units(first - one, places)));
        for (at, bound) in bounds.iter().enumerate() {
            let next = bounds.get(at + 1);
            let has_room = next.is_none_or(|next| *next > bound + one);
            let above = bound + if has_room { one } else { 1 };
            made.push(from_units(above, places));
        }
        true
    }

    pub(super) fn add_dates(&mut self, made: &mut Vec<String>) {
        let mut dates: BTreeSet<Instant> = BTreeSet::new();
        dates.extend(std::mem::take(&mut self.dates));
        let dates: Vec<Instant> = dates.into_iter().collect();
        made.extend(dates.first().map(|first| first.plus_seconds(-1).to_text()));
        for (at, date) in dates.iter().enumerate() {
            self.text(date.to_text());
            let later = date.plus_seconds(1);
            let between = match dates.get(at + 1) {
                Some(next) if *next <= later => date.halfway_to(*next),
                _ => later,
            };
            made.push(between.to_text());
        }
    }

    pub(super) fn add_seconds(&mut self, made: &mut Vec<String>) {
        let seconds: Vec<i128> = self.dates.iter().map(|date| date.epoch_seconds()).collect();
        for at in seconds {
            self.text(at.to_string());
            made.extend([
                (at - 1).to_string(),
                (at + 1).to_string(),
                format!("{at}.5"),
            ]);
        }
    }

    pub(super) fn add_ranges(&mut self, made: &mut Vec<String>, others: &mut Vec<String>) {
        let ranges = std::mem::take(&mut self.ranges);
        if ranges.is_empty() {
            return;
        }
        let mut samples: Vec<String> = ranges.iter().flat_map(Cidr::samples).collect();
        let usual = ["192.0.2.1", "198.51.100.1", "2001:db8::1", "0.0.0.0", "::"];
        samples.extend(usual.map(str::to_owned));
        let is_inside = |text: &String| {
            let address: Result<IpAddr, _> = text.parse();
            address.is_ok_and(|address| ranges.iter().any(|range| range.contains(address)))
        };
        let (inside, outside): (Vec<_>, Vec<_>) = samples.into_iter().partition(is_inside);
        made.extend(inside);
        // The usual ones look best.
        others.extend(
            outside
                .into_iter()
                .rev()
                .max_by_key(|text| usual.contains(&text.as_str())),
        );
    }
}

/// The last whole second before a number with a fraction.
pub(super) fn whole_seconds(number: &str) -> Option<i128> {
    let (whole, _) = number.split_once('.')?;
    let seconds: i128 = whole.parse().ok()?;
    Some(if whole.starts_with('-') {
        seconds - 1
    } else {
        seconds
    })
}
