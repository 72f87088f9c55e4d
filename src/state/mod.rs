//! The state of the page, its one owner, and the one place where an [`Action`] changes it.
//!
//! [`reduce`] is pure: what has to happen outside (messages, files, the address) it returns as
//! [`Effect`]s. Whenever an action changes the question to the engine or what the address says, the
//! question is asked again and the address is set, whatever the action was.

mod answer;
mod file_names;
mod files;
mod place;
mod query;
pub mod share;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod undo_tests;
mod views;
mod work;
#[cfg(test)]
mod work_tests;

pub use answer::{Answer, GroupsAnswer};
pub use files::{Alert, Files, Tone};
pub use place::Place;
pub use share::ShareState;
pub use views::{Asked, BlocksAnswer, ViewState, Views};
pub use work::{OpenedSession, Work};

use crate::{
    action::{Action, Dialog, Theme, View, ZoneChoice},
    components::print_table,
    history::History,
    url,
};
pub use guestlens_core::share::interactive::Opened as ReportFacts;
use guestlens_core::{
    model::Field,
    protocol::{Ask, Query, ToEngine, ViewRequest},
    report::{Details, Rows, TableWindow},
    time::Zone,
};
use std::rc::Rc;

/// The fields of the filter panel, in its order: the portal's filters first.
pub const FACETS: &[Field] = &[
    Field::Log,
    Field::Service,
    Field::Category,
    Field::Activity,
    Field::ActivityType,
    Field::Result,
    Field::ActorType,
    Field::Actor,
    Field::Target,
    Field::IpAddress,
    Field::TargetType,
    Field::Source,
];

/// The table's columns until the reader chooses others: the portal's; what happened, by whom, to what and from where
/// stands where a narrow window shows it.
pub const COLUMNS: &[Field] = &[
    Field::Time,
    Field::Activity,
    Field::Result,
    Field::Actor,
    Field::Target,
    Field::IpAddress,
    Field::Service,
    Field::Category,
];

/// About how many bars the histogram has room for.
const BINS: u32 = 180;

/// What has to happen outside of the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a message to the engine; the handle of a file to open goes with it.
    Send(ToEngine),
    /// End the engine and start a new one, with the handles of these files, renumbered in this order.
    Restart(Vec<u32>),
    /// End the engine for good.
    Stop,
    /// Act as [`Action::CancelOverdue`] in two seconds.
    CancelTimer,
    /// Set the end of the address; as a step of the browser's history or not.
    Hash {
        /// Begins with `#`.
        text: String,
        /// Whether the Back button leads to the address before.
        push: bool,
    },
    /// Closing the page has to ask first, or no longer.
    Loaded(bool),
    /// Find out the offsets of the reader's zone.
    FindLocalZone,
    /// Show the page light or dark.
    Theme(Theme),
    /// Save a text.
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
        /// The drawing.
        svg: String,
        /// Width in CSS pixels.
        width: u32,
        /// Height in CSS pixels.
        height: u32,
    },
    /// Ask the outer page for its own file.
    AskOwnFile,
    /// Save the report of that request.
    SaveReport(u32),
    /// End the verification, and forget the report that was written.
    StopShare,
    /// Save its key file.
    SaveKeyFile(u32),
    /// Put a text on the clipboard.
    Copy(String),
    /// Print.
    Print,
}

/// The page's own file, and what was loaded beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFile {
    /// Its SHA-256 in hexadecimal, without the data of a report.
    pub sha256: String,
    /// Addresses of what the browser has loaded for the page; blobs of its own are none.
    pub loaded: Vec<String>,
}

/// How far the printing of a table is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Printing {
    /// Nothing is printed.
    #[default]
    No,
    /// The lines are being fetched.
    Fetching,
    /// The lines are there.
    Ready(Rc<Rows>),
    /// The whole tables of a view of blocks are there.
    Whole,
}

