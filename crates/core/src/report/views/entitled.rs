//! What the views about access share: doors to events, people as values, choices by name.

use super::ViewScope;
use crate::{
    arrange,
    entitlement::access::{Access, Span, Subject, Sure, Thing, Why},
    model::Column,
    report::{Certainty, Control, Door, Value, View},
    store::{NO_TIME, Store},
    time::{self, DAY, Zone},
};

/// Leads to a view with these parameters.
pub(super) fn to_view(view: View, params: &[(&str, &str)]) -> Door {
    let pairs = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Door { view: Some(view), params: arrange::map(pairs), ..Door::default() }
}

/// Names an event among all, for keys of lines.
pub(super) fn event_key(store: &Store, event: u32) -> String {
    let source = store.source.get(event as usize);
    let source = store.sources.get(source as usize).map_or_else(|| source.to_string(), crate::store::SourceInfo::key);
    format!("{source}-{}", store.record[event as usize])
}

/// Who initiated an event.
pub(super) fn initiator(store: &Store, event: u32) -> Value {
    let text = |column| store.text(event as usize, column).into_owned();
    let name = text(Column::ActorName);
    let address = [Column::ActorUpn, Column::ActorServicePrincipalName, Column::Actor]
        .into_iter()
        .map(text)
        .find(|text| !text.is_empty() && *text != name)
        .unwrap_or_default();
    if name.is_empty() && address.is_empty() {
        return Value::none("The event does not say who initiated it");
    }
    Value::Person { name, address }
}

/// A choice; `all` is the first option, for which the parameter is empty.
pub(super) fn choice(
    name: &str,
    label: &str,
    value: Option<&str>,
    all: &str,
    options: impl IntoIterator<Item = (String, String)>,
) -> Control {
    let mut list = vec![(String::new(), all.to_owned())];
    list.extend(options);
    let value = value.filter(|value| list.iter().any(|(own, _)| own == value)).unwrap_or_default().to_owned();
    Control::Choice { name: name.into(), label: label.into(), testid: name.into(), value, options: list }
}

/// A choice that always has a value; the first is the default.
pub(super) fn pick(name: &str, label: &str, value: Option<&str>, options: &[(&str, &str)]) -> (Control, String) {
    let default = options.first().map_or("", |(value, _)| value);
    let value = value.filter(|value| options.iter().any(|(own, _)| own == value)).unwrap_or(default).to_owned();
    let options = options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect();
    let control =
        Control::Choice { name: name.into(), label: label.into(), testid: name.into(), value: value.clone(), options };
    (control, value)
}

/// A switch.
pub(super) fn switch(name: &str, label: &str, on: bool) -> Control {
    Control::Switch { name: name.into(), label: label.into(), testid: name.into(), on }
}

/// `1 guest`, `2 guests`.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", crate::number::thousands(number as u64), if number == 1 { one } else { several })
}

/// When an event happened.
pub(super) fn moment(store: &Store, event: u32) -> Value {
    Value::time(Some(store.time[event as usize]).filter(|at| *at != NO_TIME), "The event has no time")
}

/// Whoever has access, as a value.
pub(super) fn subject(subject: &Subject) -> Value {
    if subject.address.is_empty() && subject.name.is_empty() {
        return Value::none("The export does not say whose it is: Graph names the subject only with $expand=target");
    }
    Value::Person { name: subject.name.clone(), address: subject.address.clone() }
}

/// What `data-subject` names somebody by: the address, else the key.
pub(super) fn subject_data(subject: &Subject) -> String {
    if subject.address.is_empty() { subject.key.clone() } else { subject.address.clone() }
}

/// A package or resource, as a value.
pub(super) fn thing(thing: &Thing) -> Value {
    if thing.best().is_empty() {
        return Value::none("The export does not say of what: Graph names the package only with $expand=accessPackage");
    }
    Value::Name(thing.label())
}

/// How sure an end of a span is, for painters.
pub(super) fn certainty(sure: Sure) -> Certainty {
    match sure {
        Sure::Known => Certainty::Known,
        Sure::Inferred => Certainty::Inferred,
        Sure::Unknown => Certainty::Unknown,
    }
}

