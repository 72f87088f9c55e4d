//! What became of those who were denied: whether they were active afterwards, whether they lost what was
//! reviewed, whether they got it back.

use super::{super::party::Parties, Application, Decision, Outcome, Review};
use crate::{
    identity::{Identity, PersonId},
    model::{Attribute as A, Column, Domain, EntityKind, Origin, TargetColumn},
    store::{NO_TIME, Store},
};
use hashbrown::HashMap;

/// What happened after a denial.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct After {
    /// From when on, ticks: when the denial was carried out, else when it was decided.
    pub from: i64,
    /// What the person did since.
    pub events: Vec<u32>,
    /// The latest of them, ticks.
    pub last: Option<i64>,
    /// A sign-in since, as an export of users has it, ticks.
    pub signed_in: Option<i64>,
    /// The first event since that took away what was reviewed, or blocked or deleted the person.
    pub removed: Option<u32>,
    /// The last event since that gave what was reviewed again.
    pub regained: Option<u32>,
}

impl After {
    /// Whether there is a sign of life, or access again.
    pub fn is_active(&self) -> bool {
        !self.events.is_empty() || self.signed_in.is_some() || self.regained.is_some()
    }
}

/// Activities that end an access, or all of them.
const REMOVALS: &[&str] =
    &["Remove member from group", "Remove app role assignment from user", "Remove member from role"];
const ENDS: &[&str] = &["Delete user", "Disable account", "Hard Delete user"];
/// Activities that give access.
const GRANTS: &[&str] = &["Add member to group", "Add app role assignment grant to user", "Add member to role"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    Removal,
    End,
    Grant,
}

/// Finds out what happened after each denial that stands.
pub(super) fn follow(
    store: &Store,
    identity: &Identity,
    parties: &Parties,
    reviews: &[Review],
    decisions: &mut [Decision],
) {
    let mut denials: HashMap<PersonId, Vec<usize>> = HashMap::default();
    for (at, decision) in decisions.iter_mut().enumerate() {
        let denied = decision.stands && decision.outcome == Outcome::Deny;
        let from = match decision.application {
            Application::Applied(Some(time)) => Some(time),
            _ => decision.time,
        };
        let person = decision.subject.and_then(|subject| parties.get(subject).person);
        if let (true, Some(from), Some(person)) = (denied, from, person) {
            decision.after = Some(Box::new(After { from, ..After::default() }));
            denials.entry(person).or_default().push(at);
        }
    }
    if denials.is_empty() {
        return;
    }
    let people = identity.people().len();
    let mut is_denied = vec![false; people];
    denials.keys().for_each(|person| is_denied[*person as usize] = true);
    events(store, identity, reviews, decisions, &denials, &is_denied);
    snapshots(store, identity, decisions, &denials);
}

fn events(
    store: &Store,
    identity: &Identity,
    reviews: &[Review],
    decisions: &mut [Decision],
    denials: &HashMap<PersonId, Vec<usize>>,
    is_denied: &[bool],
) {
    let kind_of = |code| match () {
        () if store.is_activity(code, REMOVALS) => Kind::Removal,
        () if store.is_activity(code, ENDS) => Kind::End,
        () if store.is_activity(code, GRANTS) => Kind::Grant,
        () => Kind::Other,
    };
    let kinds: Vec<Kind> = (0..store.dictionary(Domain::Activity).len() as u32).map(kind_of).collect();
    let failure = store.dictionary(Domain::Result).find("failure");
    for event in 0..store.len() {
        let time = store.time[event];
        if time == NO_TIME || failure == Some(store.column(Column::Result).get(event)) {
            continue;
        }
        if let Some(person) = identity.actor(event).filter(|person| is_denied[*person as usize]) {
            for at in &denials[&person] {
                if let Some(after) = decisions[*at].after.as_mut().filter(|after| time > after.from) {
                    after.events.push(event as u32);
                    after.last = after.last.max(Some(time));
                }
            }
        }
        let kind = kinds[store.column(Column::Activity).get(event) as usize];
        if kind == Kind::Other {
            continue;
        }
        for target in store.targets_of(event) {
            let Some(person) = identity.target(target).filter(|person| is_denied[*person as usize]) else { continue };
            for at in &denials[&person] {
                let review = &reviews[decisions[*at].review as usize];
                let is_about = kind == Kind::End || is_about(store, event, review);
                // Access may be taken away a little before a file says that the denial was applied.
                let decided = decisions[*at].time.unwrap_or(i64::MAX);
                let Some(after) = decisions[*at].after.as_mut().filter(|_| is_about) else { continue };
                let earlier = |known: Option<u32>| known.is_none_or(|known| time < store.time[known as usize]);
                let later = |known: Option<u32>| known.is_none_or(|known| time >= store.time[known as usize]);
                match kind {
                    Kind::Grant if time > after.from && later(after.regained) => after.regained = Some(event as u32),
                    Kind::Removal | Kind::End if time >= decided.min(after.from) && earlier(after.removed) => {
                        after.removed = Some(event as u32);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether an event names the resource of a review, as a target or among the changes of one.
fn is_about(store: &Store, event: usize, review: &Review) -> bool {
    let same = |text: &str, own: &str| !own.is_empty() && text.trim_matches('"').eq_ignore_ascii_case(own);
    store.targets_of(event).any(|target| {
        let text = |column| store.target_text(target, column);
        same(&text(TargetColumn::Id), &review.resource_id)
            || (text(TargetColumn::Type) != "User" && same(&text(TargetColumn::Name), &review.resource))
            || store.changes_of(target).any(|change| {
                let value = |code| store.dictionary(Domain::PropertyValue).get(code);
                let name = store.dictionary(Domain::PropertyName).get(store.change_name.get(change));
                let values = [value(store.change_old.get(change)), value(store.change_new.get(change))];
                let (id, display) = (name.ends_with(".ObjectID"), name.ends_with(".DisplayName"));
                values
                    .iter()
                    .any(|value| (id && same(value, &review.resource_id)) || (display && same(value, &review.resource)))
            })
    })
}

/// Sign-ins that exports of users tell of.
fn snapshots(store: &Store, identity: &Identity, decisions: &mut [Decision], denials: &HashMap<PersonId, Vec<usize>>) {
    let users = store.entities(EntityKind::Person);
    for row in users.rows().filter(|row| users.origin(*row) == Origin::Own) {
        let times = [A::LastSignIn, A::LastNonInteractiveSignIn, A::LastSuccessfulSignIn];
        let Some(last) = times.iter().filter_map(|attribute| users.time(row, *attribute)).max() else { continue };
        let Some(own) = identity.person_of(row).and_then(|person| denials.get(&person)) else { continue };
        for at in own {
            if let Some(after) = decisions[*at].after.as_mut().filter(|after| last > after.from) {
                after.signed_in = after.signed_in.max(Some(last));
            }
        }
    }
}
