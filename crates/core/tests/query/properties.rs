//! Whatever the events and the question: engine and oracle agree.

use crate::{
    events::{self, Event, NEEDLES},
    oracle,
};
use guestlens_core::{
    engine::Engine,
    model::Field,
    protocol::{Ask, Clause, ExportFormat, Frame, Query, Sort, ViewRequest},
    report::{BarList, Block, Facet, Groups, Heatmap, Report, Series, TimeSeries},
    time::{self, DAY, HOUR, Zone},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn zones() -> Vec<Zone> {
    let berlin = vec![(i64::MIN, 60), (events::base(), 120), (events::base() + 217 * DAY, 60)];
    vec![Zone::default(), Zone { name: "Europe/Berlin".into(), offsets: berlin, ..Zone::default() }]
}

fn field() -> impl Strategy<Value = Field> {
    select(Field::ALL)
}

fn clause() -> impl Strategy<Value = Clause> {
    let value = prop_oneof![
        8 => events::text(),
        1 => select(vec!["0", "2", "2026-03-29", "2026-03-30", "no such value"]).prop_map(String::from),
    ];
    (field(), vec(value, 1..4), any::<bool>()).prop_map(|(field, values, exclude)| Clause { field, values, exclude })
}

fn query() -> impl Strategy<Value = Query> {
    let text = prop_oneof![2 => Just(String::new()), 1 => select(&NEEDLES[..]).prop_map(String::from)];
    let instant = || prop_oneof![2 => Just(None), 1 => (-3_i64..4).prop_map(|h| Some(events::base() + h * HOUR))];
    let hour = prop_oneof![5 => Just(None), 1 => (0..7 * 24_u8).prop_map(Some)];
    (vec(clause(), 0..3), text, instant(), instant(), prop::bool::weighted(0.2), hour, field(), any::<bool>()).prop_map(
        |(clauses, text, from, to, guests_only, hour, field, descending)| Query {
            clauses,
            text,
            from,
            to,
            guests_only,
            hour,
            picked: None,
            sort: Sort { field, descending },
        },
    )
}

fn ask(query: Query, view: ViewRequest, zone: Zone, stack: Option<Field>, bins: u32) -> Ask {
    Ask { query, view, facets: Field::ALL.to_vec(), facet_text: Vec::new(), stack, zone, bins }
}

fn check_facets(frame: &Frame, events: &[Event], query: &Query, zone: &Zone) {
    for (facet, field) in frame.facets.iter().zip(Field::ALL) {
        let others = events.iter().filter(|event| event.matches(query, zone, Some(*field), false));
        let mut counts = oracle::counts(others, *field, zone);
        assert_eq!((facet.field, facet.distinct), (*field, counts.len() as u64));
        let own: Vec<&Clause> = query.clauses.iter().filter(|clause| clause.field == *field).collect();
        let named = |value: &String, exclude| own.iter().any(|c| c.exclude == exclude && c.values.contains(value));
        let mut expect = Vec::new();
        let chosen = own.iter().flat_map(|clause| &clause.values);
        let chosen = chosen.map(|value| (value.clone(), counts.remove(value).unwrap_or(0))).collect::<Vec<_>>();
        let mut chosen_counts = std::collections::BTreeMap::new();
        for (value, count) in chosen {
            let known: &mut u64 = chosen_counts.entry(value).or_default();
            *known = count.max(*known);
        }
        expect.extend(oracle::ranked(chosen_counts));
        expect.extend(oracle::ranked(counts));
        expect.truncate(Facet::LIMIT);
        let got: Vec<_> = facet.values.iter().map(|value| (value.value.clone(), value.count)).collect();
        assert_eq!(got, expect, "{field:?}");
        for value in &facet.values {
            assert_eq!((value.included, value.excluded), (named(&value.value, false), named(&value.value, true)));
        }
    }
}

fn check_chart<'a>(chart: &TimeSeries, events: impl Iterator<Item = &'a Event> + Clone, limit: u32, zone: &Zone) {
    assert!(chart.edges.is_sorted_by(|a, b| a < b));
    let bins = chart.edges.len().saturating_sub(1);
    assert!(bins <= limit as usize || chart.bin == guestlens_core::report::Bin::Year);
    let bin_of = |event: &Event| {
        let ticks = event.time?;
        chart.edges.windows(2).position(|edge| edge[0] <= ticks && ticks < edge[1])
    };
    let charted = events.filter(|event| bin_of(event).is_some());
    let Some(field) = chart.stack else {
        let mut counts = vec![0; bins];
        charted.for_each(|event| counts[bin_of(event).unwrap()] += 1);
        assert_eq!(chart.series, [Series { name: String::new(), other: false, counts }]);
        return;
    };
    let ranked = oracle::ranked(oracle::counts(charted.clone(), field, zone));
    let own: Vec<&String> = ranked.iter().take(8).map(|(value, _)| value).collect();
    let names: Vec<&String> = chart.series.iter().filter(|series| !series.other).map(|series| &series.name).collect();
    assert_eq!(names, own);
    assert_eq!(chart.series.iter().any(|series| series.other), ranked.len() > 8);
    for series in &chart.series {
        let has = |value: &String| if series.other { !own.contains(&value) } else { *value == series.name };
        let mut counts = vec![0; bins];
        for event in charted.clone().filter(|event| event.values(field, zone).iter().any(has)) {
            counts[bin_of(event).unwrap()] += 1;
        }
        assert_eq!(series.counts, counts, "{}", series.name);
    }
}

