//! What becomes of each text, by the policy and by whom or what it names.

use super::{
    forms, generalise,
    key::shown,
    partner,
    plan::{Fate, Leaf, Plan},
    policy::{Network, ShareLevel, Step, Treatment},
    scrub::LEFT_OUT,
    subjects::{Kind, NONE, SubjectId},
};
use crate::{
    identity::text::{home_address, sentence},
    model::Domain,
};
use guestlens_store::leaves;

/// What stands for everybody and everything that a partner does not get to see.
const NOT_SHARED: &str = "not shared";

impl Plan<'_> {
    /// The address that an invitation was redeemed with, where it is another than that invited: a name of its own,
    /// so that it still is another.
    pub(super) fn other_address(&mut self, text: &str) -> Option<SubjectId> {
        let sentence = sentence(text).filter(|_| self.policy.level != ShareLevel::Partner)?;
        let (invited, _) = home_address(sentence.upn)?;
        let is_other = !sentence.mail.is_empty() && !invited.eq_ignore_ascii_case(sentence.mail);
        is_other.then(|| self.subjects.alone(Kind::Name, sentence.mail))
    }

    // One line a rule, in the order in which they are asked.
    #[allow(clippy::match_same_arms)]
    pub(super) fn text(&mut self, domain: Domain, code: u32, text: &str) -> (String, Fate) {
        let policy = self.policy;
        let kept = || (text.to_owned(), Fate::Kept);
        let without = |step: Step| !policy.has(step);
        if policy.is_real() {
            return kept();
        }
        match domain {
            Domain::Name if without(Step::Things) && !self.is_person(domain, code) => kept(),
            Domain::Name | Domain::Principal | Domain::Upn if without(Step::People) => kept(),
            Domain::TenantId | Domain::TenantName if without(Step::Domains) => kept(),
            Domain::ObjectId | Domain::EventId if without(Step::Ids) => kept(),
            Domain::Name | Domain::Principal if self.words.is_public(domain, text) => kept(),
            Domain::Name => {
                let subject = self.subjects.of(domain, code);
                match self.other_address(text) {
                    Some(other) => {
                        let upn = self.named(subject, text, true).0;
                        (format!("UPN: {upn}, Email: {}", self.label_of(other)), Fate::Label)
                    }
                    None => self.named(subject, text, false),
                }
            }
            Domain::Upn => self.named(self.subjects.of(domain, code), text, true),
            Domain::Principal => {
                let subject = self.principal(text);
                self.named(Some(subject), text, false)
            }
            Domain::ObjectId | Domain::TenantId => self.identified(self.subjects.of(domain, code)),
            Domain::TenantName => self.domain(self.subjects.of(domain, code), text),
            Domain::CorrelationId if without(Step::Operations) => kept(),
            Domain::CorrelationId if policy.operations == Treatment::Drop => (String::new(), Fate::Dropped),
            Domain::CorrelationId => (format!("operation-{}", self.operations[code as usize]), Fate::Label),
            Domain::IpAddress if without(Step::Network) => kept(),
            Domain::IpAddress => {
                match generalise::address(text).map(|address| generalise::network(address, policy.network)) {
                    Some(network) if !network.is_empty() => (network, Fate::Coarser),
                    _ => (String::new(), Fate::Dropped),
                }
            }
            Domain::UserAgent if without(Step::Clients) => kept(),
            Domain::UserAgent if policy.clients == Treatment::Drop => (String::new(), Fate::Dropped),
            Domain::UserAgent => (generalise::client(text).to_owned(), Fate::Coarser),
            Domain::PropertyValue | Domain::DetailValue if without(Step::Values) => kept(),
            Domain::PropertyValue | Domain::DetailValue => {
                let (mut fate, mut new) = (Fate::Word, String::new());
                leaves::replace(text, &mut new, &mut |leaf, out| {
                    let leaf = self.leaf(leaf);
                    if leaf.fate == Fate::Dropped || matches!(fate, Fate::Kept | Fate::Word) {
                        fate = if leaf.fate == Fate::Word && fate == Fate::Kept { fate } else { leaf.fate };
                    }
                    out.push_str(&self.made.get(leaf.made));
                });
                (new, fate)
            }
            Domain::Reason if self.words.is_public(domain, text) => kept(),
            Domain::Reason | Domain::Text if without(Step::Text) => kept(),
            Domain::ExtraKey | Domain::ExtraValue if without(Step::Extras) => kept(),
            Domain::Reason | Domain::Text => self.free(text),
            Domain::EventId | Domain::ExtraKey | Domain::ExtraValue => (String::new(), Fate::Dropped),
            _ if self.words.is_public(domain, text) || without(Step::Words) => kept(),
            _ => {
                let subject = self.subjects.alone(Kind::Word, text);
                (self.label_of(subject), Fate::Label)
            }
        }
    }

    fn is_person(&self, domain: Domain, code: u32) -> bool {
        let subject = self.subjects.of(domain, code);
        subject.is_some_and(|subject| self.subjects.list[subject as usize].kind.is_person())
    }

    pub(super) fn label_of(&self, subject: SubjectId) -> String {
        let Some(digits) = self.digits.get(subject as usize) else { return LEFT_OUT.to_owned() };
        format!("{}-{}", self.subjects.list[subject as usize].kind.prefix(), shown(&digits[..self.length]))
    }

    fn principal(&self, text: &str) -> SubjectId {
        let in_domain =
            |domain: Domain| self.store.dictionary(domain).find(text).and_then(|code| self.subjects.of(domain, code));
        let order = [Domain::Upn, Domain::Name, Domain::ObjectId];
        order.into_iter().find_map(in_domain).unwrap_or(NONE)
    }

    /// Of level Partner: whether a subject is one of those who stay.
    fn is_own(&self, subject: SubjectId) -> bool {
        let Some(subject) = self.subjects.list.get(subject as usize) else { return false };
        subject.person.is_some_and(|person| partner::is_own(self.identity, person, &self.policy.partner))
    }

    /// A name or address; `address` says which of the two is wanted.
    pub(super) fn named(&self, subject: Option<SubjectId>, text: &str, address: bool) -> (String, Fate) {
        let subject = subject.unwrap_or(NONE);
        let Some(one) = self.subjects.list.get(subject as usize) else { return (LEFT_OUT.to_owned(), Fate::Dropped) };
        // Where a thing has no name its id stands in its place, which stays at no level.
        if !one.kind.is_person() && forms::guid(text).is_some() {
            return (self.label_of(subject), Fate::Label);
        }
        if self.policy.level == ShareLevel::Partner {
            return match () {
                () if self.is_own(subject) => (self.own_name(subject, text, address), Fate::Kept),
                () if !one.kind.is_person() && self.names_nobody_else(subject, text) => (text.to_owned(), Fate::Kept),
                () => (NOT_SHARED.to_owned(), Fate::Dropped),
            };
        }
        let keeps_thing = !one.kind.is_person() && self.policy.things == Treatment::Keep;
        if keeps_thing && self.names_nobody_else(subject, text) {
            return (text.to_owned(), Fate::Kept);
        }
        let label = self.label_of(subject);
        (if address { self.at_home(subject, label) } else { label }, Fate::Label)
    }

    /// A label with the label of the home organization behind it.
    fn at_home(&self, subject: SubjectId, label: String) -> String {
        match self.subjects.list.get(subject as usize).map(|one| one.home).filter(|home| *home != NONE) {
            Some(home) if self.policy.domains == Treatment::Pseudonym => format!("{label}@{}", self.label_of(home)),
            _ => label,
        }
    }

    /// What a partner's own guest is called: never by the name in our tenant.
    fn own_name(&self, subject: SubjectId, text: &str, address: bool) -> String {
        let person = self.identity.person(subject);
        let is_home = |text: &str| text.to_lowercase().ends_with(&self.policy.partner) && !text.contains('#');
        if !address && !forms::is_address(text) && forms::guid(text).is_none() && !text.contains('#') {
            return text.to_owned();
        }
        [text, &person.mail]
            .into_iter()
            .find(|text| is_home(text))
            .map_or_else(|| self.label_of(subject), str::to_lowercase)
    }

    /// Whether the name of a thing names nobody but itself and what stays.
    fn names_nobody_else(&self, own: SubjectId, text: &str) -> bool {
        let Some(scrubber) = &self.scrubber else { return false };
        scrubber.names(text).into_iter().all(|subject| subject == own || self.is_own(subject))
    }

    fn identified(&self, subject: Option<SubjectId>) -> (String, Fate) {
        let subject = subject.unwrap_or(NONE);
        // The label says that it is a guest, which the address of the home organization does not.
        if self.policy.level == ShareLevel::Partner && self.is_own(subject) {
            return (self.label_of(subject), Fate::Label);
        }
        let is_person = self.subjects.list.get(subject as usize).is_none_or(|one| one.kind.is_person());
        if self.policy.level == ShareLevel::Partner && is_person {
            return (NOT_SHARED.to_owned(), Fate::Dropped);
        }
        (self.label_of(subject), Fate::Label)
    }

    fn domain(&self, subject: Option<SubjectId>, text: &str) -> (String, Fate) {
        if self.policy.level == ShareLevel::Partner {
            let own = text.to_lowercase().ends_with(&self.policy.partner) && !self.policy.partner.is_empty();
            return if own { (text.to_owned(), Fate::Kept) } else { (NOT_SHARED.to_owned(), Fate::Dropped) };
        }
        match self.policy.domains {
            Treatment::Keep => (text.to_owned(), Fate::Kept),
            Treatment::Drop => (LEFT_OUT.to_owned(), Fate::Dropped),
            _ => (self.label_of(subject.unwrap_or(NONE)), Fate::Label),
        }
    }

    /// The subject that a value names in any spelling.
    pub(super) fn value_subject(&mut self, text: &str) -> Option<SubjectId> {
        if self.words.is_value(text) || generalise::moment(text, self.policy.time).is_some() {
            return None;
        }
        let guid = forms::guid(text);
        let spelt = guid.as_deref().unwrap_or(text);
        if let Some(person) = self.identity.find(spelt) {
            return Some(person);
        }
        if let Some(subject) = self.subjects.find(spelt) {
            return Some(subject);
        }
        match () {
            () if guid.is_some() => Some(self.subjects.alone(Kind::Object, spelt)),
            () if forms::is_address(text) => Some(self.subjects.alone(Kind::Person, text)),
            () if text.starts_with("B2C_1") && text.len() < 100 => Some(self.subjects.alone(Kind::Policy, text)),
            () => None,
        }
    }

    /// What becomes of an innermost text of values.
    fn leaf(&mut self, text: &str) -> Leaf {
        let code = self.meet_leaf(text);
        let mut leaf = self.leaves[code];
        if leaf.made == 0 {
            let (new, fate) = self.value(text, leaf.subject);
            // What is left of a text may be nothing; 0 means that it was not looked at.
            leaf = Leaf { made: self.made.intern(new.as_bytes()), fate, ..leaf };
            self.leaves[code] = leaf;
        }
        leaf
    }

    fn value(&self, text: &str, subject: SubjectId) -> (String, Fate) {
        if self.words.is_value(text) {
            return (text.to_owned(), Fate::Word);
        }
        if let Some(moment) = generalise::moment(text, self.policy.time) {
            return (moment, Fate::Coarser);
        }
        if subject != NONE {
            let subject = Some(subject);
            return if forms::is_address(text) {
                self.named(subject, text, true)
            } else if forms::guid(text).is_some() {
                self.identified(subject)
            } else {
                self.named(subject, text, false)
            };
        }
        match generalise::address(text) {
            Some(address) if self.policy.network != Network::Drop => {
                (generalise::network(address, self.policy.network), Fate::Coarser)
            }
            Some(_) => (LEFT_OUT.to_owned(), Fate::Dropped),
            None if text.starts_with("Mozilla/") => (generalise::client(text).to_owned(), Fate::Coarser),
            None => self.free(text),
        }
    }

    fn free(&self, text: &str) -> (String, Fate) {
        match (&self.scrubber, self.policy.text) {
            (Some(scrubber), Treatment::Scrub) => {
                let label = |subject: SubjectId| match self.policy.level {
                    ShareLevel::Partner => NOT_SHARED.to_owned(),
                    _ => self.label_of(subject),
                };
                let scrubbed = scrubber.scrub(text, &label);
                let fate = if scrubbed == text { Fate::Kept } else { Fate::Label };
                (scrubbed, fate)
            }
            _ => (LEFT_OUT.to_owned(), Fate::Dropped),
        }
    }
}
