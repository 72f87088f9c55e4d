//! What a reader has done on the views of blocks: parameters, the lines of tables in sight, and what is
//! open beside a view. Each view keeps its own while another one is shown.

use super::{Answer, AppState, Printing};
use crate::{action::View, components::print_table};
use guestlens_core::{
    arrange,
    protocol::Query,
    report::{Block, BlocksRequest, Control, Opened, Params, TableWindow},
};
use std::{collections::BTreeMap, rc::Rc};

/// What is set on one view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewState {
    /// What its controls and the doors that led there have set.
    pub params: Params,
    /// Lines of its tables and lanes; those not named stand at their first line.
    pub tables: Vec<TableWindow>,
    /// The key of what is open beside it.
    pub open: Option<String>,
}

/// All views that were touched.
pub type Views = BTreeMap<View, ViewState>;

/// What is asked for: which events, and what is set on each view. Undo goes from one to the one before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Which events.
    pub query: Query,
    /// What is set on views; those not named have nothing set.
    pub params: BTreeMap<View, Params>,
}

/// Views that ask the same question, and the parameters that they have in common.
const ALIKE: [View; 2] = [View::Guests, View::Inactive];
const COMMON: [&str; 2] = ["threshold", "as-of"];

/// The newest answer of one view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlocksAnswer {
    /// Its parts.
    pub blocks: Rc<Vec<Block>>,
    /// What is open beside it.
    pub opened: Option<Rc<Opened>>,
}

impl ViewState {
    /// Sets a parameter; tables begin anew, as they may hold other lines now.
    pub fn set(&mut self, name: String, value: String) {
        if self.params.get(&name) != Some(&value) {
            self.params.insert(name, value);
            self.tables.iter_mut().for_each(|table| table.from = 0);
        }
    }

    /// Asks for other lines of a table.
    pub fn show(&mut self, window: TableWindow) {
        match self.tables.iter_mut().find(|table| table.id == window.id) {
            Some(table) => *table = window,
            None => self.tables.push(window),
        }
    }
}

impl AppState {
    /// What is set on the view in sight.
    pub fn view_state(&self) -> ViewState {
        self.views.get(&self.view).cloned().unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn view_state_mut(&mut self) -> &mut ViewState {
        self.views.entry(self.view).or_default()
    }

    /// Asks for these events, with what is set on the views now: a step of undo.
    pub(super) fn set_query(&mut self, query: Query, kind: Option<&'static str>) {
        self.share_params();
        let params = self.params();
        self.history.set(Asked { query, params }, kind);
    }

    /// The same without a step to go back to.
    pub(super) fn reset_query(&mut self, query: Query) {
        let params = self.params();
        self.history.reset(Asked { query, params });
    }

    fn params(&self) -> BTreeMap<View, Params> {
        let set = self.views.iter().filter(|(_, state)| !state.params.is_empty());
        arrange::map(set.map(|(view, state)| (*view, state.params.clone())))
    }

    /// What is common to views that are alike is set on both.
    fn share_params(&mut self) {
        if !ALIKE.contains(&self.view) {
            return;
        }
        let own = self.view_state().params;
        for view in ALIKE.into_iter().filter(|view| *view != self.view) {
            let other = self.views.entry(view).or_default();
            for name in COMMON {
                match own.get(name) {
                    Some(value) => other.set(name.into(), value.clone()),
                    None => drop(other.params.remove(name)),
                }
            }
        }
    }

    /// Sets on the views what the present step has; shows a view on which that changes something.
    pub(super) fn take_params(&mut self) {
        let params = self.history.present().params.clone();
        for view in params.keys() {
            self.views.entry(*view).or_default();
        }
        let mut changed = Vec::new();
        for (view, state) in &mut self.views {
            let own = params.get(view).cloned().unwrap_or_default();
            if state.params != own {
                state.params = own;
                state.tables.iter_mut().for_each(|table| table.from = 0);
                changed.push(*view);
            }
        }
        if let Some(view) = changed.first().filter(|_| !changed.contains(&self.view)) {
            self.view = *view;
        }
    }

    /// What is open beside the view in sight, as far as it is known.
    pub fn opened(&self) -> Option<&Rc<Opened>> {
        self.views.get(&self.view)?.open.as_ref()?;
        self.answer.blocks.get(&self.view)?.opened.as_ref()
    }

    /// What the view in sight is asked for; all lines of its tables while it is printed.
    pub(super) fn blocks_request(&self) -> BlocksRequest {
        let ViewState { params, mut tables, open } = self.view_state();
        if self.print != Printing::No {
            for id in self.answer.blocks.get(&self.view).into_iter().flat_map(|answer| table_ids(&answer.blocks)) {
                let at = tables.iter().position(|table| table.id == id).unwrap_or_else(|| {
                    tables.push(TableWindow { id: id.to_owned(), ..TableWindow::default() });
                    tables.len() - 1
                });
                (tables[at].from, tables[at].count) = (0, print_table::LINES);
            }
        }
        BlocksRequest { of: self.view, params, tables, open }
    }

    /// Whether the view in sight has tables that are to be printed whole.
    pub(super) fn has_tables(&self) -> bool {
        self.view.is_made_of_blocks()
            && self.answer.blocks.get(&self.view).is_some_and(|answer| table_ids(&answer.blocks).next().is_some())
    }

    /// The key before or behind the one that is open, in reading order.
    pub fn neighbour(&self, by: i64) -> Option<String> {
        let open = self.views.get(&self.view)?.open.as_ref()?;
        let answer = self.answer.blocks.get(&self.view)?;
        answer.blocks.iter().find_map(|block| {
            let keys = keys(block);
            let at = keys.iter().position(|key| key == open)?;
            usize::try_from(at as i64 + by).ok().and_then(|to| keys.get(to)).map(|key| (*key).to_owned())
        })
    }

    /// Other files are read now: what was chosen among things of the old ones is forgotten.
    pub(super) fn forget_choices(&mut self) {
        let Answer { blocks, .. } = &self.answer;
        for (view, state) in &mut self.views {
            let answer = blocks.get(view).cloned().unwrap_or_default();
            state.params.retain(|name, _| !answer.blocks.iter().any(|block| is_choice(block, name)));
            (state.tables, state.open) = (Vec::new(), None);
        }
    }
}

/// Lines that open, in order.
fn keys(block: &Block) -> Vec<&str> {
    match block {
        Block::Table(table) => table.lines.iter().filter(|line| line.opens).map(|line| &*line.key).collect(),
        Block::Lanes(lanes) => lanes.lanes.iter().filter(|lane| lane.opens).map(|lane| &*lane.key).collect(),
        Block::Findings { findings } => findings.iter().map(|finding| &*finding.key).collect(),
        _ => Vec::new(),
    }
}

fn table_ids(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&*table.id),
        Block::Lanes(lanes) => Some(&*lanes.id),
        _ => None,
    })
}

/// Whether the block sets that parameter by a choice, whose values may name what a file holds.
fn is_choice(block: &Block, own: &str) -> bool {
    let Block::Controls { controls } = block else { return false };
    controls.iter().any(|control| matches!(control, Control::Choice { name, .. } if name == own))
}
