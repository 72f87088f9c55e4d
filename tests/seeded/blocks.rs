//! Blocks of views made from a seed: tables, charts, lanes, matrices, notes, controls, findings.

use super::{ACTIVITIES, ACTORS, Seed, start};
use guestlens_core::{
    report::{
        Bin, Block, Certainty, Chart, ChartLine, ChartShape, Control, Coverage, CoverageKind, CoverageSpan, CutOff,
        Door, Fact, FindingCard, Gap, Lane, Lanes, Level, Mark, Matrix, MatrixCell, Note, Opened, Overlap, Span, Step,
        Table, TableColumn, TableLine, Tone, Value,
    },
    time::{DAY, HOUR},
};

fn text(text: &str) -> String {
    text.into()
}

const STATES: [(&str, Tone); 5] = [
    ("Active", Tone::Good),
    ("Invited and pending", Tone::Attention),
    ("Never signed in", Tone::Unknown),
    ("Blocked", Tone::Serious),
    ("Deleted", Tone::Plain),
];

pub fn table(lines: u32) -> Table {
    let column = |id: &str, label: &str, help: &str, is_number: bool| TableColumn {
        id: id.into(),
        label: label.into(),
        help: help.into(),
        is_number,
    };
    let columns = vec![
        column("guest", "Guest", "Display name and user principal name", false),
        column("state", "State", "", false),
        column("seen", "Last activity", "The newest event or sign-in of the guest", false),
        column("groups", "Groups", "", false),
        column("packages", "Packages", "Packages delivered and not ended", true),
        column("asleep", "Asleep", "Days since the last activity", true),
        column("id", "Object ID", "", false),
    ];
    let mut seed = Seed(21);
    let line = |at: u32| {
        let (word, tone) = STATES[at as usize % STATES.len()];
        let seen = (at % 5 != 2).then(|| start() + i64::from(seed.below(30) as u32) * DAY + 9 * HOUR);
        let name = ["Lee Gu", "Adele Vance", "Pätti Fernandez", "", "annex\u{202e}gpj.exe"][at as usize % 5];
        let groups = ["Sales", "All guests", "Project Heron"].map(text)[..(at as usize % 4).min(3)].to_vec();
        let below = |number: u32| TableLine {
            key: format!("{at}-{number}"),
            cells: vec![Value::Said(format!("Membership {number}")), Value::state("Delivered", Tone::Good)],
            door: Some(Door::default()),
            ..TableLine::default()
        };
        TableLine {
            key: format!("guest-{at}"),
            data: vec![(text("id"), format!("id-{at}")), (text("state"), word.to_lowercase().replace(' ', "-"))],
            cells: vec![
                Value::Person { name: name.into(), address: ACTORS[at as usize % 6].into() },
                Value::state(word, tone),
                Value::time(seen, "Not seen since 1 May 2026, the earliest loaded event"),
                Value::List(groups),
                Value::Number(seed.below(1_400)),
                Value::Days(seed.below(200) as i64),
                Value::Id(text("6f1c2d3e-0000-4000-8000-00000000009a")),
            ],
            door: at.is_multiple_of(2).then(Door::default),
            opens: true,
            lines: if at.is_multiple_of(3) { (0..2).map(below).collect() } else { vec![] },
        }
    };
    Table {
        id: text("guests"),
        title: text("Guests"),
        help: text("Everybody whose type is Guest, or whose name has #EXT# in it."),
        testid: text("guest"),
        columns,
        total: 340,
        matching: u64::from(lines),
        find: text("a"),
        from: 0,
        lines: (0..lines).map(line).collect(),
        sort: Some((text("seen"), true)),
        empty: text("No guest takes part in the loaded files."),
    }
}

pub fn empty_table() -> Table {
    Table { total: 0, matching: 0, find: String::new(), lines: vec![], ..table(1) }
}

pub fn controls() -> Block {
    let (name, label, testid) = (text("days"), text("Asleep for"), text("threshold"));
    Block::Controls {
        controls: vec![
            Control::Number {
                name,
                label,
                testid,
                data: vec![(text("rule"), text("U07"))],
                value: 90,
                min: 1,
                max: 730,
                unit: text("days"),
            },
            Control::Day {
                name: text("as-of"),
                label: text("As of"),
                testid: text("as-of"),
                value: text("2026-06-30"),
            },
            Control::Choice {
                name: text("group"),
                label: text("Group by"),
                testid: text("group"),
                value: text("domain"),
                options: [("none", "nothing"), ("domain", "home domain"), ("inviter", "inviter")]
                    .map(|(id, words)| (text(id), text(words)))
                    .to_vec(),
            },
            Control::Switch { name: text("pending"), label: text("Pending too"), testid: text("pending"), on: true },
            Control::Text {
                name: text("known"),
                label: text("Expected hosts"),
                testid: text("known"),
                data: Vec::new(),
                value: String::new(),
                placeholder: text("contoso.example"),
            },
        ],
    }
}

