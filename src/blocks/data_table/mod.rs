//! A table of anything the core makes: however many lines it has, only those in sight are in the
//! document, and only those near them are asked for. Lines open details, lead elsewhere, or unfold.

mod head;
mod hooks;
mod keys;
mod layout;
mod line;

use super::measure::use_size;
use crate::{action::Action, format};
use guestlens_core::{
    chart::Scroll,
    report::{Table, TableLine},
    time::Zone,
};
use hooks::{use_focus, use_layout, use_lines_at_hand, use_reveal};
use layout::{Place, Unfolded, fit, index_of, place, places, toggle, widths};
use line::Line;
use web_sys::Element;
use yew::prelude::*;

/// Height of the heading and of a line, pixels; `--line` of the tokens.
const LINE: f64 = 32.0;
/// Widest table that a sheet of A4 has room for in small print, with its cells on several lines, pixels.
const SHEET: u32 = 1_200;
/// Width of the column of doors.
const DOORS: u32 = 40;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The table, with the lines that are at hand.
    pub table: Table,
    /// Calendar of times.
    pub zone: Zone,
    /// The key of what is open beside the view.
    pub open: Option<String>,
    /// Whether all lines are shown at once, for print.
    pub whole: bool,
    /// Takes [`Action::Table`], [`Action::Open`], [`Action::Go`] and [`Action::ExportTable`].
    pub on_action: Callback<Action>,
}