/// Everything the page knows.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    /// The view in sight.
    pub view: View,
    /// What is asked for, and was before.
    pub history: History<Asked>,
    /// Number of the newest question; 0 before the first.
    pub seq: u32,
    /// Number of the question since which the table has the same lines in the same order.
    pub table_seq: u32,
    /// The newest answer.
    pub answer: Answer,
    /// First line and number of lines of the table that are wanted.
    pub lines: (u32, u32),
    /// The table's columns.
    pub columns: Vec<Field>,
    /// The line whose event the drawer shows.
    pub selected: Option<u32>,
    /// That event, once the engine has sent it.
    pub details: Option<Rc<Details>>,
    /// What is set on the views of blocks.
    pub views: Views,
    /// What the groups view counts by.
    pub group_by: (Field, Option<Field>),
    /// What stacks the bars of the histogram.
    pub stack: Option<Field>,
    /// Texts that values of facets must contain.
    pub facet_text: Vec<(Field, String)>,
    /// Files, what was found in them, and how reading goes.
    pub files: Files,
    /// What the reader has done beside looking.
    pub work: Work,
    /// Messages to the reader, oldest first.
    pub alerts: Vec<Alert>,
    next_alert: u32,
    /// The calendar of times.
    pub zone: ZoneChoice,
    local_zone: Option<Zone>,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the rail shows names beside its icons.
    pub rail_open: bool,
    /// Whether the menu of export formats is open.
    pub export_open: bool,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Whether single keys act.
    pub single_keys: bool,
    /// What the share dialog knows.
    pub share: ShareState,
    /// The page's own file, once it is known.
    pub own: Option<Rc<OwnFile>>,
    /// What is said of the report, if that is what is shown.
    pub report: Option<Rc<ReportFacts>>,
    /// The table on its way to paper.
    pub print: Printing,
    /// Addresses that this page has set, and what they stood for in full.
    visits: Vec<(String, Place)>,
}

impl Default for AppState {
    fn default() -> Self {
        Self {
            view: View::default(),
            history: History::default(),
            seq: 0,
            table_seq: 0,
            answer: Answer::default(),
            lines: (0, 100),
            columns: COLUMNS.to_vec(),
            selected: None,
            details: None,
            views: Views::new(),
            group_by: (Field::Activity, None),
            stack: None,
            facet_text: Vec::new(),
            files: Files::default(),
            work: Work::default(),
            alerts: Vec::new(),
            next_alert: 0,
            zone: ZoneChoice::default(),
            local_zone: None,
            theme: Theme::default(),
            rail_open: true,
            export_open: false,
            dialog: None,
            single_keys: true,
            share: ShareState::default(),
            own: None,
            report: None,
            print: Printing::default(),
            visits: Vec::new(),
        }
    }
}

impl AppState {
    /// Which events are asked for.
    pub fn query(&self) -> &Query {
        &self.history.present().query
    }

    /// The calendar of times.
    pub fn zone(&self) -> Zone {
        // Rounded days begin at midnight UTC: in another zone they would be the day before or after.
        if let Some(step) = self.report.as_ref().map(|report| report.step).filter(|step| *step > 0) {
            return Zone { name: "UTC".into(), step, ..Zone::default() };
        }
        match (self.zone, &self.local_zone) {
            (ZoneChoice::Local, Some(zone)) => zone.clone(),
            _ => Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() },
        }
    }

    /// Shows times in that calendar.
    fn set_zone(&mut self, zone: ZoneChoice) -> Vec<Effect> {
        self.zone = zone;
        let find = zone == ZoneChoice::Local && self.local_zone.is_none();
        find.then_some(Effect::FindLocalZone).into_iter().chain(details_again(self)).collect()
    }

    /// Whether the newest question is still open.
    pub fn is_waiting(&self) -> bool {
        self.answer.seq != self.seq
    }

    /// The question to the engine.
    fn question(&self) -> Ask {
        let (from, count) = self.lines;
        let view = match self.view {
            View::Overview => ViewRequest::Overview,
            View::Events => ViewRequest::Events { from, count, columns: self.columns.clone() },
            View::Groups => ViewRequest::Groups { by: self.group_by.0, then: self.group_by.1 },
            View::Sources => ViewRequest::Sources,
            _ => ViewRequest::Blocks(self.blocks_request()),
        };
        let facets = if matches!(self.view, View::Events | View::Groups) { FACETS.to_vec() } else { Vec::new() };
        Ask {
            query: self.query().clone(),
            view,
            facets,
            facet_text: self.facet_text.clone(),
            stack: self.stack,
            zone: self.zone(),
            bins: BINS,
        }
    }

    fn ask(&mut self) -> Effect {
        self.seq += 1;
        Effect::Send(ToEngine::Run { seq: self.seq, ask: Box::new(self.question()) })
    }
}

