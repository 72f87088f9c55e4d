//! A report and a screen that shows nobody say the same as the page: every figure of every view, over the worked
//! case (where it is there) and over the invented tenant.

mod drive;

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    identity::Identity,
    protocol::{Ask, Query, ViewRequest},
    redact::{Key, Policy, RedactedStore, ShareLevel, redact},
    report::{Block, BlocksRequest, Report, Value, View},
    share::{self, Composition, Form, Made, Section, compose, verify::Identifiers},
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

fn partner() -> Option<(Engine, RedactedStore)> {
    let engine = worked_case()?;
    let redacted = redact(engine.store(), &Policy::partner("woodgrove.example"), &Key::new(&[7; 32]));
    Some((engine, redacted))
}

#[test]
fn a_partner_gets_a_report_in_every_form() {
    let Some((engine, redacted)) = partner() else { return };
    let store = engine.store();
    let mut memory = Memory::default();
    memory.refresh(store);
    let identity = Derived::new(store, &memory).get::<Identity>();
    let known = Identifiers::of(store, &identity).but(store, &identity, redacted.policy());
    let sections = View::ALL.iter().map(|view| Section { view: *view, ..Section::default() }).collect();
    let composition = Composition { sections, ..Composition::default() };
    for form in Form::ALL {
        let written = share::write(&redacted, &composition, form, 1);
        let verdict = share::verify::verify(&written.bytes, &written.name, &known);
        assert!(verdict.is_clean(), "{form:?}: {:#?}", verdict.hits);
        let text = String::from_utf8(written.bytes).unwrap().to_lowercase();
        let own = ["nora", "omar", "pia", "quinn"].map(|name| text.contains(&format!("{name}@woodgrove.example")));
        assert!(form == Form::Markdown || own == [true; 4], "{form:?} {own:?}");
        for other in ["fabrikam", "tailspin", "evil", "contoso", "adele", "mallory", "dana"] {
            assert!(!text.contains(other), "{form:?} {other}");
        }
    }
}

#[test]
fn a_partner_report_knows_its_guests() {
    let Some((_, redacted)) = partner() else { return };
    let figures = of_report(&redacted);
    assert!(figures.contains(&"guests guests-total: Some(4) ".to_owned()), "{figures:#?}");
    assert!(figures.contains(&"requests requests: Some(4) ".to_owned()), "{figures:#?}");
    let notes = made(&redacted).parts.into_iter().flat_map(|part| part.blocks);
    let notes: Vec<String> = notes.filter_map(|block| if let Block::Note(note) = block { Some(note.text) } else { None }).collect();
    assert!(notes.iter().all(|note| !note.contains("No loaded file tells of a guest")), "{notes:#?}");
}

#[test]
fn a_board_counts_what_the_views_list() {
    let Some(mut engine) = worked_case() else { return };
    let policy = Policy { k: 2, ..Policy::of(ShareLevel::Board) };
    let redacted = redact(engine.store(), &policy, &Key::new(&[7; 32]));
    let parts = compose(&redacted, &Composition::default(), 1).parts;
    let total = |id: &str| {
        let tables = parts.iter().flat_map(|part| &part.blocks);
        let table = tables.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).find(|table| table.id == id);
        let line = table.unwrap().lines.last().unwrap().cells.last().unwrap().clone();
        if let Value::Number(number) = line { number } else { panic!("{id} {line:?}") }
    };
    let lines = |engine: &mut Engine, of, table: &str| drive::all_lines(engine, of, &[("list", "all")], table).len() as u64;
    assert_eq!(total("events-by-month"), 42);
    assert_eq!(total("guests"), lines(&mut engine, View::Guests, "guests"));
    assert_eq!(total("requests"), 6);
    assert_eq!(total("assignments"), lines(&mut engine, View::Assignments, "assignments"));
}

#[test]
fn guests_are_counted_alike_everywhere() {
    let Some(mut engine) = worked_case() else { return };
    let figures = of_page(&mut engine);
    println!("{figures:#?}");
    for expect in ["guests guests-total: Some(14) ", "organizations guests-unconnected: Some(14) "] {
        assert!(figures.contains(&expect.to_owned()), "{expect} {figures:#?}");
    }
}

#[test]
fn dbg() {
    use guestlens_core::model::{Column as C, Domain as D, TargetColumn as T};
    let mut engine = drive::tenant();
    let mut safe = engine.screen_safe(&[7; 32]);
    for (n, e) in [("A", &mut engine), ("B", &mut safe)] {
        let s = e.store();
        for event in 0..s.len() {
            let all: Vec<String> = s.targets_of(event).flat_map(|t| [T::Type, T::Id, T::Name, T::Upn].map(|c| s.target_text(t, c).into_owned())).collect();
            if !all.iter().any(|x| x.contains("henrik.ximenes") || x.contains("guest-ssfm")) { continue; }
            let d: Vec<String> = s.details.of(event).map(|p| format!("{}={}", s.dictionary(D::DetailKey).get(s.details.key.get(p)), s.dictionary(D::DetailValue).get(s.details.value.get(p)))).collect();
            if !s.text(event, C::Activity).contains("access package") { continue; }
            println!("{n} {} {} {} {:?} {:?}", s.time[event], s.text(event, C::Activity), s.text(event, C::CorrelationId), all, d);
        }
    }
}
