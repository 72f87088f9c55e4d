//! Which of Log Analytics' tables a row is of: audit records, sign-ins, or by what the row itself says.

use super::{
    draft::Draft,
    intake::Intake,
    log_analytics_row::{Field, RowReader, field},
    log_analytics_signin::{SignInCell, SignInRow},
    signin,
    sniff::Head,
};

/// A column, and what it is in either kind of table.
pub(super) struct Column {
    pub(super) name: Vec<u8>,
    field: Field,
    cell: SignInCell,
}

impl Column {
    pub(super) fn new(name: &[u8]) -> Self {
        Self { name: name.trim_ascii().to_vec(), field: field(name), cell: SignInCell::new(name) }
    }

    /// Whether its cells name the table.
    pub(super) fn names_table(&self) -> bool {
        self.field == Field::Table || self.cell == SignInCell::Category
    }

    /// Whether a cell names a table of sign-ins.
    pub(super) fn is_sign_in(text: &[u8]) -> bool {
        signin::log_of(text).is_some()
    }
}

/// Whether rows with columns of these names (in lower case) are sign-ins: somebody, an application, and
/// how it went or what for. Aggregated queries have no such columns.
pub(super) fn signs_in(names: &[String]) -> bool {
    let has = |all: &[&str]| all.iter().any(|one| names.iter().any(|name| name.trim() == *one));
    has(&["appdisplayname", "appid"])
        && has(&["userprincipalname", "userid", "userdisplayname", "serviceprincipalid", "serviceprincipalname"])
        && has(&[
            "resulttype",
            "status",
            "resourcedisplayname",
            "conditionalaccessstatus",
            "clientappused",
            "ipaddress",
        ])
}

/// Which tables a file's rows are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tables {
    /// None that is known.
    #[default]
    Neither,
    Audit,
    SignIns,
    /// A union: each row says it.
    Both,
}

impl Tables {
    fn new(audit: bool, sign_ins: bool) -> Self {
        match (audit, sign_ins) {
            (false, false) => Self::Neither,
            (true, false) => Self::Audit,
            (false, true) => Self::SignIns,
            (true, true) => Self::Both,
        }
    }

    /// By the columns of all rows.
    pub(super) fn of(columns: &[Column]) -> Self {
        let names: Vec<_> = columns.iter().map(|column| String::from_utf8_lossy(&column.name).to_lowercase()).collect();
        Self::new(columns.iter().any(|column| column.field.is_sign()), signs_in(&names))
    }

    /// By the members of the first rows.
    pub(super) fn of_records(head: &Head) -> Self {
        const AUDIT: [&str; 6] = [
            "initiatedby",
            "targetresources",
            "activitydatetime",
            "activitydisplayname",
            "aadoperationtype",
            "loggedbyservice",
        ];
        let sign_ins = head.any_record(|record| signs_in(record.names()));
        let audit = head.any_record(|record| AUDIT.iter().any(|sign| record.has(sign)));
        Self::new(audit || !sign_ins, sign_ins)
    }

    /// Whether a row is a sign-in; `None` where it is neither that nor an audit record.
    pub(super) fn is_sign_in(self, row_says: impl FnOnce() -> bool) -> Option<bool> {
        match self {
            Self::Neither => None,
            Self::Audit => Some(false),
            Self::SignIns => Some(true),
            Self::Both => Some(row_says()),
        }
    }
}

/// Reads rows of either kind.
#[derive(Default)]
pub(super) struct Rows {
    audit: RowReader,
    sign_ins: SignInRow,
    is_sign_in: bool,
}

impl Rows {
    /// Begins a row.
    pub(super) fn begin(&mut self, is_sign_in: bool) {
        self.is_sign_in = is_sign_in;
        if is_sign_in {
            self.sign_ins.begin();
        } else {
            self.audit.begin();
        }
    }

    /// Whether the JSON in a cell of this row is read.
    pub(super) fn reads_json(&self, column: &Column) -> bool {
        if self.is_sign_in { column.cell.is_value() } else { column.field.is_dynamic() }
    }

    /// Reads a cell that is not empty.
    pub(super) fn cell(&mut self, column: &mut Column, text: &[u8], draft: &mut Draft) {
        if self.is_sign_in {
            self.sign_ins.cell(&mut column.cell, &column.name, text, draft);
        } else {
            self.audit.cell(column.field, &column.name, text, draft);
        }
    }

    /// Ends a row; whether it is an event.
    pub(super) fn end(&mut self, draft: &mut Draft) -> bool {
        if self.is_sign_in { self.sign_ins.end(draft) } else { self.audit.end(draft) }
    }

    /// Says what could not be read.
    pub(super) fn finish(&mut self, intake: &mut Intake) {
        match self.audit.unreadable + self.sign_ins.unreadable {
            0 => {}
            1 => intake.note("1 cell should hold JSON but does not; it is kept as text."),
            cells => intake.note(&format!("{cells} cells should hold JSON but do not; they are kept as text.")),
        }
    }
}
