//! Who answers for whom, who has nobody, and whether the sponsors are there.

mod guests;
mod opened;
mod sheets;
mod sponsor_table;

use super::{Made, ViewScope, taking_part::TakingPart};
use crate::{
    guests::{
        reviews::Reviews,
        sponsors::{Answered, Guest, Presence, Sponsors},
    },
    identity::Identity,
    report::{
        Need, View,
        blocks::{Block, Control, Door, Note, Stat, Tone},
        guide,
    },
};

/// What the table of guests can be narrowed down to: the parameter's value and its words.
const SHOWN: &[(&str, &str)] = &[
    ("all", "All guests"),
    ("without", "Guests without a sponsor"),
    ("unknown", "Guests whose sponsors no file lists"),
    ("not-found", "Guests with a sponsor not found in the loaded users"),
    ("blocked", "Guests with a blocked sponsor"),
    ("deleted", "Guests with a deleted sponsor"),
    ("abandoned", "Guests whose sponsors are all missing or blocked"),
    ("second-hand", "Guests without a sponsor whose connected organization has one"),
];

/// What the view is made from.
struct Answering<'a> {
    scope: &'a ViewScope<'a>,
    sponsors: &'a Sponsors,
    identity: &'a Identity,
    reviews: &'a Reviews,
    /// Indexes of the guests that the filters leave.
    guests: Vec<u32>,
    /// The same, by index.
    is_in: Vec<bool>,
}

impl Answering<'_> {
    fn guest(&self, at: u32) -> &Guest {
        &self.sponsors.guests[at as usize]
    }

    fn is_shown(&self, at: u32, shown: &str) -> bool {
        let (guest, sponsors) = (self.guest(at), self.sponsors);
        match shown {
            "without" => guest.answered == Answered::None,
            "unknown" => guest.answered == Answered::Unknown,
            "not-found" => sponsors.any(guest, Presence::NotFound),
            "blocked" => sponsors.any(guest, Presence::Blocked),
            "deleted" => sponsors.any(guest, Presence::Deleted),
            "abandoned" => sponsors.is_abandoned(guest),
            "second-hand" => guest.answered == Answered::None && !guest.second_hand.is_empty(),
            _ => true,
        }
    }

    fn number_of(&self, shown: &str) -> u64 {
        self.guests.iter().filter(|at| self.is_shown(**at, shown)).count() as u64
    }
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let (sponsors, identity) = (scope.derived.get::<Sponsors>(), scope.derived.get::<Identity>());
    let reviews = scope.derived.get::<Reviews>();
    if sponsors.guests.is_empty() && sponsors.sponsors.is_empty() {
        return Made { blocks: vec![Block::Note(guide(Need::Users))], opened: None };
    }
    let taking_part = TakingPart::new(scope);
    let is_in: Vec<bool> = sponsors.guests.iter().map(|guest| taking_part.has(Some(guest.person))).collect();
    let guests: Vec<u32> = (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(at, _)| at).collect();
    let left_out = is_in.len() - guests.len();
    let answering = Answering { scope, sponsors: &sponsors, identity: &identity, reviews: &reviews, guests, is_in };
    let mut blocks: Vec<Block> = taking_part.note(left_out, "guests").into_iter().collect();
    blocks.push(stats(&answering));
    blocks.extend(remarks(&answering));
    let shown = scope.param("show").unwrap_or("all");
    blocks.push(Block::Table(sponsor_table::table(&answering)));
    blocks.push(Block::Controls {
        controls: vec![Control::Choice {
            name: "show".into(),
            label: "Show".into(),
            testid: "sponsors-show".into(),
            value: shown.into(),
            options: SHOWN.iter().map(|(id, label)| ((*id).into(), (*label).into())).collect(),
        }],
    });
    blocks.push(Block::Table(guests::table(&answering, shown)));
    blocks.extend(sheets::without(&answering));
    let opened = scope.open.and_then(|key| opened::opened(&answering, key));
    Made { blocks, opened }
}

fn stats(answering: &Answering) -> Block {
    let sponsors = answering.sponsors;
    let door = |shown: &str| Door {
        view: Some(View::Sponsors),
        params: [("show".to_owned(), shown.to_owned())].into(),
        ..Door::default()
    };
    let figure = |id: &str, label: &str, value: u64, help: &str, shown: &str| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value),
        text: String::new(),
        help: help.into(),
        door: Some(door(shown)),
    };
    let of = |presence: Presence| {
        let has_guest = |own: &[u32]| own.iter().any(|at| answering.is_in[*at as usize]);
        let own = sponsors.sponsors.iter().filter(|sponsor| {
            sponsor.presence == presence && (has_guest(&sponsor.guests) || !answering.scope.is_filtered())
        });
        own.count() as u64
    };
    let all = Presence::ALL.iter().map(|presence| of(*presence)).sum();
    let missing = if sponsors.has_members {
        "Not among the loaded users. That does not say that they have left: the export may not hold everybody."
    } else {
        "Neither among the loaded users, which have no members, nor in any event. That does not say that they have left."
    };
    let without = "An export that lists sponsors has none for them";
    let unknown = "No export of these guests lists sponsors: ask Graph with $expand=sponsors";
    let number = |shown: &str| answering.number_of(shown);
    let stats = vec![
        figure("sponsors", "Sponsors", all, "Of guests and of connected organizations", "all"),
        figure("guests-without-sponsor", "Guests without a sponsor", number("without"), without, "without"),
        figure("guests-sponsor-unknown", "Sponsor unknown", number("unknown"), unknown, "unknown"),
        figure("sponsors-not-found", "Sponsors not found", of(Presence::NotFound), missing, "not-found"),
        figure("sponsors-blocked", "Sponsors blocked", of(Presence::Blocked), "accountEnabled is false", "blocked"),
        figure(
            "sponsors-deleted",
            "Sponsors deleted",
            of(Presence::Deleted),
            "By an event of the audit log, and not restored since",
            "deleted",
        ),
        figure(
            "guests-abandoned",
            "Guests with nobody there",
            number("abandoned"),
            "All their sponsors are blocked, deleted or not found",
            "abandoned",
        ),
        figure(
            "guests-second-hand",
            "Answered for at second hand",
            number("second-hand"),
            "They have no sponsor of their own, but the connected organization they come from has",
            "second-hand",
        ),
    ];
    Block::Stats { stats }
}

/// What the files cannot say.
fn remarks(answering: &Answering) -> Vec<Block> {
    let (sponsors, store) = (answering.sponsors, answering.scope.derived.store);
    let mut found = Vec::new();
    if sponsors.guests.iter().all(|guest| guest.answered == Answered::Unknown) {
        found.push(Block::Note(guide(Need::Users)));
    } else if !sponsors.has_members {
        found.push(Block::Note(Note {
            id: "no-members".into(),
            tone: Tone::Unknown,
            title: "The loaded users have no members".into(),
            text: "A sponsor cannot be looked up among them. A sponsor that events name is shown as seen in events only; one that nothing names as not found. Export all users, not only guests, to know who is blocked or gone.".into(),
            ..Note::default()
        }));
    }
    if let Some(door) = Door::to_events(store, "Sponsors added or removed", &sponsors.changes) {
        found.push(Block::Note(Note {
            id: "sponsor-changes".into(),
            tone: Tone::Plain,
            title: "Sponsors added or removed".into(),
            text: "The audit log has events that add or remove a sponsor. Who answers for whom is taken from exports of users, not from these events.".into(),
            door: Some(("Show the events".into(), door)),
            ..Note::default()
        }));
    }
    found
}
