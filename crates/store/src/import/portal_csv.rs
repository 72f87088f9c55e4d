//! The portal's "Download audit logs" as CSV: targets, their changes and details flattened into columns.
//!
//! Columns are found by their names, so that any order, subset and number of targets will do. Source of
//! the names: the header of the portal's download (86 columns, 2024); of the older ones: parsers of that
//! download that are public.

use super::{
    Format,
    csv_import::{CsvImport, Row, RowMap},
    draft::{Draft, Texts},
    intake::Intake,
    portal_header::{self, Header},
};

/// The portal's CSV.
pub(super) const FORMAT: Format = Format {
    id: "portal-csv",
    label: "Portal audit log download (CSV)",
    sniff: |head| portal_header::read(head).is_some(),
    begin: |head| {
        let header = portal_header::read(head).unwrap_or_default();
        Box::new(CsvImport::new(PortalRows::new(header), head.header().len()).delimited(head.delimiter()))
    },
};

struct PortalRows {
    header: Header,
    /// Whether a record fills every target, change or detail there is a column for.
    cut_off: bool,
}

impl PortalRows {
    fn new(header: Header) -> Self {
        Self { header, cut_off: false }
    }
}

impl RowMap for PortalRows {
    #[inline]
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        let mut texts = std::mem::take(draft.texts);
        let event = self.columns(row, draft, &mut texts);
        if event {
            self.targets(row, draft, &mut texts);
            self.details(row, draft, &mut texts);
            for (column, name) in &self.header.unknown {
                if !row.is_empty(*column) {
                    draft.event.extra(name, row.get(*column, &mut texts.first));
                }
            }
        }
        *draft.texts = texts;
        event
    }

    fn finish(&mut self, intake: &mut Intake) {
        for note in &self.header.notes {
            intake.note(note);
        }
        if self.cut_off {
            let Header { targets, details, .. } = &self.header;
            let changes = targets.iter().map(|target| target.changes.len()).max().unwrap_or(0);
            intake.note(&format!(
                "The CSV has room for {} targets, {changes} modified properties of each and {} additional details; \
                 some records fill it, so more may have been cut off. The JSON download is complete.",
                targets.len(),
                details.len()
            ));
        }
    }
}

impl PortalRows {
    /// Reads the columns with one value per event; whether there is anything in them.
    #[inline]
    fn columns(&self, row: &Row, draft: &mut Draft, texts: &mut Texts) -> bool {
        let mut any = false;
        for &(column, place) in &self.header.columns {
            if !row.is_empty(column) {
                any = true;
                draft.set(place, row.get(column, &mut texts.first));
            }
        }
        if let Some(time) = self.header.time.filter(|&time| !row.is_empty(time)) {
            draft.time(0, row.get(time, &mut texts.first));
            any |= draft.has_time();
        }
        any
    }

    #[inline]
    fn targets(&mut self, row: &Row, draft: &mut Draft, texts: &mut Texts) {
        let mut filled = 0;
        for target in &self.header.targets {
            if (target.first..=target.last).all(|column| row.is_empty(column)) {
                continue;
            }
            let mut open = false;
            for &(column, place) in &target.columns {
                if !row.is_empty(column) {
                    if !std::mem::replace(&mut open, true) {
                        draft.event.begin_target();
                    }
                    draft.event.set_target(place, row.get(column, &mut texts.first));
                }
            }
            let mut changes = 0;
            for change in &target.changes {
                let [name, old, new] = *change;
                if row.is_empty(name) && row.is_empty(old) && row.is_empty(new) {
                    continue;
                }
                if !std::mem::replace(&mut open, true) {
                    draft.event.begin_target();
                }
                let Texts { first, second, third } = &mut *texts;
                draft.event.change(row.get(name, first), row.get(old, second), row.get(new, third));
                changes += 1;
            }
            self.cut_off |= changes > 0 && changes == target.changes.len();
            filled += usize::from(open);
        }
        self.cut_off |= filled > 0 && filled == self.header.targets.len();
    }

    #[inline]
    fn details(&mut self, row: &Row, draft: &mut Draft, texts: &mut Texts) {
        let mut filled = 0;
        for &[key, value] in &self.header.details {
            if !(row.is_empty(key) && row.is_empty(value)) {
                draft.event.detail(row.get(key, &mut texts.first), row.get(value, &mut texts.second));
                filled += 1;
            }
        }
        self.cut_off |= filled > 0 && filled == self.header.details.len();
    }
}

/// Whether a text's beginning is a portal download.
#[cfg(test)]
fn is_portal(text: &str) -> bool {
    (FORMAT.sniff)(&super::sniff::Head::new(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_known_by_its_columns() {
        assert!(is_portal("Date (UTC),CorrelationId,Service,Category,Activity,Result\n"));
        assert!(is_portal("ActivityDateTime,ActivityDisplayName,LoggedByService,ActorName,TargetUPN\n"));
        assert!(!is_portal("userPrincipalName,displayName,id,userType,createdDateTime\n"));
        assert!(!is_portal("Date (UTC),Request ID,Correlation ID,User,Application,Status\n"));
    }
}
