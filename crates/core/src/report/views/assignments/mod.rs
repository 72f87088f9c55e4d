//! Who has which access package, which resources come with it, and until when.

mod opened;
mod person;
mod resources;

use super::{
    Made, ViewScope,
    entitled::{self, as_of_control, choice, counted, pick, to_view},
    taking_part::TakingPart,
};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::{
    entitlement::access::{Access, Assignment, Kind},
    report::{
        Block, Chart, ChartLine, ChartShape, Control, Need, Note, Stat, Step, Table, TableLine, TableOf, Tone, Value,
        View, guide,
    },
    store::Store,
    time::DAY,
};
use std::{collections::BTreeMap, rc::Rc};

const BARS: usize = 12;
/// Days within which an end is worth a look.
const SOON: i64 = 30;

/// What the parts of the view share.
#[expect(clippy::struct_field_names, reason = "the day that everything is as of")]
struct Of<'a> {
    scope: &'a ViewScope<'a>,
    store: &'a Store,
    access: Rc<Access>,
    as_of: i64,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let access = scope.derived.get::<Access>();
    let as_of = entitled::as_of(scope, &access);
    let of = Of { scope, store: scope.derived.store, access, as_of: as_of.unwrap_or(i64::MAX) };
    let access = &*of.access;
    let (show_control, show) = pick(
        "show",
        "Show",
        scope.param("show"),
        &[("assignments", "Assignments of access packages"), ("resources", "Resource assignments")],
    );
    let taking_part = TakingPart::new(scope);
    let takes_part = |assignment: &Assignment| {
        let person = access.subjects[assignment.subject as usize].person;
        taking_part.has(person)
    };
    let all: Vec<u32> = (0..access.assignments.len() as u32).collect();
    let within: Vec<u32> = all.iter().copied().filter(|at| takes_part(&access.assignments[*at as usize])).collect();
    let package = scope.param("package");
    let needle = scope.param("person").map(str::to_lowercase);
    let state = scope.param("state");
    let ends = scope.param("ends");
    let shown = |at: &&u32| {
        let one = &access.assignments[**at as usize];
        package.is_none_or(|package| access.things[one.package as usize].key == package)
            && needle.as_ref().is_none_or(|needle| entitled::is_named(&access.subjects[one.subject as usize], needle))
            && state.is_none_or(|state| match state {
                "current" => access.is_current(**at, of.as_of),
                state => of.state(**at) == state,
            })
            && ends.is_none_or(|days| of.ends_within(**at, days))
    };
    let mut list: Vec<u32> = within.iter().filter(shown).copied().collect();
    list.arrange_by_cached_key(|at| of.order(*at));
    let subject = needle.as_deref().and_then(|needle| entitled::one_subject(access, needle));

    let mut blocks = Vec::new();
    if access.assignments.is_empty() {
        blocks.push(Block::Note(guide(Need::Assignments)));
    } else {
        blocks.push(Block::Stats { stats: of.stats(&within) });
    }
    blocks.push(Block::Controls { controls: of.controls(as_of, show_control, &within) });
    blocks.extend(taking_part.note(all.len() - within.len(), "assignments"));
    if show == "resources" {
        blocks.push(Block::Table(resources::table(&of, &list)));
        blocks.push(Block::Note(resources::limits()));
    } else {
        blocks.push(Block::Table(of.table("assignments", "Assignments", &list)));
        blocks.extend(of.chart(&within).map(Block::Chart));
    }
    if let Some(subject) = subject {
        blocks.extend(person::can_request(&of, subject));
    }
    blocks.extend(of.file_note().map(Block::Note));
    let opened = scope.open.and_then(|key| opened::opened(&of, key));
    Made { blocks, opened }
}

