//! What is told of a redacted store: its files, what leaves, and, for the sender alone, who is behind which label.

use super::{
    LabelOf, Leaving,
    plan::{Plan, Told},
    policy::{ShareLevel, Step},
    subjects::{Kind, SubjectId},
};
use crate::{
    arrange::Arrange as _,
    files::named,
    model::DataClass,
    store::{SourceInfo, recode::Kept},
    time::{DAY, rounded},
};

impl Plan<'_> {
    /// All of it, once everything else is done.
    pub(super) fn told(mut self, kept: &Kept) -> Told {
        Told { sources: self.sources(kept), leaving: self.leaving(), labels: self.labels() }
    }

    /// The access package that a list of assignments is called after.
    pub(super) fn package_of(&mut self, source: &SourceInfo) -> Option<(SubjectId, String)> {
        if source.kind != "assignments" {
            return None;
        }
        let text = named(source).package;
        let known = self.subjects.find(&text);
        Some((known.unwrap_or_else(|| self.subjects.alone(Kind::Package, &text)), text))
    }

    /// The files by number, with their hashes but without what their names and columns say. What their names tell
    /// of days and access packages is kept: what logs cover does not depend on it that names are not.
    fn sources(&mut self, kept: &Kept) -> Vec<SourceInfo> {
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

    fn leaving(&self) -> Vec<Leaving> {
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
    fn labels(&self) -> Vec<LabelOf> {
        let mut labels: Vec<LabelOf> = Vec::new();
        for (at, subject) in self.subjects.list.iter().enumerate().filter(|(_, subject)| subject.kind != Kind::Word) {
            let (mut name, mut address) = (String::new(), String::new());
            if let Some(person) = subject.person {
                let person = self.identity.person(person);
                name.clone_from(&person.name);
                let known = [&person.mail, &person.upn, &person.id].into_iter().find(|text| !text.is_empty());
                address = known.cloned().unwrap_or_default();
            } else {
                address.push_str(&self.subjects.canonical(at as SubjectId));
            }
            labels.push(LabelOf { label: self.label_of(at as SubjectId), name, address });
        }
        labels.arrange_by_text(|label| &label.label);
        labels
    }
}
