//! What a report consists of: a title, views in an order, notes, and how it was made.

use super::{
    board,
    interactive::{self, Opened},
    pin, still, workbook,
};
use crate::{
    derived::{Derived, Memory},
    export,
    identity::{Identity, NeverMade},
    protocol::{ExportFormat, Query, Sort},
    query::{Selection, Tally, time_bins},
    redact::{Leaving, Policy, RULES_VERSION, RedactedStore, ShareLevel, Treatment},
    report::{
        self, Block, BlocksRequest, Params, Report, Scope, Table, TableColumn, TableLine, TableWindow, Value, View,
        views::{self, ViewScope},
    },
    time::{self, DAY, HOUR, MINUTE, SECOND, Zone},
};
use serde::{Deserialize, Serialize};

/// What a report is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One page without script, for reading and printing.
    #[default]
    Html,
    /// The page itself with the redacted data inside.
    Interactive,
    /// The events as CSV; of level Board the counts.
    Csv,
    /// Everything as JSON.
    Json,
    /// A summary in Markdown.
    Markdown,
    /// Tables and events as a workbook; of level Board the counts.
    Xlsx,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] = [Self::Html, Self::Interactive, Self::Csv, Self::Xlsx, Self::Json, Self::Markdown];

    /// The stable word in `data-form`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Interactive => "interactive",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Xlsx => "xlsx",
        }
    }

    /// The name a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Html => "Page without script (HTML, prints to PDF)",
            Self::Interactive => "This page with the redacted data inside (HTML, can be filtered)",
            Self::Csv => "Events (CSV)",
            Self::Json => "Everything (JSON)",
            Self::Markdown => "Summary (Markdown)",
            Self::Xlsx => "Tables and events (Excel workbook)",
        }
    }

    /// The name at a level: a board gets counts alone.
    pub fn label_at(self, level: ShareLevel) -> &'static str {
        match self {
            Self::Csv if level == ShareLevel::Board => "Counts (CSV)",
            Self::Json if level == ShareLevel::Board => "Counts (JSON)",
            Self::Xlsx if level == ShareLevel::Board => "Counts (Excel workbook)",
            _ => self.label(),
        }
    }

    /// The end of a file's name, and its media type.
    pub fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Html | Self::Interactive => ("html", "text/html"),
            Self::Csv => ("csv", "text/csv"),
            Self::Json => ("json", "application/json"),
            Self::Markdown => ("md", "text/markdown"),
            Self::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        }
    }

    /// Why there is no report of that level in this form; `None` where there is.
    pub fn lacks(self, level: ShareLevel) -> Option<&'static str> {
        (self == Self::Interactive && level == ShareLevel::Board).then_some(
            "A board gets suppressed counts and no events, so there would be nothing to filter: choose another form.",
        )
    }

    /// Whether it shows views as they are on the screen, and not events or tables alone.
    pub fn shows_views(self) -> bool {
        matches!(self, Self::Html | Self::Markdown | Self::Xlsx)
    }

    /// The form of that stable word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }
}

/// What its sender wants in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Composition {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// The day it is made, in words; the core has no clock.
    pub day: String,
    /// Views in their order.
    pub sections: Vec<Section>,
    /// Calendar of times.
    pub zone: Zone,
}

/// A view in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// The view.
    pub view: View,
    /// What is set on it.
    pub params: Params,
    /// What its sender says about it.
    pub note: String,
    /// Of a part that is pinned, which one: `table-` or `chart-` and its name; or `event-`, the number of its source
    /// and its record. Empty: the whole view.
    pub only: String,
    /// Of a pinned part in an interactive report, what it is.
    pub title: String,
}

/// How a report was made, and what that means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Whom it is for.
    pub level: String,
    /// What that means.
    pub meaning: String,
    /// The rules' version.
    pub rules: u32,
    /// How many identifiers were looked for.
    pub identifiers: u64,
    /// The same and what else there is to say, in sentences.
    pub lines: Vec<String>,
    /// What became of the values, class by class.
    pub leaving: Vec<Leaving>,
}