/// The stable word for how sure one is.
pub(super) fn sure_id(sure: Sure) -> &'static str {
    match sure {
        Sure::Known => "known",
        Sure::Inferred => "inferred",
        Sure::Unknown => "unknown",
    }
}

/// Why a span begins or ends where it does, in words.
pub(super) fn why(store: &Store, why: Why) -> String {
    let activity = |event: u32| store.text(event as usize, Column::Activity).into_owned();
    match why {
        Why::Event(event) => format!("\u{201c}{}\u{201d} in the log", activity(event)),
        Why::Field => "As the export of assignments has it".into(),
        Why::Request => "When its request was completed, as the export of requests has it".into(),
        Why::SeenFirst => "It was there before: no loaded file tells since when".into(),
        Why::Asked(event) => {
            format!("Inferred from \u{201c}{}\u{201d}: the log has no record of the removal itself", activity(event))
        }
        Why::Deleted(event) => format!("Inferred from \u{201c}{}\u{201d}: the account was deleted", activity(event)),
        Why::Restored(event) => format!("Inferred from \u{201c}{}\u{201d}: the account came back", activity(event)),
        Why::Planned => "Inferred from when it was to end: no later export still has it".into(),
        Why::Over => "An export calls it expired, without saying since when".into(),
        Why::Open => "No loaded file tells of an end".into(),
    }
}

/// An end of a span as a value: a moment that is known or inferred, else unknown with the reason.
pub(super) fn end(store: &Store, span: &Span, begin: bool, zone: &Zone) -> Value {
    let (at, sure, reason) =
        if begin { (span.from, span.from_is, span.from_why) } else { (span.to, span.to_is, span.to_why) };
    match (at, sure) {
        (Some(at), Sure::Known | Sure::Inferred) => Value::Time(at),
        (Some(at), Sure::Unknown) => {
            let bound = if begin { "It was there by" } else { "It was still there on" };
            Value::none(format!("{}. {bound} {}", why(store, reason), time::told(at, zone, store.rounding)))
        }
        (None, _) => Value::none(why(store, reason)),
    }
}

/// The day of a parameter, `2026-07-10`: its begin in the zone, ticks.
pub(super) fn day(scope: &ViewScope, name: &str) -> Option<i64> {
    let text = scope.param(name)?;
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(scope.zone().to_utc(time::from_calendar(year, month, day, 0, 0, 0)?))
}

/// The day of a moment as a parameter has it.
pub(super) fn day_text(ticks: i64, zone: &Zone) -> String {
    let (year, month, day) = time::calendar(ticks + zone.offset(ticks));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The moment that a view is as of: the end of the day that is set, else the newest that a file tells of.
pub(super) fn as_of(scope: &ViewScope, access: &Access) -> Option<i64> {
    day(scope, "as-of").map(|day| day + DAY - 1).or(access.as_of)
}

/// A control for that.
pub(super) fn as_of_control(scope: &ViewScope, as_of: Option<i64>) -> Control {
    Control::Day {
        name: "as-of".into(),
        label: "As of".into(),
        testid: "as-of".into(),
        value: match (scope.param("as-of"), as_of) {
            (_, None) => String::new(),
            // The day that all views are as of is one of UTC.
            (None, Some(as_of)) => super::as_of::text(time::rounded(as_of, DAY)),
            (Some(_), Some(as_of)) => day_text(as_of, scope.zone()),
        },
    }
}

/// Whether a text names somebody: a part of the name or address, or all of the key.
pub(super) fn is_named(subject: &Subject, needle: &str) -> bool {
    subject.key.eq_ignore_ascii_case(needle)
        || subject.address.to_lowercase().contains(needle)
        || subject.name.to_lowercase().contains(needle)
}

/// The one subject that a text names, if it is just one.
pub(super) fn one_subject(access: &Access, needle: &str) -> Option<u32> {
    let exact =
        |subject: &Subject| subject.key.eq_ignore_ascii_case(needle) || subject.address.to_lowercase() == needle;
    if let Some(at) = access.subjects.iter().position(exact) {
        return u32::try_from(at).ok();
    }
    let mut found = (0..).zip(&access.subjects).filter(|(_, subject)| is_named(subject, needle));
    found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
}