fn check_groups(groups: &Groups, matching: &[&Event], zone: &Zone) {
    let counts = oracle::counts(matching.iter().copied(), groups.by, zone);
    assert_eq!(groups.distinct, counts.len() as u64);
    let columns = groups.then.map(|then| oracle::ranked(oracle::counts(matching.iter().copied(), then, zone)));
    let columns: Vec<String> = columns.into_iter().flatten().map(|(value, _)| value).collect();
    let (own, rest) = columns.split_at(columns.len().min(Groups::COLUMNS));
    assert_eq!(groups.columns_other, !rest.is_empty());
    assert_eq!(groups.columns[..own.len()], *own);
    let expect = oracle::ranked(counts);
    assert_eq!(groups.groups.len(), expect.len());
    for (group, (value, count)) in groups.groups.iter().zip(expect) {
        assert_eq!((&group.value, group.count), (&value, count));
        let events: Vec<&&Event> =
            matching.iter().filter(|event| event.values(groups.by, zone).contains(&value)).collect();
        assert_eq!(group.first, events.iter().filter_map(|event| event.time).min());
        assert_eq!(group.last, events.iter().filter_map(|event| event.time).max());
        for (at, cell) in group.cells.iter().enumerate() {
            let in_column = |value: &String| own.get(at).map_or(rest.contains(value), |own| own == value);
            let then = groups.then.unwrap();
            let count = events.iter().filter(|event| event.values(then, zone).iter().any(in_column)).count();
            assert_eq!(*cell as usize, count);
        }
    }
}

fn check_heatmap(heatmap: &Heatmap, matching: &[&Event], zone: &Zone) {
    let mut counts = vec![0; 7 * 24];
    for ticks in matching.iter().filter_map(|event| event.time) {
        let (hour, weekday) = time::hour_and_weekday(ticks + zone.offset(ticks));
        counts[(weekday * 24 + hour) as usize] += 1;
    }
    assert_eq!(heatmap.counts, counts);
}

