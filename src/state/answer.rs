//! What the engine has answered. Each view keeps its newest answer, so that nothing jumps or goes
//! blank while the next one is on its way.

use super::{AppState, BlocksAnswer, Effect, Printing, file_names, files};
use crate::action::{Dialog, View};
use guestlens_core::{
    model::Field,
    protocol::{Frame, FromEngine},
    report::{Block, Facet, Groups, Report, Rows, TimeSeries},
};
use std::{collections::BTreeMap, rc::Rc};

/// Answer of the groups view.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsAnswer {
    /// The table.
    pub groups: Rc<Groups>,
    /// The charts that go with it.
    pub blocks: Rc<Vec<Block>>,
}

/// The newest answer to each part of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Number of the newest question that was answered.
    pub seq: u32,
    /// Events in all.
    pub total: u64,
    /// Events that match.
    pub matching: u64,
    /// Of these, events without a time.
    pub without_time: u64,
    /// Earliest and latest time of all events.
    pub period: Option<(i64, i64)>,
    /// Values to filter by.
    pub facets: Rc<Vec<Facet>>,
    /// Events over time.
    pub histogram: Rc<TimeSeries>,
    /// Whole days that no file covers.
    pub uncovered: Rc<Vec<(i64, i64)>>,
    /// Values of filters that are nowhere in the files.
    pub absent: Vec<(Field, String)>,
    /// Parts of the overview.
    pub overview: Rc<Vec<Block>>,
    /// The groups view.
    pub groups: Option<GroupsAnswer>,
    /// Views of blocks.
    pub blocks: BTreeMap<View, BlocksAnswer>,
    /// Lines of the table.
    pub rows: Rc<Rows>,
}

/// Takes a message of the engine.
pub fn take(state: &mut AppState, message: FromEngine) -> Vec<Effect> {
    match message {
        FromEngine::Frame(frame) => take_frame(state, *frame),
        FromEngine::Rows { seq, mut rows } if seq == state.seq => {
            file_names::in_rows(&state.files.sources, &mut rows);
            if state.print == Printing::Fetching && rows.from == 0 {
                state.print = Printing::Ready(Rc::new(rows));
            } else {
                state.answer.rows = Rc::new(rows);
            }
        }
        FromEngine::Details { details } => {
            let wanted = details.filter(|details| state.selected == Some(details.index));
            if let Some(details) = wanted {
                state.details = Some(Rc::from(details));
            }
        }
        FromEngine::Progress { sources, events, problems } => files::progress(state, sources, events, problems),
        FromEngine::Panicked { place, file } => {
            return files::lost(state, files::Last::Said { file, place }, false);
        }
        FromEngine::Opened(opened) => {
            state.report = Some(Rc::from(opened));
            return vec![state.ask()];
        }
        message @ (FromEngine::Shared(_) | FromEngine::Verified { .. } | FromEngine::Sharing { .. }) => {
            super::share::take(state, message);
        }
        FromEngine::Mapping { sheet } => state.work.columns = sheet.map(|sheet| Rc::new(*sheet)),
        FromEngine::Ready
        | FromEngine::Sample
        | FromEngine::Rows { .. }
        | FromEngine::Exported { .. }
        | FromEngine::Sheet { .. }
        | FromEngine::TableExported { .. }
        | FromEngine::Downloaded { .. }
        | FromEngine::Benched { .. } => {}
    }
    Vec::new()
}

fn take_frame(state: &mut AppState, frame: Frame) {
    if frame.seq != state.seq {
        return;
    }
    let answer = &mut state.answer;
    (answer.seq, answer.total, answer.matching) = (frame.seq, frame.total, frame.matching);
    (answer.without_time, answer.period) = (frame.without_time, frame.period);
    answer.histogram = Rc::new(frame.histogram);
    answer.uncovered = Rc::new(frame.uncovered);
    answer.absent = frame.absent;
    if !frame.facets.is_empty() {
        answer.facets = Rc::new(frame.facets);
    }
    match frame.report {
        Report::Overview { blocks } => answer.overview = Rc::new(blocks),
        Report::Events { mut rows } => {
            file_names::in_rows(&state.files.sources, &mut rows);
            answer.rows = Rc::new(rows);
        }
        Report::Groups { mut groups, mut blocks } => {
            file_names::in_groups(&state.files.sources, &mut groups, &mut blocks);
            answer.groups = Some(GroupsAnswer { groups: Rc::new(groups), blocks: Rc::new(blocks) });
        }
        Report::Blocks { of, blocks, opened } => {
            let opened = opened.map(|opened| Rc::new(*opened));
            answer.blocks.insert(of, BlocksAnswer { blocks: Rc::new(blocks), opened });
            if state.print == Printing::Fetching && state.view == of {
                state.print = Printing::Whole;
            }
        }
        Report::Sources => {}
    }
    files::calm_down(state);
    if state.dialog == Some(Dialog::Filters) && state.answer.facets.is_empty() {
        state.dialog = None;
    }
}
