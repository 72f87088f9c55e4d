//! The table of groups as a file.

use crate::{action::Action, blocks::csv::csv};
use guestlens_core::{
    report::{Group, Groups},
    time::{Zone, iso, plain},
};

/// The table as a file: times in ISO 8601 UTC, numbers without separators.
pub fn save(groups: &Groups, zone: &Zone) -> Action {
    let time = |ticks: Option<i64>| ticks.map(iso).unwrap_or_default();
    let local = |ticks: Option<i64>| ticks.map(|ticks| plain(ticks, zone)).unwrap_or_default();
    let mut head =
        vec![groups.by.label().to_owned(), "Events".into(), "First seen (UTC)".into(), "Last seen (UTC)".into()];
    if !zone.is_utc() {
        head.extend([format!("First seen ({})", zone.name), format!("Last seen ({})", zone.name)]);
    }
    let last = groups.columns.len().saturating_sub(1);
    head.extend(
        groups.columns.iter().enumerate().map(|(number, name)| {
            if groups.columns_other && number == last { "All others".into() } else { name.clone() }
        }),
    );
    let line = |group: &Group| {
        let mut cells = vec![group.value.clone(), group.count.to_string(), time(group.first), time(group.last)];
        if !zone.is_utc() {
            cells.extend([local(group.first), local(group.last)]);
        }
        cells.extend(group.cells.iter().map(u32::to_string));
        cells
    };
    let missing = groups.distinct.saturating_sub(groups.groups.len() as u64);
    let note = (missing > 0).then(|| vec![format!("and {missing} more values that are less frequent")]);
    let text = csv(std::iter::once(head).chain(groups.groups.iter().map(line)).chain(note));
    Action::SaveText { name: format!("guestlens-by-{}.csv", groups.by.id()), mime: "text/csv".into(), text }
}
