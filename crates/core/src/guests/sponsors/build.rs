//! Joins guests, their sponsors, and what the files tell of the sponsors' accounts.
//!
//! Of several exports of a guest the newest that lists sponsors counts. An export lists them if any of its
//! records has a sponsor, or this one an empty list of them: Graph sends sponsors only where it is asked to.

use super::{
    super::{
        party::{Parties, Party},
        roster::Roster,
    },
    Answered, Guest, Organization, Presence, Sponsor, Sponsors, organizations,
};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    derived::Derived,
    identity::{Identity, NeverMade, PersonId, UserType},
    model::{Attribute as A, Column, Domain, EntityKind, ItemColumn, List, Origin},
    store::{Entities, NO_TIME, Store},
};
use hashbrown::HashMap;

/// What the exports of users tell of a person.
#[derive(Clone, Default)]
struct Listed {
    /// Age and row of the newest record.
    newest: Option<(i64, u32)>,
    /// Whether the account is enabled, by the newest record that says so.
    enabled: Option<bool>,
    /// The sponsors, in `parties`, by key, of the newest record that lists sponsors.
    sponsors: Option<Vec<u32>>,
    /// Id of the connected organization, in lower case.
    organization: String,
}

pub(super) fn sponsors(from: &Derived) -> Sponsors {
    let (store, identity, roster) = (from.store, from.get::<Identity>(), from.get::<Roster>());
    let identity = &*identity;
    let mut parties = Parties::default();
    let mut found =
        Sponsors { organizations: organizations::read(store, identity, &mut parties), ..Sponsors::default() };
    let listed = exports(store, identity, &mut parties, &mut found.has_members);
    let deleted = deletions(store, identity, &mut found.changes);

    let never = from.get::<NeverMade>();
    let is_guest = |person: PersonId| {
        let own = identity.person(person);
        let may_be = own.standing.user_type == UserType::Unknown && own.concerns_guests();
        // Whoever is listed after the deletion has been restored.
        let gone = deleted
            .get(&person)
            .is_some_and(|(time, _)| listed[person as usize].newest.is_none_or(|(snapshot, _)| snapshot < *time));
        (own.standing.is_guest() || may_be) && !gone && !never.has(person)
    };
    let mut guests: Vec<PersonId> = (0..identity.people().len() as u32).filter(|person| is_guest(*person)).collect();
    guests.arrange_by(|a, b| identity.person(*a).key.cmp(&identity.person(*b).key));

    // Sponsors by key, whatever the order in which files named them.
    let mut named: Vec<u32> = listed.iter().flat_map(|own| &own.sponsors).flatten().copied().collect();
    named.extend(found.organizations.iter().flat_map(|own| &own.sponsors).map(|(at, _)| *at));
    named.arrange_by(|a, b| parties.get(*a).key.cmp(&parties.get(*b).key));
    named.dedup();
    let mut place: HashMap<u32, u32> = HashMap::default();
    let groups = groups(store, identity, &parties);
    for party in named {
        place.insert(party, found.sponsors.len() as u32);
        let own = parties.get(party);
        let (presence, gone) = presence(identity, own, groups.contains(&party), &listed, &deleted, found.has_members);
        let seen = own.person.and_then(|person| identity.person(person).seen).map(|(_, last)| last);
        found.sponsors.push(Sponsor {
            party,
            presence,
            deleted: gone,
            seen,
            guests: Vec::new(),
            second_hand: Vec::new(),
            organizations: Vec::new(),
        });
    }
    for (at, organization) in (0..).zip(&mut found.organizations) {
        for (sponsor, _) in &mut organization.sponsors {
            *sponsor = place[&*sponsor];
            found.sponsors[*sponsor as usize].organizations.push(at);
        }
    }
    for (at, person) in (0..).zip(guests) {
        let own = &listed[person as usize];
        let sponsors: Vec<u32> = own.sponsors.iter().flatten().map(|party| place[party]).collect();
        let organization = organization(&found.organizations, &own.organization, &identity.person(person).domain);
        let answering = organization.into_iter().flat_map(|at: u32| &found.organizations[at as usize].sponsors);
        let second_hand: Vec<u32> = answering.map(|(at, _)| *at).filter(|at| !sponsors.contains(at)).collect();
        for sponsor in &sponsors {
            found.sponsors[*sponsor as usize].guests.push(at);
        }
        for sponsor in &second_hand {
            found.sponsors[*sponsor as usize].second_hand.push(at);
        }
        let answered = match &own.sponsors {
            None => Answered::Unknown,
            Some(_) if sponsors.is_empty() => Answered::None,
            Some(_) => Answered::Named,
        };
        let row = own.newest.map(|(_, row)| row);
        let inviter = roster.of_person(person).and_then(|guest| roster.guests()[guest].inviter);
        found.guests.push(Guest { person, answered, sponsors, second_hand, organization, row, inviter });
    }
    found.parties = parties;
    found
}

