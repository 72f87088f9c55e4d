//! How long the views about access take with 5, 500 and 50,000 assignments. Prints a table; checks nothing.

use guestlens_core::{
    derived::{Derived, Memory},
    engine::Engine,
    entitlement::access::Access,
    identity::Identity,
    protocol::{Ask, Query, ViewRequest},
    report::{BlocksRequest, View},
    time::Zone,
};
use std::{fmt::Write, time::Instant};

/// So many assignments in 40 packages, of a third as many people.
fn assignments(number: u32) -> Vec<u8> {
    let mut text = String::from(
        "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments\",\"value\":[",
    );
    for at in 0..number {
        let (who, package) = (at % (number / 3).max(1), at.wrapping_mul(2_654_435_761) % 40);
        let state = if at % 7 == 0 { "expired" } else { "delivered" };
        let expired = if at % 7 == 0 { "\"2026-05-20T00:00:00Z\"" } else { "null" };
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}{{\"id\":\"{at:08x}-3333-4333-8333-333333333333\",\"state\":\"{state}\",\"status\":\"Delivered\",\
             \"expiredDateTime\":{expired},\"schedule\":{{\"startDateTime\":\"2026-{:02}-{:02}T08:00:00Z\",\
             \"expiration\":{{\"type\":\"afterDuration\",\"duration\":\"P{}D\"}}}},\"target\":{{\"objectId\":\
             \"{who:08x}-4444-4444-8444-444444444444\",\"displayName\":\"Guest {who}\",\"email\":\"guest{who}@partner{}.example\",\
             \"principalName\":\"guest{who}_partner{}.example#EXT#@contoso.example\"}},\"accessPackage\":{{\"id\":\
             \"{package:08x}-5555-4555-8555-555555555555\",\"displayName\":\"Package {package}\"}},\"assignmentPolicy\":\
             {{\"id\":\"{package:08x}-6666-4666-8666-666666666666\",\"displayName\":\"External\"}}}}",
            1 + at % 5,
            1 + at % 28,
            30 + at % 90,
            who % 50,
            who % 50,
        );
    }
    text += "]}";
    text.into_bytes()
}

fn main() {
    println!("{:>12} {:<16} {:>12} {:>12}", "assignments", "view", "first, ms", "again, ms");
    for number in [5, 500, 50_000] {
        let mut engine = Engine::default();
        let bytes = assignments(number);
        let source = engine.open("assignments.json", bytes.len() as u64);
        bytes.chunks(1 << 20).for_each(|piece| engine.feed(source, piece));
        engine.end(source);
        let mut memory = Memory::default();
        memory.refresh(engine.store());
        let derived = Derived::new(engine.store(), &memory);
        let begin = Instant::now();
        std::hint::black_box(derived.get::<Identity>());
        let identity = begin.elapsed().as_secs_f64() * 1000.0;
        std::hint::black_box(derived.get::<Access>());
        let access = begin.elapsed().as_secs_f64() * 1000.0 - identity;
        println!("{number:>12} {:<16} {identity:>12.1}\n{number:>12} {:<16} {access:>12.1}", "(identity)", "(access)");
        for view in [View::Assignments, View::AccessBetween, View::Separation, View::Organizations, View::AppRoles] {
            let ask = Ask {
                query: Query::default(),
                view: ViewRequest::Blocks(BlocksRequest { of: view, ..BlocksRequest::default() }),
                facets: Vec::new(),
                facet_text: Vec::new(),
                stack: None,
                zone: Zone::default(),
                bins: 100,
            };
            let times = [0, 1].map(|_| {
                let begin = Instant::now();
                let frame = engine.ask(1, &ask);
                std::hint::black_box(&frame);
                begin.elapsed().as_secs_f64() * 1000.0
            });
            println!("{number:>12} {:<16} {:>12.1} {:>12.1}", view.id(), times[0], times[1]);
        }
    }
}
