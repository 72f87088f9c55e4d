//! Audit records as the portal's CSV: a byte order mark, every cell quoted, at most three targets of
//! five modified properties each, six additional details, no id.

use super::audit::Event;
use crate::time::{SECOND, iso};

const FIRST: [&str; 17] = [
    "Date (UTC)",
    "CorrelationId",
    "Service",
    "Category",
    "Activity",
    "Result",
    "ResultReason",
    "User Agent",
    "ActorType",
    "ActorDisplayName",
    "ActorObjectId",
    "ActorUserPrincipalName",
    "IPAddress",
    "ActorHomeTenantId",
    "ActorHomeTenantName",
    "ActorServicePrincipalId",
    "ActorServicePrincipalName",
];
const TARGETS: usize = 3;
const PROPERTIES: usize = 5;
const DETAILS: usize = 6;

/// The 86 column names.
fn header() -> Vec<String> {
    let mut names: Vec<String> = FIRST.iter().map(|&name| name.into()).collect();
    for target in 1..=TARGETS {
        for name in ["Type", "DisplayName", "ObjectId", "UserPrincipalName"] {
            names.push(format!("Target{target}{name}"));
        }
        for property in 1..=PROPERTIES {
            for name in ["Name", "OldValue", "NewValue"] {
                names.push(format!("Target{target}ModifiedProperty{property}{name}"));
            }
        }
    }
    for detail in 1..=DETAILS {
        names.push(format!("AdditionalDetail{detail}Key"));
        names.push(format!("AdditionalDetail{detail}Value"));
    }
    names
}

/// `2026-04-01T08:30:15+00:00`.
fn date(time: i64) -> String {
    iso(time - time.rem_euclid(SECOND)).replace('Z', "+00:00")
}

fn row(event: &Event) -> Vec<&str> {
    let by = &event.by;
    let mut cells = vec![
        event.correlation.as_str(),
        event.service,
        event.category,
        event.activity,
        event.result,
        event.reason,
        event.user_agent,
    ];
    cells.extend(if by.app {
        ["Application", &by.name, "", "", &by.ip, "", "", &by.id, &by.principal_name]
    } else {
        ["User", &by.name, &by.id, &by.upn, &by.ip, &by.tenant, &by.tenant_name, "", ""]
    });
    for number in 0..TARGETS {
        let target = event.targets.get(number);
        cells.extend(target.map_or([""; 4], |target| [target.kind, &target.name, &target.id, &target.upn]));
        for property in 0..PROPERTIES {
            let change = target.and_then(|target| target.changes.get(property));
            cells.extend(change.map_or([""; 3], |(name, old, new)| {
                [name, old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default()]
            }));
        }
    }
    for number in 0..DETAILS {
        cells.extend(event.details.get(number).map_or([""; 2], |(key, value)| [key, value.as_str()]));
    }
    cells
}

/// The file.
pub(super) fn audit(events: &[&Event]) -> Vec<u8> {
    let bytes = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(bytes);
    // Writing to memory does not fail, and all rows are of one length.
    let _ = writer.write_record(header());
    for event in events {
        let date = date(event.time);
        let _ = writer.write_record([date.as_str()].into_iter().chain(row(event)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A file of named columns whose cells are quoted only where needed.
pub(super) fn plain<'a>(header: &[&str], rows: impl Iterator<Item = Vec<String>> + 'a) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
