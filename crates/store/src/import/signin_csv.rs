//! The portal's downloads of sign-ins as CSV: of users (55 or 57 columns), and of applications and managed
//! identities (22 columns).
//!
//! Columns are found by their names, in any order. Source of the names: headers of such downloads of 2024
//! and 2026, where one name stands twice and others have spaces at the end or two in a row.

use super::{
    Format,
    csv_import::{CsvImport, Row, RowMap},
    draft::Draft,
    intake::Intake,
    portal_header::plain,
    signin::SignIn,
    signin_names::{NOT_IN_55, PORTAL, is_portal},
    signin_slot::Slot,
    sniff::{Head, is_guid},
    time_text::{TimeText, read_time},
};
use crate::model::Log;

/// Sign-ins of users.
pub(super) const USERS: Format = Format {
    id: "signin-csv",
    label: "Portal sign-in log download (CSV)",
    sniff: |head| kind(head) == Some(Kind::Users) || by_order(head).is_some(),
    begin: |head| {
        let order = by_order(head).filter(|_| kind(head) != Some(Kind::Users));
        let rows = SignInRows::new(head, order.as_deref(), Kind::Users);
        Box::new(CsvImport::new(rows, head.header().len()).delimited(head.delimiter()))
    },
};

/// Sign-ins of applications.
pub(super) const APPLICATIONS: Format = Format {
    id: "signin-app-csv",
    label: "Portal sign-in log download of applications (CSV)",
    sniff: |head| kind(head) == Some(Kind::Applications),
    begin: |head| {
        let rows = SignInRows::new(head, None, Kind::Applications);
        Box::new(CsvImport::new(rows, head.header().len()).delimited(head.delimiter()))
    },
};

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Users,
    Applications,
}

/// The least number of the portal's columns: fewer might be anything.
const ENOUGH: usize = 6;

/// Whose sign-ins the rows under a header are, if it is the portal's.
fn kind(head: &Head) -> Option<Kind> {
    let names: Vec<String> = head.header().iter().map(|name| plain(name)).collect();
    let has = |name: &str| names.iter().any(|own| own == name);
    let known = head.header().iter().filter(|name| is_portal(name)).count();
    let sign_in = has("application") || has("applicationid");
    if known < ENOUGH || !sign_in || !(has("status") || has("signinerrorcode")) {
        return None;
    }
    match (has("userid") || has("username"), has("serviceprincipalid") || has("serviceprincipalname")) {
        (true, _) => Some(Kind::Users),
        (false, true) => Some(Kind::Applications),
        (false, false) => None,
    }
}

/// The names of the columns in the portal's order, if there are as many and the first record fits.
fn by_order(head: &Head) -> Option<Vec<&'static str>> {
    let names: Vec<&str> = match head.header().len() {
        57 => PORTAL.to_vec(),
        55 => PORTAL.into_iter().filter(|name| !NOT_IN_55.contains(name)).collect(),
        _ => return None,
    };
    let row = head.first_row();
    let is_time = |text: &[u8]| matches!(read_time(text), TimeText::At(_) | TimeText::Either { .. });
    (row.len() == names.len() && is_time(&row[0]) && is_guid(&row[1]) && is_guid(&row[3])).then_some(names)
}

struct SignInRows {
    slots: Vec<(usize, Slot)>,
    /// Columns with another name, which becomes the key of an extra.
    unknown: Vec<(usize, Vec<u8>)>,
    kind: Kind,
    log: Log,
    sign_in: SignIn,
    cell: Vec<u8>,
    notes: Vec<&'static str>,
}

