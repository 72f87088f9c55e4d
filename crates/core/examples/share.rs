//! Writes an interactive Auditor report of files, reads it again and opens it; prints how long each step took:
//! `cargo run --release -p guestlens-core --example share -- <page.html> <files>`.

use guestlens_core::{
    engine::{Engine, Writing},
    protocol::{Ask, Query, ViewRequest},
    redact::Policy,
    share::{Form, ShareRequest, interactive, verify},
    time::Zone,
};
use std::{fs::File, io::Read, time::Instant};

/// Bytes of memory in use and at most so far, as Linux says.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    let number: String = line.chars().filter(char::is_ascii_digit).collect();
    number.parse::<f64>().unwrap_or(0.0) / 1e3
}

fn main() {
    let mut paths = std::env::args().skip(1);
    let page = std::fs::read(paths.next().expect("the page")).expect("readable");
    let mut engine = Engine::default();
    let mut buffer = vec![0; 1 << 20];
    let (start, mut size) = (Instant::now(), 0);
    for path in paths {
        let mut file = File::open(&path).expect("a file to read");
        let source = engine.open(&path, 0);
        loop {
            let read = file.read(&mut buffer).expect("readable");
            if read == 0 {
                break;
            }
            size += read;
            engine.feed(source, &buffer[..read]);
        }
        engine.end(source);
    }
    let load = start.elapsed().as_secs_f64();
    let store = engine.store().heap_bytes() as f64 / 1e6;
    println!(
        "load {load:.2} s, {} events, {:.1} MB, store {store:.1} MB, process {:.1} MB",
        engine.store().len(),
        size as f64 / 1e6,
        memory("VmRSS")
    );
    for domain in guestlens_core::model::Domain::ALL {
        let dictionary = engine.store().dictionary(*domain);
        if dictionary.len() > 5000 {
            println!("  {domain:?}: {} texts, {} of them GUIDs", dictionary.len(), dictionary.guids().count());
        }
    }
    let start = Instant::now();
    let request = ShareRequest { form: Form::Interactive, policy: Policy::default(), ..ShareRequest::default() };
    let mut writing = Writing::new(request.clone(), [7; 32], page.clone());
    let sharing = loop {
        let step = Instant::now();
        let sharing = writing.step(&mut engine);
        println!("  step {} took {:.2} s", writing.done(), step.elapsed().as_secs_f64());
        if let Some(sharing) = sharing {
            break sharing;
        }
    };
    let written = start.elapsed().as_secs_f64();
    println!(
        "written {written:.2} s, file {:.2} MB (1/{:.1} of the files), known {:.1} MB, process {:.1} MB, at most {:.1} MB",
        sharing.report.len() as f64 / 1e6,
        size as f64 / sharing.report.len() as f64,
        sharing.known.len() as f64 / 1e6,
        memory("VmRSS"),
        memory("VmHWM")
    );
    let start = Instant::now();
    let known = verify::Identifiers::from_bytes(&sharing.known).expect("identifiers");
    let step = request.policy.time.step();
    let verdict =
        verify::verify_interactive(&sharing.report, &sharing.shared.name, &known, (&page, step), &mut |_, _| {});
    let verified = start.elapsed().as_secs_f64();
    println!(
        "verified {verified:.2} s: {} hits of {} identifiers, {:.1} MB read",
        verdict.count,
        verdict.identifiers,
        verdict.read as f64 / 1e6
    );
    verdict.hits.iter().take(5).for_each(|hit| println!("  {hit:?}"));
    println!("written and verified: {:.2} x the load", (written + verified) / load);
    let text = std::str::from_utf8(&sharing.report).expect("text");
    if let Ok(path) = std::env::var("REPORT") {
        std::fs::write(path, &sharing.report).expect("written");
    }
    let (_, data) = text.rsplit_once(interactive::OPEN).expect("data");
    let data = verify_base64(data.split(interactive::CLOSE).next().expect("an end"));
    let start = Instant::now();
    let mut opened = Engine::default();
    let source = opened.open("report", data.len() as u64);
    opened.mark_report(source);
    opened.feed(source, &data);
    opened.end(source);
    println!(
        "opened {:.2} s, {} events, store {:.1} MB",
        start.elapsed().as_secs_f64(),
        opened.store().len(),
        opened.store().heap_bytes() as f64 / 1e6
    );
    let ask = Ask {
        query: Query::default(),
        view: ViewRequest::Overview,
        facets: Vec::new(),
        facet_text: Vec::new(),
        stack: None,
        zone: Zone::default(),
        bins: 100,
    };
    println!("its overview is about {} events", opened.ask(1, &ask).matching);
}

fn verify_base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits = text.trim_end_matches('=').as_bytes().chunks(4);
    digits
        .flat_map(|four| {
            let bits =
                four.iter().fold(0_u32, |bits, byte| bits << 6 | u32::from(value(*byte))) << (6 * (4 - four.len()));
            bits.to_be_bytes()[1..four.len()].to_vec()
        })
        .collect()
}
