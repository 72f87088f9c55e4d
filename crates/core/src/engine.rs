//! Everything behind the worker: a plain struct, driven the same way by tests and by the browser.

mod around;
pub mod bench;
mod hashing;
mod opened;
mod prepare;
mod share;
pub mod warm;

use crate::{
    derived::{Derived, Memory},
    export, findings,
    identity::{Identity, NeverMade},
    import::{FORMATS, FileImport, Format, attributes},
    model::{Field, Place},
    protocol::{Ask, ExportFormat, Frame, FromEngine, Query, Sheet, SheetFormat, Sort, ViewRequest},
    query::{self, Selection, Tally, time_bins},
    report::{
        self, Block, BlocksRequest, Details, DownloadKind, MappingSheet, Report, Rows, Scope, Table, TableWindow,
        TimeSeries, views, views::ViewScope,
    },
    share::interactive::Opened,
    store::{MappingChoices, ProblemKind, SourceInfo, SourceState, Store},
    time::Zone,
};
use around::Around;
use hashing::Hashing;

pub use share::{Sharing, Writing};

/// What is said of a file of the invented tenant.
pub const SAMPLE_NOTE: &str = "Sample data: an invented tenant. Nobody in it exists.";

/// The store, the files being read and the newest question.
#[derive(Default)]
pub struct Engine {
    store: Store,
    import: Option<FileImport>,
    /// What the reader says the columns of files are that wait.
    choices: Vec<(u32, MappingChoices)>,
    hashing: Option<Hashing>,
    newest: Option<(u32, Ask)>,
    selected: Option<Selected>,
    ordered: Option<Ordered>,
    /// The matching events of the newest question in its order.
    table: Vec<u32>,
    around: Option<Around>,
    problems_told: u64,
    /// The sources as the page knows them.
    told: Vec<SourceInfo>,
    memory: Memory,
    /// Whether answers leave what takes long for [`Engine::step`].
    is_stepwise: bool,
    /// What the newest answer has left.
    wanted: Option<findings::Set>,
    /// A report that is being opened.
    arriving: Option<opened::Arriving>,
    /// What is said of the report that was opened.
    opened: Option<Opened>,
    /// What the newest answer had to do without, see [`Engine::has_more_to_say`].
    lacks: [bool; 3],
}

/// The selection of the newest query, kept while neither query nor store change.
struct Selected {
    revision: u64,
    query: Query,
    zone: Zone,
    selection: Selection,
}

/// The order of all events, kept while neither order nor store change.
struct Ordered {
    revision: u64,
    sort: Sort,
    events: Vec<u32>,
}

