//! Messages come out of their bytes as they went in: every answer there is about the sample tenant.

use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Ask, ExportFormat, Frame, FromEngine, Query, ToEngine, ViewRequest},
    report::{BlocksRequest, View},
    sample,
    time::Zone,
    wire,
};

fn ask(view: ViewRequest) -> Ask {
    Ask {
        query: Query { text: "guest".into(), ..Query::default() },
        view,
        facets: vec![Field::Activity, Field::Result],
        facet_text: vec![(Field::Activity, "user".into())],
        stack: Some(Field::Result),
        zone: Zone::default(),
        bins: 60,
    }
}

#[test]
fn every_view_of_the_sample_goes_over_the_wire() {
    let mut engine = Engine::default();
    for file in sample::files(sample::SEED) {
        let id = engine.open(&file.name, file.bytes.len() as u64);
        engine.feed(id, &file.bytes);
        engine.end(id);
    }
    let columns = vec![Field::Time, Field::Activity, Field::Target];
    let mut views = vec![
        ViewRequest::Overview,
        ViewRequest::Events { from: 0, count: 100, columns },
        ViewRequest::Groups { by: Field::Activity, then: Some(Field::Result) },
        ViewRequest::Sources,
    ];
    views.extend(View::ALL.iter().map(|of| ViewRequest::Blocks(BlocksRequest { of: *of, ..BlocksRequest::default() })));
    for (seq, view) in views.into_iter().enumerate() {
        let ask = ask(view);
        let question = ToEngine::Run { seq: seq as u32, ask: Box::new(ask.clone()) };
        assert_eq!(wire::read::<ToEngine>(&wire::write(&question)), Some(question));
        let frame: Frame = engine.ask(seq as u32, &ask);
        let message = FromEngine::Frame(Box::new(frame));
        let bytes = wire::write(&message);
        assert!(wire::read::<FromEngine>(&bytes) == Some(message), "{:?}", ask.view);
        assert_eq!(wire::read::<FromEngine>(&bytes[..bytes.len() / 2]), None);
    }
    for message in [
        FromEngine::Ready,
        FromEngine::Details { details: engine.details(0, &Zone::default()).map(Box::new) },
        FromEngine::Panicked { place: "engine.rs:1".into(), file: Some(0) },
        FromEngine::Rows { seq: 1, rows: engine.rows(0, 10, &[Field::Time, Field::Activity]) },
    ] {
        assert_eq!(wire::read::<FromEngine>(&wire::write(&message)), Some(message));
    }
    let progress = engine.progress();
    assert_eq!(wire::read::<FromEngine>(&wire::write(&progress)), Some(progress));
    let export = ToEngine::Export { format: ExportFormat::Csv, columns: vec![Field::Time] };
    assert_eq!(wire::read::<ToEngine>(&wire::write(&export)), Some(export));
}
