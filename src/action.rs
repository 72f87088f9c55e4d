//! Everything that can happen on the page: what a reader does, what the engine answers, what the
//! address says. Components emit these and nothing else; [`crate::state`] decides what they mean.

pub use crate::file_action::FileAction;
pub use guestlens_core::report::View;
use guestlens_core::{
    model::Field,
    protocol::{ExportFormat, FromEngine, SheetFormat, Sort},
    redact::{Precision, ShareLevel},
    report::{Door, DownloadKind, TableWindow},
    share::Form,
};
use web_sys::File;

/// The calendar that times are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoneChoice {
    /// Coordinated universal time.
    #[default]
    Utc,
    /// The zone of the reader's computer.
    Local,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// A dialog over the page; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// All keys, and the switch for single keys.
    Keys,
    /// The rail, where the window is too narrow to have it beside the view.
    Menu,
    /// What holds the page back from sending anything.
    Proof,
    /// How the report that is shown was made.
    Certificate,
    /// A report to be shared.
    Share,
    /// The filters, where the window is too narrow to have them beside the table.
    Filters,
}

/// What is done in the share dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum ShareStep {
    /// Open the dialog.
    Open,
    /// Whom the report is for.
    Level(ShareLevel),
    /// What it is written as.
    Form(Form),
    /// Of level Partner: whose guests may be named.
    Partner(String),
    /// How exact times are.
    Time(Precision),
    /// Scrub free text instead of leaving it out.
    Scrub(bool),
    /// Networks instead of no addresses.
    Networks(bool),
    /// Names of groups, packages and applications as they are.
    Things(bool),
    /// The report's title.
    Title(String),
    /// What it is for.
    Purpose(String),
    /// Put a view into it, or take it out.
    Take(View, bool),
    /// Move the view at this place up.
    Earlier(usize),
    /// A note on the view at this place.
    Note(usize, String),
    /// Pin a part of the view in sight: its name, as in [`guestlens_core::share::Section::only`], and its title.
    Pin(String, String),
    /// A note on the pinned part at this place.
    PinNote(usize, String),
    /// Move the pinned part at this place one up, or one down.
    PinMove(usize, bool),
    /// Take the pinned part at this place away.
    Unpin(usize),
    /// Only events that match the filters.
    Filtered(bool),
    /// The key of an engagement; empty for a random one.
    Key(String),
    /// The same, from the text of a key file.
    KeyFrom(String),
    /// Stop writing and verifying.
    Stop,
    /// Write it after all.
    Again,
    /// Save the report.
    Download,
    /// Save the key file.
    DownloadKey,
    /// A key file was opened: its text.
    KeyFile(String),
    /// The label somebody asks about.
    Label(String),
    /// The verification has ended without a word.
    VerifierLost,
    /// Show labels instead of names, or names again.
    ScreenSafe(bool),
}