/// What the action changes, and what has to happen outside.
pub fn reduce(state: &mut AppState, action: Action) -> Vec<Effect> {
    let push = state.is_a_step(&action);
    let from_address = matches!(action, Action::Hash(_));
    let (place, zone, query, seq) = (state.place(), state.zone, state.query().clone(), state.seq);
    let mut question = state.question();
    let mut effects = apply(state, action);
    if *state.query() != query {
        state.lines.0 = 0;
        state.selected = None;
        state.details = None;
        state.views.values_mut().flat_map(|view| &mut view.tables).for_each(|table| table.from = 0);
    }
    // Other lines of the same table are asked for by themselves.
    let now = state.question();
    if let (ViewRequest::Events { from, count, .. }, ViewRequest::Events { from: old, count: lines, .. }) =
        (&now.view, &mut question.view)
    {
        (*old, *lines) = (*from, *count);
    }
    if state.seq == seq && now != question && !state.files.sources.is_empty() {
        effects.push(state.ask());
    }
    if *state.query() != query {
        state.table_seq = state.seq;
    }
    if !from_address && (state.place() != place || state.zone != zone) {
        effects.push(state.visit(push));
    }
    effects
}

/// What nobody can do to a report: it is read only.
fn is_refused(action: &Action) -> bool {
    use crate::action::FileAction as F;
    match action {
        Action::OpenFiles(_) | Action::Opened(_) | Action::RemoveFile(_) | Action::ClearAll | Action::Share(_) => true,
        Action::Files(action) => !matches!(action, F::ReportOpened(_) | F::Sheet(..) | F::Missed { .. }),
        _ => false,
    }
}

