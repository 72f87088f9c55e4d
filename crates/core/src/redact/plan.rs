//! The decisions for one report: whom and what there is, which label each gets, and the dictionaries that come of it.

use super::{
    LabelOf, Leaving,
    key::{Digits, Key, label_length},
    policy::{Policy, Step, Treatment},
    scrub::Scrubber,
    subjects::{Kind, NONE, SubjectId, Subjects},
    words::Words,
};
use crate::{
    identity::Identity,
    model::{DataClass, Domain},
    store::{
        Dictionary, SourceInfo, Store,
        recode::{Kept, Recoding, used},
    },
};
use guestlens_store::leaves;
use hashbrown::HashMap;
use std::fmt::Write as _;

/// What became of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    Label,
    Coarser,
    Dropped,
    /// Kept, as one of Microsoft's own words.
    Word,
}

/// An innermost text of values: the same ones stand in very many values.
#[derive(Clone, Copy)]
pub(super) struct Leaf {
    /// Whom or what it names.
    pub(super) subject: SubjectId,
    /// What became of it: a code of [`Plan::made`]; 0 until that is known, or where nothing is left.
    pub(super) made: u32,
    pub(super) fate: Fate,
}

/// What there is to say of a redacted store.
pub(super) struct Told {
    pub(super) sources: Vec<SourceInfo>,
    pub(super) leaving: Vec<Leaving>,
    pub(super) labels: Vec<LabelOf>,
}

/// The decisions for one report.
pub(super) struct Plan<'a> {
    pub(super) store: &'a Store,
    pub(super) identity: &'a Identity,
    pub(super) policy: &'a Policy,
    key: &'a Key,
    used: Vec<Vec<bool>>,
    pub(super) words: Words,
    pub(super) subjects: Subjects,
    pub(super) scrubber: Option<Scrubber>,
    /// By subject, and how many of them a label has.
    pub(super) digits: Vec<Digits>,
    pub(super) length: usize,
    /// By code of the correlation ids.
    pub(super) operations: Vec<u32>,
    pub(super) leaving: HashMap<DataClass, [u64; 4]>,
    /// Innermost texts of values, and by their codes what is known of them.
    met: Dictionary,
    pub(super) leaves: Vec<Leaf>,
    /// What innermost texts become.
    pub(super) made: Dictionary,
}

