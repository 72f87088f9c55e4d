//! The blocks of a report in reading order.

use super::{
    bar_list::BarList,
    controls::Controls,
    coverage::Coverage,
    data_table::DataTable,
    downloads::Downloads,
    facts::{Facts, heading, story},
    finding_list::FindingList,
    heatmap::Heatmap,
    lanes::Lanes,
    matrix::Matrix,
    note::Note,
    stats::Stats,
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
    let paint = |(key, block): (String, &Block)| match block.clone() {
        Block::Stats { stats } => html! { <Stats {key} {stats} on_action={on_action.clone()} /> },
        Block::BarList(list) => {
            html! { <BarList {key} {list} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Heatmap(map) => html! {
            <Heatmap {key} {map} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::TimeSeries(series) => html! {
            <TimeChart {key} {series} zone={zone.clone()} uncovered={uncovered.clone()} is_filtered={*is_filtered} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::Heading { title, text } => heading(key, &title, &text),
        Block::Note(note) => html! { <Note {key} {note} on_action={on_action.clone()} /> },
        Block::Controls { controls } => html! { <Controls {key} {controls} on_action={on_action.clone()} /> },
        Block::Table(table) => html! {
            <DataTable {key} {table} zone={zone.clone()} open={open.clone()} whole={*whole} on_action={on_action.clone()} />
        },
        Block::Facts { facts } => html! { <Facts {key} {facts} zone={zone.clone()} on_action={on_action.clone()} /> },
        Block::Story { sentences } => story(key, &sentences),
        Block::Findings { findings } => html! {
            <FindingList {key} {findings} zone={zone.clone()} open={open.clone()} on_action={on_action.clone()} />
        },
        Block::Downloads { title, text, downloads } => {
            html! { <Downloads {key} {title} {text} {downloads} on_action={on_action.clone()} /> }
        }
        Block::Chart(chart) => {
            html! { <StepChart {key} {chart} zone={zone.clone()} uncovered={uncovered.clone()} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Lanes(lanes) => html! {
            <Lanes {key} {lanes} zone={zone.clone()} open={open.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::Matrix(matrix) => {
            html! { <Matrix {key} {matrix} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Coverage(coverage) => html! {
            <Coverage {key} {coverage} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
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