impl Of<'_> {
    fn one(&self, at: u32) -> &Assignment {
        &self.access.assignments[at as usize]
    }

    /// The state in Graph's word. An end that came after the export counts.
    fn state(&self, at: u32) -> &str {
        let one = self.one(at);
        let ended =
            one.span.map(|span| &self.access.spans[span as usize]).is_some_and(|span| !span.holds_at(self.as_of));
        if ended && one.is_current() && one.state != "delivering" { "expired" } else { &one.state }
    }

    /// Whole days until it ends; negative once that has passed.
    fn days_left(&self, at: u32) -> Option<i64> {
        let (ends, _) = self.one(at).ends?;
        self.access.is_current(at, self.as_of).then(|| (ends - self.as_of).div_euclid(DAY))
    }

    fn ends_within(&self, at: u32, days: &str) -> bool {
        match days.parse::<i64>() {
            Ok(days) => self.days_left(at).is_some_and(|left| left <= days),
            Err(_) => self.one(at).ends.is_none() && self.access.is_current(at, self.as_of),
        }
    }

    /// Those that end first come first, then those without an end, then those that are over.
    fn order(&self, at: u32) -> (bool, i64, u32, u32, u32) {
        let one = self.one(at);
        let over = !self.access.is_current(at, self.as_of);
        let end = match (over, self.days_left(at)) {
            (true, _) => one.expired.map_or(i64::MAX, |expired| -(expired / DAY)),
            (false, left) => left.unwrap_or(i64::MAX),
        };
        (over, end, one.package, one.subject, at)
    }

    fn expiry(&self, at: u32) -> Value {
        let one = self.one(at);
        if !self.access.is_current(at, self.as_of) {
            let span = one.span.map(|span| &self.access.spans[span as usize]);
            return match span.and_then(|span| span.to).or(one.expired).filter(|ended| *ended <= self.as_of) {
                Some(ended) => ago((self.as_of - ended) / DAY),
                None => Value::none("The files do not say when it ended"),
            };
        }
        match self.days_left(at) {
            None if one.row.is_some() => Value::Said("No end date in the export".into()),
            None => Value::none("The log does not say when it is to end: an export of assignments does"),
            Some(left) if left < 0 => Value::state(
                format!("Was to end {} ago, still there", counted(usize::try_from(-left).unwrap_or(0), "day", "days")),
                Tone::Attention,
            ),
            Some(0) => Value::state("Ends within a day", Tone::Attention),
            Some(left) => {
                let tone = if left <= 7 { Tone::Attention } else { Tone::Plain };
                let number = usize::try_from(left).unwrap_or(0);
                Value::state(format!("Ends in {}", counted(number, "day", "days")), tone)
            }
        }
    }

    fn stats(&self, within: &[u32]) -> Vec<Stat> {
        let current: Vec<u32> = within.iter().copied().filter(|at| self.access.is_current(*at, self.as_of)).collect();
        let distinct = |of: &dyn Fn(&Assignment) -> u32| arrange::set(current.iter().map(|at| of(self.one(*at)))).len();
        let soon = current.iter().filter(|at| self.days_left(**at).is_some_and(|left| left <= SOON)).count();
        let endless = current.iter().filter(|at| self.one(**at).ends.is_none() && self.one(**at).row.is_some()).count();
        let stat = |id: &str, label: &str, value: usize, help: &str, params: &[(&str, &str)]| Stat {
            id: id.into(),
            label: label.into(),
            value: Some(value as u64),
            text: String::new(),
            help: help.into(),
            door: (!params.is_empty()).then(|| to_view(View::Assignments, params)),
        };
        let clear = ("show", "assignments");
        vec![
            stat(
                "assignments-current",
                "Current assignments",
                current.len(),
                "Delivered or being delivered as of the day chosen, as far as exports and the log tell",
                &[clear, ("state", "current"), ("ends", "")],
            ),
            stat("assigned-subjects", "People", distinct(&|one| one.subject), "With a current assignment", &[]),
            stat(
                "assigned-packages",
                "Access packages",
                distinct(&|one| one.package),
                "With a current assignment",
                &[],
            ),
            stat(
                "assignments-ending",
                "End within 30 days",
                soon,
                "By their end date, or by start and duration",
                &[clear, ("state", "current"), ("ends", "30")],
            ),
            stat(
                "assignments-endless",
                "Without an end date",
                endless,
                "In an export of assignments; those that only the log shows are not counted",
                &[clear, ("state", "current"), ("ends", "none")],
            ),
            stat(
                "assignments-ended",
                "Ended",
                within.len() - current.len(),
                "Expired, removed, failed or not yet begun",
                &[clear, ("state", "expired"), ("ends", "")],
            ),
        ]
    }

    fn controls(&self, as_of: Option<i64>, show: Control, within: &[u32]) -> Vec<Control> {
        let scope = self.scope;
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for at in within {
            *counts.entry(self.one(*at).package).or_default() += 1;
            *states.entry(self.state(*at)).or_default() += 1;
        }
        let thing = |package: u32| &self.access.things[package as usize];
        let named = |(package, count)| ((thing(package).label(), thing(package).key.as_str()), count);
        let packages = arrange::map(counts.into_iter().map(named));
        let packages = packages
            .into_iter()
            .filter(|((label, _), _)| !label.is_empty())
            .map(|((label, key), count)| (key.to_owned(), format!("{label} ({count})")));
        let states = states
            .into_iter()
            .filter(|(state, _)| !state.is_empty())
            .map(|(state, count)| (state.to_owned(), format!("{state} ({count})")));
        let states = std::iter::once(("current".to_owned(), "Current".to_owned())).chain(states);
        let ends =
            [("7", "Within 7 days"), ("30", "Within 30 days"), ("90", "Within 90 days"), ("none", "No end date")];
        vec![
            show,
            choice("package", "Access package", scope.param("package"), "All", packages),
            Control::Text {
                name: "person".into(),
                label: "Person".into(),
                testid: "person".into(),
                data: Vec::new(),
                value: scope.param("person").unwrap_or_default().into(),
                placeholder: "Name, address or object ID".into(),
            },
            choice("state", "State", scope.param("state"), "All", states),
            choice("ends", "Ends", scope.param("ends"), "Any time", ends.map(|(id, label)| (id.into(), label.into()))),
            as_of_control(scope, as_of),
        ]
    }

    fn table(&self, id: &str, title: &str, list: &[u32]) -> Table {
        let access = &*self.access;
        let span = |at: u32| self.one(at).span.map(|span| &access.spans[span as usize]);
        TableOf::new(id, title, "assignment", "No assignment matches")
            .help("Assignments as exports have them, and those that only the log shows")
            .column("subject", "Assigned to", "", |at: &u32| {
                entitled::subject(&access.subjects[self.one(*at).subject as usize])
            })
            .column("package", "Access package", "", |at| {
                entitled::thing(&access.things[self.one(*at).package as usize])
            })
            .column("state", "State", "In Graph's word, as of the day chosen", |at| state_value(self.state(*at)))
            .column("started", "Start", "", |at| {
                let one = self.one(*at);
                match (one.started, span(*at)) {
                    (Some(started), _) => Value::Time(started),
                    (None, Some(span)) => entitled::end(self.store, span, true, self.scope.zone()),
                    (None, None) => Value::none("The files do not say since when"),
                }
            })
            .column("ends", "End", "When it is to end, or did end", |at| {
                let one = self.one(*at);
                let ended = span(*at).filter(|span| !span.is_open()).and_then(|span| span.to).or(one.expired);
                match (access.is_current(*at, self.as_of), ended, one.ends) {
                    (false, Some(ended), _) | (_, _, Some((ended, _))) => Value::Time(ended),
                    (_, None, None) if one.row.is_some() => Value::none("The export has no end date"),
                    _ => Value::none("No loaded file tells of an end"),
                }
            })
            .column("expiry", "Expiry", "As of the day chosen", |at| self.expiry(*at))
            .ordered_by(|at| match (access.is_current(*at, self.as_of), self.days_left(*at)) {
                (true, Some(left)) => Value::Days(left),
                (true, None) => Value::Days(i64::MAX / 2),
                (false, _) => Value::none(""),
            })
            .column("policy", "Policy", "", |at| policy(self.one(*at)))
            .column("told-by", "Told by", "", |at| self.told_by(*at))
            .build(list, self.scope.tables, |at| self.line(*at))
    }

    fn line(&self, at: u32) -> TableLine {
        let one = self.one(at);
        let package = &self.access.things[one.package as usize];
        TableLine {
            key: one.key.clone(),
            data: vec![
                ("subject".into(), entitled::subject_data(&self.access.subjects[one.subject as usize])),
                ("package".into(), package.best().to_owned()),
                ("state".into(), self.state(at).to_owned()),
            ],
            opens: true,
            ..TableLine::default()
        }
    }

    fn told_by(&self, at: u32) -> Value {
        let one = self.one(at);
        Value::Said(
            match (one.row, self.access.things[one.package as usize].by_file) {
                (None, _) => "The log alone",
                (Some(_), true) => "An export, its package by the file's name",
                (Some(_), false) => "An export",
            }
            .into(),
        )
    }

    fn chart(&self, within: &[u32]) -> Option<Chart> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for at in within.iter().filter(|at| self.access.is_current(**at, self.as_of)) {
            *counts.entry(self.one(*at).package).or_default() += 1;
        }
        let mut ranked: Vec<(u32, usize)> = counts.into_iter().collect();
        ranked.retain(|(package, _)| !self.access.things[*package as usize].best().is_empty());
        ranked.arrange_by_key(|(package, count)| (std::cmp::Reverse(*count), *package));
        if ranked.len() < 2 {
            return None;
        }
        let left_out = ranked.len().saturating_sub(BARS);
        ranked.truncate(BARS);
        let mut help = "Current assignments as of the day chosen".to_owned();
        if left_out > 0 {
            let packages = counted(left_out, "package with fewer is", "packages with fewer are");
            help = format!("{help}; {packages} not shown");
        }
        let step = |(package, _): &(u32, usize)| {
            let package = &self.access.things[*package as usize];
            let params = [("show", "assignments"), ("package", &package.key), ("state", "current"), ("ends", "")];
            Step { label: package.label(), time: None, door: Some(to_view(View::Assignments, &params)) }
        };
        Some(Chart {
            id: "assignments-by-package".into(),
            title: "Assignments by access package".into(),
            help,
            shape: ChartShape::Bars,
            unit: "assignments".into(),
            steps: ranked.iter().map(step).collect(),
            lines: vec![ChartLine {
                name: "Assignments".into(),
                values: ranked.iter().map(|(_, count)| i64::try_from(*count).ok()).collect(),
                tone: Tone::Plain,
            }],
            bin: None,
        })
    }

    /// Says which packages go by the names of files.
    fn file_note(&self) -> Option<Note> {
        let named: Vec<String> = self
            .access
            .things
            .iter()
            .filter(|thing| thing.kind == Kind::Package && thing.by_file)
            .map(|thing| format!("\u{201c}{}\u{201d}", thing.name))
            .collect();
        (!named.is_empty()).then(|| Note {
            id: "packages-by-file".into(),
            text: format!(
                "The portal's download of assignments does not name its package. These go by the name of their file: {}.",
                named.join(", ")
            ),
            ..Note::default()
        })
    }
}

fn ago(days: i64) -> Value {
    let days = usize::try_from(days).unwrap_or(0);
    Value::Said(if days == 0 {
        "Ended within a day".into()
    } else {
        format!("Ended {} ago", counted(days, "day", "days"))
    })
}

fn policy(one: &Assignment) -> Value {
    let (id, name) = &one.policy;
    match (name.as_str(), id.as_str()) {
        ("", "") if one.row.is_some() => Value::none("The export does not name the policy"),
        ("", "") => Value::none("The log does not name the policy"),
        ("", id) => Value::Id(id.into()),
        (name, _) => Value::Name(name.into()),
    }
}

/// A state in Graph's word. What is none of them stays as the file has it.
fn state_value(state: &str) -> Value {
    let tone = match state {
        "" => return Value::none("The export has no state"),
        "delivered" => Tone::Good,
        "delivering" | "partiallyDelivered" | "deliveryFailed" => Tone::Attention,
        "expired" | "scheduled" | "submitted" | "pendingApproval" | "denied" | "canceled" => Tone::Plain,
        other => return Value::Text(other.into()),
    };
    Value::state(state, tone)
}