fn apply(state: &mut AppState, action: Action) -> Vec<Effect> {
    if state.files.is_report() && is_refused(&action) {
        return Vec::new();
    }
    match action {
        // Handled by the owner of the handles, which then says `Opened`.
        Action::OpenFiles(_) => {}
        Action::Opened(files) => return files::open(state, files),
        Action::RemoveFile(id) => return files::remove(state, id),
        Action::ClearAll => return files::clear(state),
        Action::Files(action) => return work::take(state, action),
        Action::CancelLoad => return files::cancel(state),
        Action::CancelOverdue => return files::cancel_overdue(state),
        Action::EngineSilent => files::silent(state),
        Action::StopEngine => return files::lost(state, files::Last::Unknown, false),
        Action::EngineLost { out_of_memory } => return files::lost(state, files::Last::Unknown, out_of_memory),
        Action::Engine(message) => return answer::take(state, *message),

        Action::Show(view) => {
            state.view = view;
            state.dialog = None;
        }
        Action::GroupBy(by, then) => {
            state.view = View::Groups;
            state.group_by = (by, then.filter(|then| *then != by));
        }
        Action::StackBy(field) => state.stack = field,
        Action::FacetText(field, text) => {
            state.facet_text.retain(|(other, _)| *other != field);
            if !text.is_empty() {
                state.facet_text.push((field, text));
            }
        }
        Action::Columns(columns) => state.columns = columns,
        Action::NeedRows { from, count } => {
            state.lines = (from, count);
            let columns = state.columns.clone();
            return vec![Effect::Send(ToEngine::Rows { seq: state.seq, from, count, columns })];
        }
        Action::Select(line) => return select(state, line),
        Action::SetParam { name, value } => {
            state.view_state_mut().set(name, value);
            let query = state.query().clone();
            state.set_query(query, None);
        }
        Action::Table(window) => state.view_state_mut().show(window),
        Action::Open(key) => state.view_state_mut().open = key,

        Action::Zone(zone) => {
            return state.set_zone(zone);
        }
        Action::LocalZone(zone) => {
            state.local_zone = Some(zone);
            return details_again(state).into_iter().collect();
        }
        Action::Theme(theme) => {
            state.theme = theme;
            return vec![Effect::Theme(theme)];
        }
        Action::Rail(open) => state.rail_open = open,
        Action::ExportMenu(open) => state.export_open = open,
        Action::Dialog(dialog) => {
            state.dialog = dialog;
            return if dialog == Some(crate::action::Dialog::Proof) { vec![Effect::AskOwnFile] } else { Vec::new() };
        }
        Action::OwnFile(own) => state.own = Some(own),
        Action::SingleKeys(on) => state.single_keys = on,
        Action::Dismiss(id) => state.alerts.retain(|alert| alert.id != id),

        Action::Export(format) => {
            state.export_open = false;
            return vec![Effect::Send(ToEngine::Export { format, columns: Vec::new() })];
        }
        Action::ExportTable { id, format } => {
            let known = state.view_state().tables.into_iter().find(|table| table.id == id);
            let table = known.unwrap_or(TableWindow { id, ..TableWindow::default() });
            return vec![Effect::Send(ToEngine::ExportTable { table, format })];
        }
        Action::Download { kind, key } => {
            return vec![Effect::Send(ToEngine::Download { kind, key, zone: state.zone() })];
        }
        Action::SaveText { name, mime, text } => return vec![Effect::SaveText { name, mime, text }],
        Action::SavePng { name, svg, width, height } => return vec![Effect::SavePng { name, svg, width, height }],
        Action::Share(step) => return share::step(state, step),
        Action::Copy(text) => return vec![Effect::Copy(text)],
        Action::Print => return print(state),
        Action::Printed => state.print = Printing::No,

        Action::Hash(hash) => return place::arrive(state, &hash),
        other => query::change(state, other),
    }
    Vec::new()
}

fn select(state: &mut AppState, line: Option<u32>) -> Vec<Effect> {
    let line = line.filter(|line| u64::from(*line) < state.answer.matching);
    state.selected = line;
    let Some(index) = line else {
        state.details = None;
        return Vec::new();
    };
    vec![Effect::Send(ToEngine::Details { index, zone: state.zone() })]
}

fn details_again(state: &AppState) -> Option<Effect> {
    let index = state.selected?;
    Some(Effect::Send(ToEngine::Details { index, zone: state.zone() }))
}

impl AppState {
    /// Puts the present place into the address.
    fn visit(&mut self, push: bool) -> Effect {
        let place = self.place();
        let at = url::hides_something(&place).then_some(self.visits.len());
        let text = url::to_hash(&place, self.zone, at);
        self.visits.push((text.clone(), place));
        Effect::Hash { text, push }
    }
}

/// Prints at once, or, where there are tables, when all lines to be printed are there.
fn print(state: &mut AppState) -> Vec<Effect> {
    if state.has_tables() {
        state.print = Printing::Fetching;
        return Vec::new();
    }
    if state.view != View::Events || state.answer.matching == 0 {
        return vec![Effect::Print];
    }
    state.print = Printing::Fetching;
    let columns = state.columns.clone();
    vec![Effect::Send(ToEngine::Rows { seq: state.seq, from: 0, count: print_table::LINES, columns })]
}