/// A view with what it shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Part {
    /// Heading.
    pub title: String,
    /// What its sender says about it.
    pub note: String,
    /// Whether it is a part of a view, or an event, that is pinned.
    pub is_pinned: bool,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A report, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Made {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// When and with what it was made.
    pub made: String,
    /// Views in their order.
    pub parts: Vec<Part>,
    /// How it was made.
    pub certificate: Certificate,
}

/// Lines of a table that a report for reading holds.
const LINES: u32 = 5_000;
/// Lines that a sheet of a workbook can hold, its head aside.
const MOST_LINES: u32 = 1_048_575;

/// Makes a report of a redacted store. `identifiers`: how many the verification looks for.
pub fn compose(redacted: &RedactedStore, composition: &Composition, identifiers: u64) -> Made {
    compose_with(redacted, composition, identifiers, LINES)
}

/// The same with so many lines of each table.
fn compose_with(redacted: &RedactedStore, composition: &Composition, identifiers: u64, lines: u32) -> Made {
    let policy = redacted.policy();
    let mut parts = if policy.level == ShareLevel::Board {
        board::parts(redacted)
    } else {
        composition.sections.iter().map(|section| part(redacted, section, &composition.zone, lines)).collect()
    };
    if policy.level != ShareLevel::Board {
        parts.push(files(redacted));
    }
    parts.push(Part {
        title: "Method".into(),
        blocks: vec![Block::Story { sentences: method(policy) }],
        ..Part::default()
    });
    Made {
        title: title(composition),
        purpose: composition.purpose.trim().to_owned(),
        made: made_when(policy, composition),
        parts,
        certificate: certificate(redacted, identifiers),
    }
}

fn title(composition: &Composition) -> String {
    let title = composition.title.trim();
    if title.is_empty() { "Guest report" } else { title }.to_owned()
}

fn made_when(policy: &Policy, composition: &Composition) -> String {
    let zone = &composition.zone.name;
    format!(
        "Made {} with Guestlens {}. Times are in {}, {}.",
        composition.day,
        env!("CARGO_PKG_VERSION"),
        if zone.is_empty() || policy.time.step() > 0 { "UTC" } else { zone },
        policy.time.label()
    )
}

fn part(redacted: &RedactedStore, section: &Section, zone: &Zone, lines: u32) -> Part {
    let store = redacted.store();
    let mut memory = Memory::default();
    memory.refresh(store);
    if let Some(findings) = redacted.findings() {
        memory.put(findings);
    }
    let derived = Derived::new(store, &memory);
    // Rounded days lie at midnight UTC: in another zone they would be the day before or after.
    let utc = Zone { step: redacted.policy().time.step(), ..Zone::default() };
    let zone = if redacted.policy().time.step() > 0 { &utc } else { zone };
    let query = Query::default();
    let selection = Selection::new(store, &query, zone);
    let tally = Tally::new(store, &selection, zone);
    let scope = Scope { tally: &tally, period: time_bins::period(&store.time), bins: 60 };
    let blocks_of = |tables: &[TableWindow]| {
        let request = BlocksRequest { of: section.view, params: section.params.clone(), ..BlocksRequest::default() };
        let scope = ViewScope { scope, derived, query: &query, params: &section.params, tables, open: None };
        match views::report(&request, &scope) {
            Report::Blocks { blocks, .. } => blocks,
            _ => Vec::new(),
        }
    };
    let blocks = match section.view {
        View::Overview => {
            let (identity, never) = (derived.get::<Identity>(), derived.get::<NeverMade>());
            match report::overview(scope, Some(report::Who { identity: &identity, never: &never })) {
                Report::Overview { blocks } => blocks,
                _ => Vec::new(),
            }
        }
        View::Events => vec![Block::Table(events(redacted, zone))],
        View::Groups | View::Sources => Vec::new(),
        _ => {
            let windows: Vec<TableWindow> = blocks_of(&[])
                .iter()
                .filter_map(|block| match block {
                    Block::Table(table) => Some(table.id.clone()),
                    Block::Lanes(lanes) => Some(lanes.id.clone()),
                    _ => None,
                })
                .map(|id| TableWindow { id, count: lines, ..TableWindow::default() })
                .collect();
            blocks_of(&windows)
        }
    };
    let mut blocks = blocks;
    let mut title = section.view.label().to_owned();
    if let Some(pinned) = section.only.strip_prefix("event-") {
        (title, blocks) = pin::event(store, pinned, zone);
    } else if !section.only.is_empty() {
        blocks.retain(|block| pin::name(block) == section.only);
        if blocks.is_empty() {
            blocks.push(pin::gone("The pinned part is not in this report: what it shows does not leave."));
        }
    }
    blocks.iter_mut().for_each(still::still);
    Part { title, note: section.note.trim().to_owned(), is_pinned: !section.only.is_empty(), blocks }
}

