//! One finding, or one rule, with all there is to know of it.

use super::{Parts, door, export::row_place, note, status_word, tone};
use crate::arrange::Arrange as _;
use crate::report::Door;
use crate::{
    findings::{Finding, Kind, ParamKind, Rule, Status, expected, kind_of, rules, sigma_text},
    identity::Identity,
    model::{Column, TargetColumn},
    report::{
        TableOf,
        blocks::{Block, Control, Fact, Lane, Lanes, Mark, Note, Opened, TableLine, Tone, Value},
    },
    store::NO_TIME,
    time::{DAY, HOUR},
};

/// How far the life line reaches around the evidence.
const AROUND: i64 = 14 * DAY;
/// How many marks a life line has at most before they are joined by hour, then by day.
const MARKS: usize = 300;

pub(super) fn opened(parts: &Parts, key: &str) -> Option<Opened> {
    if let Some(rule) = key.strip_prefix("rule:").and_then(rules::of) {
        return Some(rule_opened(parts, key, rule));
    }
    let finding = parts.found.findings.iter().find(|finding| finding.key == key)?;
    let mut sentences = vec![finding.sentence.clone()];
    sentences.extend(Some(finding.caution.clone()).filter(|caution| !caution.is_empty()));
    if let Some(note) = &finding.expected {
        sentences.push(format!("Marked as expected: {note}"));
    }
    let mut blocks = vec![Block::Story { sentences }, Block::Facts { facts: facts(parts, finding) }];
    blocks.push(Block::Table(evidence(parts, finding)));
    if !finding.rows.is_empty() {
        let places = finding.rows.iter().map(|(kind, row)| row_place(parts, *kind, *row)).collect();
        let fact = fact("Records of exports", Value::List(places), "What the finding rests on besides events");
        blocks.push(Block::Facts { facts: vec![fact] });
    }
    blocks.extend(life_line(parts, finding));
    match finding.rule {
        Some(rule) => blocks.extend(words(rule)),
        None => blocks.extend(sigma_words(parts, &finding.id)),
    }
    blocks.extend(marks(finding));
    Some(Opened {
        key: key.into(),
        title: format!("{} {}", finding.id, finding.title),
        subtitle: finding.subject.name.clone(),
        testid: "finding-details".into(),
        blocks,
    })
}

fn fact(label: &str, value: Value, help: &str) -> Fact {
    Fact { label: label.into(), value, help: help.into(), door: None }
}

fn facts(parts: &Parts, finding: &Finding) -> Vec<Fact> {
    let identity = parts.scope.derived.get::<Identity>();
    let who = match finding.subject.person {
        Some(person) => {
            Value::Person { name: identity.person(person).name.clone(), address: finding.subject.name.clone() }
        }
        None => Value::Name(finding.subject.name.clone()),
    };
    let mut facts = vec![
        fact("Level", Value::state(finding.level.label(), tone(finding.level)), ""),
        fact("Whom it is about", who, ""),
        fact("When", Value::time(finding.time, "The evidence has no time"), "The first event of the evidence"),
    ];
    facts[1].door = Some(door(&[("about", finding.subject.key.as_str())]));
    if !finding.inviter.is_empty() {
        facts.push(fact("Invited by", Value::Text(finding.inviter.clone()), "The newest successful invitation"));
    }
    let outcome = parts.found.outcomes.iter().find(|outcome| outcome.rule.id == &*finding.id);
    for (label, value) in outcome.iter().flat_map(|outcome| &outcome.used) {
        let value = if value.is_empty() { Value::none("Nothing is set") } else { Value::Text(value.clone()) };
        facts.push(fact(label, value, "A parameter of the rule, as it was used"));
    }
    facts
}

fn evidence(parts: &Parts, finding: &Finding) -> crate::report::Table {
    let store = parts.scope.derived.store;
    let text = |event: &u32, column| Value::text(store.text(*event as usize, column));
    TableOf::new("evidence", "Evidence", "evidence", "No event: the finding rests on exports.")
        .help("The exact events, in the order of time")
        .column("time", "When", "", |event: &u32| {
            let time = store.time[*event as usize];
            Value::time((time != NO_TIME).then_some(time), "The event has no time")
        })
        .column("activity", "Activity", "", move |event| text(event, Column::Activity))
        .column("actor", "Initiated by", "", move |event| text(event, Column::Actor))
        .column("target", "Target", "", |event| {
            let target = store.targets_of(*event as usize).next();
            Value::text(target.map_or(String::new(), |t| store.target_text(t, TargetColumn::Target).into_owned()))
        })
        .column("result", "Status", "", move |event| text(event, Column::Result))
        .column("file", "File and record", "", |event| {
            let (file, record) = crate::findings::timeline::place(store, *event);
            Value::Text(format!("{file} record {record}"))
        })
        .build(&finding.events, parts.scope.tables, |event| TableLine {
            key: event.to_string(),
            door: Door::to_events(
                parts.scope.derived.store,
                format!("{} {}", finding.id, finding.subject.name),
                [*event],
            ),
            ..TableLine::default()
        })
}

