//! Trends with their numbers: what exceeds the same weekday of earlier weeks, what is new.

use super::{Parts, note};
use crate::report::Door;
use crate::{
    findings::trends::{First, Settings, Volume, known},
    report::{
        TableOf,
        blocks::{Block, Control, TableLine, Tone, Value},
    },
    time::plain_day,
};

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    let scope = parts.scope;
    let usual = Settings::default();
    let set = Settings {
        weeks: scope.number("trend.weeks", usual.weeks, 1, 12),
        share: scope.number("trend.share", usual.share, 1, 1000),
        least: scope.number("trend.least", usual.least, 1, 100_000),
        baseline: scope.number("trend.baseline", usual.baseline, 1, 365),
    };
    let trends = known(&scope.derived, scope.zone(), set);
    let number = |name: &str, label: &str, value: i64, (min, max): (i64, i64), unit: &str| Control::Number {
        name: format!("trend.{name}"),
        label: label.into(),
        testid: "trend-parameter".into(),
        data: vec![("param".into(), name.into())],
        value,
        min,
        max,
        unit: unit.into(),
    };
    let controls = vec![
        number("weeks", "Compare with earlier weeks", set.weeks, (1, 12), "weeks"),
        number("share", "Above their mean by more than", set.share, (1, 1000), "percent"),
        number("least", "And by at least", set.least, (1, 100_000), "events"),
        number("baseline", "New: with log before of at least", set.baseline, (1, 365), "days"),
    ];
    let heading = Block::Heading {
        title: "Trends".into(),
        text: "Plain counts, each with what it was compared with. They do not follow the filters.".into(),
    };
    let mut blocks = vec![heading, Block::Controls { controls }];
    if trends.compared == 0 {
        let text = "No day has the same weekday of an earlier week in the loaded logs, so volumes cannot be compared.";
        blocks.push(note("no-weeks", Tone::Unknown, "", text));
    } else {
        blocks.push(Block::Table(volumes(parts, &trends.volumes)));
    }
    if trends.unjudged > 0 {
        let text = format!(
            "Of {} names nothing is said: they were first seen with less than {} days of log before them, so they need \
             not be new.",
            trends.unjudged, set.baseline
        );
        blocks.push(note("first-seen-unjudged", Tone::Unknown, "", &text));
    }
    blocks.push(Block::Table(firsts(parts, &trends.firsts)));
    blocks
}

fn volumes(parts: &Parts, all: &[Volume]) -> crate::report::Table {
    let zone = parts.scope.zone();
    let join = |volume: &Volume| volume.before.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    TableOf::new(
        "volume-trends",
        "More than usual on that weekday",
        "volume-trend",
        "No day exceeds its earlier weeks.",
    )
    .help("Days with more events of a kind than the mean of the same weekday of the weeks before that the logs cover.")
    .column("what", "What", "", |volume: &Volume| Value::Said(volume.what.into()))
    .column("day", "Day", "", |volume| Value::Day(volume.day + zone.offset(volume.day)))
    .number("count", "Events", "", |volume| Value::Number(volume.events.len() as u64))
    .column("before", "Same weekday, week by week", "The newest week first", move |volume| Value::Said(join(volume)))
    .number("mean", "Their mean", "", |volume| {
        Value::Said(format!("{}.{}", volume.mean_tenths() / 10, volume.mean_tenths() % 10))
    })
    .build(all, parts.scope.tables, |volume| TableLine {
        key: format!("{}:{}", volume.what, volume.day),
        data: vec![("what".into(), volume.what.into())],
        door: Door::to_events(
            parts.scope.derived.store,
            format!("{}, {}", volume.what, plain_day(volume.day, zone)),
            &volume.events,
        ),
        ..TableLine::default()
    })
}

fn firsts(parts: &Parts, all: &[First]) -> crate::report::Table {
    TableOf::new("first-seen", "Seen for the first time", "first-seen", "Nothing is new with that much log before it.")
        .help("Domains of guests, inviters; countries, applications and user agents of guests' sign-ins.")
        .column("what", "What", "", |first: &First| Value::Said(first.what.into()))
        .column("name", "Name", "", |first| Value::Text(first.name.clone()))
        .column("first", "First seen", "In the loaded logs", |first| Value::Time(first.time))
        .column("by", "With", "The guest, or who was invited", |first| Value::text(first.by.clone()))
        .number("count", "Times seen", "Of domains: guests. Otherwise events.", |first| Value::Number(first.count))
        .column("before", "Log before", "How much log without it lies before", |first| Value::Duration(first.before))
        .build(all, parts.scope.tables, |first| TableLine {
            key: format!("{}:{}", first.what, first.name),
            data: vec![("what".into(), first.what.into()), ("name".into(), first.name.clone())],
            door: Door::to_events(parts.scope.derived.store, format!("{} {}", first.what, first.name), [first.event]),
            ..TableLine::default()
        })
}
