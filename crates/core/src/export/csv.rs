//! Events as CSV: UTF-8 with a byte order mark, CRLF, every cell quoted and harmless to a spreadsheet.
//!
//! With columns chosen, a cell joins several values by `; `. Without, the header is the portal's own
//! (`Date (UTC)`, `CorrelationId`, .., `Target1Type`, ..), widened by what the events need beyond it.

use super::neutral::neutral;
use crate::{
    model::{Column, Domain, Field, Log, TargetColumn},
    query::FieldValues,
    store::{NO_TIME, Store},
    time::{self, Zone},
};
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use std::{borrow::Cow, collections::HashMap};

type Out = Writer<Vec<u8>>;

/// Columns of the portal's download that are one per event.
const PORTAL: [(&str, Option<Column>); 17] = [
    ("Date (UTC)", None),
    ("CorrelationId", Some(Column::CorrelationId)),
    ("Service", Some(Column::Service)),
    ("Category", Some(Column::Category)),
    ("Activity", Some(Column::Activity)),
    ("Result", Some(Column::Result)),
    ("ResultReason", Some(Column::ResultReason)),
    ("User Agent", Some(Column::UserAgent)),
    ("ActorType", Some(Column::ActorType)),
    ("ActorDisplayName", Some(Column::ActorName)),
    ("ActorObjectId", Some(Column::ActorId)),
    ("ActorUserPrincipalName", Some(Column::ActorUpn)),
    ("IPAddress", Some(Column::IpAddress)),
    ("ActorHomeTenantId", Some(Column::ActorTenantId)),
    ("ActorHomeTenantName", Some(Column::ActorTenantName)),
    ("ActorServicePrincipalId", Some(Column::ActorServicePrincipalId)),
    ("ActorServicePrincipalName", Some(Column::ActorServicePrincipalName)),
];

/// Columns that the portal's download does not have; written where an event needs them.
const BEYOND: [(&str, Column); 6] = [
    ("Log", Column::Log),
    ("ActorUserType", Column::ActorUserType),
    ("ActorAppId", Column::ActorAppId),
    ("OperationType", Column::OperationType),
    ("ActivityType", Column::ActivityType),
    ("Id", Column::EventId),
];

/// Values of a target, in the portal's order.
const TARGET: [(&str, TargetColumn); 4] = [
    ("Type", TargetColumn::Type),
    ("DisplayName", TargetColumn::Name),
    ("ObjectId", TargetColumn::Id),
    ("UserPrincipalName", TargetColumn::Upn),
];

pub(super) fn writer() -> Out {
    WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec())
}

/// Takes a table cell by cell.
pub trait Cells {
    /// Takes a text.
    fn cell(&mut self, text: &str);
    /// Ends the line.
    fn end(&mut self);
}

/// Writing to memory does not fail.
impl Cells for Out {
    fn cell(&mut self, text: &str) {
        let _ = self.write_field(neutral(text).as_bytes());
    }

    fn end(&mut self) {
        let _ = self.write_record(None::<&[u8]>);
    }
}

pub(super) fn cell(out: &mut dyn Cells, text: &str) {
    out.cell(text);
}

pub(super) fn end(out: &mut dyn Cells) {
    out.end();
}

pub(super) fn finish(out: Out) -> Vec<u8> {
    out.into_inner().unwrap_or_default()
}

fn time_text(store: &Store, event: usize) -> String {
    Some(store.time[event]).filter(|ticks| *ticks != NO_TIME).map(time::iso).unwrap_or_default()
}

/// The chosen columns, headed as on the screen.
pub(super) fn columns(store: &Store, events: &[u32], columns: &[Field]) -> Vec<u8> {
    let mut out = writer();
    let readers: Vec<FieldValues> =
        columns.iter().map(|field| FieldValues::new(store, *field, &Zone::default())).collect();
    for field in columns {
        cell(&mut out, if *field == Field::Time { "Date (UTC)" } else { field.label() });
    }
    end(&mut out);
    for &event in events {
        let event = event as usize;
        for (field, values) in columns.iter().zip(&readers) {
            if *field == Field::Time {
                cell(&mut out, &time_text(store, event));
                continue;
            }
            let texts: Vec<Cow<str>> = values.of(event).into_iter().map(|code| values.display(code)).collect();
            cell(&mut out, &texts.join("; "));
        }
        end(&mut out);
    }
    finish(out)
}

/// Before the names of fields that no column knows, so that none is taken for a column of the portal.
const OTHER: &str = "Other field: ";

