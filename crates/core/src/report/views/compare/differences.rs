//! The differences, line by line, and how often what changed.

use super::{Comparing, named};
use crate::arrange::Arrange as _;
use crate::{
    guests::compare::{Change, Changed, Side},
    model::{Attribute as A, EntityKind},
    report::{
        TableOf, View,
        blocks::{Block, Door, Opened, Table, TableLine, Tone, Value},
    },
};
use std::collections::BTreeMap;

/// One difference.
#[derive(Clone, Copy)]
pub(super) enum Line<'a> {
    New(u32),
    Gone(u32),
    Changed(&'a Changed),
    /// No difference.
    Same(u32),
}

impl Line<'_> {
    /// Stable name of what it is.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Gone(_) => "gone",
            Self::Changed(_) => "changed",
            Self::Same(_) => "same",
        }
    }

    /// The row to name it by: the later one.
    fn row(&self) -> u32 {
        match self {
            Self::New(row) | Self::Gone(row) | Self::Same(row) => *row,
            Self::Changed(changed) => changed.after,
        }
    }

    fn changes(&self) -> &[Change] {
        match self {
            Self::Changed(changed) => &changed.changes,
            _ => &[],
        }
    }
}

/// All differences that filters leave: gone, new, changed.
pub(super) fn all<'a>(comparing: &Comparing<'a>) -> Vec<Line<'a>> {
    let comparison = comparing.comparison;
    let gone = comparison.gone.iter().map(|row| Line::Gone(*row));
    let new = comparison.new.iter().map(|row| Line::New(*row));
    let changed = comparison.changed.iter().map(Line::Changed);
    gone.chain(new).chain(changed).filter(|line| comparing.has(line.row())).collect()
}

/// What both files list alike, of what filters leave.
pub(super) fn same<'a>(comparing: &Comparing<'a>) -> Vec<Line<'a>> {
    comparing.comparison.same.iter().filter(|row| comparing.has(**row)).map(|row| Line::Same(*row)).collect()
}

/// Names a difference among all.
fn key(comparing: &Comparing, line: &Line) -> String {
    let row = line.row() as usize;
    let id = comparing.rows.text(row, A::Id);
    let source = comparing.rows.source.get(row);
    match comparing.person(line.row()).map(|person| &comparing.identity.person(person).key) {
        Some(key) if comparing.kind == EntityKind::Person => key.clone(),
        _ if !id.is_empty() => id.into_owned(),
        _ => format!("{source}:{}", comparing.rows.record[row]),
    }
}

/// Whom or what a row is about.
fn subject(comparing: &Comparing, row: u32) -> Value {
    let (rows, at) = (&comparing.rows, row as usize);
    if let Some(person) = comparing.person(row) {
        let own = comparing.identity.person(person);
        let address = [&own.mail, &own.upn, &own.id].into_iter().find(|text| !text.is_empty());
        return Value::Person { name: own.name.clone(), address: address.cloned().unwrap_or_default() };
    }
    let names = [A::Name, A::TargetName, A::RequestorName, A::TargetMail, A::TargetUpn, A::ReviewName, A::Id];
    Value::text(names.iter().map(|own| rows.text(at, *own)).find(|text| !text.is_empty()).unwrap_or_default())
}

/// What further tells a row: the package of an assignment, the review of a decision.
fn about(comparing: &Comparing, row: u32) -> Value {
    let texts = [A::PackageName, A::PackageId, A::ReviewName, A::CatalogName, A::UserType];
    let rows = &comparing.rows;
    Value::text(texts.iter().map(|own| rows.text(row as usize, *own)).find(|text| !text.is_empty()).unwrap_or_default())
}

fn value(side: Option<&Side>) -> Value {
    match side {
        None => Value::none("This file has no value here"),
        Some(Side::Time(ticks)) => Value::Time(*ticks),
        Some(Side::Text(text)) => Value::Text(text.clone()),
    }
}

/// Why a line has no changes.
fn alone(line: &Line) -> &'static str {
    if let Line::Same(_) = line { "Both files say the same" } else { "The other file does not list it" }
}

/// The differences that are shown.
pub(super) fn table(comparing: &Comparing, lines: &[Line]) -> Table {
    let scope = comparing.scope;
    let (shown, attribute) = (scope.param("show").unwrap_or("all"), scope.param("attribute"));
    let has = |line: &Line, id: &str| line.changes().iter().any(|own| named(&comparing.rows, own.what).0 == id);
    let lines: Vec<Line> = lines
        .iter()
        .copied()
        .filter(|line| shown == "all" || line.kind() == shown)
        .filter(|line| attribute.is_none_or(|id| has(line, id)))
        .collect();
    let title = match attribute {
        Some(_) => "Differences in one attribute",
        None => "Differences",
    };
    let state = |line: &Line| match line {
        Line::New(_) => Value::state("New", Tone::Good),
        Line::Gone(_) => Value::state("Gone", Tone::Attention),
        Line::Changed(_) => Value::state("Changed", Tone::Plain),
        Line::Same(_) => Value::state("Unchanged", Tone::Plain),
    };
    let what = |line: &Line| match line.changes() {
        [] => Value::none(alone(line)),
        [one] => Value::Text(named(&comparing.rows, one.what).1),
        many => Value::Said(format!("{} changes", many.len())),
    };
    let single = |line: &Line| match line.changes() {
        [one] => Some(one.clone()),
        _ => None,
    };
    let why = |line: &Line| Value::none(if line.changes().is_empty() { alone(line) } else { "See each change below" });
    TableOf::new("differences", title, "difference", "Nothing is different in that way")
        .help("That something is gone says that the later file does not list it, not why")
        .column("kind", "Difference", "", state)
        .column("subject", "Who or what", "", |line| subject(comparing, line.row()))
        .column("about", "Of", "Access package, review or user type", |line| about(comparing, line.row()))
        .column("what", "What changed", "", what)
        .column("before", "Before", "", |line| single(line).map_or_else(|| why(line), |own| value(own.old.as_ref())))
        .column("after", "After", "", |line| single(line).map_or_else(|| why(line), |own| value(own.new.as_ref())))
        .build(&lines, scope.tables, |line| {
            let key = key(comparing, line);
            TableLine {
                data: vec![
                    ("kind".into(), line.kind().into()),
                    ("id".into(), comparing.rows.text(line.row() as usize, A::Id).into_owned()),
                    ("changes".into(), line.changes().len().to_string()),
                ],
                door: door(comparing, line.row()),
                opens: true,
                lines: below(comparing, &key, line),
                key,
                ..TableLine::default()
            }
        })
}