fn events(redacted: &RedactedStore, zone: &Zone) -> Table {
    use crate::model::Field;
    let store = redacted.store();
    let fields = [Field::Service, Field::Activity, Field::Result, Field::Actor, Field::Target];
    let order = crate::query::order(store, Sort::default());
    let rows = report::rows(store, &order, 0, LINES, &fields);
    let column = |id: &str, label: &str| TableColumn { id: id.into(), label: label.into(), ..TableColumn::default() };
    let mut columns = vec![column("time", Field::Time.label())];
    columns.extend(fields.iter().map(|field| column(&field.id(), field.label())));
    let lines = rows.rows.into_iter().map(|row| {
        let time = row.time.map_or_else(|| Value::none("The event has no time"), |ticks| shown_time(redacted, ticks));
        let cells = row.cells.into_iter().map(|cell| match cell.more {
            0 => Value::Text(cell.text),
            more => Value::Text(format!("{} and {more} more", cell.text)),
        });
        TableLine { cells: std::iter::once(time).chain(cells).collect(), ..TableLine::default() }
    });
    let lines: Vec<TableLine> = lines.collect();
    let _ = zone;
    Table {
        id: "events".into(),
        columns,
        total: store.len() as u64,
        matching: store.len() as u64,
        lines,
        empty: "There is no event.".into(),
        ..Table::default()
    }
}

fn shown_time(redacted: &RedactedStore, ticks: i64) -> Value {
    if redacted.policy().time.step() >= DAY { Value::Day(ticks) } else { Value::Time(ticks) }
}

fn files(redacted: &RedactedStore) -> Part {
    let sheet = report::integrity(redacted.store());
    let names = ["File", "Format", "Records", "Events", "Duplicates", "Problems", "From", "To", "SHA-256"];
    let columns = names.map(|name| TableColumn {
        id: name.to_lowercase(),
        label: name.into(),
        is_number: matches!(name, "Records" | "Events" | "Duplicates" | "Problems"),
        ..TableColumn::default()
    });
    let day = |text: &Option<String>| Value::text(text.as_deref().map_or("", |text| &text[..text.len().min(10)]));
    let lines: Vec<TableLine> = sheet
        .files
        .iter()
        .map(|file| TableLine {
            cells: vec![
                Value::Text(file.name.clone()),
                Value::Said(file.format_label.clone()),
                Value::Number(file.records),
                Value::Number(file.events),
                Value::Number(file.duplicates),
                Value::Number(file.problems),
                day(&file.first),
                day(&file.last),
                Value::text(file.sha256.as_str()),
            ],
            ..TableLine::default()
        })
        .collect();
    let total = lines.len() as u64;
    let table = Table {
        id: "files".into(),
        help: "What was read. Whoever has the files can compare their SHA-256.".into(),
        columns: columns.into(),
        total,
        matching: total,
        lines,
        empty: "There is no file.".into(),
        ..Table::default()
    };
    Part { title: "Files".into(), blocks: vec![Block::Table(table)], ..Part::default() }
}

