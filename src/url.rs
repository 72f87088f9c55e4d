//! The end of the address, `#view=events&result=failure&guests=1`: the view and public values only.
//!
//! A name, an address, an id or a text never gets here: values stand in it only if they are words of
//! Microsoft's own ([`guestlens_core::vocabulary`]). What cannot be said is left out; `at` then tells
//! places apart that look alike, and means nothing outside of the page that has set it.

use crate::{
    action::{View, ZoneChoice},
    state::Place,
};
use guestlens_core::{
    model::Field,
    protocol::{Clause, Query},
    report::Params,
    time, vocabulary,
};
use std::fmt::Write;

/// The fields whose values may be public.
const FIELDS: [Field; 8] = [
    Field::Log,
    Field::Service,
    Field::Category,
    Field::Activity,
    Field::ActivityType,
    Field::OperationType,
    Field::Result,
    Field::ActorType,
];

/// What stands before the name of a parameter.
const SET: &str = "set-";

/// The parameters of views that may stand in an address: each is a number, a day, a switch or a choice
/// among words of the product. Parameters that may hold what a file says are not listed.
const PARAMS: [&str; 34] = [
    "any-category",
    "as-of",
    "baseline",
    "basis",
    "by",
    "days",
    "ends",
    "from",
    "group",
    "guests",
    "least",
    "level",
    "lines",
    "list",
    "managed",
    "measure",
    "only-success",
    "reached",
    "retention",
    "retention-days",
    "share",
    "show",
    "sign-ins",
    "since",
    "stamp-count",
    "stamp-seconds",
    "stuck-after",
    "sure",
    "threshold",
    "to",
    "until",
    "waited",
    "weeks",
    "when",
];

/// Words of the product that such a parameter may have.
const WORDS: [&str; 62] = [
    "1-day",
    "1-h",
    "10-min",
    "3-days",
    "30-days",
    "6-h",
    "7-days",
    "abandoned",
    "active",
    "against-recommendation",
    "all",
    "application",
    "approved",
    "approver",
    "assignments",
    "blocked",
    "certain",
    "changed",
    "decision",
    "deleted",
    "delivery",
    "denied",
    "denied-but-active",
    "denied-not-applied",
    "domain",
    "dont-know",
    "ever",
    "failures",
    "fast",
    "gone",
    "groups",
    "guest",
    "high",
    "info",
    "invited",
    "inviter",
    "last-activity",
    "level",
    "longer",
    "low",
    "medium",
    "name",
    "new",
    "none",
    "not-found",
    "not-reviewed",
    "now",
    "open",
    "organizations",
    "package",
    "packages",
    "policy",
    "redeemed",
    "resources",
    "rule",
    "second-hand",
    "state",
    "stuck",
    "timed-out",
    "total",
    "waiting",
    "without",
];

/// What an address says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The view and the public part of the query.
    pub place: Place,
    /// The calendar of times.
    pub zone: ZoneChoice,
}

fn is_public(clause: &Clause, value: &str) -> bool {
    FIELDS.contains(&clause.field) && vocabulary::is_public(clause.field, value)
}

fn is_public_param(name: &str, value: &str) -> bool {
    let is_number = !value.is_empty() && value.len() < 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = || value.len() == 10 && parse_iso(&format!("{value}T00:00:00Z")).is_some();
    PARAMS.contains(&name) && (is_number || WORDS.contains(&value) || is_day())
}

/// Whether the place has conditions that an address must not hold.
pub fn hides_something(place: &Place) -> bool {
    let Query { clauses, text, picked, .. } = &place.query;
    let is_unsaid = |(name, value): (&String, &String)| !is_public_param(name, value);
    if place.open.is_some() || picked.is_some() || place.params.iter().any(is_unsaid) {
        return true;
    }
    !text.is_empty() || clauses.iter().any(|clause| clause.values.iter().any(|value| !is_public(clause, value)))
}

/// The address of a place.
pub fn to_hash(place: &Place, zone: ZoneChoice, at: Option<usize>) -> String {
    let mut hash = format!("#view={}", place.view.id());
    let mut add = |key: &str, value: &str| {
        hash.push('&');
        hash.push_str(key);
        hash.push('=');
        encode(value, &mut hash);
    };
    let query = &place.query;
    for clause in &query.clauses {
        // Part of a clause would ask for something else.
        if !clause.values.iter().all(|value| is_public(clause, value)) {
            continue;
        }
        let key = format!("{}{}", if clause.exclude { "not-" } else { "" }, clause.field.id());
        clause.values.iter().for_each(|value| add(&key, value));
    }
    if query.guests_only {
        add("guests", "1");
    }
    for (key, ticks) in [("from", query.from), ("to", query.to)] {
        if let Some(ticks) = ticks {
            add(key, &time::iso(ticks));
        }
    }
    if place.view == View::Groups {
        add("by", &place.group_by.0.id());
        if let Some(then) = place.group_by.1 {
            add("then", &then.id());
        }
    }
    if place.view.is_made_of_blocks() {
        for (name, value) in place.params.iter().filter(|(name, value)| is_public_param(name, value)) {
            add(&format!("{SET}{name}"), value);
        }
    }
    if zone == ZoneChoice::Local {
        add("zone", "local");
    }
    if let Some(at) = at {
        add("at", &at.to_string());
    }
    hash
}