/// The organization of a guest: the one that a record names, else the one with the guest's home domain.
fn organization(all: &[Organization], id: &str, domain: &str) -> Option<u32> {
    let by_id = all.iter().position(|own| !id.is_empty() && own.id == id);
    let by_domain = || all.iter().position(|own| !domain.is_empty() && own.domains.iter().any(|name| name == domain));
    by_id.or_else(by_domain).map(|at| at as u32)
}

/// Someone as a list names them.
pub(super) fn party_of(rows: &Entities, item: usize) -> Party {
    let text = |column| rows.item_text(item, column).into_owned();
    let address = text(ItemColumn::Address);
    Party { id: text(ItemColumn::Id), upn: address, name: text(ItemColumn::Name), ..Party::default() }
}

fn exports(store: &Store, identity: &Identity, parties: &mut Parties, has_members: &mut bool) -> Vec<Listed> {
    let rows = store.entities(EntityKind::Person);
    let is_own = |row: &usize| rows.origin(*row) == Origin::Own;
    let mut lists_sponsors = vec![false; store.sources.len()];
    for row in rows.rows().filter(is_own) {
        if rows.list(row, List::Sponsor).next().is_some() {
            rows.sources_of(row).for_each(|source| lists_sponsors[source as usize] = true);
        }
    }
    let member = store.dictionary(Domain::UserType).find("Member");
    let mut own: Vec<(PersonId, i64, usize)> = Vec::new();
    for row in rows.rows().filter(is_own) {
        *has_members |= member.is_some_and(|member| rows.code(row, A::UserType) == member);
        let person = identity.person_of(row);
        own.extend(person.map(|person| (person, rows.snapshot_of(row).unwrap_or(i64::MIN), row)));
    }
    // Oldest first; of equals by what they say, whatever the order of files.
    own.arrange_by(|a, b| {
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| tie(store, &rows, a.2).cmp(&tie(store, &rows, b.2)))
    });
    let mut listed = vec![Listed::default(); identity.people().len()];
    for (person, snapshot, row) in own {
        let known = &mut listed[person as usize];
        known.newest = Some((snapshot, row as u32));
        known.enabled = rows.flag(row, A::AccountEnabled).or(known.enabled);
        let organization = rows.text(row, A::OrganizationId);
        if !organization.is_empty() {
            known.organization = organization.lower();
        }
        if rows.sources_of(row).any(|source| lists_sponsors[source as usize])
            || rows.flag(row, A::WithoutSponsor) == Some(true)
        {
            let named = rows.list(row, List::Sponsor);
            let mut sponsors: Vec<u32> =
                named.filter_map(|item| parties.add(identity, party_of(&rows, item))).collect();
            sponsors.arrange_by(|a, b| parties.get(*a).key.cmp(&parties.get(*b).key));
            sponsors.dedup();
            known.sponsors = Some(sponsors);
        }
    }
    listed
}

/// What decides between two records of exports that are as new as each other.
fn tie(store: &Store, rows: &Entities, row: usize) -> (String, Option<i64>, String, String, Vec<String>) {
    let source = rows.sources_of(row).filter_map(|source| store.sources.get(source as usize));
    let name = source.map(|source| source.name.clone()).max().unwrap_or_default();
    let sponsors = rows.list(row, List::Sponsor).map(|item| rows.item_text(item, ItemColumn::Id).into_owned());
    let text = |attribute| rows.text(row, attribute).into_owned();
    (name, rows.time(row, A::Created), text(A::AccountEnabled), text(A::Name), sponsors.collect())
}