/// The guest's life; none where a row is about nobody.
fn door(comparing: &Comparing, row: u32) -> Option<Door> {
    let person = comparing.person(row).filter(|person| comparing.identity.person(*person).concerns_guests())?;
    let open = Some(comparing.identity.person(person).key.clone());
    Some(Door { view: Some(View::Guests), open, ..Door::default() })
}

/// Each change, below its line.
fn below(comparing: &Comparing, key: &str, line: &Line) -> Vec<TableLine> {
    if line.changes().len() < 2 {
        return Vec::new();
    }
    let below = |change: &Change| {
        let (id, label) = named(&comparing.rows, change.what);
        let none = || Value::none("");
        TableLine {
            key: format!("{key} {id}"),
            data: vec![("attribute".into(), id)],
            cells: vec![
                none(),
                none(),
                none(),
                Value::Text(label),
                value(change.old.as_ref()),
                value(change.new.as_ref()),
            ],
            ..TableLine::default()
        }
    };
    line.changes().iter().map(below).collect()
}

/// How often what changed; a line leads to those entities.
pub(super) fn by_attribute(comparing: &Comparing, lines: &[Line]) -> Table {
    let mut counts: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for change in lines.iter().flat_map(Line::changes) {
        let (id, label) = named(&comparing.rows, change.what);
        counts.entry(id).or_insert((label, 0)).1 += 1;
    }
    let mut found: Vec<(String, String, u64)> =
        counts.into_iter().map(|(id, (label, count))| (id, label, count)).collect();
    found.arrange_by(|a, b| (b.2, &a.1).cmp(&(a.2, &b.1)));
    TableOf::new("changed-attributes", "What changed", "changed-attribute", "Nothing that both files have has changed")
        .column("attribute", "Attribute", "", |(_, label, _): &(String, String, u64)| Value::Text(label.clone()))
        .number("count", "Changed", "", |(_, _, count)| Value::Number(*count))
        .build(&found, comparing.scope.tables, |(id, _, count)| {
            let params = [("show".to_owned(), "changed".to_owned()), ("attribute".into(), id.clone())].into();
            TableLine {
                key: id.clone(),
                data: vec![("attribute".into(), id.clone()), ("count".into(), count.to_string())],
                door: Some(Door { view: Some(View::Compare), params, ..Door::default() }),
                ..TableLine::default()
            }
        })
}

/// One difference with all of its changes; of what is new, gone or unchanged all that a file says.
pub(super) fn opened(comparing: &Comparing, lines: &[Line], wanted: &str) -> Option<Opened> {
    let line = lines.iter().find(|line| key(comparing, line) == wanted)?;
    let rows = &comparing.rows;
    let title = match subject(comparing, line.row()) {
        Value::Person { name, address } if name.is_empty() => address,
        Value::Person { name, .. } => name,
        other => other.words(),
    };
    let said: Vec<(String, Value, Value)> = match line {
        Line::Changed(changed) => {
            let one = |own: &Change| (named(rows, own.what).1, value(own.old.as_ref()), value(own.new.as_ref()));
            changed.changes.iter().map(one).collect()
        }
        Line::New(row) | Line::Gone(row) | Line::Same(row) => {
            let none = || Value::none("This file does not list it");
            let row = *row as usize;
            let known = |attribute: &A| {
                let text = rows.text(row, *attribute);
                let value = match rows.time(row, *attribute) {
                    Some(ticks) => Value::Time(ticks),
                    None if text.is_empty() => return None,
                    None => Value::Text(text.into_owned()),
                };
                let (before, after) = match line {
                    Line::New(_) => (none(), value),
                    Line::Gone(_) => (value, none()),
                    _ => (value.clone(), value),
                };
                Some((attribute.label().to_owned(), before, after))
            };
            A::ALL.iter().filter_map(known).collect()
        }
    };
    let heading = if let Line::Same(_) = line { "What both files say" } else { "What changed" };
    let table = TableOf::new("changes", heading, "change", "Nothing")
        .column("attribute", "Attribute", "", |own: &(String, Value, Value)| Value::Text(own.0.clone()))
        .column("before", "Before", "", |own| own.1.clone())
        .column("after", "After", "", |own| own.2.clone())
        .build(&said, comparing.scope.tables, |own| TableLine { key: own.0.clone(), ..TableLine::default() });
    let subtitle = match line {
        Line::New(_) => "New: only in the later file",
        Line::Gone(_) => "Gone: only in the earlier file",
        Line::Changed(_) => "Changed",
        Line::Same(_) => "Unchanged",
    };
    Some(Opened {
        key: wanted.into(),
        title,
        subtitle: subtitle.into(),
        testid: "difference-details".into(),
        blocks: vec![Block::Table(table)],
    })
}
