//! What can be asked about an event: who did it, whom it is about, what was changed, and how they are called.

use super::{Kind, Subject, facts::Facts, text};
use crate::identity::text::Lower as _;
use crate::{
    identity::PersonId,
    model::{Column, Domain, TargetColumn},
    store::{NO_TIME, Store},
    time::{self, Zone},
};

/// The events with what was prepared, and the calendar of sentences.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The events.
    pub store: &'a Store,
    /// What was prepared.
    pub facts: &'a Facts,
    /// The calendar of hours and of times in sentences.
    pub zone: &'a Zone,
}

/// Whoever initiates an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doer {
    /// A person.
    Person(PersonId),
    /// Anything else, by its code of [`Domain::Principal`]; 0 where no file says.
    Other(u32),
}

impl Look<'_> {
    /// Events of a kind that ended well.
    pub fn successes(&self, kind: Kind) -> impl Iterator<Item = u32> + '_ {
        self.facts.of(kind).iter().copied().filter(|event| self.facts.succeeded(self.store, *event))
    }

    /// When an event happened.
    pub fn time(&self, event: u32) -> Option<i64> {
        Some(self.store.time[event as usize]).filter(|time| *time != NO_TIME)
    }

    /// A moment in a sentence.
    pub fn when(&self, ticks: Option<i64>) -> String {
        let step = self.store.rounding;
        match ticks {
            None => "at an unknown time".into(),
            Some(ticks) => time::told(time::rounded(ticks, step), self.zone, step),
        }
    }

    /// A length of time in a sentence; where times are rounded no finer than those.
    pub fn length(&self, ticks: i64) -> String {
        time::vague(ticks, self.store.rounding).unwrap_or_else(|| text::length(ticks))
    }

    /// The user who initiated an event.
    pub fn actor(&self, event: u32) -> Option<PersonId> {
        self.facts.identity.actor(event as usize)
    }

    /// Whoever initiated an event, as cheap to compare as a number.
    pub fn doer(&self, event: u32) -> Doer {
        match self.actor(event) {
            Some(person) => Doer::Person(person),
            None => Doer::Other(self.store.column(Column::Actor).get(event as usize)),
        }
    }

    /// Whoever that is, as the subject of a finding.
    pub fn subject(&self, doer: Doer) -> Subject {
        match doer {
            Doer::Person(person) => self.person(person),
            Doer::Other(0) => Subject::thing("actor", "an unknown actor"),
            Doer::Other(code) => Subject::thing("app", &self.store.dictionary(Domain::Principal).get(code)),
        }
    }

    /// Whoever initiated an event: a person, else an application by its name.
    pub fn actor_subject(&self, event: u32) -> Subject {
        self.subject(self.doer(event))
    }

    /// Users among the targets of an event, each once.
    pub fn users(&self, event: u32) -> Vec<PersonId> {
        let identity = &self.facts.identity;
        let of = |target| identity.target(target).or_else(|| identity.subject(target));
        let mut users: Vec<PersonId> = Vec::new();
        for user in self.store.targets_of(event as usize).filter_map(of) {
            if !users.contains(&user) {
                users.push(user);
            }
        }
        users
    }

    /// Guests among the targets of an event.
    pub fn guests(&self, event: u32) -> Vec<PersonId> {
        self.users(event).into_iter().filter(|person| self.is_guest(*person)).collect()
    }

    /// Whether a person is, or once was, a guest, or may be one.
    pub fn is_guest(&self, person: PersonId) -> bool {
        self.facts.guest[person as usize]
    }

    /// A person as the subject of a finding.
    pub fn person(&self, person: PersonId) -> Subject {
        let known = self.facts.identity.person(person);
        let name = self.address(person);
        let domain = if known.domain.is_empty() { text::domain(&name) } else { known.domain.clone() };
        Subject { key: known.key.clone(), name, person: Some(person), domain }
    }

    /// The address a person goes by: e-mail, else user principal name, else name, else id.
    pub fn address(&self, person: PersonId) -> String {
        let known = self.facts.identity.person(person);
        if !known.mail.is_empty() {
            return known.mail.clone();
        }
        if text::is_external(&known.upn) {
            return text::address(&known.upn);
        }
        [&known.upn, &known.name, &known.key].into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
    }

    /// What a sentence calls whoever initiated an event.
    pub fn actor_name(&self, event: u32) -> String {
        match self.doer(event) {
            Doer::Person(person) => self.address(person),
            Doer::Other(0) => "an unknown actor".into(),
            Doer::Other(code) => self.store.dictionary(Domain::Principal).get(code).into_owned(),
        }
    }

    /// Who was invited by an invitation: address in lower case.
    pub fn invited_address(&self, event: u32) -> String {
        let told = self.detail(event, "inviteduseremailaddress");
        if !told.is_empty() {
            return told.lower();
        }
        if let Some(person) = self.users(event).first() {
            return self.address(*person).lower();
        }
        let targets = self.store.targets_of(event as usize);
        let upn = |target| self.store.target_text(target, TargetColumn::Upn).into_owned();
        targets.map(upn).find(|upn| !upn.is_empty()).map_or(String::new(), |upn| text::address(&upn))
    }

    /// The value of an additional detail, whose name is given in lower case.
    pub fn detail(&self, event: u32, name: &str) -> String {
        let Some(codes) = self.facts.detail(name) else { return String::new() };
        let (details, values) = (&self.store.details, self.store.dictionary(Domain::DetailValue));
        details
            .of(event as usize)
            .find(|pair| codes.contains(&details.key.get(*pair)))
            .map_or(String::new(), |pair| text::plain(&values.get(details.value.get(pair))).into_owned())
    }

    /// The first target of one of these types (in lower case): its name, else id.
    pub fn target_name(&self, event: u32, types: &[&str]) -> Option<String> {
        let of_type = |target: &usize| {
            let kind = self.store.target_text(*target, TargetColumn::Type);
            types.iter().any(|wanted| kind.eq_ignore_ascii_case(wanted))
        };
        let target = self.store.targets_of(event as usize).find(of_type)?;
        Some(self.store.target_text(target, TargetColumn::Target).into_owned()).filter(|name| !name.is_empty())
    }

    /// The name of what an event is about: a target that is no user, else any, else the activity.
    pub fn thing(&self, event: u32, types: &[&str]) -> String {
        self.target_name(event, types)
            .or_else(|| {
                let names = self.store.targets_of(event as usize).filter(|t| self.facts.identity.target(*t).is_none());
                names
                    .map(|target| self.store.target_text(target, TargetColumn::Target).into_owned())
                    .find(|n| !n.is_empty())
            })
            .unwrap_or_else(|| self.store.text(event as usize, Column::Activity).into_owned())
    }

    /// The first value a property was changed to, or from where it was removed.
    pub fn changed(&self, event: u32, property: &str) -> Option<String> {
        let changes = self.facts.change_codes(self.store, event, self.facts.property(&property.to_lowercase())?);
        let value = |code| text::plain(&self.store.dictionary(Domain::PropertyValue).get(code)).into_owned();
        changes.flat_map(|(old, new)| [new, old]).filter(|code| *code != 0).map(value).find(|value| !value.is_empty())
    }

    /// Whether an event was done by entitlement management.
    pub fn is_by_governance(&self, event: u32) -> bool {
        let [name, principal] = &self.facts.governance;
        let is = |column: Column, codes: &[u32]| codes.contains(&self.store.column(column).get(event as usize));
        is(Column::ActorName, name) || is(Column::ActorServicePrincipalName, name) || is(Column::Actor, principal)
    }
}