/// A table.
#[component]
pub fn DataTable(props: &Props) -> Html {
    let Props { table, zone, open, whole, on_action } = props;
    let (scroller, pane, body) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (room, height) = use_size(&scroller, &table.id, (1_024.0, 480.0));
    let top = use_state_eq(|| 0.0);
    let active = use_state_eq(|| (0_u32, 0_usize));
    let has_focus = use_state_eq(|| false);
    let unfolded = use_state_eq(Vec::<Unfolded>::new);
    let ids: Vec<String> = table.columns.iter().map(|column| column.id.clone()).collect();
    let widths = use_memo((ids, table.lines.is_empty(), zone.clone()), |_| widths(table, zone));
    let columns = use_memo(table.columns.clone(), Clone::clone);

    let matching = table.matching.min(u64::from(u32::MAX / 2)) as u32;
    // A line that moved away, because the order changed, is folded.
    let unfolded_now: Vec<Unfolded> = if *whole {
        (0..table.lines.len() as u32).filter_map(|at| foldable(table, table.from + at, &[])).collect()
    } else {
        unfolded.iter().filter(|line| is_still(table, line)).cloned().collect()
    };
    let total = places(matching, &unfolded_now);
    let scroll = Scroll { lines: total, line: LINE, view: (height - LINE).max(LINE) };
    let window = scroll.window(*top);
    let shown = if *whole { 0..total } else { window.first..window.first + window.count };
    let focus = (active.0.min(total.saturating_sub(1)), active.1.min(columns.len().saturating_sub(1)));
    let is_tree = table.lines.iter().any(|line| !line.lines.is_empty());
    let has_doors = table.lines.iter().any(|line| line.opens || line.door.is_some());
    let doors = if has_doors { DOORS } else { 0 };
    let full_width = widths.iter().sum::<u32>() + doors;
    let widths = if *whole { (*widths).clone() } else { fit(&widths, room - f64::from(doors)) };
    let width = widths.iter().sum::<u32>() + doors;

    // What a sheet has no room for beside each other stands on it line by line.
    let as_facts = *whole && full_width > SHEET;
    // Room for a scroll bar where the columns do not fit.
    let is_wide = f64::from(width) > room;
    let full = f64::from(total + 1) * LINE + if is_wide { 16.0 } else { 2.0 };
    let line_of = |index: u32| match place(index, &unfolded_now) {
        Place::Line(at) | Place::Below(at, _) => at,
    };
    let lines = line_of(shown.start)..if shown.is_empty() { 0 } else { line_of(shown.end - 1) + 1 };
    let is_open = |line: &TableLine| open.as_ref().is_some_and(|open| line.opens && *open == line.key);
    let opened = table.lines.iter().position(is_open).map(|at| index_of(table.from + at as u32, &unfolded_now));
    use_lines_at_hand(props, lines);
    use_layout([&scroller, &pane, &body], (full, height.min(full), window.shift, width));
    use_reveal(opened, scroll, &scroller);
    use_focus(&scroller, *has_focus, focus, window.first);

    let to_top = {
        let (scroller, top, unfolded) = (scroller.clone(), top.clone(), unfolded.clone());
        Callback::from(move |()| {
            top.set(0.0);
            unfolded.set(Vec::new());
            if let Some(element) = scroller.cast::<Element>() {
                element.set_scroll_top(0);
            }
        })
    };
    let move_to = {
        let (active, scroller, top) = (active.clone(), scroller.clone(), top.clone());
        Callback::from(move |place: (u32, usize)| {
            active.set(place);
            if let Some((to, element)) = scroll.reveal(place.0, *top).zip(scroller.cast::<Element>()) {
                element.set_scroll_top(to as i32);
                top.set(to);
            }
        })
    };
    let onscroll = {
        let (scroller, top) = (scroller.clone(), top.clone());
        move |_: Event| {
            if let Some(element) = scroller.cast::<Element>() {
                top.set(f64::from(element.scroll_top()));
            }
        }
    };
    let onfocusin = {
        let (active, has_focus) = (active.clone(), has_focus.clone());
        move |event: FocusEvent| {
            if let Some(place) = event.target_dyn_into::<Element>().and_then(|target| place_of(&target)) {
                active.set(place);
                has_focus.set(true);
            }
        }
    };
    let onfocusout = {
        let has_focus = has_focus.clone();
        move |event: FocusEvent| {
            // Without a next element, the line may just have scrolled away.
            if let Some(next) = event.related_target() {
                let next: Option<Element> = wasm_bindgen::JsCast::dyn_into(next).ok();
                has_focus.set(next.is_some_and(|next| next.closest(".data-table__body").ok().flatten().is_some()));
            }
        }
    };
    let unfold = {
        let lines: Vec<Option<Unfolded>> = shown.clone().map(|index| foldable(table, index, &unfolded_now)).collect();
        let (first, unfolded, now) = (shown.start, unfolded.clone(), unfolded_now.clone());
        Callback::from(move |index: u32| {
            if let Some(Some(line)) = lines.get(index.saturating_sub(first) as usize) {
                unfolded.set(toggle(&now, line.clone()));
            }
        })
    };
    let line = |index: u32| {
        let line = line_at(table, index, &unfolded_now);
        let is_below = matches!(place(index, &unfolded_now), Place::Below(..));
        let own = foldable(table, index, &unfolded_now);
        let is_unfolded = own.map(|own| unfolded_now.iter().any(|line| line.key == own.key));
        html! {
            <Line key={index} {index} line={line.cloned()} columns={columns.clone()} testid={table.testid.clone()} zone={zone.clone()} {is_tree} {is_below}
                unfolded={is_unfolded} is_open={line.is_some_and(is_open)} focus={(focus.0 == index).then_some(focus.1)} {has_doors} whole={*whole}
                on_toggle={unfold.clone()} on_action={on_action.clone()} />
        }
    };
    let at_focus = (*has_focus).then(|| line_at(table, focus.0, &unfolded_now)).flatten();
    let readout = head::readout(at_focus.and_then(|line| line.cells.get(focus.1)), columns.get(focus.1), zone);
    let leads = at_focus.and_then(line::leads_to);
    let own = foldable(table, focus.0, &unfolded_now).map(|_| focus.0);
    let onkeydown = keys::on_key(focus, columns.len(), scroll, move_to, unfold.clone(), own, leads, on_action.clone());
    html! {
        <section class={classes!("data-table", whole.then_some("data-table--whole"), as_facts.then_some("data-table--facts"))} data-testid="table" data-table={table.id.clone()}
            aria-labelledby={format!("table-{}", table.id)}>
            { head::bar(props, &to_top) }
            if total == 0 {
                <p class="data-table__empty">{ nothing(table) }</p>
            } else {
                <div class={classes!("data-table__scroller", is_wide.then_some("data-table__scroller--wide"))} ref={scroller} tabindex="-1" {onscroll} {onkeydown}>
                    <div class="data-table__pane" ref={pane}>
                        <table class="data-table__grid" role={if is_tree { "treegrid" } else { "grid" }} aria-labelledby={format!("table-{}", table.id)} aria-rowcount={(u64::from(total) + 1).to_string()}
                            aria-colcount={(columns.len() + usize::from(has_doors)).to_string()}>
                            { cols(table, &widths, has_doors) }
                            { head::head(props, has_doors, &to_top) }
                            <tbody class="data-table__body" role="rowgroup" ref={body} {onfocusin} {onfocusout}>{ for shown.map(line) }</tbody>
                        </table>
                    </div>
                    <svg class="data-table__range" width="1" height={scroll.range().to_string()} aria-hidden="true" />
                </div>
                <p class="data-table__readout" aria-hidden="true">{ readout }</p>
                if *whole && (table.lines.len() as u64) < table.matching {
                    <p class="data-table__rest">{ format!("The first {} of {} lines. An export holds all of them.",
                        format::count(table.lines.len() as u64), format::count(table.matching)) }</p>
                }
            }
        </section>
    }
}