fn method(policy: &Policy) -> Vec<String> {
    let mut sentences: Vec<String> = vec![
        "Exports of Microsoft Entra were read in a browser on the sender's computer; nothing was sent anywhere.".into(),
        "What the exports do not hold is not in this report: \"not seen\" does not mean \"never\".".into(),
    ];
    match policy.level {
        ShareLevel::Team => sentences.push("Names, addresses and times are those of the files.".into()),
        ShareLevel::Partner => sentences.push(
            "Only events and lists that concern guests of the named organization are in it. Everybody else is left out.".into(),
        ),
        ShareLevel::Board => sentences.push(format!(
            "Only counts are in this report. Those from 1 to {} are suppressed, and as many others as it takes that \
             none of them follows from sums.",
            policy.k.max(2) - 1
        )),
        ShareLevel::Auditor => {
            sentences.push(
                "Identities are pseudonymised: a label stands for the same person or object everywhere in this report, \
                 and for nobody in another one. Labels are made with a secret key (HMAC-SHA-256) that is not in the \
                 report. Pseudonymised information is still personal information for whoever holds the key."
                    .into(),
            );
            sentences.push(format!("Times are rounded {}.", policy.time.label()));
            if policy.time.step() > 0 {
                sentences.push(
                    "Lengths of time are differences of rounded times, and told no finer. Rules judge by the exact \
                     times, which are not in the report."
                        .into(),
                );
            }
        }
    }
    sentences
}

fn certificate(redacted: &RedactedStore, identifiers: u64) -> Certificate {
    let policy = redacted.policy();
    let meaning = policy.level.help().to_owned();
    let mut lines = vec![format!("Level {}, rules version {RULES_VERSION}. {meaning}", policy.level.label())];
    if policy.is_real() {
        lines.push("This report holds real names. It was not searched for them.".into());
    } else {
        lines.push(format!(
            "The finished file was read again by other code: 0 of {identifiers} identifiers of the loaded files were \
             found in it, in any spelling, and nothing that looks like an address, an object ID or an IP address."
        ));
    }
    lines.push(treated(policy));
    Certificate {
        level: policy.level.label().into(),
        meaning,
        rules: RULES_VERSION,
        identifiers,
        lines,
        leaving: redacted.leaving().to_vec(),
    }
}