/// A file whose handle the engine link keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    // Files
    /// Read these files too.
    OpenFiles(Vec<File>),
    /// Forget a file and what was read from it.
    RemoveFile(u32),
    /// Forget all files.
    ClearAll,
    /// Stop reading; keep what was read.
    CancelLoad,
    /// Something else that happens to files, or to the work on them.
    Files(FileAction),

    // What is asked
    /// Go to a view.
    Show(View),
    /// Keep only events that have this value of the field (beside values asked for before).
    Include {
        /// The field.
        field: Field,
        /// The value; empty for "no value".
        value: String,
    },
    /// Leave out events that have this value; leaves them in again if they were left out.
    Exclude {
        /// The field.
        field: Field,
        /// The value; empty for "no value".
        value: String,
    },
    /// Include the value, or stop doing so.
    ToggleFacet {
        /// The field.
        field: Field,
        /// The value; empty for "no value".
        value: String,
    },
    /// Drop the condition at this place of the query.
    RemoveClause(usize),
    /// Ask for all events again, not only for those that a figure or finding stands on.
    DropPicked,
    /// Drop every condition, the text, the window and the guests switch.
    ClearFilters,
    /// Ask for events that contain this text.
    Search(String),
    /// Ask for a time window: from (inclusive), to (exclusive), ticks.
    Window(Option<(i64, i64)>),
    /// As [`Action::Window`], where either end may stay open.
    WindowEnds(Option<i64>, Option<i64>),
    /// Ask for events of an hour of the week, as [`Query::hour`](guestlens_core::protocol::Query) counts them, and show them.
    Hour(u8),
    /// Ask for all hours again.
    AllHours,
    /// Ask only for events that a guest takes part in.
    GuestsOnly(bool),
    /// Apply the conditions of a figure or mark, and show the events.
    Go(Door),
    /// Order the table.
    Sort(Sort),
    /// Take back the last change of the query.
    Undo,
    /// Make it again.
    Redo,

    // How it is shown
    /// The table's columns, in order.
    Columns(Vec<Field>),
    /// Lines of the table that are, or soon will be, in sight.
    NeedRows {
        /// First line.
        from: u32,
        /// How many.
        count: u32,
    },
    /// Show all of the event on that line, or close the drawer.
    Select(Option<u32>),
    /// Set a parameter of the view in sight.
    SetParam {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// Ask for other lines of a table of the view in sight, in another order, or with a text in them.
    Table(TableWindow),
    /// Open the line or mark of that key beside the view in sight, or close what is open.
    Open(Option<String>),
    /// Count by one field, or by two.
    GroupBy(Field, Option<Field>),
    /// Stack the bars of the histogram by a field.
    StackBy(Option<Field>),
    /// Show only values of the facet that contain this text.
    FacetText(Field, String),
    /// Show times in that calendar.
    Zone(ZoneChoice),
    /// Light or dark.
    Theme(Theme),
    /// Unfold the rail, or fold it to its icons.
    Rail(bool),
    /// Open or close the menu of export formats.
    ExportMenu(bool),
    /// Open a dialog, or close it.
    Dialog(Option<Dialog>),
    /// Let single keys act, or not.
    SingleKeys(bool),
    /// Take a message off the page.
    Dismiss(u32),

    // What leaves the page
    /// Save the matching events.
    Export(ExportFormat),
    /// Save all lines of a table of the view in sight.
    ExportTable {
        /// Which table.
        id: String,
        /// The format.
        format: SheetFormat,
    },
    /// Save a file that a view offers.
    Download {
        /// What it is.
        kind: DownloadKind,
        /// Which of its kind.
        key: String,
    },
    /// Save a text, for example a chart as SVG or as CSV.
    SaveText {
        /// File name.
        name: String,
        /// Media type.
        mime: String,
        /// The content.
        text: String,
    },
    /// Save a drawing as PNG.
    SavePng {
        /// File name.
        name: String,
        /// The drawing as a complete SVG document, colours written out.
        svg: String,
        /// Width in CSS pixels; the image has twice as many.
        width: u32,
        /// Height in CSS pixels.
        height: u32,
    },
    /// A step in the share dialog.
    Share(ShareStep),
    /// Put a text on the clipboard.
    Copy(String),
    /// Print the view.
    Print,
    /// The print dialog is closed.
    Printed,

    // From elsewhere; no component emits these
    /// The engine link keeps the handles of these files.
    Opened(Vec<Opened>),
    /// The engine says something.
    Engine(Box<FromEngine>),
    /// The engine's worker has stopped.
    EngineLost {
        /// Whether its memory was used up.
        out_of_memory: bool,
    },
    /// The engine did not stop reading in the time it was given.
    CancelOverdue,
    /// The engine has been silent for longer than any answer should take.
    EngineSilent,
    /// Give the engine up, and go on without the file it was reading.
    StopEngine,
    /// The page's own file is known.
    OwnFile(std::rc::Rc<crate::state::OwnFile>),
    /// The address now ends in this.
    Hash(String),
    /// The zone of the reader's computer, once it is known for the period of the events.
    LocalZone(guestlens_core::time::Zone),
}