impl<'a> Plan<'a> {
    pub(super) fn new(store: &'a Store, identity: &'a Identity, policy: &'a Policy, key: &'a Key, kept: &Kept) -> Self {
        let mut used = used(store, kept);
        if policy.is_real() || !policy.has(Step::Extras) {
            for used in &mut used {
                used.fill(true);
            }
        }
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
            digits: Vec::new(),
            length: 0,
            operations: Vec::new(),
            leaving: HashMap::new(),
            met: Dictionary::default(),
            leaves: vec![Leaf { subject: NONE, made: 0, fate: Fate::Kept }],
            made: Dictionary::default(),
        };
        if !policy.is_real() {
            plan.meet();
            plan.label();
            plan.number();
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
                        leaves::each(text, &mut |leaf| {
                            self.meet_leaf(leaf);
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

    /// The place of an innermost text in [`Plan::leaves`].
    pub(super) fn meet_leaf(&mut self, text: &str) -> usize {
        let code = self.met.intern(text.as_bytes()) as usize;
        if code == self.leaves.len() {
            let subject = self.value_subject(text).unwrap_or(NONE);
            self.leaves.push(Leaf { subject, made: 0, fate: Fate::Kept });
        }
        code
    }

    fn label(&mut self) {
        let canonical = |at: usize| self.subjects.canonical(at as SubjectId);
        let all = self.subjects.list.iter().enumerate();
        self.digits = all.map(|(at, one)| self.key.digits(one.kind.canonical(), &canonical(at))).collect();
        self.length = label_length(&self.digits);
    }

    /// Operations are many: they are numbered, in an order that only the key knows.
    fn number(&mut self) {
        let operations = self.store.dictionary(Domain::CorrelationId);
        let used = &self.used[Domain::CorrelationId as usize];
        // Those that differ in letter case only are one: the first, or what it is in lower case.
        let mut first: HashMap<String, u32> = HashMap::new();
        let mut one_of: HashMap<u32, u32> = HashMap::new();
        operations.for_each_text(&mut |code, text| {
            let lower = text.to_lowercase();
            let known = operations.find(&lower).unwrap_or_else(|| *first.entry(lower).or_insert(code));
            if known != code {
                one_of.insert(code, known);
            }
        });
        let mut order: Vec<u32> = (1..used.len() as u32).filter(|code| used[*code as usize]).collect();
        self.key.shuffle(&mut order);
        let mut numbers = vec![0; used.len()];
        let mut newest = 0;
        for code in order {
            let one = one_of.get(&code).copied().unwrap_or(code);
            if numbers[one as usize] == 0 {
                newest += 1;
                numbers[one as usize] = newest;
            }
            numbers[code as usize] = numbers[one as usize];
        }
        for (number, used) in numbers.iter_mut().zip(used) {
            *number *= u32::from(*used);
        }
        self.operations = numbers;
    }

    /// New dictionaries, sorted, and where each old code went.
    pub(super) fn recoding(&mut self) -> Recoding {
        let mut recoding = Recoding { dictionaries: Vec::new(), codes: Vec::new() };
        for domain in Domain::ALL.iter().copied() {
            let (dictionary, codes) = self.domain_recoded(domain);
            recoding.dictionaries.push(dictionary);
            recoding.codes.push(codes);
        }
        recoding
    }

    fn domain_recoded(&mut self, domain: Domain) -> (Dictionary, Vec<u32>) {
        let (store, used) = (self.store, std::mem::take(&mut self.used[domain as usize]));
        if self.drops_all(domain) {
            let dropped = used.iter().skip(1).filter(|used| **used).count() as u64;
            self.leaving.entry(domain.class()).or_default()[Fate::Dropped as usize] += dropped;
            return (Dictionary::default(), vec![0; used.len()]);
        }
        if domain == Domain::CorrelationId && self.numbers_operations() {
            let (dictionary, codes, count) = self.numbered();
            self.leaving.entry(domain.class()).or_default()[Fate::Label as usize] += count;
            return (dictionary, codes);
        }
        let (mut dictionary, mut codes) = (Dictionary::default(), vec![0; used.len()]);
        let is_real = self.policy.is_real();
        store.dictionary(domain).for_each(|code, text| {
            if code == 0 || !used[code as usize] {
                return;
            }
            let text = std::str::from_utf8(text).unwrap_or_default();
            let (new, mut fate) = self.text(domain, code, text);
            if fate == Fate::Kept && !is_real && self.words.is_public(domain, text) {
                fate = Fate::Word;
            }
            let (class, fate) =
                if fate == Fate::Word { (DataClass::Vocabulary, Fate::Kept) } else { (domain.class(), fate) };
            self.leaving.entry(class).or_default()[fate as usize] += 1;
            codes[code as usize] = dictionary.intern(new.as_bytes());
        });
        if is_real {
            return (dictionary, codes);
        }
        // Sorted by what is shown, never in the order of first appearance.
        let (sorted, places) = dictionary.sorted();
        for code in &mut codes {
            *code = places[*code as usize];
        }
        (sorted, codes)
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
    fn numbered(&mut self) -> (Dictionary, Vec<u32>, u64) {
        let mut dictionary = Dictionary::default();
        let most = self.operations.iter().copied().max().unwrap_or(0);
        let mut text = String::new();
        for number in 1..=most {
            text.clear();
            let _ = write!(text, "operation-{number}");
            dictionary.intern(text.as_bytes());
        }
        // The first text has code 1.
        let count = self.operations.iter().filter(|number| **number > 0).count() as u64;
        (dictionary, std::mem::take(&mut self.operations), count)
    }
}
