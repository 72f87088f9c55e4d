//! Decisions of access reviews, and what became of them.

mod decisions;
mod opened;
mod overview;
mod people;
mod reasons;

use super::{Made, ViewScope, taking_part::TakingPart};
use crate::{
    guests::reviews::{Decision, Reviews},
    identity::Identity,
    report::{
        Need,
        blocks::{Block, Control, Params},
        guide,
    },
    time::{self, DAY, SECOND, Zone},
};

/// Decisions of one reviewer that count as many, unless the reader says otherwise.
const STAMP_COUNT: i64 = 10;
/// The seconds within which they count as many.
const STAMP_SECONDS: i64 = 60;

/// What the table of decisions can be narrowed down to: the parameter's value and its words.
const SHOWN: &[(&str, &str)] = &[
    ("all", "All decisions"),
    ("approved", "Approved"),
    ("denied", "Denied"),
    ("dont-know", "Don't know"),
    ("not-reviewed", "Not reviewed"),
    ("denied-not-applied", "Denied, not applied"),
    ("denied-but-active", "Denied, but active afterwards"),
    ("against-recommendation", "Against the recommendation"),
    ("fast", "Many within seconds"),
    ("changed", "Changed later"),
];

/// The decisions at hand and what the reader has set.
struct Reading<'a> {
    scope: &'a ViewScope<'a>,
    reviews: &'a Reviews,
    /// Indexes of the decisions that the filters and the switch leave, earliest first.
    all: Vec<u32>,
    /// Which decisions stand in a run of many within seconds.
    fast: Vec<bool>,
    count: i64,
    seconds: i64,
}

impl Reading<'_> {
    fn decision(&self, at: u32) -> &Decision {
        &self.reviews.decisions[at as usize]
    }

    fn is_shown(&self, at: u32, shown: &str) -> bool {
        use crate::guests::reviews::Outcome as O;
        let decision = self.decision(at);
        let stands = |outcome| decision.stands && decision.outcome == outcome;
        match shown {
            "approved" => stands(O::Approve),
            "denied" => stands(O::Deny),
            "dont-know" => stands(O::DontKnow),
            "not-reviewed" => stands(O::NotReviewed),
            "denied-not-applied" => decision.is_denied_in_vain(),
            "denied-but-active" => decision.is_denied_but_active(),
            "against-recommendation" => decision.is_against_recommendation(),
            "fast" => self.fast[at as usize],
            "changed" => !decision.stands,
            _ => true,
        }
    }

    fn number_of(&self, shown: &str) -> u64 {
        self.all.iter().filter(|at| self.is_shown(**at, shown)).count() as u64
    }
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let reviews = scope.derived.get::<Reviews>();
    if reviews.decisions.is_empty() && reviews.reviews.is_empty() && reviews.bulk.is_empty() {
        return Made { blocks: vec![Block::Note(guide(Need::Reviews))], opened: None };
    }
    let (count, seconds) =
        (scope.number("stamp-count", STAMP_COUNT, 2, 1000), scope.number("stamp-seconds", STAMP_SECONDS, 1, 86_400));
    let runs = reviews.runs(count as usize, seconds * SECOND);
    let mut fast = vec![false; reviews.decisions.len()];
    runs.iter().flat_map(|run| &run.decisions).for_each(|at| fast[*at as usize] = true);

    let (taking_part, identity) = (TakingPart::new(scope), scope.derived.get::<Identity>());
    let guests_only = scope.switch("guests", false);
    let person = |decision: &Decision| reviews.party(decision.subject).and_then(|party| party.person);
    let is_guest =
        |decision: &Decision| person(decision).is_some_and(|person| identity.person(person).concerns_guests());
    let chosen: Vec<u32> = (0..)
        .zip(&reviews.decisions)
        .filter(|(_, decision)| !guests_only || is_guest(decision))
        .map(|(at, _)| at)
        .collect();
    let is_in = |at: &u32| taking_part.has(person(&reviews.decisions[*at as usize]));
    let all: Vec<u32> = chosen.iter().copied().filter(is_in).collect();
    let left_out = chosen.len() - all.len();
    let reading = Reading { scope, reviews: &reviews, all, fast, count, seconds };

    let mut blocks = Vec::new();
    blocks.extend(taking_part.note(left_out, "decisions"));
    // Without any decision there is nothing to count or to choose from.
    let is_told = !reviews.decisions.is_empty() || !reviews.bulk.is_empty();
    if is_told {
        blocks.push(overview::stats(&reading));
        blocks.push(controls(&reading, guests_only));
        blocks.extend(overview::over_time(&reading));
        blocks.push(Block::Table(decisions::table(&reading)));
        blocks.extend(reasons::note(&reading));
        blocks.push(Block::Table(people::runs(&reading, &runs)));
        blocks.push(Block::Table(people::reviewers(&reading)));
    }
    blocks.push(Block::Table(overview::reviews(&reading)));
    if !reviews.has_export {
        let at = if is_told { blocks.len() } else { 0 };
        blocks.insert(at, Block::Note(guide(Need::Reviews)));
    }
    let opened = scope.open.and_then(|key| opened::opened(&reading, key));
    Made { blocks, opened }
}

fn controls(reading: &Reading, guests_only: bool) -> Block {
    let scope = reading.scope;
    let shown = scope.param("show").unwrap_or("all");
    let day = |name: &str, label: &str| Control::Day {
        name: name.into(),
        label: label.into(),
        testid: format!("reviews-{name}"),
        value: scope.param(name).unwrap_or_default().into(),
    };
    let number = |name: &str, label: &str, value, (min, max), unit: &str| Control::Number {
        name: name.into(),
        label: label.into(),
        testid: name.into(),
        data: Vec::new(),
        value,
        min,
        max,
        unit: unit.into(),
    };
    let controls = vec![
        Control::Choice {
            name: "show".into(),
            label: "Show".into(),
            testid: "reviews-show".into(),
            value: shown.into(),
            options: SHOWN.iter().map(|(id, label)| ((*id).into(), (*label).into())).collect(),
        },
        day("since", "Decided since"),
        day("until", "Decided until"),
        Control::Switch {
            name: "guests".into(),
            label: "Guests only".into(),
            testid: "reviews-guests".into(),
            on: guests_only,
        },
        number("stamp-count", "Many decisions are", reading.count, (2, 1000), "decisions"),
        number("stamp-seconds", "of one reviewer within", reading.seconds, (1, 86_400), "seconds"),
    ];
    Block::Controls { controls }
}

/// The parameters that narrow the table of decisions down.
fn showing(shown: &str) -> Params {
    [("show".to_owned(), shown.to_owned()), ("since".into(), String::new()), ("until".into(), String::new())].into()
}

/// The first tick of a day that is set.
fn first_tick(text: &str, zone: &Zone) -> Option<i64> {
    let mut parts = text.splitn(3, '-').map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let local = time::from_calendar(i32::try_from(year).ok()?, month, day, 0, 0, 0)?;
    Some(zone.to_utc(local))
}

/// The first tick after a day that is set.
fn end_tick(text: &str, zone: &Zone) -> Option<i64> {
    let first = first_tick(text, zone)?;
    Some(zone.to_utc(first + zone.offset(first) + DAY))
}

/// A moment's day as a parameter has it.
fn day_text(ticks: i64, zone: &Zone) -> String {
    let (year, month, day) = time::calendar(ticks.saturating_add(zone.offset(ticks)));
    format!("{year:04}-{month:02}-{day:02}")
}