fn mark_kind(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Invite | Kind::InviteAgain) => "invited",
        Some(Kind::Redeem) => "redeemed",
        Some(Kind::AddRole | Kind::RoleOutsidePim) => "role",
        Some(Kind::AddMember | Kind::AddOwner) => "group",
        Some(Kind::AppRole) => "application-role",
        Some(Kind::DeleteUser) => "deleted",
        Some(Kind::AddUser) => "created",
        Some(Kind::SignIn) => "sign-in",
        _ => "event",
    }
}

/// All events of the person around the evidence; those of the evidence stand out.
fn life_line(parts: &Parts, finding: &Finding) -> Option<Block> {
    let (scope, store) = (parts.scope, parts.scope.derived.store);
    let person = finding.subject.person?;
    let identity = scope.derived.get::<Identity>();
    let times = || finding.events.iter().map(|event| store.time[*event as usize]).filter(|time| *time != NO_TIME);
    let (from, to) = (times().min()? - AROUND, times().max()? + AROUND);
    let mut own: Vec<u32> = (0..store.len())
        .filter(|event| (from..=to).contains(&store.time[*event]))
        .filter(|event| identity.everybody(store, *event).any(|other| other == person))
        .map(|event| event as u32)
        .collect();
    own.extend(finding.events.iter().copied().filter(|event| store.time[*event as usize] != NO_TIME));
    own.arrange_by_key(|event| (store.time[*event as usize], *event));
    own.dedup();
    let unit = if own.len() <= MARKS {
        1
    } else if own.len() <= MARKS * 10 {
        HOUR
    } else {
        DAY
    };
    let mut marks: Vec<(Mark, Vec<u32>)> = Vec::new();
    for event in own {
        let time = store.time[event as usize];
        let activity = store.text(event as usize, Column::Activity);
        let (kind, is_evidence) = (mark_kind(kind_of(&activity)), finding.events.contains(&event));
        let tone = if is_evidence { Tone::Serious } else { Tone::Plain };
        let same =
            |mark: &Mark| mark.time.div_euclid(unit) == time.div_euclid(unit) && mark.kind == kind && mark.tone == tone;
        if let Some((mark, events)) = marks.iter_mut().rev().take(8).find(|(mark, _)| unit > 1 && same(mark)) {
            mark.count += 1;
            events.push(event);
        } else {
            let mark = Mark { kind: kind.into(), label: activity.into_owned(), time, count: 1, tone, door: None };
            marks.push((mark, vec![event]));
        }
    }
    let marks: Vec<Mark> = marks
        .into_iter()
        .map(|(mark, events)| Mark { door: Door::to_events(scope.derived.store, &mark.label, &events), ..mark })
        .collect();
    let period = (marks.first()?.time - HOUR, marks.last()?.time + HOUR);
    let lane = Lane {
        key: finding.subject.key.clone(),
        name: finding.subject.name.clone(),
        data: vec![("id".into(), finding.subject.key.clone())],
        marks,
        ..Lane::default()
    };
    Some(Block::Lanes(Lanes {
        id: "finding-life".into(),
        title: "Life line around it".into(),
        help: "Events of this person from 14 days before the evidence to 14 days after; the evidence stands out."
            .into(),
        testids: ["finding-life".into(), "life-span".into(), "life-mark".into()],
        period,
        total: 1,
        lanes: vec![lane],
        ..Lanes::default()
    }))
}

/// The rule's own words.
fn words(rule: &'static Rule) -> Vec<Block> {
    let said = |text: &str| Value::Said(text.into());
    let mut facts = vec![fact("What it checks", said(rule.checks), ""), fact("Why it matters", said(rule.why), "")];
    facts.extend(rule.false_positives.iter().map(|text| fact("False positive", said(text), "")));
    facts.extend(rule.references.iter().map(|text| fact("Source", said(text), "As text: the page opens no links")));
    vec![Block::Heading { title: format!("Rule {}", rule.id), text: String::new() }, Block::Facts { facts }]
}

