//! The one place where what happens becomes a new state.

use super::{AppState, Effect, Printing, answer, files, place, query, share, work};
use crate::{
    action::{Action, View},
    components::print_table,
    url,
};
use guestlens_core::{
    protocol::{ToEngine, ViewRequest},
    report::TableWindow,
};

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

/// Asks for the details in sight once more.
pub(super) fn details_again(state: &AppState) -> Option<Effect> {
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
