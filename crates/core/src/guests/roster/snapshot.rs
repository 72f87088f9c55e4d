//! What exports of users say of a guest: of each attribute the newest word.

use super::{
    Roster,
    guest::{Answers, At, From, Stated, later},
};
use crate::arrange::Arrange as _;
use crate::{
    identity::Identity,
    model::{Attribute as A, EntityKind, ItemColumn, List, Origin},
    store::{Entities, NO_TIME, Store},
};
use hashbrown::HashMap;

/// How the newest exports list someone.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Listed {
    pub(super) row: u32,
    pub(super) snapshot: i64,
    pub(super) created: Option<i64>,
    pub(super) enabled: Option<bool>,
    pub(super) is_pending: Option<bool>,
    pub(super) state_changed: Option<i64>,
}

/// What each source has at all: a column without any value is not there.
fn stated(people: &Entities) -> HashMap<u32, Stated> {
    let mut sources: HashMap<u32, Stated> = HashMap::new();
    for row in people.rows().filter(|row| people.origin(*row) == Origin::Own) {
        let has = |attribute| people.time(row, attribute).is_some();
        let stated = sources.entry(people.source.get(row)).or_default();
        stated.successes |= has(A::LastSuccessfulSignIn);
        stated.non_interactive |= has(A::LastNonInteractiveSignIn);
        stated.sign_ins |= has(A::LastSignIn) || stated.non_interactive || stated.successes;
        stated.sponsors |= people.list(row, List::Sponsor).next().is_some();
    }
    sources
}

impl Roster {
    /// Reads the rows of people, oldest export first.
    pub(super) fn read_exports(&mut self, store: &Store, identity: &Identity) -> Vec<Option<Listed>> {
        let people = store.entities(EntityKind::Person);
        let stated = stated(&people);
        let snapshot = |row: usize| {
            let source = people.source.get(row) as usize;
            store.sources.get(source).and_then(|source| source.snapshot).unwrap_or(NO_TIME)
        };
        let mut rows: Vec<(i64, usize, u32)> = Vec::new();
        for row in people.rows().filter(|row| people.origin(*row) == Origin::Own) {
            let guest = identity.person_of(row).map_or(u32::MAX, |person| self.of_person[person as usize]);
            if guest != u32::MAX {
                rows.push((snapshot(row), row, guest));
            }
        }
        rows.arrange();
        let mut listed: Vec<Option<Listed>> = vec![None; self.guests.len()];
        for (snapshot, row, guest) in rows {
            let stated = stated.get(&people.source.get(row)).copied().unwrap_or_default();
            let guest_at = guest as usize;
            let guest = &mut self.guests[guest_at];
            let now = listed[guest_at].get_or_insert_default();
            (now.row, now.snapshot) = (row as u32, snapshot);
            now.created = people.time(row, A::Created).or(now.created);
            now.enabled = people.flag(row, A::AccountEnabled).or(now.enabled);
            now.state_changed = people.time(row, A::InvitationStateChanged).or(now.state_changed);
            now.is_pending = match &*people.text(row, A::InvitationState) {
                "" => now.is_pending,
                word => Some(!word.eq_ignore_ascii_case("Accepted")),
            };
            guest.row = Some(row as u32);
            let at = |attribute| {
                people.time(row, attribute).map(|time| At { time, from: From::Field(row as u32, attribute) })
            };
            for (attribute, known) in [
                (A::LastSignIn, &mut guest.interactive),
                (A::LastNonInteractiveSignIn, &mut guest.non_interactive),
                (A::LastSuccessfulSignIn, &mut guest.succeeded),
            ] {
                if let Some(new) = at(attribute) {
                    later(known, new);
                }
            }
            let all = &mut guest.stated;
            all.sign_ins |= stated.sign_ins;
            all.successes |= stated.successes;
            all.non_interactive |= stated.non_interactive;
            if stated.sponsors {
                all.sponsors = true;
                guest.sponsors = sponsors(&people, identity, row);
            }
        }
        listed
    }
}

fn sponsors(people: &Entities, identity: &Identity, row: usize) -> Vec<Answers> {
    let sponsor = |item: usize| {
        let code = |column| people.items.code(item, column);
        let person = identity.of_codes(code(ItemColumn::Id), code(ItemColumn::Address), 0);
        let texts =
            [ItemColumn::Name, ItemColumn::Address, ItemColumn::Id].map(|column| people.item_text(item, column));
        let name = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().into_owned();
        Answers { person, name }
    };
    people.list(row, List::Sponsor).map(sponsor).collect()
}