/// When people were deleted and not restored since: time and event. Also notes changes of sponsors.
fn deletions(store: &Store, identity: &Identity, changes: &mut Vec<u32>) -> HashMap<PersonId, (i64, u32)> {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Act {
        Other,
        Delete,
        Restore,
        Sponsor,
    }
    let act_of = |code| match () {
        () if store.is_activity(code, &["Delete user", "Hard Delete user"]) => Act::Delete,
        () if store.is_activity(code, &["Restore user", "Add user"]) => Act::Restore,
        () if store.is_activity(code, &["Add user sponsor", "Remove user sponsor"]) => Act::Sponsor,
        () => Act::Other,
    };
    let acts: Vec<Act> = (0..store.dictionary(Domain::Activity).len() as u32).map(act_of).collect();
    let failure = store.dictionary(Domain::Result).find("failure");
    let mut last: HashMap<PersonId, (i64, Act, u32)> = HashMap::default();
    for event in 0..store.len() {
        let act = acts[store.column(Column::Activity).get(event) as usize];
        if act == Act::Other || failure == Some(store.column(Column::Result).get(event)) {
            continue;
        }
        if act == Act::Sponsor {
            changes.push(event as u32);
            continue;
        }
        let time = store.time[event];
        for person in store.targets_of(event).filter_map(|target| identity.target(target)) {
            let known = last.entry(person).or_insert((NO_TIME, Act::Other, 0));
            // Made again within the tick of a deletion: the person is there.
            if known.1 == Act::Other || (time, act == Act::Restore) > (known.0, known.1 == Act::Restore) {
                *known = (time, act, event as u32);
            }
        }
    }
    last.into_iter().filter(|(_, own)| own.1 == Act::Delete).map(|(person, own)| (person, (own.0, own.2))).collect()
}

/// Which of the sponsors are groups, by the type that the lists state.
fn groups(store: &Store, identity: &Identity, parties: &Parties) -> Vec<u32> {
    let mut found = Vec::new();
    let mut probe = Parties::default();
    for (kind, lists) in [
        (EntityKind::Person, &[List::Sponsor][..]),
        (EntityKind::Organization, &[List::InternalSponsor, List::ExternalSponsor][..]),
    ] {
        let rows = store.entities(kind);
        let is_group: Vec<bool> = (0..store.dictionary(Domain::State).len() as u32)
            .map(|code| store.dictionary(Domain::State).get(code).to_lowercase().ends_with("group"))
            .collect();
        for (item, list) in rows.items.list.iter().enumerate() {
            if lists.contains(list) && is_group[rows.items.code(item, ItemColumn::Type) as usize] {
                let key = probe.add(identity, party_of(&rows, item)).map(|at| probe.get(at).key.clone());
                found.extend(key.and_then(|key| parties.find(&key)));
            }
        }
    }
    found.arrange();
    found.dedup();
    found
}

fn presence(
    identity: &Identity,
    party: &Party,
    is_group: bool,
    listed: &[Listed],
    deleted: &HashMap<PersonId, (i64, u32)>,
    has_members: bool,
) -> (Presence, Option<u32>) {
    if is_group {
        return (Presence::Group, None);
    }
    let Some(person) = party.person else { return (Presence::NotFound, None) };
    let own = &listed[person as usize];
    let gone = deleted.get(&person).filter(|(time, _)| own.newest.is_none_or(|(snapshot, _)| snapshot < *time));
    let presence = match (own.newest, gone) {
        (_, Some(_)) => Presence::Deleted,
        (Some(_), None) if own.enabled == Some(false) => Presence::Blocked,
        (Some(_), None) => Presence::Listed,
        (None, None) if !has_members && identity.person(person).seen.is_some() => Presence::OnlySeen,
        (None, None) => Presence::NotFound,
    };
    (presence, gone.map(|(_, event)| *event))
}
