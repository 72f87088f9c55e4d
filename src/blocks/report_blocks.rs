//! The blocks of a report in reading order.

use super::{bar_list::BarList, heatmap::Heatmap, stats::Stats, time_chart::TimeChart};
use crate::action::Action;
use guestlens_core::{report::Block, time::Zone};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The parts, in reading order.
    pub blocks: Vec<Block>,
    /// Calendar of times.
    pub zone: Zone,
    /// The filters in words, for exported pictures.
    pub title_context: AttrValue,
    /// Takes what figures and marks lead to.
    pub on_action: Callback<Action>,
}

/// The blocks of a report.
#[component]
pub fn ReportBlocks(props: &Props) -> Html {
    let Props { blocks, zone, title_context: context, on_action } = props;
    let paint = |(number, block): (usize, &Block)| match block.clone() {
        Block::Stats { stats } => html! { <Stats key={number} {stats} on_action={on_action.clone()} /> },
        Block::BarList(list) => {
            html! { <BarList key={number} {list} context={context.clone()} on_action={on_action.clone()} /> }
        }
        Block::Heatmap(map) => html! {
            <Heatmap key={number} {map} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        Block::TimeSeries(series) => html! {
            <TimeChart key={number} {series} zone={zone.clone()} context={context.clone()} on_action={on_action.clone()} />
        },
        _ => Html::default(),
    };
    html! { <div class="report-blocks">{ for blocks.iter().enumerate().map(paint) }</div> }
}
