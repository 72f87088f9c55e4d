//! Coarser times, networks and clients.

use super::policy::{Network, Precision};
use crate::{store::NO_TIME, time::SECOND};
use std::net::IpAddr;

/// The begin of the hour, day or week (Monday) in UTC.
pub(super) fn time(ticks: i64, precision: Precision) -> i64 {
    if ticks == NO_TIME { ticks } else { crate::time::rounded(ticks, precision.step()) }
}

/// An address of either version, also with a port and in brackets.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(text);
    let inner = inner.split('%').next().unwrap_or(inner);
    inner.parse().ok().or_else(|| match inner.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) && host.contains('.') => {
            host.parse().ok()
        }
        _ => None,
    })
}

/// The network an address is of: `203.0.113.0/24`; empty where addresses are left out.
pub(super) fn network(address: IpAddr, keep: Network) -> String {
    let keep_v4 = match keep {
        Network::Exact => return address.to_string(),
        Network::Small => 24,
        Network::Large => 16,
        Network::Drop => return String::new(),
    };
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let bits = u32::from(v4) & (u32::MAX << (32 - keep_v4));
            format!("{}/{keep_v4}", std::net::Ipv4Addr::from(bits))
        }
        IpAddr::V6(v6) => format!("{}/48", std::net::Ipv6Addr::from(u128::from(v6) & (u128::MAX << 80))),
    }
}

/// Browser and system without versions: the first of each that the text names. Order matters: Edge also
/// calls itself Chrome, and Chrome Safari.
pub(super) fn client(text: &str) -> &'static str {
    const FAMILIES: [(&str, [&str; 4]); 10] = [
        ("edg", ["Edge", "Edge on Windows", "Edge on macOS", "Edge on a phone"]),
        ("opr/", ["Opera", "Opera on Windows", "Opera on macOS", "Opera on a phone"]),
        ("firefox", ["Firefox", "Firefox on Windows", "Firefox on macOS", "Firefox on a phone"]),
        ("chrome", ["Chrome", "Chrome on Windows", "Chrome on macOS", "Chrome on a phone"]),
        ("safari", ["Safari", "Safari", "Safari on macOS", "Safari on a phone"]),
        ("powershell", ["PowerShell"; 4]),
        ("python", ["Python"; 4]),
        ("azure-cli", ["Azure CLI"; 4]),
        ("okhttp", ["Mobile app"; 4]),
        ("trident", ["Internet Explorer"; 4]),
    ];
    let text = text.to_ascii_lowercase();
    let Some((_, names)) = FAMILIES.iter().find(|(word, _)| text.contains(word)) else { return "Other client" };
    let system = ["iphone", "ipad", "android", "mobile"];
    if system.iter().any(|word| text.contains(word)) {
        names[3]
    } else if text.contains("windows") {
        names[1]
    } else if text.contains("mac os") || text.contains("macos") {
        names[2]
    } else {
        names[0]
    }
}

/// A moment in ISO 8601 or in the portal's spelling, rounded; `None` for any other text.
pub(super) fn moment(text: &str, precision: Precision) -> Option<String> {
    let bytes = text.as_bytes();
    let is_date = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_date || bytes.len() > 35 {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)? as i32, number(5, 7)?, number(8, 10)?);
    let rest = &bytes[10..];
    let clock = |byte: &u8| byte.is_ascii_digit() || b"T:.Z+- ".contains(byte);
    if !rest.iter().all(clock) {
        return None;
    }
    let (hour, minute, second) =
        if rest.len() >= 9 { (number(11, 13)?, number(14, 16)?, number(17, 19)?) } else { (0, 0, 0) };
    let ticks = crate::time::from_calendar(year, month, day, hour, minute, second)?;
    if precision == Precision::Exact {
        return Some(text.to_owned());
    }
    let iso = crate::time::iso(time(ticks, precision) / SECOND * SECOND);
    Some(if precision == Precision::Hour { iso } else { iso[..10].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DAY, from_calendar};

    #[test]
    fn times_become_coarser() {
        let ticks = from_calendar(2026, 6, 3, 8, 30, 15).unwrap();
        let at = |month, day, hour| from_calendar(2026, month, day, hour, 0, 0).unwrap();
        assert_eq!(time(ticks, Precision::Hour), at(6, 3, 8));
        assert_eq!(time(ticks, Precision::Day), at(6, 3, 0));
        assert_eq!(time(ticks, Precision::Week), at(6, 1, 0));
        assert_eq!(time(at(6, 1, 0), Precision::Week), at(6, 1, 0));
        assert_eq!(time(at(6, 1, 0) - 1, Precision::Week), at(5, 25, 0));
        assert_eq!(time(-1, Precision::Day), -DAY);
        assert_eq!(time(NO_TIME, Precision::Day), NO_TIME);
    }

    #[test]
    fn networks_instead_of_addresses() {
        let check = |text: &str, keep, expect: &str| assert_eq!(network(address(text).unwrap(), keep), expect);
        check("203.0.113.77", Network::Small, "203.0.113.0/24");
        check("203.0.113.77", Network::Large, "203.0.0.0/16");
        check("203.0.113.77:443", Network::Small, "203.0.113.0/24");
        check("::ffff:203.0.113.77", Network::Small, "203.0.113.0/24");
        check("2001:db8:1:2:3::9", Network::Small, "2001:db8:1::/48");
        check("[2001:db8:1:2:3::9]:80", Network::Large, "2001:db8:1::/48");
        check("203.0.113.77", Network::Drop, "");
        assert_eq!(address("1.2.3"), None);
        assert_eq!(address("noon"), None);
    }

    #[test]
    fn clients_lose_their_versions() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/125.0.0.0 Safari/537.36 Edg/125.0";
        assert_eq!(client(edge), "Edge on Windows");
        assert_eq!(client("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1"), "Safari on a phone");
        assert_eq!(client("fabrikam-sync/1.0"), "Other client");
    }

    #[test]
    fn moments_in_values() {
        assert_eq!(moment("2026-06-03T08:30:15.12Z", Precision::Day).as_deref(), Some("2026-06-03"));
        assert_eq!(moment("2026-06-03T08:30:15Z", Precision::Hour).as_deref(), Some("2026-06-03T08:00:00Z"));
        assert_eq!(moment("2026-06-03", Precision::Week).as_deref(), Some("2026-06-01"));
        assert_eq!(moment("2026-06-03 and Dana", Precision::Day), None);
        assert_eq!(moment("+49 170 1234567", Precision::Day), None);
        assert_eq!(moment("2026-13-03", Precision::Day), None);
    }
}
