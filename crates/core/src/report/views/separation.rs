//! Who holds packages or groups that should not meet: each pair of them, with the people who hold both.

use super::{
    Made, ViewScope,
    entitled::{self, as_of_control, counted, pick, to_view},
    taking_part::TakingPart,
};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::{
    entitlement::access::{Access, Kind},
    report::{Block, Door, Fact, Matrix, MatrixCell, Note, Opened, Stat, Table, TableLine, TableOf, Tone, Value, View},
};
use std::collections::BTreeMap;

/// How many packages or groups the matrix names; those with most people stay.
const NAMES: usize = 60;

/// Somebody who holds both of a pair.
struct Both {
    a: u32,
    b: u32,
    subject: u32,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let access = scope.derived.get::<Access>();
    let as_of = entitled::as_of(scope, &access);
    let moment = as_of.unwrap_or(i64::MAX);
    let exported = access.assignments.iter().any(|one| one.row.is_some());
    let (of_control, of) = pick(
        "of",
        "Compare",
        scope.param("of"),
        &[("packages", "Access packages"), ("groups", "Groups and roles"), ("all", "Packages, groups and roles")],
    );
    let mut bases = vec![("assignments", "Loaded assignments"), ("all", "Assignments and what the logs show")];
    if !exported {
        bases.reverse();
    }
    let (basis_control, basis) = pick("basis", "By", scope.param("basis"), &bases);
    let (when_control, when) = pick(
        "when",
        "When",
        scope.param("when"),
        &[("now", "At the same time, as of the day"), ("ever", "Ever, not necessarily at once")],
    );

    let taking_part = TakingPart::new(scope);
    let holds = holds(&access, &of, &basis, (when == "now").then_some(moment));
    let mut hidden = 0;
    // Of each thing its holders, ascending.
    let mut holders: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (subject, thing) in holds {
        let person = access.subjects[subject as usize].person;
        if taking_part.has(person) {
            holders.entry(thing).or_default().push(subject);
        } else {
            hidden += 1;
        }
    }
    let mut names: Vec<u32> = holders.keys().copied().collect();
    names.arrange_by_key(|thing| (std::cmp::Reverse(holders[thing].len()), *thing));
    let left_out = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    names.arrange_by_cached_key(|thing| {
        let thing = &access.things[*thing as usize];
        (thing.kind, thing.label().to_lowercase(), thing.key.clone())
    });
    let mut cells = Vec::new();
    let mut both = Vec::new();
    for (a, first) in names.iter().enumerate() {
        for (b, second) in names.iter().enumerate().skip(a + 1) {
            let (one, two) = (*first, *second);
            let begin = both.len();
            common(&holders[&one], &holders[&two], |subject| both.push(Both { a: one, b: two, subject }));
            let count = both.len() - begin;
            if count > 0 {
                let params = [
                    ("a", access.things[*first as usize].key.as_str()),
                    ("b", access.things[*second as usize].key.as_str()),
                ];
                cells.push(MatrixCell {
                    a: a as u32,
                    b: b as u32,
                    count: count as u32,
                    door: Some(to_view(View::Separation, &params)),
                });
            }
        }
    }
    let pair = ["a", "b"].map(|name| scope.param(name).and_then(|key| access.thing(key)));
    let pair = pair.map(|thing| thing.filter(|thing| holders.contains_key(thing)));
    let shown = |both: &&Both| match pair {
        [Some(a), Some(b)] => (both.a, both.b) == (a, b) || (both.a, both.b) == (b, a),
        [Some(one), None] | [None, Some(one)] => both.a == one || both.b == one,
        [None, None] => true,
    };
    let listed: Vec<&Both> = both.iter().filter(shown).collect();

