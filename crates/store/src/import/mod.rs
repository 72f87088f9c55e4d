//! Bytes of a file, cut anywhere, into events of the store. The format is recognised by content.
//!
//! [`FileImport`] takes a dropped file and opens archives. Each text in it is an [`Import`].
//! `Import` decodes the bytes to text, shows the beginning to each [`Format`] and gives all of it to the
//! importer of the first that knows it. An importer splits the text into records and maps each to an
//! event; [`intake`] counts what became of it.

pub mod archive;
mod azure_monitor;
mod carry;
mod csv_import;
mod csv_split;
mod dates;
mod decode;
mod draft;
mod entity;
mod file;
mod graph_json;
mod intake;
mod json_import;
mod json_read;
mod json_resync;
mod json_split;
mod json_value;
mod legacy_json;
mod log_analytics;
mod log_analytics_row;
mod log_analytics_signin;
mod log_analytics_table;
mod logs;
mod portal_csv;
mod portal_header;
mod powershell;
mod purview;
mod purview_identity;
mod purview_record;
mod sigma_yaml;
mod signin;
mod signin_csv;
mod signin_json;
mod signin_names;
mod signin_slot;
mod sniff;
mod time_text;
mod transcript;

pub use entity::attributes;
pub use file::FileImport;

use crate::store::{MappingChoice, ProblemKind, SourceState, Store};
use decode::Decoder;
use intake::{FileState, Intake};
use sniff::Head;

/// A kind of file.
pub struct Format {
    /// Its stable kebab-case name.
    pub id: &'static str,
    /// Its name for a reader.
    pub label: &'static str,
    /// Whether a file that begins like that is one.
    sniff: fn(&Head) -> bool,
    /// Begins to read a file that begins like that.
    begin: fn(&Head) -> Box<dyn Importer>,
}

/// Every format, the more special ones first.
pub const FORMATS: &[Format] = &[
    sigma_yaml::FORMAT,
    portal_csv::FORMAT,
    signin_csv::USERS,
    signin_csv::APPLICATIONS,
    purview::FORMAT,
    log_analytics::CSV,
    log_analytics::TABLES,
    azure_monitor::FORMAT,
    log_analytics::JSON,
    legacy_json::FORMAT,
    signin_json::FORMAT,
    entity::sponsor_answers::FORMAT,
    entity::graph_access_reviews::FORMAT,
    entity::graph_entitlement::FORMAT,
    entity::graph_users::FORMAT,
    graph_json::FORMAT,
    transcript::FORMAT,
    entity::review_history_csv::FORMAT,
    entity::review_results_csv::FORMAT,
    entity::connected_organizations_csv::FORMAT,
    entity::requests_csv::FORMAT,
    entity::assignments_csv::FORMAT,
    entity::inactive_guests_csv::FORMAT,
    entity::users_csv::FORMAT,
];

/// Reads the text of one file.
trait Importer {
    /// Takes the next text, cut anywhere.
    fn push(&mut self, text: &[u8], intake: &mut Intake);
    /// Ends the text.
    fn finish(&mut self, intake: &mut Intake);
}

/// The import of one file.
pub struct Import {
    file: FileState,
    decoder: Decoder,
    stage: Stage,
}

enum Stage {
    /// Collecting the beginning of the text. With it: what the reader of the file says it is.
    Looking(Vec<u8>, Option<MappingChoice>),
    Reading(Box<dyn Importer>),
    Failed,
}

/// What is said of an export that is whole, but holds nothing.
const NO_RECORDS: &str = "The export holds no record: its filter matched nothing, or there was nothing to export.";

/// Bytes are taken in pieces of this size, so that places in them fit into 32 bits.
const PIECE: usize = 16 << 20;

impl Import {
    /// Begins to read the file that is `store.sources[source]`.
    pub fn new(source: usize) -> Self {
        Self::with_mapping(source, None)
    }

    /// The same for a file of which its reader says what its columns are. Only a CSV of entities heeds
    /// that; see `SourceInfo::mapping` for what it was taken for without.
    pub fn with_mapping(source: usize, choice: Option<MappingChoice>) -> Self {
        let stage = Stage::Looking(Vec::new(), choice);
        Self { file: FileState::new(source), decoder: Decoder::default(), stage }
    }