impl SignInRows {
    fn new(head: &Head, order: Option<&[&'static str]>, kind: Kind) -> Self {
        let mut rows = Self {
            slots: Vec::new(),
            unknown: Vec::new(),
            kind,
            log: Log::Interactive,
            sign_in: SignIn::default(),
            cell: Vec::new(),
            notes: Vec::new(),
        };
        if order.is_some() {
            rows.notes.push("Headers are in another language; columns were taken by their order.");
        }
        for (column, own) in head.header().iter().enumerate() {
            let name = order.map_or(own.as_slice(), |order| order[column].as_bytes());
            if !is_portal(name) {
                rows.unknown.push((column, name.trim_ascii().to_vec()));
                continue;
            }
            let slot = Slot::new(name);
            // The first of several columns with one name counts; the others are details with a number.
            let before = rows.slots.iter().filter(|(_, known)| known.name().starts_with(slot.name()));
            let before = before.filter(|(_, known)| is_numbered(known.name(), slot.name())).count();
            rows.slots.push((column, if before == 0 { slot } else { slot.numbered(before + 1) }));
        }
        rows
    }
}

/// Whether a name is another one, or that with a number.
fn is_numbered(name: &[u8], other: &[u8]) -> bool {
    name[other.len()..].strip_prefix(b" ").map_or(name.len() == other.len(), |n| n.iter().all(u8::is_ascii_digit))
}

impl RowMap for SignInRows {
    /// Nothing in the file tells interactive sign-ins from others, so its name has to.
    /// Source: the names that the portal gives to its downloads.
    fn begin(&mut self, file: &str) {
        let name = plain(file.as_bytes());
        self.log = match self.kind {
            Kind::Users if name.contains("noninteractive") => Log::NonInteractive,
            Kind::Users => Log::Interactive,
            Kind::Applications if name.contains("msisignin") || name.contains("managedidentit") => Log::ManagedIdentity,
            Kind::Applications => Log::Application,
        };
        match self.kind {
            Kind::Users if !name.contains("interactive") => self.notes.push(
                "Neither the file nor its name says whether its sign-ins are interactive; they are taken for \
                 interactive ones. A file named NonInteractiveSignIns… is read as such.",
            ),
            Kind::Applications if self.log == Log::Application && !name.contains("application") => self.notes.push(
                "Neither the file nor its name says whether its sign-ins are those of managed identities; they are \
                 taken for those of applications. A file named MSISignIns… is read as such.",
            ),
            _ => {}
        }
    }

    #[inline]
    fn read(&mut self, row: &Row, draft: &mut Draft) -> bool {
        self.sign_in.begin(Some(self.log));
        for (column, slot) in &mut self.slots {
            if !row.is_empty(*column) {
                self.sign_in.put(slot, row.get(*column, &mut self.cell), draft);
            }
        }
        for (column, name) in &self.unknown {
            if !row.is_empty(*column) {
                draft.event.extra(name, row.get(*column, &mut self.cell));
            }
        }
        self.sign_in.end(draft)
    }

    fn finish(&mut self, intake: &mut Intake) {
        for note in &self.notes {
            intake.note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::signin_slot::Place, *};
    use crate::model::{Column, TargetColumn};

    fn kind_of(text: &str) -> Option<Kind> {
        kind(&Head::new(text.as_bytes()))
    }

    #[test]
    fn is_known_by_its_columns() {
        let users = "Date (UTC),Request ID,User ID,Username,Application,Status\n";
        assert_eq!(kind_of(users), Some(Kind::Users));
        let applications = "Status,Application ID ,Date (UTC),Service  principal ID ,Request ID,Correlation ID\n";
        assert_eq!(kind_of(applications), Some(Kind::Applications));
        assert_eq!(kind_of("Date (UTC),Request ID,Username,Authentication method,Succeeded,Requirement\n"), None);
        assert_eq!(kind_of("userPrincipalName,displayName,id,userType,createdDateTime,status\n"), None);
    }

    #[test]
    fn a_name_that_stands_twice_is_numbered() {
        let header = PORTAL.join(",");
        let rows = SignInRows::new(&Head::new(header.as_bytes()), None, Kind::Users);
        let names: Vec<&[u8]> = rows.slots.iter().map(|(_, slot)| slot.name()).collect();
        assert!(names.contains(&&b"Incoming token type"[..]) && names.contains(&&b"Incoming token type 2"[..]));
        let place = |place| rows.slots.iter().find(|(_, slot)| slot.place == place).map(|(column, _)| *column);
        assert_eq!(place(Place::Application(TargetColumn::Id)), Some(17));
        assert_eq!(place(Place::Set(Column::EventId)), Some(1));
    }
}
