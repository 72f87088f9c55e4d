//! Report data made from a seed, for painting: the same on every run.

#![allow(dead_code, reason = "each test that includes this uses a part of it")]

pub mod blocks;

use guestlens_core::{
    model::Field,
    protocol::Clause,
    report::{
        Bar, BarList, Bin, Block, Cell, DetailField, DetailSection, Details, Door, Group, Groups, Heatmap, Line, Row,
        Rows, Series, Stat, TimeSeries,
    },
    time::{DAY, HOUR, MINUTE, from_calendar},
};

/// A small generator; the quality of its numbers does not matter here.
pub struct Seed(pub u64);

impl Seed {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

pub fn start() -> i64 {
    from_calendar(2026, 5, 1, 0, 0, 0).unwrap()
}

/// Days with quiet weekends, stacked if names are given.
pub fn days(days: usize, stack: Option<Field>, names: &[&str]) -> TimeSeries {
    let mut seed = Seed(7);
    let edges = (0..=days as i64).map(|day| start() + day * DAY).collect();
    let names: Vec<&str> = if names.is_empty() { vec![""] } else { names.to_vec() };
    let series = names.iter().enumerate().map(|(rank, name)| {
        let share = 240 / (rank as u64 * rank as u64 * 2 + 1);
        let count = |day: usize| {
            let quiet = if matches!((day + 4) % 7, 5 | 6) { 6 } else { 1 };
            (seed.below(share + 1) / quiet + share / (3 * quiet)) as u32
        };
        Series { name: (*name).into(), other: *name == "other", counts: (0..days).map(count).collect() }
    });
    TimeSeries { bin: Bin::Day, edges, stack, series: series.collect() }
}

pub fn stats() -> Vec<Stat> {
    let stat = |id: &str, label: &str, value: Option<u64>, text: &str, help: &str, has_door: bool| Stat {
        id: id.into(),
        label: label.into(),
        value,
        text: text.into(),
        help: help.into(),
        door: has_door.then(Door::default),
    };
    vec![
        stat("events", "Events", Some(42_318), "", "All events that match.", true),
        stat("guests-seen", "Guests seen", Some(1_284), "", "Accounts with #EXT# in their name or type Guest.", true),
        stat("failures", "Failures", Some(311), "0.7 %", "Events whose status is failure.", true),
        stat("invitations", "Invitations", Some(96), "", "Activity “Invite external user”.", true),
        stat("period", "Period", None, "1 May – 2 Jun 2026", "Earliest and latest event.", false),
        stat("sign-ins", "Sign-ins", None, "", "No sign-in log is loaded, so none can be counted.", false),
    ]
}

pub const ACTORS: [&str; 8] = [
    "adele.vance@contoso.example",
    "MeganB@contoso.example",
    "lee_gu.fabrikam.example#EXT#@contoso.onmicrosoft.example",
    "Microsoft Invitation Acceptance Portal",
    "Azure AD Cloud Sync",
    "p\u{430}tti.fernandez@contoso.example",
    "annex\u{202e}gpj.exe",
    "",
];

pub const ACTIVITIES: [&str; 6] = [
    "Invite external user",
    "Add member to group",
    "Redeem external user invite",
    "Update user",
    "Add app role assignment grant to user",
    "Set force change user password",
];

pub fn bar_list(id: &str, title: &str, field: Field, names: &[&str]) -> BarList {
    let bars = names
        .iter()
        .enumerate()
        .map(|(at, name)| Bar { value: (*name).into(), count: 12_840 / (at as u64 * at as u64 + 1) });
    BarList { id: id.into(), title: title.into(), field, bars: bars.collect(), distinct: names.len() as u64 * 17 }
}

pub fn heatmap() -> Heatmap {
    let mut seed = Seed(11);
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let counts = (0..168).map(|cell| {
        let (day, hour) = (cell / 24, cell % 24);
        let busy = if (7..18).contains(&hour) { 90 } else { 4 };
        seed.below(if day > 4 { busy / 8 } else { busy } + 1) as u32
    });
    Heatmap {
        id: "weekday-hour".into(),
        title: "When events happen".into(),
        rows: days.map(Into::into).to_vec(),
        columns: (0..24).map(|hour| hour.to_string()).collect(),
        counts: counts.collect(),
    }
}

pub const RESULTS: [&str; 3] = ["success", "failure", "timeout"];
pub const CATEGORIES: [&str; 9] = [
    "UserManagement",
    "GroupManagement",
    "ApplicationManagement",
    "RoleManagement",
    "Policy",
    "EntitlementManagement",
    "DirectoryManagement",
    "Authentication",
    "other",
];

pub fn overview() -> Vec<Block> {
    vec![
        Block::Stats { stats: stats() },
        Block::TimeSeries(days(33, Some(Field::Result), &RESULTS)),
        Block::BarList(bar_list("top-activities", "Activities", Field::Activity, &ACTIVITIES)),
        Block::BarList(bar_list("top-actors", "Actors", Field::Actor, &ACTORS)),
        Block::Heatmap(heatmap()),
        Block::TimeSeries(days(33, Some(Field::Category), &CATEGORIES)),
    ]
}

pub const COLUMNS: [Field; 8] = [
    Field::Time,
    Field::Activity,
    Field::Result,
    Field::Actor,
    Field::Target,
    Field::IpAddress,
    Field::Service,
    Field::Category,
];

pub fn rows(count: u32) -> Rows {
    let mut seed = Seed(3);
    let row = |index: u32| {
        let time = start() + 33 * DAY - i64::from(index) * 47 * MINUTE;
        let text = |field: &Field| match field {
            Field::Activity => ACTIVITIES[index as usize * 5 % 6].to_owned(),
            Field::Result => {
                ["success", "success", "success", "failure", "timeout", "partial"][index as usize % 6].into()
            }
            Field::Actor => ACTORS[index as usize * 3 % 8].into(),
            Field::Target => ACTORS[index as usize * 5 % 7].into(),
            Field::IpAddress if index % 4 == 3 => String::new(),
            Field::IpAddress => format!("203.0.113.{}", index % 250),
            Field::Service => "Core Directory".into(),
            Field::CorrelationId => "6f1c2d3e-0000-4000-8000-00000000009a".into(),
            _ => CATEGORIES[index as usize % 8].into(),
        };
        let cells = COLUMNS.iter().map(|field| Cell {
            text: text(field),
            more: u32::from(*field == Field::Target && index.is_multiple_of(5)) * 2,
        });
        Row { index, time: (index % 17 != 16).then_some(time), guest: seed.below(3) == 0, cells: cells.collect() }
    };
    Rows { from: 0, columns: COLUMNS.to_vec(), rows: (0..count).map(row).collect() }
}

pub fn details() -> Details {
    let field = |id: &str, label: &str, value: &str, of: Option<Field>| DetailField {
        id: id.into(),
        label: label.into(),
        value: value.into(),
        old: None,
        lines: vec![],
        old_lines: vec![],
        field: of,
    };
    let line = |depth: u32, key: &str, value: &str| Line { depth, key: key.into(), value: value.into() };
    let change = DetailField {
        old: Some("[]".into()),
        lines: vec![
            line(0, "0", ""),
            line(1, "skuId", "6fd2c87f-b296-42f0-b197-1e91e994b900"),
            line(1, "disabledPlans", ""),
            line(2, "0", "c1ec4a95-1f05-45b3-a911-aa3fa01094f5"),
        ],
        old_lines: vec![line(0, "", "[]")],
        ..field("property:AssignedLicense", "AssignedLicense", "[{\"skuId\":\"6fd2\"}]", None)
    };
    let upn = DetailField {
        old: Some("lee.gu@fabrikam.example".into()),
        ..field(
            "property:UserPrincipalName",
            "UserPrincipalName",
            "lee_gu.fabrikam.example#EXT#@contoso.onmicrosoft.example",
            None,
        )
    };
    let section = |title: &str, fields: Vec<DetailField>| DetailSection { title: title.into(), fields };
    Details {
        record: (0, 0),
        index: 11,
        sentence: "Adele Vance invited lee.gu@fabrikam.example as a guest".into(),
        time: Some(start() + 32 * DAY + 8 * HOUR + 30 * MINUTE),
        sections: vec![
            section(
                "Activity",
                vec![
                    field("time", "Date", "2026-06-02T08:30:00.1234567Z", None),
                    field("activity", "Activity", "Invite external user", Some(Field::Activity)),
                    field(
                        "correlation-id",
                        "Correlation ID",
                        "6f1c2d3e-0000-4000-8000-00000000009a",
                        Some(Field::CorrelationId),
                    ),
                    field("category", "Category", "UserManagement", Some(Field::Category)),
                    field("result", "Status", "success", Some(Field::Result)),
                    field("result-reason", "Status reason", "", Some(Field::ResultReason)),
                ],
            ),
            section(
                "Initiated by (actor)",
                vec![
                    field("actor-type", "Type", "User", Some(Field::ActorType)),
                    field("actor-name", "Display name", "Adele Vance", Some(Field::ActorName)),
                    field("actor-upn", "User principal name", "adele.vance@contoso.example", Some(Field::ActorUpn)),
                    field("actor-id", "Object ID", "0b9d1c7e-4a43-4d7e-9d51-2f1a55b3e001", Some(Field::ActorId)),
                ],
            ),
            section(
                "Target(s)",
                vec![
                    field("target-type", "Type", "User", Some(Field::TargetType)),
                    field("target-name", "Display name", "annex\u{202e}gpj.exe", Some(Field::TargetName)),
                ],
            ),
            section("Modified properties", vec![upn, change]),
            section(
                "Additional details",
                vec![field(
                    "detail:User-Agent",
                    "User-Agent",
                    &"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ".repeat(9),
                    Some(Field::DetailValue),
                )],
            ),
            section("File", vec![field("source", "File", "AuditLogs_2026-06-03.json", Some(Field::Source))]),
        ],
    }
}

pub fn groups() -> Groups {
    let mut seed = Seed(5);
    let group = |(at, name): (usize, &&str)| Group {
        value: (*name).into(),
        count: 9_411 / (at as u64 + 1),
        first: (at != 5).then_some(start() + at as i64 * 9 * HOUR),
        last: (at != 5).then_some(start() + 30 * DAY - at as i64 * 17 * MINUTE),
        cells: (0..3).map(|_| seed.below(9_000 / (at as u64 + 1) / 3) as u32 * u32::from(at != 4)).collect(),
    };
    Groups {
        by: Field::Actor,
        then: Some(Field::Result),
        columns: vec!["success".into(), "failure".into(), "others".into()],
        columns_other: true,
        groups: ACTORS.iter().enumerate().map(group).collect(),
        distinct: 2_318,
    }
}

pub fn clause(field: Field, value: &str) -> Clause {
    Clause { field, values: vec![value.into()], exclude: false }
}