impl Engine {
    /// An engine over a store that is already filled, for tests and measurements.
    pub fn with_store(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// An engine over a copy of a store. Whatever the original was still reading is no part of it.
    fn with_copy(mut store: Store) -> Self {
        store.sources.iter_mut().filter(|source| source.is_open()).for_each(|source| source.state = SourceState::Done);
        Self::with_store(store)
    }

    /// Announces a dropped file; returns the id of its source. Archives get further sources, with
    /// further ids, as they are read; [`SourceInfo::file`] counts the dropped files alone.
    pub fn open(&mut self, name: &str, size: u64) -> u32 {
        self.open_with(name, size, Vec::new())
    }

    /// Announces a file of which its reader says what its columns are, or those of files in it, because they
    /// were guessed wrong.
    pub fn open_with(&mut self, name: &str, size: u64, mappings: MappingChoices) -> u32 {
        let id = self.store.sources.len() as u32;
        let file = self.store.sources.iter().filter(|source| source.parent.is_none()).count() as u32;
        self.store.sources.push(SourceInfo { id, file, name: name.into(), size, ..SourceInfo::default() });
        if !mappings.is_empty() {
            self.choices.push((id, mappings));
        }
        id
    }

    fn begin(&mut self, source: u32) -> FileImport {
        let choice = self.choices.iter().position(|(own, _)| *own == source);
        FileImport::with_mappings(source as usize, choice.map(|at| self.choices.swap_remove(at).1).unwrap_or_default())
    }

    /// Says of a file that it is of the invented tenant, before anything of it is read.
    pub fn mark_sample(&mut self, source: u32) {
        if let Some(info) = self.store.sources.get_mut(source as usize) {
            info.notes.push(SAMPLE_NOTE.into());
        }
    }

    /// What the columns of a source were taken for.
    pub fn mapping(&self, source: u32) -> Option<MappingSheet> {
        let format = &self.store.sources.get(source as usize)?.format;
        let is_mapped = |format: &&Format| !attributes(format.id).is_empty();
        let formats = FORMATS.iter().filter(is_mapped).map(|format| (format.id.into(), format.label.into()));
        report::mapping(&self.store, source, formats.collect(), attributes(format))
    }

    /// Takes the next bytes of a file. Files are read one after another; bytes of a file that was
    /// cancelled or has failed are ignored.
    pub fn feed(&mut self, source: u32, bytes: &[u8]) {
        if self.is_open(source) && !self.feed_report(source, bytes) {
            let mut import = self.import.take().unwrap_or_else(|| self.begin(source));
            import.push(bytes, &mut self.store);
            self.import = Some(import);
        }
    }

    /// Ends the file being read.
    pub fn end(&mut self, source: u32) {
        if self.is_open(source) && !self.end_report(source) {
            // An empty file is ended without ever being fed.
            let import = self.import.take().unwrap_or_else(|| self.begin(source));
            import.finish(&mut self.store);
        }
    }

    fn is_open(&self, source: u32) -> bool {
        self.store.sources.get(source as usize).is_some_and(SourceInfo::is_open)
    }

    /// Ends the file being read because of a problem that is not in its content.
    pub fn fail(&mut self, source: u32, kind: ProblemKind) {
        self.stop();
        self.store.problems.add(source, kind, None, None);
        let own = |info: &&mut SourceInfo| info.id == source || (info.parent == Some(source) && info.is_open());
        self.store.sources.iter_mut().filter(own).for_each(|info| info.state = SourceState::Failed);
    }

    /// Ends reading; what was read is kept, files that wait are marked as cancelled.
    pub fn cancel(&mut self) {
        self.stop();
        self.stop_hash();
        let Store { sources, problems, .. } = &mut self.store;
        for source in sources.iter_mut().filter(|source| source.is_open()) {
            source.state = SourceState::Cancelled;
            problems.add(source.id, ProblemKind::Stopped, None, None);
        }
    }

    fn stop(&mut self) {
        if let Some(mut import) = self.import.take() {
            import.stop(&mut self.store);
        }
    }

    /// What was read.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// How far each file is that has got on since the last call; with the problems if there are new ones.
    pub fn progress(&mut self) -> FromEngine {
        let problems = &self.store.problems;
        for source in &mut self.store.sources {
            source.problems = problems.count(source.id);
        }
        let count = self.store.sources.iter().map(|source| source.problems).sum();
        let news = std::mem::replace(&mut self.problems_told, count) != count;
        let mut sources = Vec::new();
        for (at, source) in self.store.sources.iter().enumerate() {
            match self.told.get_mut(at) {
                Some(told) if told == source => continue,
                Some(told) => told.clone_from(source),
                None => self.told.push(source.clone()),
            }
            sources.push(source.clone());
        }
        FromEngine::Progress {
            sources,
            events: self.store.len() as u64,
            problems: news.then(|| problems.list().to_vec()),
        }
    }

    /// Answers a question, and keeps its table for [`Engine::rows`], [`Engine::details`] and [`Engine::export`].
    pub fn ask(&mut self, seq: u32, ask: &Ask) -> Frame {
        self.newest = Some((seq, ask.clone()));
        self.select(&ask.query, &ask.zone);
        self.sort(ask.query.sort);
        self.memory.refresh(&self.store);
        self.note_lacks(ask);
        self.look_around(ask);
        let nothing = Selection::default();
        let selection = self.selected.as_ref().map_or(&nothing, |selected| &selected.selection);
        let around = self.around.as_ref();
        let period = around.and_then(|around| around.period);
        let window = period.map(|(first, last)| {
            let from = ask.query.from.map_or(first, |from| from.max(first));
            let to = ask.query.to.map_or(last, |to| (to.saturating_sub(1)).min(last));
            (from, to.max(from))
        });
        let tally = Tally::new(&self.store, selection, &ask.zone);
        let scope = Scope { tally: &tally, period: window, bins: ask.bins };
        let report = self.report(ask, scope, self.is_stepwise);
        let frame = Frame {
            seq,
            total: self.store.len() as u64,
            matching: self.table.len() as u64,
            without_time: around.map_or(0, |around| around.without_time),
            period,
            facets: around.map_or_else(Vec::new, |around| around.facets_of(ask)),
            histogram: around.map_or_else(TimeSeries::default, |around| around.histogram.clone()),
            uncovered: around.map_or_else(Vec::new, |around| around.uncovered.clone()),
            absent: around.map_or_else(Vec::new, |around| around.absent.clone()),
            report,
        };
        self.wanted = findings::take_wanted(&Derived::new(&self.store, &self.memory));
        frame
    }

    /// Has answers leave what takes long for [`Engine::step`]; asked again afterwards, they have it.
    pub fn set_stepwise(&mut self) {
        self.is_stepwise = true;
    }

    /// Whether the newest answer has left something.
    pub fn has_steps(&self) -> bool {
        self.wanted.is_some()
    }

    /// Works out a part of what the newest answer has left.
    pub fn step(&mut self) {
        self.memory.refresh(&self.store);
        let derived = Derived::new(&self.store, &self.memory);
        self.wanted = self.wanted.take().filter(|wanted| findings::step(&derived, wanted));
    }

    /// Answers the newest question again, for example because more was read since.
    pub fn ask_again(&mut self) -> Option<Frame> {
        let (seq, ask) = self.newest.take()?;
        Some(self.ask(seq, &ask))
    }

    /// Lines of the newest question's table.
    pub fn rows(&self, from: u32, count: u32, columns: &[Field]) -> Rows {
        report::rows(&self.store, &self.table, from, count, columns)
    }

    /// All of the event on a line of the newest question's table.
    pub fn details(&self, index: u32, zone: &Zone) -> Option<Details> {
        let event = *self.table.get(index as usize)?;
        Some(report::details(&self.store, event as usize, index, zone))
    }

    /// The matching events as a file, in the order of the table, with their number.
    pub fn export(&self, format: ExportFormat, columns: &[Field]) -> (Vec<u8>, u64) {
        (export::export(&self.store, &self.table, format, columns), self.table.len() as u64)
    }

    /// All lines of a table of the newest question's view of blocks, as a file, with their number;
    /// `None` if that view has no such table.
    pub fn export_table(&self, window: &TableWindow, format: SheetFormat) -> Option<(Vec<u8>, u64)> {
        let table = self.whole_table(window)?;
        Some((export::table(&table, format), table.lines.len() as u64))
    }

    fn whole_table(&self, window: &TableWindow) -> Option<Table> {
        let (_, mut ask) = self.newest.clone()?;
        let ViewRequest::Blocks(request) = &mut ask.view else { return None };
        request.tables.retain(|other| other.id != window.id);
        request.tables.push(TableWindow { from: 0, count: u32::MAX, ..window.clone() });
        let selection = self.selected.as_ref().map(|selected| &selected.selection)?;
        let tally = Tally::new(&self.store, selection, &ask.zone);
        let scope = Scope { tally: &tally, period: time_bins::period(&self.store.time), bins: ask.bins };
        let Report::Blocks { blocks, opened, .. } = self.report(&ask, scope, false) else { return None };
        let opened = opened.into_iter().flat_map(|opened| opened.blocks);
        blocks.into_iter().chain(opened).find_map(|block| match block {
            Block::Table(table) if table.id == window.id => Some(table),
            _ => None,
        })
    }

    /// A sheet about the files as a file.
    pub fn sheet(&self, sheet: Sheet, format: SheetFormat) -> Vec<u8> {
        export::sheet(&self.store, sheet, format)
    }

    /// A file that a view offers, with its name and media type; `None` if there is no such thing.
    pub fn download(&mut self, kind: DownloadKind, key: &str, zone: &Zone) -> Option<(Vec<u8>, String, &'static str)> {
        self.memory.refresh(&self.store);
        let derived = Derived::new(&self.store, &self.memory);
        let timeline = || self.whole_table(&TableWindow { id: "findings-timeline".into(), ..TableWindow::default() });
        Some(match kind {
            DownloadKind::SponsorSheet => {
                let (bytes, name) = export::sponsor_sheet(&derived, key, zone)?;
                (bytes, name, "text/html")
            }
            DownloadKind::TimesketchCsv => {
                (export::timesketch::csv(&timeline()?), "guestlens findings.csv".into(), "text/csv")
            }
            DownloadKind::TimesketchJsonLines => {
                let bytes = export::timesketch::json_lines(&timeline()?);
                (bytes, "guestlens findings.jsonl".into(), "application/jsonl")
            }
            DownloadKind::SigmaRules => {
                (findings::sigma_file().into_bytes(), "guestlens rules.yml".into(), "application/yaml")
            }
        })
    }

    fn select(&mut self, query: &Query, zone: &Zone) {
        let query = Query { sort: Sort::default(), ..query.clone() };
        let by_day = query.clauses.iter().any(|clause| clause.field.place() == Place::Time);
        let is_same = |known: &Selected| {
            known.revision == self.store.revision() && known.query == query && (!by_day || known.zone == *zone)
        };
        if !self.selected.as_ref().is_some_and(is_same) {
            let selection = Selection::new(&self.store, &query, zone);
            self.selected = Some(Selected { revision: self.store.revision(), query, zone: zone.clone(), selection });
        }
    }

    fn sort(&mut self, sort: Sort) {
        let is_same = |known: &Ordered| known.sort == sort && known.revision == self.store.revision();
        if !self.ordered.as_ref().is_some_and(is_same) {
            self.ordered =
                Some(Ordered { revision: self.store.revision(), sort, events: query::order(&self.store, sort) });
        }
    }

    fn report(&self, ask: &Ask, scope: Scope, is_stepwise: bool) -> Report {
        match &ask.view {
            ViewRequest::Overview => {
                // Who is who takes a moment, which is not spent while files are being read.
                let derived = Derived::new(&self.store, &self.memory);
                let waits = self.import.is_some() || (self.is_stepwise && derived.known::<NeverMade>().is_none());
                let who = (!waits).then(|| (derived.get::<Identity>(), derived.get::<NeverMade>()));
                report::overview(scope, who.as_ref().map(|(identity, never)| report::Who { identity, never }))
            }
            ViewRequest::Events { from, count, columns } => Report::Events { rows: self.rows(*from, *count, columns) },
            ViewRequest::Groups { by, then } => report::groups(scope, *by, *then),
            ViewRequest::Sources => Report::Sources,
            ViewRequest::Blocks(request) => {
                let derived = Derived::new(&self.store, &self.memory);
                findings::set_stepwise(&derived, is_stepwise);
                let BlocksRequest { params, tables, open, .. } = request;
                let scope = ViewScope { scope, derived, query: &ask.query, params, tables, open: open.as_deref() };
                views::report(request, &scope)
            }
        }
    }
}