/// The most targets, changes of a target and details that get columns: a single huge event must not
/// make every line huge. What is beyond is counted in a column of its own.
const MOST_TARGETS: usize = 20;
/// See [`MOST_TARGETS`].
const MOST_CHANGES: usize = 30;
/// See [`MOST_TARGETS`].
const MOST_DETAILS: usize = 60;

/// How wide the table must be.
struct Width {
    beyond: Vec<(&'static str, Column)>,
    /// Per target: whether it has a group type, and how many changes.
    targets: Vec<(bool, usize)>,
    details: usize,
    /// Keys of extra fields, in the order met, and how often one event has them.
    extras: Vec<(u32, usize)>,
    /// Whether an event has more than fits.
    cut_off: bool,
}

impl Width {
    fn of(store: &Store, events: &[u32]) -> Self {
        let mut width =
            Self { beyond: Vec::new(), targets: vec![(false, 5); 3], details: 6, extras: Vec::new(), cut_off: false };
        // What has no other log is of the audit log.
        let audit = store.dictionary(Domain::Log).find(Log::Audit.label()).unwrap_or(0);
        let has = |column: Column| {
            let implied = if column == Column::Log { audit } else { 0 };
            events.iter().any(|event| ![0, implied].contains(&store.column(column).get(*event as usize)))
        };
        width.beyond = BEYOND.into_iter().filter(|(_, column)| has(*column)).collect();
        let mut places = HashMap::new();
        let group_type = store.target_column(TargetColumn::GroupType);
        for &event in events {
            let event = event as usize;
            width.details = width.details.max(store.details.of(event).len().min(MOST_DETAILS));
            width.cut_off |= cut_off(store, event).is_some();
            for (at, target) in store.targets_of(event).take(MOST_TARGETS).enumerate() {
                if at == width.targets.len() {
                    width.targets.push((false, 0));
                }
                let own = &mut width.targets[at];
                own.0 |= group_type.get(target) != 0;
                own.1 = own.1.max(store.changes_of(target).len().min(MOST_CHANGES));
            }
            let mut own: HashMap<u32, usize> = HashMap::new();
            for key in store.extras.of(event).map(|at| store.extras.key.get(at)) {
                let times = own.entry(key).or_default();
                *times += 1;
                let place = *places.entry(key).or_insert_with(|| {
                    width.extras.push((key, 0));
                    width.extras.len() - 1
                });
                width.extras[place].1 = width.extras[place].1.max(*times);
            }
        }
        width
    }
}

/// Every field, under the portal's own header.
pub(super) fn all_fields(store: &Store, events: &[u32]) -> Vec<u8> {
    let mut out = writer();
    fields_to(&mut out, store, events);
    finish(out)
}

/// The same, to whatever takes a table.
pub fn fields_to(out: &mut dyn Cells, store: &Store, events: &[u32]) {
    let width = Width::of(store, events);
    header(out, store, &width);
    for &event in events {
        record(out, store, event as usize, &width);
    }
}

fn header(out: &mut dyn Cells, store: &Store, width: &Width) {
    for (name, _) in PORTAL {
        cell(out, name);
    }
    for (at, (group_type, changes)) in width.targets.iter().enumerate() {
        let target = format!("Target{}", at + 1);
        for (name, _) in TARGET {
            cell(out, &format!("{target}{name}"));
        }
        if *group_type {
            cell(out, &format!("{target}GroupType"));
        }
        for change in 1..=*changes {
            for part in ["Name", "OldValue", "NewValue"] {
                cell(out, &format!("{target}ModifiedProperty{change}{part}"));
            }
        }
    }
    for detail in 1..=width.details {
        cell(out, &format!("AdditionalDetail{detail}Key"));
        cell(out, &format!("AdditionalDetail{detail}Value"));
    }
    for (name, _) in &width.beyond {
        cell(out, name);
    }
    for (key, times) in &width.extras {
        let key = store.dictionary(Domain::ExtraKey).get(*key);
        let name = format!("{OTHER}{}", key.trim_start_matches(OTHER));
        (0..*times).for_each(|_| cell(out, &name));
    }
    if width.cut_off {
        cell(out, "CutOff");
    }
    end(out);
}

fn record(out: &mut dyn Cells, store: &Store, event: usize, width: &Width) {
    for (_, column) in PORTAL {
        match column {
            Some(column) => cell(out, &store.text(event, column)),
            None => cell(out, &time_text(store, event)),
        }
    }
    let mut targets = store.targets_of(event);
    for (group_type, changes) in &width.targets {
        match targets.next() {
            Some(target) => target_cells(out, store, target, *group_type, *changes),
            None => empty(out, TARGET.len() + usize::from(*group_type) + changes * 3),
        }
    }
    let text = |domain: Domain, code: u32| store.dictionary(domain).get(code);
    let details = store.details.of(event);
    let missing = width.details.saturating_sub(details.len());
    for at in details.take(MOST_DETAILS) {
        cell(out, &text(Domain::DetailKey, store.details.key.get(at)));
        cell(out, &text(Domain::DetailValue, store.details.value.get(at)));
    }
    empty(out, missing * 2);
    for (_, column) in &width.beyond {
        cell(out, &store.text(event, *column));
    }
    for (key, times) in &width.extras {
        let mut own = store.extras.of(event).filter(|at| store.extras.key.get(*at) == *key);
        for _ in 0..*times {
            let value = own.next().map_or(0, |at| store.extras.value.get(at));
            cell(out, &text(Domain::ExtraValue, value));
        }
    }
    if width.cut_off {
        cell(out, &cut_off(store, event).unwrap_or_default());
    }
    end(out);
}

/// What of an event has no column.
fn cut_off(store: &Store, event: usize) -> Option<String> {
    let targets = store.targets_of(event);
    let more = |all: usize, most: usize| all.saturating_sub(most);
    let of_each = targets.clone().take(MOST_TARGETS);
    let changes: usize = of_each.map(|target| more(store.changes_of(target).len(), MOST_CHANGES)).sum();
    let (targets, details) = (more(targets.len(), MOST_TARGETS), more(store.details.of(event).len(), MOST_DETAILS));
    (targets + changes + details > 0).then(|| {
        format!("{targets} targets, {changes} modified properties and {details} details are only in the JSON export")
    })
}

fn target_cells(out: &mut dyn Cells, store: &Store, target: usize, group_type: bool, changes: usize) {
    for (_, column) in TARGET {
        cell(out, &store.target_text(target, column));
    }
    if group_type {
        cell(out, &store.target_text(target, TargetColumn::GroupType));
    }
    let own = store.changes_of(target);
    let missing = changes.saturating_sub(own.len());
    let value = |code| store.dictionary(Domain::PropertyValue).get(code);
    for at in own.take(MOST_CHANGES) {
        cell(out, &store.dictionary(Domain::PropertyName).get(store.change_name.get(at)));
        cell(out, &value(store.change_old.get(at)));
        cell(out, &value(store.change_new.get(at)));
    }
    empty(out, missing * 3);
}

fn empty(out: &mut dyn Cells, cells: usize) {
    (0..cells).for_each(|_| cell(out, ""));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(changes: usize) -> Store {
        let mut store = Store::default();
        let mut writer = store.writer(0);
        writer.set(Column::Activity, b"=HYPERLINK(\"x\")");
        writer.begin_target();
        for number in 0..changes {
            writer.change(format!("p{number}").as_bytes(), b"", b"a\"b\r\nc");
        }
        writer.extra(b"location", b" +49");
        writer.commit(1);
        store
    }

    fn lines(store: &Store) -> Vec<Vec<String>> {
        let bytes = all_fields(store, &[0]);
        assert!(bytes.starts_with("\u{feff}\"Date (UTC)\",\"CorrelationId\"".as_bytes()));
        assert!(bytes.ends_with(b"\"\r\n"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes["\u{feff}".len()..]);
        reader.records().map(|record| record.unwrap().iter().map(String::from).collect()).collect()
    }

    #[test]
    fn has_the_portals_columns_and_those_needed_beyond() {
        let all = lines(&store(2));
        assert_eq!((all[0].len(), all[1].len()), (87, 87));
        assert_eq!((all[0][4].as_str(), all[1][4].as_str()), ("Activity", "'=HYPERLINK(\"x\")"));
        assert_eq!((all[0][23].as_str(), all[1][23].as_str()), ("Target1ModifiedProperty1NewValue", "a\"b\r\nc"));
        assert_eq!((all[0][86].as_str(), all[1][86].as_str()), ("Other field: location", "' +49"));
    }

    #[test]
    fn says_what_has_no_column() {
        let all = lines(&store(103));
        assert_eq!(all[0].last().map(String::as_str), Some("CutOff"));
        assert!(all[1].last().is_some_and(|cell| cell.starts_with("0 targets, 73 modified properties and 0 details")));
    }
}