    /// Takes the next bytes, cut anywhere.
    pub fn push(&mut self, bytes: &[u8], store: &mut Store) {
        let mut intake = self.file.begin(store);
        intake.source().read += bytes.len() as u64;
        for piece in bytes.chunks(PIECE) {
            let text = self.decoder.decode(piece, false);
            self.stage.text(text, &mut intake);
        }
        intake.source().encoding = self.decoder.encoding().unwrap_or_default();
        intake.settle();
    }

    /// Ends the file. A file without an event whose records all failed, or that nothing recognises,
    /// has [`SourceState::Failed`], any other [`SourceState::Done`].
    pub fn finish(&mut self, store: &mut Store) {
        let mut intake = self.file.begin(store);
        let text = self.decoder.decode(&[], true);
        self.stage.text(text, &mut intake);
        let encoding = self.decoder.encoding().unwrap_or_default();
        intake.source().encoding = encoding;
        self.stage.look(&mut intake, true);
        if let Stage::Reading(importer) = &mut self.stage {
            importer.finish(&mut intake);
        }
        for _ in 0..self.decoder.replaced {
            intake.problem(ProblemKind::BadText, None, None);
        }
        intake.settle();
        intake.settle_dates();
        intake.settle();
        intake.end();
        if intake.source().records == 0 && matches!(self.stage, Stage::Reading(_)) {
            intake.note(NO_RECORDS);
        }
        let info = intake.source();
        let nothing = info.records > 0 && info.events + info.entity_records + info.duplicates == 0;
        info.state =
            if nothing || matches!(self.stage, Stage::Failed) { SourceState::Failed } else { SourceState::Done };
    }
}

impl Import {
    /// Ends the file before its end; what was read is kept. The caller sets the state.
    pub fn stop(&mut self, store: &mut Store) {
        let mut intake = self.file.begin(store);
        intake.settle();
        intake.end();
    }
}

impl Stage {
    fn text(&mut self, mut text: &[u8], intake: &mut Intake) {
        if let Self::Looking(head, _) = self {
            // White space at the beginning says nothing, however much of it there is.
            if head.is_empty() {
                let all = text.len();
                text = text.trim_ascii_start();
                intake.file.before += (all - text.len()) as u64;
            }
            let (beginning, rest) = text.split_at(text.len().min(Head::LENGTH - head.len()));
            head.extend_from_slice(beginning);
            if head.len() < Head::LENGTH {
                return;
            }
            self.look(intake, false);
            text = rest;
        }
        if let Self::Reading(importer) = self {
            importer.push(text, intake);
        }
    }

    /// Decides on the format by the beginning collected so far.
    fn look(&mut self, intake: &mut Intake, ended: bool) {
        let Self::Looking(text, choice) = self else { return };
        let (text, choice) = (std::mem::take(text), choice.take());
        *self = Self::Failed;
        if text.is_empty() && ended {
            // What stopped before its first letter is not empty.
            if intake.source().problems == 0 {
                intake.problem(ProblemKind::EmptyFile, None, None);
            }
            return;
        }
        let mut head = Head::new(&text);
        let wanted = choice.as_ref().and_then(|choice| choice.format.as_deref());
        let wanted = FORMATS.iter().find(|format| wanted == Some(format.id) && entity::is_mapped(format.id, &head));
        head.choice = choice;
        let Some(format) = wanted.or_else(|| FORMATS.iter().find(|format| (format.sniff)(&head))) else {
            return intake.problem(ProblemKind::NotRecognised, None, None);
        };
        let info = intake.source();
        format.id.clone_into(&mut info.format);
        format.label.clone_into(&mut info.format_label);
        kind(format.id).clone_into(&mut info.kind);
        intake.file.entities = entity::kind(format.id).is_some();
        let mut importer = (format.begin)(&head);
        importer.push(&text, intake);
        *self = Self::Reading(importer);
    }
}

/// What the records of a format are about, see `SourceInfo::kind`.
fn kind(format: &str) -> &'static str {
    match format {
        "signin-csv" | "signin-app-csv" | "graph-signin-json" => "sign-ins",
        "purview-ual-csv" => "unified-audit-log",
        "sigma-yaml" => "sigma-rules",
        _ => entity::kind(format).unwrap_or("audit"),
    }
}