pub fn note(tone: Tone) -> Block {
    Block::Note(Note {
        id: text("sign-ins"),
        tone,
        title: text("Sign-ins are not loaded"),
        text: text("Whether a guest is asleep is worked out from audit events alone."),
        steps: vec![
            text("Entra admin center, Identity, Monitoring & health, Sign-in logs"),
            text("Download, CSV or JSON"),
        ],
        code: vec![(text("Microsoft Graph"), text("GET /auditLogs/signIns?$filter=userType eq 'guest'"))],
        door: Some((text("How far back the logs reach"), Door::default())),
    })
}

pub fn chart(shape: ChartShape) -> Chart {
    let mut seed = Seed(9);
    let is_time = matches!(shape, ChartShape::Columns | ChartShape::Lines);
    let names = match shape {
        ChartShape::Funnel => vec!["Invited", "Redeemed", "Signed in", "Active in the last 30 days"],
        ChartShape::Bars => ACTIVITIES.to_vec(),
        _ => vec![""; 12],
    };
    let steps = names.iter().enumerate().map(|(at, name)| Step {
        label: (*name).into(),
        time: is_time.then(|| start() + at as i64 * 7 * DAY),
        door: Some(Door::default()),
    });
    let mut line = |name: &str, tone: Tone, most: u64| {
        let value = |at: usize| match shape {
            ChartShape::Funnel => Some([640, 480, 310, 96][at]),
            ChartShape::Lines if at == 4 => None,
            _ => Some(seed.below(most) as i64 * if name == "Removed" { -1 } else { 1 }),
        };
        ChartLine { name: name.into(), values: (0..names.len()).map(value).collect(), tone }
    };
    let lines = if is_time {
        vec![line("Invited", Tone::Plain, 40), line("Redeemed", Tone::Good, 30), line("Removed", Tone::Serious, 12)]
    } else {
        vec![line("Guests", Tone::Plain, 400)]
    };
    Chart {
        id: format!("chart-{}", names.len()),
        title: text(match shape {
            ChartShape::Funnel => "From invitation to activity",
            ChartShape::Bars => "Guests by activity",
            ChartShape::Lines => "Guests over time",
            ChartShape::Columns => "Invited, redeemed, removed",
        }),
        help: text("Of the loaded logs"),
        shape,
        bin: is_time.then_some(Bin::Week),
        unit: text("guests"),
        steps: steps.collect(),
        lines,
    }
}

pub fn lanes(count: u32) -> Lanes {
    let mut seed = Seed(4);
    let lane = |at: u32| {
        let day = |seed: &mut Seed, most: u64| start() + seed.below(most * 24) as i64 * HOUR;
        let begin = day(&mut seed, 10);
        let kinds = ["invited", "redeemed", "sign-in", "sign-in-failed", "review"];
        let mut marks: Vec<Mark> = (0..5)
            .map(|kind| Mark {
                kind: text(kinds[kind]),
                label: text(["Invited", "Redeemed", "Sign-in", "Failed sign-in", "Access review"][kind]),
                time: begin + seed.below(20 * 24) as i64 * HOUR,
                count: seed.below(9) as u32 + 1,
                tone: [Tone::Plain, Tone::Good, Tone::Plain, Tone::Serious, Tone::Attention][kind],
                door: Some(Door::default()),
            })
            .collect();
        marks.sort_by_key(|mark| mark.time);
        let ends = [
            (Certainty::Known, Certainty::Known),
            (Certainty::Inferred, Certainty::Unknown),
            (Certainty::Unknown, Certainty::Inferred),
        ];
        let spans = (0..=at % 3).map(|track| Span {
            kind: text(["group", "package", "role"][track as usize]),
            label: text(["Member of Sales", "Project Heron", "Guest inviter"][track as usize]),
            from: begin + i64::from(track) * 3 * DAY,
            to: begin + i64::from(track + 1) * 8 * DAY,
            from_is: ends[track as usize].0,
            to_is: ends[track as usize].1,
            tone: [Tone::Plain, Tone::Good, Tone::Attention][track as usize],
            track,
            data: vec![(text("step"), format!("step-{track}"))],
            door: (track != 1).then(Door::default),
        });
        Lane {
            key: format!("lane-{at}"),
            name: ACTORS[at as usize % 7].into(),
            note: text("fabrikam.example"),
            data: vec![(text("id"), format!("id-{at}"))],
            tracks: at % 3 + 1,
            spans: spans.collect(),
            marks: if at % 4 == 3 { vec![] } else { marks },
            opens: true,
        }
    };
    Lanes {
        id: text("life-lines"),
        title: text("Life lines"),
        help: text("A line per guest"),
        testids: ["life-line", "life-span", "life-mark"].map(text),
        period: (start(), start() + 33 * DAY),
        gaps: vec![(start() + 20 * DAY, start() + 23 * DAY)],
        total: 84,
        from: 0,
        lanes: (0..count).map(lane).collect(),
    }
}