fn nothing(table: &Table) -> String {
    if table.find.is_empty() {
        table.empty.clone()
    } else {
        format!("None of {} lines contains this text.", format::count(table.total))
    }
}

/// The widths; the widest column of words takes what room is left.
fn cols(table: &Table, widths: &[u32], has_doors: bool) -> Html {
    let wordy = widths.iter().enumerate().filter(|(at, _)| !table.columns[*at].is_number);
    let elastic = wordy.rev().max_by_key(|(_, width)| **width).map(|(at, _)| at);
    let col = |(at, width): (usize, &u32)| html! { <col key={at} width={(Some(at) != elastic).then(|| width.to_string())} /> };
    html! {
        <colgroup>
            { for widths.iter().enumerate().map(col) }
            if has_doors { <col width={DOORS.to_string()} /> }
        </colgroup>
    }
}

fn loaded(table: &Table, line: u32) -> Option<&TableLine> {
    table.lines.get(line.checked_sub(table.from)? as usize)
}

fn line_at<'a>(table: &'a Table, index: u32, unfolded: &[Unfolded]) -> Option<&'a TableLine> {
    match place(index, unfolded) {
        Place::Line(line) => loaded(table, line),
        Place::Below(line, below) => loaded(table, line)?.lines.get(below as usize),
    }
}

/// The line in that place, if lines stand below it.
fn foldable(table: &Table, index: u32, unfolded: &[Unfolded]) -> Option<Unfolded> {
    let Place::Line(at) = place(index, unfolded) else { return None };
    let line = loaded(table, at).filter(|line| !line.lines.is_empty())?;
    Some(Unfolded { key: line.key.clone(), at, lines: line.lines.len() as u32 })
}

/// Whether an unfolded line still stands where it did, as far as is known.
fn is_still(table: &Table, unfolded: &Unfolded) -> bool {
    loaded(table, unfolded.at).is_none_or(|line| line.key == unfolded.key && line.lines.len() as u32 == unfolded.lines)
        && u64::from(unfolded.at) < table.matching
}

fn place_of(target: &Element) -> Option<(u32, usize)> {
    let cell = target.closest("[data-cell]").ok().flatten()?;
    let line = cell.closest("[data-place]").ok().flatten()?;
    Some((line.get_attribute("data-place")?.parse().ok()?, cell.get_attribute("data-cell")?.parse().ok()?))
}