/// What an address says; `None` if it is not one of ours. What is unknown in it is ignored.
pub fn from_hash(hash: &str) -> Option<Said> {
    let (query, group_by, params) = (Query::default(), (Field::Activity, None), Params::new());
    let mut place = Place { view: View::default(), query, group_by, params, open: None };
    let mut zone = ZoneChoice::Utc;
    let mut known = false;
    for (key, value) in hash.strip_prefix('#')?.split('&').filter_map(|part| part.split_once('=')) {
        let value = decode(value)?;
        match key {
            "view" => {
                place.view = View::from_id(&value)?;
                known = true;
            }
            "guests" => place.query.guests_only = value == "1",
            "from" => place.query.from = parse_iso(&value),
            "to" => place.query.to = parse_iso(&value),
            "by" => place.group_by.0 = Field::from_id(&value).unwrap_or(Field::Activity),
            "then" => place.group_by.1 = Field::from_id(&value),
            "zone" if value == "local" => zone = ZoneChoice::Local,
            _ => match key.strip_prefix(SET) {
                Some(name) if is_public_param(name, &value) => {
                    place.params.insert(name.to_owned(), value);
                }
                Some(_) => {}
                None => add_clause(&mut place.query, key, value),
            },
        }
    }
    known.then_some(Said { place, zone })
}

fn add_clause(query: &mut Query, key: &str, value: String) {
    let (exclude, id) = key.strip_prefix("not-").map_or((false, key), |id| (true, id));
    let Some(field) = Field::from_id(id).filter(|field| FIELDS.contains(field)) else { return };
    if !vocabulary::is_public(field, &value) {
        return;
    }
    match query.clauses.iter_mut().find(|clause| clause.field == field && clause.exclude == exclude) {
        Some(clause) => clause.values.push(value),
        None => query.clauses.push(Clause { field, values: vec![value], exclude }),
    }
}

/// Reads what [`time::iso`] writes.
fn parse_iso(text: &str) -> Option<i64> {
    let (whole, fraction) = text.strip_suffix('Z')?.split_once('.').unwrap_or((text.strip_suffix('Z')?, ""));
    let (date, clock) = whole.split_once('T')?;
    let parts = |text: &str, separator: char| -> Option<[u32; 3]> {
        let parts: Vec<u32> = text.split(separator).map(str::parse).collect::<Result<_, _>>().ok()?;
        parts.try_into().ok()
    };
    let ([year, month, day], [hour, minute, second]) = (parts(date, '-')?, parts(clock, ':')?);
    let ticks: i64 = if fraction.is_empty() { 0 } else { format!("{fraction:0<7}").get(..7)?.parse().ok()? };
    Some(time::from_calendar(year as i32, month, day, hour, minute, second)? + ticks)
}

fn encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':' => into.push(byte as char),
            _ => drop(write!(into, "%{byte:02X}")),
        }
    }
}

fn decode(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(field: Field, values: &[&str], exclude: bool) -> Clause {
        Clause { field, values: values.iter().map(|&value| value.into()).collect(), exclude }
    }

    fn place(query: Query) -> Place {
        let group_by = (Field::Service, Some(Field::Result));
        Place { view: View::Groups, query, group_by, params: Params::new(), open: None }
    }

    #[test]
    fn says_what_is_public_and_reads_it_again() {
        let query = Query {
            clauses: vec![
                clause(Field::Service, &["Core Directory", "B2C"], false),
                clause(Field::Result, &["failure", ""], true),
            ],
            from: time::from_calendar(2026, 6, 1, 0, 0, 0).map(|ticks| ticks + 1_234_000),
            guests_only: true,
            ..Query::default()
        };
        let hash = to_hash(&place(query.clone()), ZoneChoice::Local, None);
        assert_eq!(
            hash,
            "#view=groups&service=Core%20Directory&service=B2C&not-result=failure&not-result=&guests=1\
             &from=2026-06-01T00:00:00.1234Z&by=service&then=result&zone=local"
        );
        assert_eq!(from_hash(&hash), Some(Said { place: place(query), zone: ZoneChoice::Local }));
    }

    #[test]
    fn never_says_what_may_be_private() {
        let query = Query {
            clauses: vec![
                clause(Field::Actor, &["dana@example.com"], false),
                clause(Field::Activity, &["Invite external user", "Add Dana Vale"], false),
                clause(Field::Source, &["0"], true),
            ],
            text: "dana".into(),
            ..Query::default()
        };
        let place = place(query);
        assert!(hides_something(&place));
        let hash = to_hash(&place, ZoneChoice::Utc, Some(3));
        assert_eq!(hash, "#view=groups&by=service&then=result&at=3");
    }

    #[test]
    fn says_of_a_view_what_names_nobody() {
        let params = [
            ("threshold", "60"),
            ("as-of", "2026-06-30"),
            ("show", "all"),
            ("list", "Dana"),
            ("person", "1"),
            ("days", "12345678"),
            ("since", "2026-13-01"),
        ];
        let mut place = place(Query::default());
        place.view = View::Inactive;
        place.params = params.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let hash = to_hash(&place, ZoneChoice::Utc, None);
        assert_eq!(hash, "#view=inactive&set-as-of=2026-06-30&set-show=all&set-threshold=60");
        assert!(hides_something(&place));
        let said = from_hash(&format!("{hash}&set-list=Dana&set-nothing=1")).unwrap();
        assert_eq!(said.place.params.len(), 3);
        place.params.retain(|name, _| name == "threshold");
        assert!(!hides_something(&place));
        place.open = Some("dana".into());
        assert!(hides_something(&place) && !to_hash(&place, ZoneChoice::Utc, Some(1)).contains("dana"));
    }

    #[test]
    fn ignores_what_it_does_not_know() {
        assert_eq!(from_hash(""), None);
        assert_eq!(from_hash("#view=nowhere"), None);
        assert_eq!(from_hash("#view=events&from=%ZZ"), None);
        let said = from_hash("#view=events&actor=dana&result=no&x=y&from=yesterday").unwrap();
        assert_eq!(said.place.query, Query::default());
    }
}