pub fn matrix() -> Matrix {
    let names: Vec<String> =
        ["Project Heron", "Eastern Territory", "Western Territory", "Design Partners", "Payroll"].map(text).to_vec();
    let cell = |a: u32, b: u32| MatrixCell {
        a,
        b,
        count: if a == b { 40 + a } else { (a + b) * 3 % 11 },
        door: Some(Door::default()),
    };
    let cells = (0..5).flat_map(|a| (0..5).map(move |b| cell(a, b))).filter(|cell| cell.count > 0).collect();
    let help = text("How many people hold both");
    Matrix { id: text("overlap"), title: text("Packages held together"), help, names, cells, left_out: 2 }
}

pub fn facts() -> Block {
    let fact = |label: &str, value: Value, help: &str, has_door: bool| Fact {
        label: label.into(),
        value,
        help: help.into(),
        door: has_door.then(Door::default),
    };
    Block::Facts {
        facts: vec![
            fact("User principal name", Value::Text(ACTORS[2].into()), "", false),
            fact(
                "State",
                Value::state("Blocked", Tone::Serious),
                "From the newest snapshot of users, 30 Jun 2026",
                true,
            ),
            fact("Redeemed after", Value::Duration(23 * HOUR + HOUR / 2), "", false),
            fact("Last sign-in", Value::none("Sign-in logs are not loaded"), "", false),
            fact("Groups", Value::List(["Sales", "All guests"].map(text).to_vec()), "", false),
            fact("Share of requests", Value::Share(125), "", false),
        ],
    }
}

pub fn findings() -> Block {
    let card = |key: &str, rule: &str, title: &str, level: Level, expected: Option<&str>| FindingCard {
        key: key.into(),
        rule: rule.into(),
        title: title.into(),
        level,
        subject: ACTORS[2].into(),
        sentence: text(
            "Lee Gu was added to Global Administrator 12 minutes after redeeming an invitation from the same address.",
        ),
        time: Some(start() + 3 * DAY),
        events: 5,
        expected: expected.map(Into::into),
        door: Some(Door::default()),
    };
    Block::Findings {
        findings: vec![
            card("a", "U01", "A guest gained a privileged role", Level::High, None),
            card("b", "U07", "Many invitations by one person", Level::Medium, None),
            card("c", "U12", "A guest invited a guest", Level::Low, Some("known partner")),
            card("d", "U20", "Invitations not redeemed", Level::Info, None),
        ],
    }
}

pub fn coverage() -> Coverage {
    let span = |source: u32, name: &str, from: i64, to: i64| CoverageSpan {
        source,
        name: name.into(),
        records: 3_158,
        from: start() + from * DAY,
        to: start() + to * DAY - 1,
        by_name: source == 1,
    };
    let audit = CoverageKind {
        kind: text("audit"),
        label: text("Audit logs"),
        spans: vec![span(0, "audit-a.json", 0, 12), span(1, "audit-b.json", 9, 20), span(2, "audit-c.json", 25, 33)],
        covered: vec![],
        overlaps: vec![Overlap { sources: [0, 1], from: start() + 9 * DAY, to: start() + 12 * DAY }],
        gaps: vec![Gap { after: start() + 19 * DAY, before: start() + 25 * DAY, days: 5 }],
        cut_off: vec![CutOff { source: 2, name: text("audit-c.json"), records: 250_000, limit: 250_000 }],
        retention_days: 30,
        next_export_by: Some(start() + 63 * DAY),
    };
    let sign_ins = CoverageKind {
        kind: text("interactive-sign-ins"),
        label: text("Interactive sign-ins"),
        spans: vec![span(3, "signins.csv", 3, 33)],
        retention_days: 30,
        ..CoverageKind::default()
    };
    Coverage { period: Some((start(), start() + 33 * DAY)), retention_days: 30, kinds: vec![audit, sign_ins] }
}

pub fn story() -> Block {
    Block::Story {
        sentences: vec![
            text(
                "Adele Vance invited lee.gu@fabrikam.example on 2 May 2026; the invitation was redeemed after 23 h 30 min.",
            ),
            text("Before the loaded logs begin, 1 May 2026, nothing is known."),
        ],
    }
}

/// A view with each kind of block.
pub fn view() -> Vec<Block> {
    vec![
        Block::Stats { stats: super::stats() },
        controls(),
        note(Tone::Attention),
        Block::Chart(chart(ChartShape::Lines)),
        Block::Chart(chart(ChartShape::Columns)),
        Block::Chart(chart(ChartShape::Funnel)),
        Block::Chart(chart(ChartShape::Bars)),
        Block::Heading { title: text("All guests"), text: text("Sorted by their last activity.") },
        Block::Table(table(9)),
        Block::Lanes(lanes(5)),
        Block::Matrix(matrix()),
        findings(),
        Block::Coverage(coverage()),
    ]
}

pub fn opened() -> Opened {
    Opened {
        key: text("guest-2"),
        title: text("Lee Gu"),
        subtitle: ACTORS[2].into(),
        testid: text("guest-details"),
        blocks: vec![story(), facts(), Block::Lanes(lanes(1)), note(Tone::Plain), Block::Table(table(3))],
    }
}