/// The words of a Sigma rule: texts of its file.
fn sigma_words(parts: &Parts, id: &str) -> Vec<Block> {
    let Some(outcome) = parts.found.sigma.iter().find(|outcome| outcome.rule.id == id) else { return Vec::new() };
    let rule = &outcome.rule;
    let mut facts = vec![fact("Description", Value::text(rule.description.clone()), "From the Sigma file")];
    facts.extend(
        rule.references
            .iter()
            .map(|text| fact("Source", Value::Text(text.clone()), "As text: the page opens no links")),
    );
    vec![Block::Heading { title: "Sigma rule".into(), text: String::new() }, Block::Facts { facts }]
}

/// Buttons and notes that mark what is expected.
fn marks(finding: &Finding) -> Vec<Block> {
    let subject = expected::of_subject(&finding.id, &finding.subject);
    let mut controls = vec![Control::Text {
        name: subject.clone(),
        label: format!("Expected of {}, because", finding.subject.name),
        testid: "expected-note".into(),
        data: Vec::new(),
        value: finding.expected.clone().unwrap_or_default(),
        placeholder: "a note; empty: not expected".into(),
    }];
    let open = |params: &[(&str, &str)]| {
        let mut door = door(params);
        door.open = Some(finding.key.clone());
        door
    };
    let mut blocks = Vec::new();
    let (title, words, leads) = if finding.expected.is_some() {
        let domain = expected::of_domain(&finding.id, &finding.subject.domain);
        ("Expected", "Take the mark back", open(&[(subject.as_str(), ""), (domain.as_str(), "")]))
    } else {
        ("Is this expected?", "Mark as expected", open(&[(subject.as_str(), "Expected")]))
    };
    let text = "A mark takes the finding out of the score and to the end of the list; it stays listed.";
    blocks.push(Block::Note(Note {
        id: "mark-expected".into(),
        title: title.into(),
        text: text.into(),
        door: Some((words.into(), leads)),
        ..Note::default()
    }));
    if !finding.subject.domain.is_empty() && finding.expected.is_none() {
        let domain = expected::of_domain(&finding.id, &finding.subject.domain);
        controls.push(Control::Text {
            name: domain,
            label: format!("Expected of everybody of {}, because", finding.subject.domain),
            testid: "expected-note".into(),
            data: Vec::new(),
            value: String::new(),
            placeholder: "a note; empty: not expected".into(),
        });
    }
    blocks.push(Block::Controls { controls });
    blocks
}

fn rule_opened(parts: &Parts, key: &str, rule: &'static Rule) -> Opened {
    let mut blocks = Vec::new();
    if let Some(outcome) = parts.found.outcomes.iter().find(|outcome| outcome.rule.id == rule.id) {
        let (word, tone_of) = status_word(&outcome.status);
        let mut facts = vec![
            fact("Status", Value::state(word, tone_of), ""),
            fact("Level", Value::state(rule.level.label(), tone(rule.level)), ""),
            fact("Findings", Value::Number(outcome.findings.len() as u64), ""),
        ];
        if !outcome.findings.is_empty() {
            facts[2].door = Some(door(&[("rule", rule.id)]));
        }
        if let Status::Lacking(what) = &outcome.status {
            facts.push(fact("Needs", Value::Said(what.clone()), ""));
        }
        for (label, value) in &outcome.used {
            let value = if value.is_empty() { Value::none("Nothing is set") } else { Value::Text(value.clone()) };
            facts.push(fact(label, value, "A parameter, as it was used"));
        }
        for param in rule.params {
            if let ParamKind::Number { min, max, unit, .. } = param.kind {
                let bounds = format!("{min} to {max} {unit}");
                facts.push(fact(&format!("{}: bounds", param.label), Value::Said(bounds), ""));
            }
        }
        blocks.push(Block::Facts { facts });
        blocks.extend(outcome.notes.iter().map(|text| note("rule-note", Tone::Attention, "", text)));
    }
    blocks.extend(words(rule));
    if let Some(sigma) = sigma_text(rule) {
        blocks.push(Block::Note(Note {
            id: "sigma".into(),
            title: "As Sigma".into(),
            text: "The rule in Sigma's format, with its default parameters.".into(),
            code: vec![(format!("{}.yml", rule.id), sigma)],
            ..Note::default()
        }));
    }
    Opened {
        key: key.into(),
        title: format!("{} {}", rule.id, rule.title),
        subtitle: rule.level.label().into(),
        testid: "rule-details".into(),
        blocks,
    }
}
