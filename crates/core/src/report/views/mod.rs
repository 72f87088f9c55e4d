//! Views made of blocks: a file a view. The same blocks are a tab, a printed page and part of a report.

mod access_between;
mod app_roles;
mod as_of;
mod assignments;
mod b2c;
mod compare;
mod coverage;
mod entitled;
mod findings;
mod guests;
mod inactive;
mod organizations;
mod packages;
mod requests;
mod reviews;
mod separation;
mod sponsors;
mod taking_part;

use super::{BlocksRequest, Params, Report, Scope, Value, View, blocks::Block, blocks::Opened, blocks::TableWindow};
use crate::{
    derived::Derived,
    protocol::Query,
    time::{self, Zone},
};

/// What a view is made from.
#[derive(Clone, Copy)]
pub struct ViewScope<'a> {
    /// The events that match, and the period of charts.
    pub scope: Scope<'a>,
    /// The store and what is worked out from it.
    pub derived: Derived<'a>,
    /// What the events were asked by.
    pub query: &'a Query,
    /// What is set on the view.
    pub params: &'a Params,
    /// Which lines of its tables are in sight.
    pub tables: &'a [TableWindow],
    /// The key of what is open beside it.
    pub open: Option<&'a str>,
}

/// The parts of a view, and what is open beside it.
#[derive(Default)]
pub struct Made {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// What [`ViewScope::open`] names, if there is such a thing.
    pub opened: Option<Opened>,
}

impl ViewScope<'_> {
    /// The calendar of times.
    pub fn zone(&self) -> &Zone {
        self.scope.tally.zone
    }

    /// A parameter, if it is set.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A number that is set, within bounds, or the default.
    pub fn number(&self, name: &str, default: i64, min: i64, max: i64) -> i64 {
        self.param(name).and_then(|value| value.parse().ok()).unwrap_or(default).clamp(min, max)
    }

    /// A switch, or the default.
    pub fn switch(&self, name: &str, default: bool) -> bool {
        self.param(name).map_or(default, |value| value == "1")
    }

    /// Whether the events are filtered at all.
    pub fn is_filtered(&self) -> bool {
        *self.query != Query { sort: self.query.sort, ..Query::default() }
    }
}

/// Makes a view of blocks.
pub fn blocks(of: View, scope: &ViewScope) -> Made {
    match of {
        View::Findings => findings::view(scope),
        View::Guests => guests::view(scope),
        View::Inactive => inactive::view(scope),
        View::Sponsors => sponsors::view(scope),
        View::Reviews => reviews::view(scope),
        View::Compare => compare::view(scope),
        View::Requests => requests::view(scope),
        View::Packages => packages::view(scope),
        View::Assignments => assignments::view(scope),
        View::AccessBetween => access_between::view(scope),
        View::Separation => separation::view(scope),
        View::Organizations => organizations::view(scope),
        View::AppRoles => app_roles::view(scope),
        View::B2c => b2c::view(scope),
        View::Coverage => coverage::view(scope),
        View::Overview | View::Events | View::Groups | View::Sources => Made::default(),
    }
}

/// Makes the report of a view of blocks.
pub fn report(request: &BlocksRequest, scope: &ViewScope) -> Report {
    let Made { mut blocks, mut opened } = blocks(request.of, scope);
    let step = scope.derived.store.rounding;
    if step > 0 {
        let opened = opened.iter_mut().flat_map(|opened| &mut opened.blocks);
        blocks.iter_mut().chain(opened).for_each(|block| tell_roughly(block, step));
    }
    Report::Blocks { of: request.of, blocks, opened: opened.map(Box::new) }
}

/// Lengths of time between moments that are rounded: no finer than those.
fn tell_roughly(block: &mut Block, step: i64) {
    let rough = |value: &mut Value| {
        if let Value::Duration(ticks) = value {
            *value = Value::Said(time::vague(*ticks, step).unwrap_or_default());
        }
    };
    match block {
        Block::Table(table) => table.lines.iter_mut().flat_map(|line| &mut line.cells).for_each(rough),
        Block::Facts { facts, .. } => facts.iter_mut().map(|fact| &mut fact.value).for_each(rough),
        _ => {}
    }
}
