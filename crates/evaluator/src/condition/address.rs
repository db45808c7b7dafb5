//! IP addresses and ranges (IP-1, IP-2).

use std::net::IpAddr;

/// A range of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cidr {
    base: IpAddr,
    prefix: u32,
}

impl Cidr {
    /// Reads `203.0.113.0/24` or a single address; host bits may be set.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let base: IpAddr = address.parse().ok()?;
        let width = width(base);
        let prefix = match prefix {
            None => width,
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
        };
        (prefix <= width).then_some(Self { base, prefix })
    }

    /// Whether the address lies in the range; an address of the other family never does.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = mask(self.prefix, 32);
                u128::from(base.to_bits()) & mask == u128::from(address.to_bits()) & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = mask(self.prefix, 128);
                base.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }

    /// The first address of the range, the last one, and those before and behind it.
    pub(crate) fn samples(&self) -> Vec<String> {
        let width = width(self.base);
        let mask = mask(self.prefix, width);
        let bits = match self.base {
            IpAddr::V4(base) => u128::from(base.to_bits()),
            IpAddr::V6(base) => base.to_bits(),
        };
        let all = if width == 128 {
            u128::MAX
        } else {
            (1 << width) - 1
        };
        let first = bits & mask & all;
        let last = first | (!mask & all);
        let mut samples = vec![show(first, width), show(last, width)];
        samples.extend((last < all).then(|| show(last + 1, width)));
        samples.extend((first > 0).then(|| show(first - 1, width)));
        samples.dedup();
        samples
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn mask(prefix: u32, width: u32) -> u128 {
    let free = width.saturating_sub(prefix);
    u128::MAX.checked_shl(free).unwrap_or(0)
}

fn show(bits: u128, width: u32) -> String {
    match u32::try_from(bits) {
        Ok(bits) if width == 32 => IpAddr::from(bits.to_be_bytes()).to_string(),
        _ => IpAddr::from(bits.to_be_bytes()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: &str, address: &str, inside: bool) {
        let range = Cidr::parse(range).unwrap();
        assert_eq!(range.contains(address.parse().unwrap()), inside);
    }

    #[test]
    fn ranges_hold_what_their_prefix_says() {
        check("203.0.113.0/24", "203.0.113.77", true);
        check("203.0.113.9/24", "203.0.113.77", true);
        check("203.0.113.5", "203.0.113.5", true);
        check("203.0.113.5", "203.0.113.6", false);
        check("0.0.0.0/0", "255.1.2.3", true);
        check("0.0.0.0/0", "::1", false);
        check("2001:DB8:1234:5678::/64", "2001:DB8:1234:5678::1", true);
        check("::/0", "2001:db8::1", true);
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "::/129",
            "10.0.0.0/+8",
            "x",
            "10.0.0.0/",
        ] {
            assert_eq!(Cidr::parse(text), None, "{text}");
        }
    }

    #[test]
    fn samples_lie_inside_and_outside() {
        let range = Cidr::parse("10.1.0.0/16").unwrap();
        assert_eq!(
            range.samples(),
            ["10.1.0.0", "10.1.255.255", "10.2.0.0", "10.0.255.255"]
        );
        let end = Cidr::parse("255.255.255.0/24").unwrap();
        assert_eq!(end.samples().last().unwrap(), "255.255.254.255");
    }
}
