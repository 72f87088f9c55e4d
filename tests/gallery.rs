//! Paints all blocks with seeded data into `target/gallery/*.html`, one page per theme, to be looked
//! at in a browser. What a browser measures (widths) stands at its first guess.

mod seeded;

use guestlens::{
    action::Action,
    blocks::{Drawer, EventTable, GroupsView, OpenedDrawer, ReportBlocks, TimeHistogram},
};
use guestlens_core::{
    model::Field,
    protocol::Sort,
    time::{DAY, Zone},
};
use std::{fmt::Write, fs, path::Path};
use yew::prelude::*;

#[component]
fn Gallery() -> Html {
    let on_action = Callback::from(|_: Action| ());
    let zone = Zone { name: "UTC".into(), offsets: vec![], ..Zone::default() };
    let window = Some((seeded::start() + 9 * DAY, seeded::start() + 21 * DAY));
    let period = Some((seeded::start(), seeded::start() + 33 * DAY));
    html! {
        <main>
            <TimeHistogram series={seeded::days(33, Some(Field::Result), &seeded::RESULTS)} {window} {period} zone={zone.clone()} on_action={on_action.clone()} />
            <TimeHistogram series={seeded::days(120, None, &[])} window={None} {period} zone={zone.clone()} on_action={on_action.clone()} />
            <ReportBlocks blocks={seeded::overview()} zone={zone.clone()} title_context="Status is failure" on_action={on_action.clone()} />
            <div class="gallery__table">
                <EventTable rows={seeded::rows(16)} matching={1_284_000} columns={seeded::COLUMNS.to_vec()} sort={Sort::default()} selected={Some(3)}
                    zone={zone.clone()} seq={1} on_action={on_action.clone()} />
                <Drawer details={Some(seeded::details())} zone={zone.clone()} matching={1_284} on_action={on_action.clone()} />
            </div>
            <div class="gallery__table gallery__table--high">
                <ReportBlocks blocks={seeded::blocks::view()} zone={zone.clone()} title_context="" open={Some("guest-2".to_owned())} on_action={on_action.clone()} />
                <OpenedDrawer opened={seeded::blocks::opened()} zone={zone.clone()} title_context="" before={None} after={Some("x".to_owned())} on_action={on_action.clone()} />
            </div>
            <GroupsView groups={seeded::groups()} blocks={vec![]} {zone} {on_action} />
        </main>
    }
}

#[tokio::test]
async fn gallery() {
    let body = yew::ServerRenderer::<Gallery>::new().hydratable(false).render().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut css = String::new();
    for name in fs::read_to_string(root.join("static/css/order.txt")).unwrap().lines() {
        let _ = writeln!(css, "{}", fs::read_to_string(root.join("static/css").join(name)).unwrap_or_default());
    }
    let to = root.join("target/gallery");
    fs::create_dir_all(&to).unwrap();
    for theme in ["light", "dark"] {
        let page = format!(
            "<!doctype html><html lang=en data-theme={theme}><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Blocks</title><style>{css}
            html[data-theme=dark] {{ color-scheme: dark; }} html[data-theme=light] {{ color-scheme: light; }}
            body {{ margin: 16px; font: 14px/20px var(--font); color: var(--ink); background: var(--page); }}
            main {{ display: grid; gap: 24px; min-width: 0; }} main > * {{ min-width: 0; }}
            .event-table__pane {{ min-width: 1300px; }} .event-table__line {{ height: 32px; }}
            .gallery__table {{ display: grid; grid-template-columns: minmax(0, 1fr) auto; block-size: 700px; }} .gallery__table--high {{ block-size: auto; align-items: start; }}
            @media (max-width: 720px) {{ .gallery__table {{ grid-template-columns: minmax(0, 1fr); block-size: auto; }} .event-table {{ block-size: 400px; }} .drawer {{ position: relative !important; }} }}
            </style><body>{body}"
        );
        fs::write(to.join(format!("{theme}.html")), page).unwrap();
    }
}
