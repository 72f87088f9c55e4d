//! What the page and the engine say to each other. Plain data, serialised as JSON; a `File` handle
//! or finished bytes travel beside a message, never inside it.

use crate::{
    model::Field,
    report::{BlocksRequest, DownloadKind, Facet, MappingSheet, Report, Rows, TableWindow, TimeSeries},
    share::{ShareRequest, Shared, interactive::Opened, verify::Verdict},
    store::{MappingChoices, Problem, ProblemKind, SourceInfo},
    time::Zone,
};
use serde::{Deserialize, Serialize};

pub use guestlens_store::ask::{Clause, Picked, Query, Sort};

/// What the page shows besides the parts common to all views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewRequest {
    /// Figures, charts and rankings over the matching events.
    Overview,
    /// The table: which lines and columns are in sight.
    Events {
        /// First line.
        from: u32,
        /// How many lines.
        count: u32,
        /// Columns, in order.
        columns: Vec<Field>,
    },
    /// Counts by one field, or by two.
    Groups {
        /// Lines.
        by: Field,
        /// Columns of a pivot.
        then: Option<Field>,
    },
    /// Files and problems: needs nothing but the list of sources.
    Sources,
    /// A view of blocks.
    Blocks(BlocksRequest),
}

/// A question about the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Which events.
    pub query: Query,
    /// What to show of them.
    pub view: ViewRequest,
    /// Fields whose values are counted for the filter rail.
    pub facets: Vec<Field>,
    /// Text that the values of a facet must contain, letter case aside.
    #[serde(default)]
    pub facet_text: Vec<(Field, String)>,
    /// Field that stacks the bars of the histogram.
    pub stack: Option<Field>,
    /// Calendar of bins, heat map and times.
    pub zone: Zone,
    /// About how many bars the histogram has room for.
    pub bins: u32,
}

/// Formats that raw events are exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// One JSON array in the shape of Graph's `directoryAudit`.
    Json,
    /// The same objects, one a line.
    JsonLines,
}

impl ExportFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::JsonLines];
}

/// Sheets about the files that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sheet {
    /// Each file with its hash and what was read from it.
    Integrity,
    /// What could not be read.
    Problems,
}

/// Formats that sheets are exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetFormat {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// JSON.
    Json,
}

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToEngine {
    /// Read a file; its handle travels beside the message. Files are read one after another.
    Open {
        /// The number by which the page knows the file, from 0: [`SourceInfo::file`].
        file: u32,
        /// Its name, for display only.
        name: String,
        /// Its size in bytes.
        size: u64,
        /// Do not read it, but list it as failed for that reason: an earlier engine stopped over it.
        #[serde(default)]
        skip: Option<ProblemKind>,
        /// What its columns are, or those of files in it, where the reader corrects a guess.
        #[serde(default)]
        mappings: MappingChoices,
        /// Whether it is of the invented tenant: said wherever its source is listed.
        #[serde(default)]
        sample: bool,
        /// Whether it is the data of a report, which take the place of all files.
        #[serde(default)]
        report: bool,
    },
    /// Stop reading; keep what was read.
    Cancel,
    /// Answer with [`FromEngine::Frame`]. Newer questions replace older ones; while files load, the
    /// newest question is answered again from time to time.
    Run {
        /// Number of the question, ascending.
        seq: u32,
        /// The question.
        ask: Box<Ask>,
    },
    /// Answer with [`FromEngine::Rows`]: other lines of the table of question `seq`.
    Rows {
        /// Number of the question.
        seq: u32,
        /// First line.
        from: u32,
        /// How many lines.
        count: u32,
        /// Columns, in order.
        columns: Vec<Field>,
    },
    /// Answer with [`FromEngine::Details`].
    Details {
        /// The line's position in the newest question's table.
        index: u32,
        /// Calendar of times.
        zone: Zone,
    },
    /// Answer with [`FromEngine::Exported`]: the matching events of the newest question, in its order.
    Export {
        /// The format.
        format: ExportFormat,
        /// Columns of the CSV, in order; empty means every field.
        columns: Vec<Field>,
    },
    /// Answer with [`FromEngine::TableExported`]: all lines of a table of the newest view of blocks.
    ExportTable {
        /// Which, with its order and what is looked for; `from` and `count` do not matter.
        table: TableWindow,
        /// The format.
        format: SheetFormat,
    },
    /// Answer with [`FromEngine::Sheet`].
    Sheet {
        /// Which.
        sheet: Sheet,
        /// The format.
        format: SheetFormat,
    },
    /// Answer with [`FromEngine::Downloaded`], or not at all if there is no such thing any more.
    Download {
        /// What.
        kind: DownloadKind,
        /// Which of its kind.
        key: String,
        /// Calendar of times.
        zone: Zone,
    },
    /// Answer with [`FromEngine::Mapping`]: what the columns of a source were taken for.
    Mapping {
        /// Id of the source.
        source: u32,
    },
    /// Answer with [`FromEngine::Sample`]: the files of an invented tenant. They are not read until they are
    /// opened like any other.
    Sample,
    /// Answer with [`FromEngine::Shared`]: a report, which may not leave before it is verified.
    ///
    /// For an interactive report the page's own file travels beside the message.
    Share(Box<ShareRequest>),
    /// Stop writing the report that was asked for.
    StopShare,
    /// Read a finished report again and answer with [`FromEngine::Verified`]. Beside the message travel the known
    /// identifiers, the report and, of an interactive one, the page that made it. Another engine than the one that
    /// wrote it gets this.
    Verify {
        /// [`ShareRequest::id`].
        id: u32,
        /// The file's name.
        name: String,
        /// Of an interactive report, to how many ticks its times have to be rounded.
        interactive: Option<i64>,
    },
    /// Answer with labels instead of names from now on, or no longer.
    ScreenSafe {
        /// Whether.
        on: bool,
    },
    /// A question of the benchmark page; answer with [`FromEngine::Benched`].
    Bench {
        /// Comes back with the answer.
        id: u32,
        /// Which question; empty: answer once nothing is being read, with the number of events.
        name: String,
        /// The activity it is about.
        activity: String,
        /// The text it looks for.
        needle: String,
    },
}

