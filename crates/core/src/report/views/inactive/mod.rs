//! Who has been asleep for how long: Microsoft's inactive guest report, and what it leaves open.
//!
//! The rule is Microsoft's: a guest is inactive from the threshold's days without a sign-in on, and who
//! never signed in counts from creation. Unlike in that report, the day, the threshold and the sign-ins
//! that count are the reader's choice, and guests of whom the files do not tell are not called anything.
//! Source: Microsoft, "Monitor and clean up stale guest accounts using access reviews".

mod judge;
mod pictures;
mod table;

use super::{
    Made, ViewScope,
    as_of::AsOf,
    guests::{Sheet, opened},
    taking_part::TakingPart,
};
use crate::report::{
    Need,
    blocks::{Block, Control, Note, Stat, Tone},
    guide,
    view::View,
};
use judge::{Judged, Kind, judge};
use std::fmt::Write;

/// The control for the number of days.
pub(super) fn threshold(value: i64) -> Control {
    Control::Number {
        name: "threshold".into(),
        label: "Inactive from".into(),
        testid: "threshold".into(),
        data: Vec::new(),
        value,
        min: 1,
        max: 3650,
        unit: "days".into(),
    }
}

/// Everything that the parts of the view share.
struct Report<'a> {
    sheet: &'a Sheet<'a>,
    basis: crate::guests::roster::Basis,
    /// Guests that have an account here and take part in what is filtered.
    judged: Vec<Judged>,
}

impl Report<'_> {
    fn count(&self, kind: Kind) -> usize {
        self.judged.iter().filter(|one| kind.holds(self, one)).count()
    }
}

pub(super) fn view(scope: &ViewScope) -> Made {
    use crate::guests::roster::Basis;
    let as_of = AsOf::new(scope);
    let sheet = Sheet::new(scope, as_of.as_ref().map_or(0, |as_of| as_of.day));
    let Some(as_of) = as_of.filter(|_| !sheet.roster.guests().is_empty()) else {
        return Made { blocks: vec![Block::Note(guide(Need::Users)), Block::Note(guide(Need::SignIns))], opened: None };
    };
    let basis = scope.param("basis").and_then(Basis::from_id).unwrap_or_default();
    let taking_part = TakingPart::new(scope);
    let (judged, gone) = judge(&sheet, basis);
    let all = judged.len();
    let judged: Vec<Judged> =
        judged.into_iter().filter(|one| taking_part.has(Some(sheet.guest(one.at).person))).collect();
    let left_out = all - judged.len();
    let report = Report { sheet: &sheet, basis, judged };

    let mut blocks = vec![Block::Stats { stats: stats(&report) }];
    blocks.extend(taking_part.note(left_out, "guests"));
    blocks.push(controls(&report, &as_of));
    blocks.push(rule(&report, &as_of, gone));
    blocks.extend(pictures::charts(&report));
    blocks.push(table::table(&report));
    if !Need::Users.is_met(sheet.store) {
        blocks.push(Block::Note(guide(Need::Users)));
    } else if !report.judged.iter().any(|one| sheet.guest(one.at).stated.sign_ins) {
        let text =
            "The loaded users exports have no sign-ins. Ask Graph for signInActivity, which needs Entra ID P1 or P2.";
        blocks.push(Block::Note(Note {
            id: "no-sign-ins".into(),
            tone: Tone::Unknown,
            text: text.into(),
            ..Note::default()
        }));
        blocks.push(Block::Note(guide(Need::Users)));
    }
    let opened = scope.open.and_then(|key| opened::opened(&sheet, key));
    Made { blocks, opened }
}

fn stats(report: &Report) -> Vec<Stat> {
    let mut stats = vec![Stat {
        id: "guests-total".into(),
        label: "Guests".into(),
        value: Some(report.judged.len() as u64),
        text: String::new(),
        help: "Guest accounts that are there: neither deleted nor made members, as far as the files tell.".into(),
        door: Some(judge::door(&[("show", "all"), ("days", "")])),
    }];
    for kind in Kind::ALL {
        let is_known = kind.is_known(report);
        stats.push(Stat {
            id: format!("guests-{}", kind.id()),
            label: kind.label().into(),
            value: is_known.then(|| report.count(kind) as u64),
            text: if is_known { String::new() } else { "-".into() },
            help: if is_known { kind.help().into() } else { format!("{} No loaded file has that.", kind.help()) },
            door: is_known.then(|| judge::door(&[("show", kind.id()), ("days", "")])),
        });
    }
    stats
}

fn controls(report: &Report, as_of: &AsOf) -> Block {
    use crate::guests::roster::Basis;
    let choice = |name: &str, label: &str, value: &str, options: Vec<(String, String)>| Control::Choice {
        name: name.into(),
        label: label.into(),
        testid: name.into(),
        value: value.into(),
        options,
    };
    let mut shown = vec![("all".to_owned(), "All guests".to_owned())];
    shown.extend(Kind::ALL.map(|kind| (kind.id().to_owned(), kind.label().to_owned())));
    let bases = Basis::ALL.map(|basis| (basis.id().to_owned(), basis.label().to_owned())).to_vec();
    let mut buckets = vec![(String::new(), "Any number of days".to_owned())];
    buckets.extend(pictures::BUCKETS.map(|bucket| (bucket.id(), bucket.label())));
    let days = report.sheet.scope.param("days").unwrap_or_default();
    Block::Controls {
        controls: vec![
            threshold(report.sheet.threshold),
            as_of.control(),
            choice("basis", "What counts", report.basis.id(), bases),
            choice("show", "List", judge::shown(report), shown),
            choice("days", "Asleep for", days, buckets),
        ],
    }
}

/// The rule, as it was applied.
fn rule(report: &Report, as_of: &AsOf, gone: usize) -> Block {
    let because = if as_of.is_chosen { "as chosen".to_owned() } else { format!("by default {}", as_of.because) };
    let mut text = format!(
        "A guest is inactive on {} ({because}) if the sign-in that counts is at least {} days back, in days of UTC. \
         What counts: {}. Who has none, by an export that would have it, counts from the creation of the account. \
         Pending invitations, guests who never signed in and those with failed sign-ins only are told apart, and may be inactive as well.",
        as_of.words(),
        report.sheet.threshold,
        report.basis.label().to_lowercase(),
    );
    match gone {
        0 => {}
        1 => text.push_str(" 1 deleted or converted account is left out."),
        many => _ = write!(text, " {many} deleted or converted accounts are left out."),
    }
    let unknown = report.count(Kind::Unknown);
    if unknown > 0 {
        let guests = if unknown == 1 {
            "1 guest is".to_owned()
        } else {
            format!("{} guests are", crate::number::thousands(unknown as u64))
        };
        _ = write!(
            text,
            " {guests} not judged: no file has such a sign-in of theirs, nor is there an export that would have it."
        );
    }
    let door = (!as_of.is_chosen).then(|| {
        let door = crate::report::Door { view: Some(View::Coverage), ..crate::report::Door::default() };
        ("Coverage".to_owned(), door)
    });
    Block::Note(Note { id: "inactive-rule".into(), title: "The rule".into(), text, door, ..Note::default() })
}
