//! Blocks rendered natively: text snapshots in `tests/snapshots/`, and what no data may break.
//! `UPDATE_SNAPSHOTS=1 cargo test` accepts what is rendered now.

mod seeded;

use guestlens::{
    action::Action,
    blocks::{Drawer, EventTable, GroupsView, OpenedDrawer, ReportBlocks, TimeHistogram},
};
use guestlens_core::{
    model::Field,
    protocol::Sort,
    report::{Block, ChartShape, Rows, TimeSeries, Tone},
    time::{DAY, Zone},
};
use seeded::blocks;
use std::{fs, path::Path};
use yew::prelude::*;

#[derive(Clone, Copy, PartialEq)]
enum Case {
    HistogramWindow,
    HistogramEmpty,
    Stats,
    BarList,
    Heatmap,
    TimeChart,
    Groups,
    Drawer,
    Table,
    TableWaiting,
    TableEmpty,
    DataTable,
    DataTableEmpty,
    Controls,
    Note,
    Facts,
    Story,
    Findings,
    Columns,
    Lines,
    Funnel,
    Lanes,
    Matrix,
    Coverage,
    Opened,
}

#[derive(PartialEq, Properties)]
struct Props {
    case: Case,
}

#[component]
fn Shown(props: &Props) -> Html {
    let on_action = Callback::from(|_: Action| ());
    let zone = Zone::default();
    let block = |block: Block| {
        html! { <ReportBlocks blocks={vec![block]} zone={zone.clone()} title_context="" on_action={on_action.clone()} /> }
    };
    let histogram = |series: TimeSeries, window| {
        html! { <TimeHistogram {series} {window} period={None} zone={zone.clone()} on_action={on_action.clone()} /> }
    };
    let table = |rows: Rows, matching: u64| {
        html! {
            <EventTable {rows} {matching} columns={seeded::COLUMNS.to_vec()} sort={Sort::default()} selected={Some(1)} zone={zone.clone()}
                seq={1} on_action={on_action.clone()} />
        }
    };
    match props.case {
        Case::HistogramWindow => histogram(
            seeded::days(7, Some(Field::Result), &seeded::RESULTS),
            Some((seeded::start(), seeded::start() + 2 * DAY)),
        ),
        Case::HistogramEmpty => histogram(TimeSeries::default(), None),
        Case::Stats => block(Block::Stats { stats: seeded::stats() }),
        Case::BarList => block(Block::BarList(seeded::bar_list("top-actors", "Actors", Field::Actor, &seeded::ACTORS))),
        Case::Heatmap => block(Block::Heatmap(seeded::heatmap())),
        Case::TimeChart => block(Block::TimeSeries(seeded::days(7, Some(Field::Category), &seeded::CATEGORIES))),
        Case::Groups => {
            html! { <GroupsView groups={seeded::groups()} blocks={vec![]} zone={zone.clone()} on_action={on_action.clone()} /> }
        }
        Case::Drawer => {
            html! { <Drawer details={Some(seeded::details())} zone={zone.clone()} matching={1_284} on_action={on_action.clone()} /> }
        }
        Case::Table => table(seeded::rows(3), 3),
        Case::TableWaiting => table(Rows::default(), 1_000_000),
        Case::TableEmpty => table(Rows::default(), 0),
        Case::DataTable => block(Block::Table(blocks::table(3))),
        Case::DataTableEmpty => block(Block::Table(blocks::empty_table())),
        Case::Controls => block(blocks::controls()),
        Case::Note => block(blocks::note(Tone::Attention)),
        Case::Facts => block(blocks::facts()),
        Case::Story => block(blocks::story()),
        Case::Findings => block(blocks::findings()),
        Case::Columns => block(Block::Chart(blocks::chart(ChartShape::Columns))),
        Case::Lines => block(Block::Chart(blocks::chart(ChartShape::Lines))),
        Case::Funnel => block(Block::Chart(blocks::chart(ChartShape::Funnel))),
        Case::Lanes => block(Block::Lanes(blocks::lanes(2))),
        Case::Matrix => block(Block::Matrix(blocks::matrix())),
        Case::Coverage => block(Block::Coverage(blocks::coverage())),
        Case::Opened => html! {
            <OpenedDrawer opened={blocks::opened()} zone={zone.clone()} title_context="" before={None} after={Some("x".to_owned())} on_action={on_action.clone()} />
        },
    }
}

async fn render(case: Case) -> String {
    let html = yew::ServerRenderer::<Shown>::with_props(move || Props { case }).hydratable(false).render().await;
    html.replace("><", ">\n<")
}

async fn check(name: &str, case: Case) {
    let html = render(case).await;
    for refused in [" style=", " href=", " src=", "<a ", "<form", "<foreignObject", "<use", "<script"] {
        assert!(!html.contains(refused), "{name} has {refused}");
    }
    for hidden in ['\u{202e}', '\u{200b}'] {
        let text = html.replace("data-value=\"annex\u{202e}gpj.exe\"", "");
        assert!(!text.contains(hidden), "{name} shows {hidden:?} as it is");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}.html"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &html).unwrap();
    }
    let expect = fs::read_to_string(&path).unwrap_or_default();
    assert!(expect == html, "{name} differs from {}; UPDATE_SNAPSHOTS=1 accepts it", path.display());
}

macro_rules! snapshots {
    ($($name:ident => $case:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $name() {
                check(stringify!($name), Case::$case).await;
            }
        )+
    };
}

snapshots! {
    histogram_window => HistogramWindow,
    histogram_empty => HistogramEmpty,
    stats => Stats,
    bar_list => BarList,
    heatmap => Heatmap,
    time_chart => TimeChart,
    groups => Groups,
    drawer => Drawer,
    table => Table,
    table_waiting => TableWaiting,
    table_empty => TableEmpty,
    data_table => DataTable,
    data_table_empty => DataTableEmpty,
    controls => Controls,
    note => Note,
    facts => Facts,
    story => Story,
    findings => Findings,
    columns => Columns,
    lines => Lines,
    funnel => Funnel,
    lanes => Lanes,
    matrix => Matrix,
    coverage => Coverage,
    opened => Opened,
}

#[tokio::test]
async fn a_long_table_has_few_lines() {
    let html = render(Case::TableWaiting).await;
    let lines = html.matches("data-testid=\"event\"").count();
    assert!((10..=60).contains(&lines), "{lines} lines for a million events");
    assert!(html.contains("aria-rowcount=\"1000001\""));
}