/// From the engine to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FromEngine {
    /// The engine can take messages.
    Ready,
    /// How far each file is. The last one of a load has no source that waits or is being read.
    Progress {
        /// The sources that are new or have changed since the last message, each at the place that its id
        /// says, ascending.
        sources: Vec<SourceInfo>,
        /// All events.
        events: u64,
        /// Newly found or all listed problems; sent when their number changed.
        problems: Option<Vec<Problem>>,
    },
    /// The answer to a question.
    Frame(Box<Frame>),
    /// Lines of the table.
    Rows {
        /// Number of the question.
        seq: u32,
        /// The lines.
        rows: Rows,
    },
    /// All of one event.
    Details {
        /// `None` if there is no such line any more.
        details: Option<Box<crate::report::Details>>,
    },
    /// A finished file; its bytes travel beside the message.
    Exported {
        /// The format.
        format: ExportFormat,
        /// How many events it holds.
        events: u64,
    },
    /// A finished table; its bytes travel beside the message.
    TableExported {
        /// [`crate::report::Table::id`].
        id: String,
        /// The format.
        format: SheetFormat,
        /// How many lines it holds.
        lines: u64,
    },
    /// A finished sheet; its bytes travel beside the message.
    Sheet {
        /// Which.
        sheet: Sheet,
        /// The format.
        format: SheetFormat,
    },
    /// A finished file of a view; its bytes travel beside the message.
    Downloaded {
        /// What it is.
        kind: DownloadKind,
        /// Name of the file; may hold a text of a file that was read.
        name: String,
        /// Its media type.
        mime: String,
    },
    /// The answer to [`ToEngine::Mapping`]; none if there is no such source.
    Mapping {
        /// The columns.
        sheet: Option<Box<MappingSheet>>,
    },
    /// The answer to [`ToEngine::Sample`]; the files travel beside the message.
    Sample,
    /// A written report; its bytes travel beside the message.
    Shared(Box<Shared>),
    /// How far the writing of a report is, or the reading of the finished file.
    Sharing {
        /// [`ShareRequest::id`].
        id: u32,
        /// Parts that are done.
        done: u32,
        /// Parts in all.
        of: u32,
    },
    /// A report was opened: what is said of it.
    Opened(Box<Opened>),
    /// What the verification found.
    Verified {
        /// [`ShareRequest::id`].
        id: u32,
        /// It.
        verdict: Box<Verdict>,
    },
    /// The engine is about to stop: where in the source code, never what it read.
    Panicked {
        /// File and line.
        place: String,
        /// The number of the dropped file whose bytes were being read at that moment.
        file: Option<u32>,
    },
    /// The answer to [`ToEngine::Bench`].
    Benched {
        /// Number of the question.
        id: u32,
        /// One JSON value.
        json: String,
    },
}

/// The answer to [`Ask`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Number of the question.
    pub seq: u32,
    /// Events in the store.
    pub total: u64,
    /// Events that match.
    pub matching: u64,
    /// Of these, events without a time, which no chart over time can show.
    pub without_time: u64,
    /// Earliest and latest time of all events, ticks.
    pub period: Option<(i64, i64)>,
    /// One per field asked for, in that order.
    pub facets: Vec<Facet>,
    /// Events over time, whatever the time filter, so that the brush shows what else there is.
    pub histogram: TimeSeries,
    /// Whole days that no file covers, begin and end, ticks.
    pub uncovered: Vec<(i64, i64)>,
    /// Values of filters that are nowhere in the files.
    pub absent: Vec<(Field, String)>,
    /// What the view shows.
    pub report: Report,
}
