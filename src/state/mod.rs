//! The state of the page, its one owner, and the one place where an [`Action`](crate::action::Action) changes it.
//!
//! [`reduce`] is pure: what has to happen outside (messages, files, the address) it returns as
//! [`Effect`]s. Whenever an action changes the question to the engine or what the address says, the
//! question is asked again and the address is set, whatever the action was.

mod answer;
mod effect;
mod file_names;
mod files;
mod place;
mod query;
mod reduce;
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
pub use effect::Effect;
pub use files::{Alert, Files, Tone};
pub use place::Place;
pub use reduce::reduce;
pub use share::ShareState;
pub use views::{Asked, BlocksAnswer, ViewState, Views};
pub use work::{OpenedSession, Work};

use crate::{
    action::{Dialog, Theme, View, ZoneChoice},
    history::History,
};
pub use guestlens_core::share::interactive::Opened as ReportFacts;
use guestlens_core::{
    model::Field,
    protocol::{Ask, Query, ToEngine, ViewRequest},
    report::{Details, Rows},
    time::Zone,
};
use reduce::details_again;
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