    let mut blocks = vec![Block::Stats { stats: stats(&holders, cells.len(), &both) }];
    let names_of = |thing: &u32| access.things[*thing as usize].label();
    let options: Vec<(String, String)> = names
        .iter()
        .map(|thing| {
            (access.things[*thing as usize].key.clone(), format!("{} ({})", names_of(thing), holders[thing].len()))
        })
        .collect();
    blocks.push(Block::Controls {
        controls: vec![
            of_control,
            basis_control,
            when_control,
            entitled::choice("a", "One", scope.param("a"), "Any", options.clone()),
            entitled::choice("b", "The other", scope.param("b"), "Any", options),
            as_of_control(scope, as_of),
        ],
    });
    blocks.extend(taking_part.note(hidden, "holdings"));
    if names.len() < 2 {
        blocks.push(Block::Note(missing()));
    } else {
        blocks.push(Block::Matrix(Matrix {
            id: "overlap".into(),
            title: "People who hold both".into(),
            help: "Each pair stands once. A cell leads to its people.".into(),
            names: names.iter().map(names_of).collect(),
            cells,
            left_out: left_out as u32,
        }));
    }
    blocks.push(Block::Table(table(scope, &access, &listed)));
    blocks.extend(by_file(&access, &names).map(Block::Note));
    let opened = scope.open.and_then(|key| opened(scope, &access, key, &both));
    Made { blocks, opened }
}

/// What two ascending lists have in common.
fn common(a: &[u32], b: &[u32], mut each: impl FnMut(u32)) {
    let (mut at, mut other) = (0, 0);
    while let (Some(one), Some(two)) = (a.get(at), b.get(other)) {
        if one == two {
            each(*one);
        }
        at += usize::from(one <= two);
        other += usize::from(two <= one);
    }
}

/// Who holds what: subject and thing, ascending.
fn holds(access: &Access, of: &str, basis: &str, moment: Option<i64>) -> Vec<(u32, u32)> {
    let mut holds = Vec::new();
    let wanted = |kind: Kind| match of {
        "packages" => kind == Kind::Package,
        "groups" => kind != Kind::Package,
        _ => true,
    };
    for (at, one) in (0..).zip(&access.assignments) {
        let told = basis == "all" || one.row.is_some();
        let known = !access.subjects[one.subject as usize].key.is_empty()
            && !access.things[one.package as usize].best().is_empty();
        let now = match moment {
            Some(moment) => access.is_current(at, moment),
            None => !matches!(one.state.as_str(), "deliveryFailed" | "denied" | "canceled" | "scheduled" | "submitted"),
        };
        if told && known && now && wanted(Kind::Package) {
            holds.push((one.subject, one.package));
        }
    }
    for span in &access.spans {
        let kind = access.things[span.thing as usize].kind;
        // Groups and roles come from the log and from exports of resource assignments alike.
        if kind != Kind::Package && wanted(kind) && moment.is_none_or(|moment| span.holds_at(moment)) {
            holds.push((span.subject, span.thing));
        }
    }
    holds.arrange();
    holds.dedup();
    holds
}

fn missing() -> Note {
    Note {
        id: "separation-missing".into(),
        title: "There is nothing to compare yet".into(),
        text: "The matrix needs assignments of two packages or more. The portal's download of a package's assignments \
               holds one package: drop the downloads of all that should not meet at once."
            .into(),
        steps: vec![
            "Identity governance > Entitlement management > Access packages > the package".into(),
            "Assignments > Download; then the same for the other package".into(),
        ],
        ..Note::default()
    }
}

fn stats(holders: &BTreeMap<u32, Vec<u32>>, pairs: usize, both: &[Both]) -> Vec<Stat> {
    let people = arrange::set(both.iter().map(|both| both.subject));
    let stat = |id: &str, label: &str, value: usize, help: &str, door| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value as u64),
        text: String::new(),
        help: help.into(),
        door,
    };
    let all = || Some(to_view(View::Separation, &[("a", ""), ("b", "")]));
    vec![
        stat("separation-people", "People who hold two or more", people.len(), "Of those compared", all()),
        stat("separation-pairs", "Pairs that meet", pairs, "Pairs with at least one person in both", all()),
        stat("separation-compared", "Compared", holders.len(), "With at least one holder", None),
    ]
}

fn key(access: &Access, both: &Both) -> String {
    let thing = |thing: u32| access.things[thing as usize].key.as_str();
    format!("{}|{}|{}", access.subjects[both.subject as usize].key, thing(both.a), thing(both.b))
}

