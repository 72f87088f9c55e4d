//! Plain events, how they are invented, and how they get into a store.

use guestlens_core::{
    model::{Column, TargetColumn},
    store::{SourceInfo, Store},
    time::{DAY, HOUR, SECOND, from_calendar},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// An event as a record of strings.
#[derive(Clone, Debug, Default)]
pub struct Event {
    pub time: Option<i64>,
    pub source: u32,
    pub columns: Vec<(Column, String)>,
    pub targets: Vec<Target>,
    pub details: Vec<(String, String)>,
    pub extras: Vec<(String, String)>,
}

/// A target as a record of strings.
#[derive(Clone, Debug, Default)]
pub struct Target {
    pub columns: Vec<(TargetColumn, String)>,
    /// Name, old value, new value.
    pub changes: Vec<[String; 3]>,
}

/// Files that the events are read from.
pub const SOURCES: [&str; 3] = ["Audit-A.csv", "audit-İ.json", "k.json"];

/// Texts that make folding, ties, GUIDs and empty values matter.
const TEXTS: [&str; 22] = [
    "",
    "Add user",
    "ADD USER",
    "add user ",
    "guest",
    "A Guest Invited",
    "success",
    "failure",
    "İstanbul",
    "i\u{307}x",
    "\u{212a}elvin",
    "kelvin",
    "Straße",
    "ΣΑΣ σας",
    "山田",
    "dana_f.example#EXT#@contoso.com",
    "DANA_f.example#ext#@contoso.com",
    "adele@contoso.com",
    "6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b",
    "6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2c",
    "6F1C0A52-9D1E-4C7A-8B3E-0F2D4C5B9A2B",
    "B2C_6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b_X",
];

/// What a reader might look for.
pub const NEEDLES: [&str; 22] = [
    "guest",
    "GUEST",
    "a",
    "i",
    "İ",
    "i\u{307}",
    "k",
    "\u{212a}",
    "ß",
    "σ",
    "σας",
    "山",
    "#ext#",
    "9d1e-4c7a",
    "6f",
    "-",
    "2-9d",
    "2026-0",
    "t0",
    "z",
    ".csv",
    "user ",
];

pub fn text() -> impl Strategy<Value = String> {
    select(&TEXTS[..]).prop_map(String::from)
}

/// Around the moment at which Berlin puts its clocks forward.
pub fn base() -> i64 {
    from_calendar(2026, 3, 29, 1, 0, 0).unwrap()
}

fn time() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        1 => Just(None),
        3 => (-5_i64..5).prop_map(|hours| Some(base() + hours * HOUR / 2)),
        3 => (-400_i64..400).prop_map(|days| Some(base() + days * DAY + 7 * SECOND)),
        2 => (0_i64..30).prop_map(|ticks| Some(base() + ticks * 1_234_567)),
    ]
}

fn columns() -> impl Strategy<Value = Vec<(Column, String)>> {
    let filled = [
        Column::Service,
        Column::Activity,
        Column::Result,
        Column::ActorName,
        Column::ActorUpn,
        Column::ActorId,
        Column::CorrelationId,
        Column::EventId,
    ];
    vec(text(), filled.len()).prop_map(move |texts| filled.into_iter().zip(texts).collect())
}

fn target() -> impl Strategy<Value = Target> {
    let filled = [TargetColumn::Type, TargetColumn::Name, TargetColumn::Upn, TargetColumn::Id];
    let changes = vec([text(), text(), text()], 0..3);
    (vec(text(), filled.len()), changes)
        .prop_map(move |(texts, changes)| Target { columns: filled.into_iter().zip(texts).collect(), changes })
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((text(), text()), 0..3)
}

fn event() -> impl Strategy<Value = Event> {
    (time(), 0..SOURCES.len() as u32, columns(), vec(target(), 0..4), pairs(), pairs()).prop_map(
        |(time, source, columns, targets, details, extras)| Event { time, source, columns, targets, details, extras },
    )
}

pub fn events() -> impl Strategy<Value = Vec<Event>> {
    vec(event(), 0..40)
}

/// A store that holds these events.
pub fn store(events: &[Event]) -> Store {
    let mut store = Store::default();
    for (id, name) in (0..).zip(SOURCES) {
        store.sources.push(SourceInfo { id, file: id, name: name.into(), ..SourceInfo::default() });
    }
    for (number, event) in (1..).zip(events) {
        let mut writer = store.writer(event.source);
        if let Some(ticks) = event.time {
            writer.time(ticks);
        }
        for (column, text) in &event.columns {
            writer.set(*column, text.as_bytes());
        }
        for target in &event.targets {
            writer.begin_target();
            for (column, text) in &target.columns {
                writer.set_target(*column, text.as_bytes());
            }
            for [name, old, new] in &target.changes {
                writer.change(name.as_bytes(), old.as_bytes(), new.as_bytes());
            }
        }
        for (key, value) in &event.details {
            writer.detail(key.as_bytes(), value.as_bytes());
        }
        for (key, value) in &event.extras {
            writer.extra(key.as_bytes(), value.as_bytes());
        }
        writer.commit(number);
    }
    store
}
