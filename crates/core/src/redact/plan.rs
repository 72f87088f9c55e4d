//! What becomes of each text: one decision per code of a dictionary, made once.

use super::{
    LabelOf, Leaving, forms, generalise,
    key::{Key, label_length},
    leaf, partner,
    policy::{Network, Policy, ShareLevel, Step, Treatment},
    scrub::{LEFT_OUT, Scrubber},
    subjects::{Kind, NONE, SubjectId, Subjects},
    words::Words,
};
use crate::arrange::Arrange as _;
use crate::{
    files::named,
    identity::{
        Identity,
        text::{home_address, sentence},
    },
    model::{DataClass, Domain},
    store::{
        Dictionary, SourceInfo, Store,
        recode::{Kept, Recoding, each_used},
    },
    time::{DAY, rounded},
};
use hashbrown::HashMap;

/// What stands for everybody and everything that a partner does not get to see.
const NOT_SHARED: &str = "not shared";

/// What became of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Label,
    Coarser,
    Dropped,
}

/// The decisions for one report.
pub(super) struct Plan<'a> {
    store: &'a Store,
    identity: &'a Identity,
    policy: &'a Policy,
    key: &'a Key,
    used: Vec<Vec<bool>>,
    words: Words,
    subjects: Subjects,
    scrubber: Option<Scrubber>,
    /// By subject: `guest-7f3k2`.
    labels: Vec<String>,
    /// By code of the correlation ids.
    operations: Vec<u32>,
    leaving: HashMap<DataClass, [u64; 4]>,
    /// What the innermost texts of values name: the same ones stand in very many values.
    leaves: HashMap<String, Option<SubjectId>>,
    /// What became of them.
    replaced: HashMap<String, (String, Fate)>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(store: &'a Store, identity: &'a Identity, policy: &'a Policy, key: &'a Key, kept: &Kept) -> Self {
        let mut used: Vec<Vec<bool>> =
            Domain::ALL.iter().map(|domain| vec![false; store.dictionary(*domain).len()]).collect();
        if policy.is_real() || !policy.has(Step::Extras) {
            for used in &mut used {
                used.fill(true);
            }
        }
        each_used(store, kept, &mut |domain, code| used[domain as usize][code as usize] = true);
        let words = Words::new();
        let subjects = if policy.is_real() { Subjects::default() } else { Subjects::new(store, identity) };
        let searches = policy.text == Treatment::Scrub || policy.things == Treatment::Keep;
        let needs = !policy.is_real() && searches;
        let scrubber = needs.then(|| Scrubber::new(store, &subjects, identity, &words));
        let mut plan = Self {
            store,
            identity,
            policy,
            key,
            used,
            words,
            subjects,
            scrubber,
            labels: Vec::new(),
            operations: Vec::new(),
            leaving: HashMap::new(),
            leaves: HashMap::new(),
            replaced: HashMap::new(),
        };
        if !policy.is_real() {
            plan.meet();
            plan.label();
        }
        plan
    }

    /// Meets every subject that only a value or an unlisted word names, before labels are given.
    fn meet(&mut self) {
        for domain in Domain::ALL.iter().copied() {
            let (store, used) = (self.store, std::mem::take(&mut self.used[domain as usize]));
            store.dictionary(domain).for_each(|code, text| {
                if code == 0 || !used[code as usize] {
                    return;
                }
                let text = std::str::from_utf8(text).unwrap_or_default();
                match domain {
                    Domain::PropertyValue | Domain::DetailValue => {
                        leaf::replace(text, &mut |leaf| {
                            if !self.leaves.contains_key(leaf) {
                                let subject = self.value_subject(leaf);
                                self.leaves.insert(leaf.to_owned(), subject);
                            }
                            String::new()
                        });
                    }
                    Domain::Name => drop(self.other_address(text)),
                    _ if domain.class() == DataClass::Vocabulary && !self.words.is_public(domain, text) => {
                        self.subjects.alone(Kind::Word, text);
                    }
                    _ => {}
                }
            });
            self.used[domain as usize] = used;
        }
        for source in &self.store.sources {
            self.package_of(source);
        }
    }

    /// The address that an invitation was redeemed with, where it is another than that invited: a name of its own,
    /// so that it still is another.
    fn other_address(&mut self, text: &str) -> Option<SubjectId> {
        let sentence = sentence(text).filter(|_| self.policy.level != ShareLevel::Partner)?;
        let (invited, _) = home_address(sentence.upn)?;
        let is_other = !sentence.mail.is_empty() && !invited.eq_ignore_ascii_case(sentence.mail);
        is_other.then(|| self.subjects.alone(Kind::Name, sentence.mail))
    }

    /// The access package that a list of assignments is called after.
    fn package_of(&mut self, source: &SourceInfo) -> Option<(SubjectId, String)> {
        if source.kind != "assignments" {
            return None;
        }
        let text = named(source).package;
        let known = self.subjects.find(&text);
        Some((known.unwrap_or_else(|| self.subjects.alone(Kind::Package, &text)), text))
    }

    fn label(&mut self) {
        let list = &self.subjects.list;
        let digits: Vec<String> =
            list.iter().map(|subject| self.key.digits(subject.kind.canonical(), &subject.canonical)).collect();
        let length = label_length(digits.iter().map(String::as_str));
        self.labels = list
            .iter()
            .zip(&digits)
            .map(|(one, digits)| format!("{}-{}", one.kind.prefix(), &digits[..length]))
            .collect();
        // Operations are many: they are numbered, in an order that only the key knows.
        let used = &self.used[Domain::CorrelationId as usize];
        let mut order: Vec<([u8; 15], u32)> = Vec::new();
        let mut put = |code: u32, text: &str| {
            if code != 0 && used[code as usize] {
                order.push((self.key.bytes("operation", text), code));
            }
        };
        let operations = self.store.dictionary(Domain::CorrelationId);
        operations.for_each_text(&mut |code, text| put(code, &text.to_lowercase()));
        let mut text = [0; 36];
        for (code, guid) in operations.guids() {
            crate::store::write_guid(guid, &mut text);
            put(code, std::str::from_utf8(&text).unwrap_or_default());
        }
        order.arrange();
        self.operations = vec![0; used.len()];
        let mut number = 0;
        for at in 0..order.len() {
            number += u32::from(at == 0 || order[at].0 != order[at - 1].0);
            self.operations[order[at].1 as usize] = number;
        }
    }

    /// New dictionaries, sorted, and where each old code went.
    pub(super) fn recoding(&mut self) -> Recoding {
        let mut recoding = Recoding { dictionaries: Vec::new(), codes: Vec::new() };
        for domain in Domain::ALL.iter().copied() {
            let (store, used) = (self.store, std::mem::take(&mut self.used[domain as usize]));
            if self.drops_all(domain) {
                let dropped = used.iter().skip(1).filter(|used| **used).count() as u64;
                self.leaving.entry(domain.class()).or_default()[Fate::Dropped as usize] += dropped;
                recoding.dictionaries.push(Dictionary::default());
                recoding.codes.push(vec![0; used.len()]);
                self.used[domain as usize] = used;
                continue;
            }
            if domain == Domain::CorrelationId && self.numbers_operations() {
                let (dictionary, codes, count) = self.numbered();
                self.leaving.entry(domain.class()).or_default()[Fate::Label as usize] += count;
                recoding.dictionaries.push(dictionary);
                recoding.codes.push(codes);
                self.used[domain as usize] = used;
                continue;
            }
            let mut texts: Vec<(String, u32)> = Vec::new();
            store.dictionary(domain).for_each(|code, text| {
                if code != 0 && used[code as usize] {
                    let text = std::str::from_utf8(text).unwrap_or_default();
                    let (new, fate) = self.text(domain, code, text);
                    let class = if fate == Fate::Kept && self.is_vocabulary(domain, text) {
                        DataClass::Vocabulary
                    } else {
                        domain.class()
                    };
                    self.leaving.entry(class).or_default()[fate as usize] += 1;
                    texts.push((new, code));
                }
            });
            // Sorted by what is shown, never in the order of first appearance.
            if !self.policy.is_real() {
                texts.arrange();
            }
            let mut dictionary = Dictionary::default();
            let mut codes = vec![0; used.len()];
            for (text, code) in texts {
                codes[code as usize] = dictionary.intern(text.as_bytes());
            }
            recoding.dictionaries.push(dictionary);
            recoding.codes.push(codes);
            self.used[domain as usize] = used;
        }
        recoding
    }

    /// Whether nothing of a domain stays.
    fn drops_all(&self, domain: Domain) -> bool {
        let step = match domain {
            Domain::EventId => Step::Ids,
            Domain::ExtraKey | Domain::ExtraValue => Step::Extras,
            _ => return false,
        };
        !self.policy.is_real() && self.policy.has(step)
    }

    fn numbers_operations(&self) -> bool {
        !self.policy.is_real() && self.policy.has(Step::Operations) && self.policy.operations != Treatment::Drop
    }

    /// Operations by their numbers, in the order of these: the dictionary, where each old code went, how many.
    fn numbered(&self) -> (Dictionary, Vec<u32>, u64) {
        let mut dictionary = Dictionary::default();
        let most = self.operations.iter().copied().max().unwrap_or(0);
        (1..=most).for_each(|number| {
            dictionary.intern(format!("operation-{number}").as_bytes());
        });
        // The first text has code 1.
        let count = self.operations.iter().filter(|number| **number > 0).count() as u64;
        (dictionary, self.operations.clone(), count)
    }

    /// Whether a text is of Microsoft's own words and applications, where others may stand as well.
    fn is_vocabulary(&self, domain: Domain, text: &str) -> bool {
        if self.policy.is_real() || !matches!(domain, Domain::PropertyValue | Domain::DetailValue) {
            return !self.policy.is_real() && self.words.is_public(domain, text);
        }
        let mut all = true;
        leaf::replace(text, &mut |leaf| {
            all &= self.words.is_value(leaf);
            String::new()
        });
        all
    }

    // One line a rule, in the order in which they are asked.
    #[allow(clippy::match_same_arms)]
    fn text(&mut self, domain: Domain, code: u32, text: &str) -> (String, Fate) {
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
                let mut fate = Fate::Kept;
                let new = leaf::replace(text, &mut |leaf| {
                    let (new, own) = self.replaced.get(leaf).cloned().unwrap_or_else(|| {
                        let new = self.value(leaf);
                        self.replaced.insert(leaf.to_owned(), new.clone());
                        new
                    });
                    if own == Fate::Dropped || fate == Fate::Kept {
                        fate = own;
                    }
                    new
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

    fn label_of(&self, subject: SubjectId) -> String {
        self.labels.get(subject as usize).cloned().unwrap_or_else(|| LEFT_OUT.to_owned())
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
    fn named(&self, subject: Option<SubjectId>, text: &str, address: bool) -> (String, Fate) {
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
    fn value_subject(&mut self, text: &str) -> Option<SubjectId> {
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

    fn value(&mut self, text: &str) -> (String, Fate) {
        let subject = self.leaves.get(text).copied().flatten();
        if self.words.is_value(text) {
            return (text.to_owned(), Fate::Kept);
        }
        if let Some(moment) = generalise::moment(text, self.policy.time) {
            return (moment, Fate::Coarser);
        }
        if let Some(subject) = subject {
            return if forms::is_address(text) {
                self.named(Some(subject), text, true)
            } else if forms::guid(text).is_some() {
                self.identified(Some(subject))
            } else {
                self.named(Some(subject), text, false)
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

    /// The files by number, with their hashes but without what their names and columns say. What their names tell
    /// of days and access packages is kept: what logs cover does not depend on it that names are not.
    pub(super) fn sources(&mut self, kept: &Kept) -> Vec<SourceInfo> {
        let mut sources = self.store.sources.clone();
        if self.policy.is_real() || !self.policy.has(Step::Files) {
            return sources;
        }
        // A file is no person: the days it reaches from and to are told at every precision.
        let step = self.policy.time.step().min(DAY);
        let round = |ticks: Option<i64>| ticks.map(|ticks| rounded(ticks, step));
        for source in &mut sources {
            let mut told = named(source);
            told.package = match self.package_of(source) {
                Some((subject, text)) => self.named(Some(subject), &text, false).0,
                None => String::new(),
            };
            source.named = Some(told);
            source.name = match source.entry {
                0 => format!("file {}", source.file + 1),
                entry => format!("file {} › {entry}", source.file + 1),
            };
            source.mapping.clear();
            source.unknown_fields.clear();
            (source.first, source.last) = (round(source.first), round(source.last));
            source.snapshot = round(source.snapshot);
            for log in &mut source.logs {
                (log.first, log.last) = (round(log.first), round(log.last));
            }
        }
        if self.policy.level == ShareLevel::Partner {
            // How much there is of others is nobody's business either.
            let mut counts = vec![0; sources.len()];
            for event in &kept.events {
                if let Some(count) = counts.get_mut(self.store.source.get(*event as usize) as usize) {
                    *count += 1;
                }
            }
            for (source, count) in sources.iter_mut().zip(counts) {
                (source.events, source.records, source.entity_records) = (count, count, 0);
                (source.entities, source.duplicates, source.size, source.inflated) = (0, 0, 0, 0);
                source.logs.retain(|log| !log.is_b2c());
                source.logs.iter_mut().for_each(|log| (log.records, log.b2c) = (count, 0));
                source.sha256.clear();
            }
        }
        sources
    }

    pub(super) fn leaving(&self) -> Vec<Leaving> {
        use DataClass as C;
        [C::Name, C::Address, C::Identifier, C::Network, C::Client, C::FreeText, C::Vocabulary]
            .into_iter()
            .map(|class| {
                let [kept, pseudonyms, coarser, dropped] = self.leaving.get(&class).copied().unwrap_or_default();
                if self.policy.level == ShareLevel::Board && class != C::Vocabulary {
                    // Counts leave, and no value of theirs.
                    let dropped = kept + pseudonyms + coarser + dropped;
                    return Leaving { class, kept: 0, pseudonyms: 0, coarser: 0, dropped };
                }
                Leaving { class, kept, pseudonyms, coarser, dropped }
            })
            .collect()
    }

    /// Who is behind each label that stands for a person or thing.
    pub(super) fn labels(&self) -> Vec<LabelOf> {
        let mut labels: Vec<LabelOf> = self
            .subjects
            .list
            .iter()
            .zip(&self.labels)
            .filter(|(subject, _)| subject.kind != Kind::Word)
            .map(|(subject, label)| {
                let (mut name, mut address) = (String::new(), subject.canonical.clone());
                if let Some(person) = subject.person {
                    let person = self.identity.person(person);
                    name.clone_from(&person.name);
                    address = [&person.mail, &person.upn, &person.id]
                        .into_iter()
                        .find(|text| !text.is_empty())
                        .cloned()
                        .unwrap_or_default();
                }
                LabelOf { label: label.clone(), name, address }
            })
            .collect();
        labels.arrange_by(|a, b| a.label.cmp(&b.label));
        labels
    }
}
