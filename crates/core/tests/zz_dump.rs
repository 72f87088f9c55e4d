//! tmp
use guestlens_core::{engine::Engine, protocol::*, report::*, time::Zone};
#[test]
fn dump() {
    let mut engine = Engine::default();
    let files: Vec<(String, Vec<u8>)> = if std::env::var("FIX").is_ok() {
        [
            "audit-A-2026-06-01_06-15.json",
            "audit-B-2026-06-10_06-30.json",
            "audit-C-2026-07-05_07-10.json",
            "users.json",
        ]
        .iter()
        .map(|n| (n.to_string(), std::fs::read(format!("/tmp/wt/shared/fixture/{n}")).unwrap()))
        .collect()
    } else {
        guestlens_core::sample::files(7).into_iter().map(|f| (f.name, f.bytes)).collect()
    };
    for (name, bytes) in files {
        let s = engine.open(&name, bytes.len() as u64);
        engine.feed(s, &bytes);
        engine.end(s);
    }
    let zone = Zone { name: "UTC".into(), offsets: vec![] };
    for of in [View::Guests, View::Inactive] {
        let open = std::env::var("OPEN").ok();
        let t = std::time::Instant::now();
        let view = ViewRequest::Blocks(BlocksRequest { of, open, ..Default::default() });
        let ask = Ask {
            query: Query::default(),
            view,
            facets: vec![],
            facet_text: vec![],
            stack: None,
            zone: zone.clone(),
            bins: 60,
        };
        let Report::Blocks { blocks, opened, .. } = engine.ask(1, &ask).report else { panic!() };
        println!("=== {of:?} {:?}", t.elapsed());
        for b in blocks.iter().chain(opened.iter().flat_map(|o| &o.blocks)) {
            match b {
                Block::Stats { stats } => {
                    for s in stats {
                        println!("stat {} {:?} {} | {}", s.id, s.value, s.text, s.label)
                    }
                }
                Block::Note(n) => println!("note {}: {} {}", n.id, n.title, n.text),
                Block::Table(t) => {
                    println!(
                        "table {} {}/{} {:?}",
                        t.id,
                        t.matching,
                        t.total,
                        t.columns.iter().map(|c| &c.id).collect::<Vec<_>>()
                    );
                    for l in t.lines.iter().take(8) {
                        println!(
                            "   {:?} {}",
                            l.data,
                            l.cells
                                .iter()
                                .map(|c| match c {
                                    Value::None(w) => format!("-({w})"),
                                    Value::Person { name, address } => format!("{name}<{address}>"),
                                    Value::Time(t) => guestlens_core::time::iso(*t),
                                    Value::State { word, .. } => word.clone(),
                                    Value::List(l) => l.join("; "),
                                    Value::Said(s) | Value::Text(s) | Value::Name(s) | Value::Id(s) => s.clone(),
                                    o => format!("{o:?}"),
                                })
                                .collect::<Vec<_>>()
                                .join(" | ")
                        );
                    }
                }
                Block::Lanes(l) => {
                    println!("lanes {} {} {:?} gaps {}", l.id, l.total, l.period, l.gaps.len());
                    for x in l.lanes.iter().take(4) {
                        println!(
                            "   {} [{}] tracks {} spans {:?} marks {:?}",
                            x.name,
                            x.note,
                            x.tracks,
                            x.spans
                                .iter()
                                .map(|s| (
                                    &s.label,
                                    guestlens_core::time::iso(s.from),
                                    guestlens_core::time::iso(s.to),
                                    s.from_is,
                                    s.to_is,
                                    s.track
                                ))
                                .collect::<Vec<_>>(),
                            x.marks.iter().map(|m| (&m.kind, m.count)).collect::<Vec<_>>()
                        );
                    }
                }
                Block::Chart(c) => println!(
                    "chart {} {:?}: {:?}",
                    c.id,
                    c.steps.iter().map(|s| &s.label).collect::<Vec<_>>(),
                    c.lines.iter().map(|l| (&l.name, &l.values)).collect::<Vec<_>>()
                ),
                Block::Story { sentences } => println!("story {}", sentences.join("\n      ")),
                Block::Facts { facts } => {
                    for f in facts {
                        println!("fact {} = {:?} [{}] {}", f.label, f.value, f.help, f.door.is_some())
                    }
                }
                Block::Controls { controls } => println!("controls {}", controls.len()),
                _ => {}
            }
        }
    }
}
