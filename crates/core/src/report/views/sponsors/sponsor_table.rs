//! The sponsors, each with its guests below.

use super::{super::taking_part::person, Answering, guests};
use crate::arrange::Arrange as _;
use crate::{
    guests::sponsors::{Presence, Sponsor},
    report::{
        TableOf,
        blocks::{Table, TableLine, Tone, Value},
    },
    store::NO_TIME,
};

/// Guests listed below a sponsor; the opened sponsor has all of them.
const BELOW: usize = 50;

/// The sponsors of guests that the filters leave: those with somebody missing first, then by number of guests.
pub(super) fn table(answering: &Answering) -> Table {
    let sponsors = answering.sponsors;
    let shown = |own: &[u32]| own.iter().filter(|at| answering.is_in[**at as usize]).count();
    let is_filtered = answering.scope.is_filtered();
    let mut lines: Vec<&Sponsor> = sponsors
        .sponsors
        .iter()
        .filter(|sponsor| !is_filtered || shown(&sponsor.guests) + shown(&sponsor.second_hand) > 0)
        .collect();
    lines.arrange_by_key(|own| (!own.presence.is_missing(), std::cmp::Reverse(own.guests.len()), own.party));
    let name_of = |at: &u32| sponsors.organizations[*at as usize].name.clone();
    TableOf::new("sponsors", "Sponsors", "sponsor", "No sponsor is left by the filters")
        .help("Who answers for guests. A sponsor opens with the guests and a sheet to fill in.")
        .column("sponsor", "Sponsor", "", |own: &&Sponsor| person(Some(sponsors.party(own)), ""))
        .column("presence", "Account", "What the loaded files tell of it", |own| presence(own.presence))
        .ordered_by(|own| Value::Number(own.presence as u64))
        .number("guests", "Guests", "", |own| Value::Number(shown(&own.guests) as u64))
        .number("second-hand", "At second hand", "Guests of a connected organization", |own| {
            Value::Number(shown(&own.second_hand) as u64)
        })
        .column("organizations", "Connected organizations", "", |own| {
            match own.organizations.iter().map(name_of).collect::<Vec<_>>() {
                names if names.is_empty() => Value::none("No loaded connected organization names this sponsor"),
                names => Value::List(names),
            }
        })
        .column("seen", "Last event", "The latest event that names the sponsor", |own| {
            Value::time(own.seen.filter(|time| *time != NO_TIME), "No loaded event names this sponsor")
        })
        .build(&lines, answering.scope.tables, |own| line(answering, own))
}

fn line(answering: &Answering, sponsor: &Sponsor) -> TableLine {
    let party = answering.sponsors.party(sponsor);
    let own = sponsor.guests.iter().filter(|at| answering.is_in[**at as usize]);
    let below = own.take(BELOW).map(|at| {
        let guest = answering.guest(*at);
        let own = answering.identity.person(guest.person);
        let none = || Value::none("");
        TableLine {
            key: own.key.clone(),
            data: guests::data(answering, guest),
            cells: vec![
                guests::name(answering, guest),
                guests::state(answering, guest),
                none(),
                none(),
                none(),
                none(),
            ],
            door: Some(guests::door(&own.key)),
            ..TableLine::default()
        }
    });
    TableLine {
        key: party.key.clone(),
        data: vec![
            ("id".into(), party.id.clone()),
            ("upn".into(), party.upn.clone()),
            ("presence".into(), sponsor.presence.id().into()),
            ("guests".into(), sponsor.guests.len().to_string()),
        ],
        opens: true,
        lines: below.collect(),
        ..TableLine::default()
    }
}

pub(super) fn presence(presence: Presence) -> Value {
    let tone = match presence {
        Presence::Listed => Tone::Good,
        Presence::Blocked | Presence::Deleted => Tone::Serious,
        Presence::NotFound => Tone::Attention,
        Presence::OnlySeen | Presence::Group => Tone::Unknown,
    };
    Value::state(presence.label(), tone)
}