/// What becomes of whom and what, by level.
fn treated(policy: &Policy) -> String {
    let choice = |name: &str, treatment: Treatment| format!("{name}: {}", treatment.label());
    match policy.level {
        ShareLevel::Team => "Everything is as it is in the files.".into(),
        ShareLevel::Partner => format!(
            "Guests of {}: names and addresses at home as they are, their IDs as labels; everybody else and other \
             organizations: left out; groups, applications and packages: names that name nobody else; IP addresses \
             and free text: left out; times: {}.",
            policy.partner,
            policy.time.label()
        ),
        ShareLevel::Auditor => [
            choice("people", policy.people),
            choice("groups, applications and packages", policy.things),
            choice("domains", policy.domains),
            choice("clients", policy.clients),
            choice("free text", policy.text),
            format!("times: {}", policy.time.label()),
        ]
        .join("; "),
        ShareLevel::Board => format!(
            "Counts by month; counts from 1 to {} are suppressed. No person, thing, domain, address, text or event is \
             in it.",
            policy.k.max(2) - 1
        ),
    }
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Writes a report in a form.
///
/// `page` is the page's own file, for interactive reports; without it such a report is empty.
pub fn write(
    redacted: &RedactedStore,
    composition: &Composition,
    form: Form,
    identifiers: u64,
    page: &[u8],
) -> Written {
    let level = redacted.policy().level;
    let name = format!("guestlens-{}-report.{}", level.id(), form.file().0);
    if form == Form::Interactive {
        let lacks = form.lacks(level).is_some();
        let facts = opened(redacted, composition, identifiers);
        let bytes = if lacks { Vec::new() } else { interactive::page(page, redacted, &facts) };
        return Written { name, bytes };
    }
    // What is read by programs has all lines.
    let lines = if matches!(form, Form::Xlsx | Form::Json) { MOST_LINES } else { LINES };
    let made = compose_with(redacted, composition, identifiers, lines);
    let zone = if redacted.policy().time.step() > 0 {
        Zone { step: redacted.policy().time.step(), ..Zone::default() }
    } else {
        composition.zone.clone()
    };
    let is_board = redacted.policy().level == ShareLevel::Board;
    let bytes = match form {
        Form::Html | Form::Interactive => super::html::page(&made, &zone),
        Form::Markdown => super::markdown::summary(&made, &zone),
        Form::Csv if is_board => board::csv(&made),
        Form::Csv => super::events(redacted, ExportFormat::Csv),
        Form::Json => json(redacted, &made, is_board, &zone),
        Form::Xlsx => workbook::workbook(redacted, &made, &zone),
    };
    Written { name, bytes }
}

/// What is said of an interactive report to whoever opens it.
fn opened(redacted: &RedactedStore, composition: &Composition, identifiers: u64) -> Opened {
    Opened {
        title: title(composition),
        purpose: composition.purpose.trim().to_owned(),
        made: made_when(redacted.policy(), composition),
        certificate: certificate(redacted, identifiers),
        method: method(redacted.policy()),
        sections: composition.sections.iter().map(|section| named(redacted, section, &composition.zone)).collect(),
        step: redacted.policy().time.step(),
        sha256: String::new(),
    }
}

/// A section with what its pinned part is called in the report, where nothing that the page showed may stand.
fn named(redacted: &RedactedStore, section: &Section, zone: &Zone) -> Section {
    let store = redacted.store();
    let title = match section.only.split_once('-') {
        Some(("event", pinned)) => pin::sentence(store, pinned, zone),
        Some(("table", _)) => "Table".into(),
        Some(_) => "Chart".into(),
        None => String::new(),
    };
    Section { title, ..section.clone() }
}

fn json(redacted: &RedactedStore, made: &Made, is_board: bool, zone: &Zone) -> Vec<u8> {
    let tables = |part: &Part| -> Vec<serde_json::Value> {
        let of = part.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => {
                serde_json::from_slice(&export::table(table, crate::protocol::SheetFormat::Json)).ok()
            }
            _ => None,
        });
        of.collect()
    };
    let parts: Vec<_> = made
        .parts
        .iter()
        .map(|part| {
            let mut own = serde_json::json!({ "title": part.title, "note": part.note, "tables": tables(part) });
            if part.is_pinned {
                own["pinned"] = pin::lines(&part.blocks, zone).into();
            }
            own
        })
        .collect();
    let mut report = serde_json::json!({
        "title": made.title, "purpose": made.purpose, "made": made.made,
        "certificate": made.certificate, "parts": parts,
    });
    if !is_board {
        let events = super::events(redacted, ExportFormat::Json);
        report["events"] = serde_json::from_slice(&events).unwrap_or_default();
    }
    let mut bytes = serde_json::to_vec_pretty(&report).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A value in words.
pub(super) fn words_of(value: &Value, zone: &Zone) -> String {
    match value {
        Value::None(why) if why.is_empty() => "-".into(),
        Value::None(why) => format!("- ({why})"),
        Value::Person { name, address } if name.is_empty() || name == address => address.clone(),
        Value::Person { name, address } if address.is_empty() || address.split('@').next() == Some(name) => {
            name.clone()
        }
        Value::Person { name, address } => format!("{name} ({address})"),
        Value::Number(number) => crate::chart::thousands(*number),
        Value::Share(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        Value::Time(ticks) if ticks % DAY == 0 => time::plain_day(*ticks, zone),
        Value::Time(ticks) => time::plain(*ticks, zone),
        Value::Day(ticks) => time::plain_day(*ticks, zone),
        Value::Duration(ticks) => length(*ticks),
        Value::Days(days) => format!("{days} days"),
        Value::List(texts) => texts.join(", "),
        other => other.words(),
    }
}

fn length(ticks: i64) -> String {
    let (days, hours) = (ticks / DAY, ticks % DAY / HOUR);
    let (minutes, seconds) = (ticks % HOUR / MINUTE, ticks % MINUTE / SECOND);
    match () {
        () if days > 0 && hours == 0 => format!("{days} d"),
        () if days > 0 => format!("{days} d {hours} h"),
        () if hours > 0 => format!("{hours} h {minutes} min"),
        () if minutes > 0 => format!("{minutes} min"),
        () => format!("{seconds} s"),
    }
}