fn table(scope: &ViewScope, access: &Access, list: &[&Both]) -> Table {
    let store = scope.derived.store;
    let span = |both: &Both, thing: u32| {
        access
            .spans_of(both.subject)
            .map(|(_, span)| span)
            .filter(|span| span.thing == thing)
            .max_by_key(|span| span.to)
    };
    let since = |both: &Both, thing: u32| match span(both, thing) {
        Some(span) => entitled::end(store, span, true, scope.zone()),
        None => Value::none("The files do not say since when"),
    };
    TableOf::new("overlap-people", "People who hold both", "separation", "Nobody holds two of those compared")
        .help("A line per person and pair")
        .column("subject", "Person", "", |both: &&Both| entitled::subject(&access.subjects[both.subject as usize]))
        .column("a", "One", "", |both| entitled::thing(&access.things[both.a as usize]))
        .column("a-since", "Since", "", |both| since(both, both.a))
        .column("b", "The other", "", |both| entitled::thing(&access.things[both.b as usize]))
        .column("b-since", "Since", "", |both| since(both, both.b))
        .build(list, scope.tables, |both| TableLine {
            key: key(access, both),
            data: vec![
                ("subject".into(), entitled::subject_data(&access.subjects[both.subject as usize])),
                ("a".into(), access.things[both.a as usize].label()),
                ("b".into(), access.things[both.b as usize].label()),
            ],
            opens: true,
            ..TableLine::default()
        })
}

fn opened(scope: &ViewScope, access: &Access, open: &str, all: &[Both]) -> Option<Opened> {
    let both = all.iter().find(|both| key(access, both) == open)?;
    let store = scope.derived.store;
    let subject = &access.subjects[both.subject as usize];
    let mut facts = Vec::new();
    for thing in [both.a, both.b] {
        let label = access.things[thing as usize].label();
        for (_, span) in access.spans_of(both.subject).filter(|(_, span)| span.thing == thing) {
            let door = || Door::to_events(store, label.clone(), span.events.iter().copied());
            for (begin, word, why) in [(true, "since", span.from_why), (false, "until", span.to_why)] {
                facts.push(Fact {
                    label: format!("{label}, {word}"),
                    value: entitled::end(store, span, begin, scope.zone()),
                    help: entitled::why(store, why),
                    door: door(),
                });
            }
        }
    }
    let others: Vec<&Both> = all.iter().filter(|other| other.subject == both.subject).collect();
    let sentence = format!(
        "Holds {} and {}; {} in all.",
        access.things[both.a as usize].label(),
        access.things[both.b as usize].label(),
        counted(others.len(), "such pair", "such pairs")
    );
    let door = Door { open: None, ..to_view(View::Assignments, &[("person", &subject.key)]) };
    Some(Opened {
        key: open.into(),
        title: if subject.name.is_empty() { subject.address.clone() } else { subject.name.clone() },
        subtitle: subject.address.clone(),
        testid: "separation-details".into(),
        blocks: vec![
            Block::Story { sentences: vec![sentence] },
            Block::Facts { facts },
            Block::Note(Note {
                id: "assignments-of-person".into(),
                text: "What would be lost and kept without one of them stands in the details of the assignment.".into(),
                door: Some(("Assignments of the person".into(), door)),
                ..Note::default()
            }),
        ],
    })
}

/// Says which packages go by the names of files.
fn by_file(access: &Access, names: &[u32]) -> Option<Note> {
    let named: Vec<String> = names
        .iter()
        .map(|thing| &access.things[*thing as usize])
        .filter(|thing| thing.by_file)
        .map(|thing| format!("\u{201c}{}\u{201d}", thing.name))
        .collect();
    (!named.is_empty()).then(|| Note {
        id: "packages-by-file".into(),
        tone: Tone::Plain,
        text: format!(
            "These packages go by the name of their file, as the portal's download does not name them: {}.",
            named.join(", ")
        ),
        ..Note::default()
    })
}