fn check_bars(list: &BarList, matching: &[&Event], zone: &Zone) {
    let mut counts = oracle::counts(matching.iter().copied(), list.field, zone);
    counts.remove("");
    assert_eq!(list.distinct, counts.len() as u64);
    let mut expect = oracle::ranked(counts);
    expect.truncate(list.bars.len());
    let got: Vec<_> = list.bars.iter().map(|bar| (bar.value.clone(), bar.count)).collect();
    assert_eq!(got, expect);
    assert!(got.len() as u64 == list.distinct || got.len() >= 10);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_frame_is_what_the_events_say(
        events in events::events(), query in query(), zone in select(zones()), by in field(),
        then in prop::option::of(field()), stack in prop::option::of(field()), bins in 1..60_u32,
    ) {
        let mut engine = Engine::with_store(events::store(&events));
        let frame = engine.ask(7, &ask(query.clone(), ViewRequest::Groups { by, then }, zone.clone(), stack, bins));
        let matching: Vec<&Event> = events.iter().filter(|event| event.matches(&query, &zone, None, false)).collect();
        assert_eq!((frame.seq, frame.total, frame.matching), (7, events.len() as u64, matching.len() as u64));
        assert_eq!(frame.without_time, matching.iter().filter(|event| event.time.is_none()).count() as u64);
        let times = || events.iter().filter_map(|event| event.time);
        assert_eq!(frame.period, times().min().zip(times().max()));
        check_facets(&frame, &events, &query, &zone);
        let brushable = events.iter().filter(|event| event.matches(&query, &zone, None, true));
        check_chart(&frame.histogram, brushable, bins, &zone);
        let covered = |ticks: i64| frame.histogram.edges.windows(2).any(|edge| (edge[0]..edge[1]).contains(&ticks));
        assert!(times().all(covered));
        let Report::Groups { groups, blocks } = frame.report else { panic!("wrong view") };
        check_groups(&groups, &matching, &zone);
        for block in blocks {
            match block {
                Block::TimeSeries(chart) => check_chart(&chart, matching.iter().copied(), bins, &zone),
                Block::Heatmap(heatmap) => check_heatmap(&heatmap, &matching, &zone),
                Block::BarList(list) => check_bars(&list, &matching, &zone),
                _ => {}
            }
        }
    }

    #[test]
    fn the_table_is_in_order(
        events in events::events(), query in query(), zone in select(zones()), from in 0..50_u32, count in 0..50_u32,
    ) {
        let mut engine = Engine::with_store(events::store(&events));
        let view = ViewRequest::Events { from, count, columns: Field::ALL.to_vec() };
        let frame = engine.ask(1, &ask(query.clone(), view, zone.clone(), None, 60));
        let table = oracle::table(&events, &query, &zone);
        let end = (from + count).min(table.len() as u32) as usize;
        let window = table.get(from as usize..end).unwrap_or_default();
        let Report::Events { rows } = frame.report else { panic!("wrong view") };
        assert_eq!(rows.rows.len(), window.len());
        for (row, at) in rows.rows.iter().zip(window) {
            let event = &events[*at];
            assert_eq!((row.time, row.guest), (event.time, event.has_guest()));
            for (field, cell) in Field::ALL.iter().zip(&row.cells).filter(|(field, _)| **field != Field::Time) {
                let values = event.values(*field, &zone);
                assert_eq!((&cell.text, cell.more as usize), (&values[0], values.len() - 1), "{field:?}");
            }
        }
        assert_eq!(engine.rows(from, count, Field::ALL), rows);
        for (index, _) in (0..).zip(&table) {
            assert!(engine.details(index, &zone).is_some());
        }
        assert!(engine.details(table.len() as u32, &zone).is_none());
    }

    #[test]
    fn search_finds_what_a_reader_would(events in events::events(), needle in select(&NEEDLES[..])) {
        let mut engine = Engine::with_store(events::store(&events));
        let query = Query { text: needle.into(), ..Query::default() };
        let frame = engine.ask(1, &ask(query, ViewRequest::Sources, Zone::default(), None, 60));
        assert_eq!(frame.matching, events.iter().filter(|event| event.contains(needle)).count() as u64);
    }

    #[test]
    fn the_same_question_has_the_same_answer(events in events::events(), query in query()) {
        let mut engine = Engine::with_store(events::store(&events));
        let mut other = Engine::with_store(events::store(&events));
        let ask = ask(query, ViewRequest::Overview, zones().remove(1), Some(Field::Result), 60);
        let frame = engine.ask(1, &ask);
        assert_eq!(serde_json::to_string(&frame).unwrap(), serde_json::to_string(&other.ask(1, &ask)).unwrap());
        assert_eq!(Some(frame), engine.ask_again());
        for format in ExportFormat::ALL {
            let (bytes, count) = engine.export(format, &[]);
            assert_eq!((&bytes, count), (&other.export(format, &[]).0, other.rows(0, u32::MAX, &[]).rows.len() as u64));
            std::str::from_utf8(&bytes).unwrap();
        }
    }
}
