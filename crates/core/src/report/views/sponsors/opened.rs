//! One sponsor: the account, the guests, and the sheet to fill in.

use super::{super::taking_part::person, Answering, guests, sponsor_table};
use crate::report::Door;
use crate::report::blocks::{Block, Download, DownloadKind, Fact, Opened, Value};

pub(super) fn opened(answering: &Answering, key: &str) -> Option<Opened> {
    let sponsors = answering.sponsors;
    let sponsor = sponsors.find(key)?;
    let party = sponsors.party(sponsor);
    let fact = |label: &str, value, help: &str, door| Fact { label: label.into(), value, help: help.into(), door };
    let store = answering.scope.derived.store;
    let mut facts = vec![
        fact("Sponsor", person(Some(party), ""), "", None),
        fact("Account", sponsor_table::presence(sponsor.presence), "What the loaded files tell of it", None),
        fact("Guests", Value::Number(sponsor.guests.len() as u64), "", None),
        fact(
            "At second hand",
            Value::Number(sponsor.second_hand.len() as u64),
            "Guests of a connected organization",
            None,
        ),
        fact("Last event", Value::time(sponsor.seen, "No loaded event names this sponsor"), "", None),
    ];
    if let Some(event) = sponsor.deleted {
        let when = Value::Time(store.time[event as usize]);
        facts.push(fact("Deleted", when, "By the audit log", Door::to_events(store, "Deletion of a sponsor", [event])));
    }
    let mut blocks = vec![Block::Facts { facts }];
    if !sponsor.guests.is_empty() {
        blocks.push(Block::Downloads {
            title: "Ask this sponsor".into(),
            text: "A sheet of the guests with keep and remove: one HTML file that works offline and sends nothing. Give it to the sponsor. Drop the answers file that comes back on this page, with the other files.".into(),
            downloads: vec![Download {
                kind: DownloadKind::SponsorSheet,
                key: party.key.clone(),
                label: "Save the sponsor's sheet".into(),
            }],
        });
        let own = guests::of(answering, "guests-of-sponsor", "Guests of this sponsor", &sponsor.guests);
        blocks.push(Block::Table(own));
    }
    if !sponsor.second_hand.is_empty() {
        let title = "Guests at second hand";
        blocks.push(Block::Table(guests::of(answering, "guests-at-second-hand", title, &sponsor.second_hand)));
    }
    Some(Opened {
        key: key.into(),
        title: party.called().into(),
        subtitle: party.address().into(),
        testid: "sponsor-details".into(),
        blocks,
    })
}
