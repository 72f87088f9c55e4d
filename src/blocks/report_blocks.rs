//! The blocks of a report in reading order.

use super::{
    bar_list, controls,
    coverage::Coverage,
    data_table::DataTable,
    downloads,
    facts::{self, heading, story},
    finding_list,
    heatmap::Heatmap,
    lanes::Lanes,
    matrix::Matrix,
    note, stats,
    step_chart::StepChart,
    time_chart::TimeChart,
    uncovered::Uncovered,
};
use crate::action::Action;
use guestlens_core::{report::Block, time::Zone};
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The parts, in reading order.
    pub blocks: Vec<Block>,
    /// Calendar of times.
    pub zone: Zone,
    /// The filters in words, for exported pictures.
    pub title_context: AttrValue,
    /// The key of what is open beside them.
    #[prop_or_default]
    pub open: Option<String>,
    /// Whole days that no file covers, for charts of events over time.
    #[prop_or_default]
    pub uncovered: Uncovered,
    /// Whether events were asked for by any condition.
    #[prop_or_default]
    pub is_filtered: bool,
    /// Whether tables are shown whole, for print.
    #[prop_or_default]
    pub whole: bool,
    /// Takes what figures and marks lead to.
    pub on_action: Callback<Action>,
}

/// The blocks of a report.
#[component]
pub fn ReportBlocks(props: &Props) -> Html {
    let Props { blocks, zone, title_context: context, open, uncovered, is_filtered, whole, on_action } = props;
    let paint = |(key, block): (String, &Block)| match block {
        Block::Stats { stats } => stats::stats(key, stats, on_action),
        Block::BarList(list) => bar_list::bar_list(key, list, context, on_action),
        Block::Heatmap(map) => html! {
            <Heatmap {key} map={map.clone()} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::TimeSeries(series) => html! {
            <TimeChart {key} series={series.clone()} zone={zone.clone()} uncovered={uncovered.clone()} is_filtered={*is_filtered} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::Heading { title, text } => heading(key, title, text),
        Block::Note(note) => note::note(key, note, on_action),
        Block::Controls { controls } => controls::controls(key, controls, on_action),
        Block::Table(table) => html! {
            <DataTable {key} table={table.clone()} zone={zone.clone()} open={open.clone()} whole={*whole} on_action={on_action.clone()} />
        },
        Block::Facts { facts } => facts::facts(key, facts, zone, on_action),
        Block::Story { sentences } => story(key, sentences),
        Block::Findings { findings } => finding_list::finding_list(key, findings, zone, open.as_deref(), on_action),
        Block::Downloads { title, text, downloads } => downloads::downloads(key, title, text, downloads, on_action),
        Block::Chart(chart) => {
            html! { <StepChart {key} chart={chart.clone()} zone={zone.clone()} uncovered={uncovered.clone()} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Lanes(lanes) => html! {
            <Lanes {key} lanes={lanes.clone()} zone={zone.clone()} open={open.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::Matrix(matrix) => {
            html! { <Matrix {key} matrix={matrix.clone()} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Coverage(coverage) => html! {
            <Coverage {key} coverage={coverage.clone()} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
    };
    let keys = keys(blocks);
    html! { <div class="report-blocks">{ for keys.into_iter().zip(blocks).map(paint) }</div> }
}

/// A key for each block: what a hand is doing in one stays there when others come and go.
fn keys(blocks: &[Block]) -> Vec<String> {
    let name = |block: &Block| match block {
        Block::Stats { .. } => "stats".to_owned(),
        Block::BarList(list) => format!("bar-list-{}", list.id),
        Block::Heatmap(map) => format!("heatmap-{}", map.id),
        Block::TimeSeries(_) => "time-series".into(),
        Block::Heading { title, .. } => format!("heading-{title}"),
        Block::Note(note) => format!("note-{}", note.id),
        Block::Controls { .. } => "controls".into(),
        Block::Table(table) => format!("table-{}", table.id),
        Block::Lanes(lanes) => format!("lanes-{}", lanes.id),
        Block::Chart(chart) => format!("chart-{}", chart.id),
        Block::Matrix(matrix) => format!("matrix-{}", matrix.id),
        Block::Facts { .. } => "facts".into(),
        Block::Story { .. } => "story".into(),
        Block::Findings { .. } => "findings".into(),
        Block::Coverage(_) => "coverage".into(),
        Block::Downloads { .. } => "downloads".into(),
    };
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let number = |name: String| {
        let times = known.entry(name.clone()).or_default();
        *times += 1;
        format!("{name} {times}")
    };
    blocks.iter().map(name).map(number).collect()
}
