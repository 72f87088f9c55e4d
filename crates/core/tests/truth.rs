//! A report and a screen that shows nobody say the same as the page: every figure of every view, over the worked
//! case (where it is there) and over the invented tenant.

mod drive;

use guestlens_core::{
    engine::Engine,
    protocol::{Ask, Query, ViewRequest},
    redact::{Key, Policy, RedactedStore, ShareLevel, redact},
    report::{Block, BlocksRequest, Report, View},
    share::{Composition, Made, Section, compose},
    time::Zone,
};

/// The views that have figures.
fn views() -> impl Iterator<Item = View> {
    View::ALL.iter().copied().filter(|view| !matches!(view, View::Groups | View::Sources | View::Events))
}

fn blocks(engine: &mut Engine, of: View) -> Vec<Block> {
    let view = match of {
        View::Overview => ViewRequest::Overview,
        _ => ViewRequest::Blocks(BlocksRequest { of, ..BlocksRequest::default() }),
    };
    let (facets, facet_text) = (Vec::new(), Vec::new());
    let ask = Ask { query: Query::default(), view, facets, facet_text, stack: None, zone: Zone::default(), bins: 60 };
    match engine.ask(1, &ask).report {
        Report::Blocks { blocks, .. } | Report::Overview { blocks } => blocks,
        _ => panic!("blocks"),
    }
}

/// View, figure, what it says.
fn figures(of: View, blocks: &[Block]) -> Vec<String> {
    let stats = blocks.iter().flat_map(|block| match block {
        Block::Stats { stats } => &stats[..],
        _ => &[],
    });
    stats.map(|stat| format!("{} {}: {:?} {}", of.id(), stat.id, stat.value, stat.text)).collect()
}

fn of_page(engine: &mut Engine) -> Vec<String> {
    views().flat_map(|of| figures(of, &blocks(engine, of))).collect()
}

fn made(redacted: &RedactedStore) -> Made {
    let sections = views().map(|view| Section { view, ..Section::default() }).collect();
    compose(redacted, &Composition { sections, ..Composition::default() }, 1)
}

fn of_report(redacted: &RedactedStore) -> Vec<String> {
    views().zip(&made(redacted).parts).flat_map(|(of, part)| figures(of, &part.blocks)).collect()
}

fn worked_case() -> Option<Engine> {
    let files = drive::worked_case()?;
    Some(drive::load(&files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect::<Vec<_>>()))
}

/// The worked case where it is there, and the invented tenant.
fn engines() -> Vec<Engine> {
    worked_case().into_iter().chain([drive::tenant()]).collect()
}

fn assert_same(told: &[String], truth: &[String]) {
    let other: Vec<_> = truth.iter().zip(told).filter(|(truth, told)| truth != told).collect();
    assert!(other.is_empty(), "{other:#?}");
    assert_eq!((told.len(), true), (truth.len(), truth.len() > 60));
}

#[test]
fn a_screen_that_shows_nobody_has_the_same_figures() {
    for mut engine in engines() {
        let truth = of_page(&mut engine);
        assert_same(&of_page(&mut engine.screen_safe(&[7; 32])), &truth);
    }
}

#[test]
fn an_auditor_report_has_the_same_figures() {
    for mut engine in engines() {
        let truth = of_page(&mut engine);
        let redacted = redact(engine.store(), &Policy::of(ShareLevel::Auditor), &Key::new(&[7; 32]));
        assert_same(&of_report(&redacted), &truth);
    }
}
