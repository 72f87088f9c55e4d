//! What a row says, attribute by attribute, so that two rows can be held side by side.

use super::Side;
use crate::arrange;
use crate::{
    model::{Attribute as A, Domain, ItemColumn, List},
    store::Entities,
    time::SECOND,
};
use std::collections::BTreeSet;

/// Something that a row can have a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An attribute.
    Attribute(A),
    /// The values of a list, together.
    List(List),
    /// A field that no attribute knows, by the code of its key.
    Extra(u32),
}

impl What {
    /// Its name; that of an extra is a text of the file.
    pub fn label(self, rows: &Entities) -> String {
        match self {
            Self::Attribute(attribute) => attribute.label().into(),
            Self::List(list) => match list {
                List::Sponsor => "Sponsors",
                List::InternalSponsor => "Internal sponsors",
                List::ExternalSponsor => "External sponsors",
                List::IdentitySource => "Identity sources",
                List::Approver => "Approvers",
                List::AllowedTarget => "Who may request",
                List::Reviewer => "Reviewers",
                List::OtherMail => "Other e-mail addresses",
                List::Identity => "Identities",
                List::Answer => "Answers",
            }
            .into(),
            Self::Extra(code) => rows.dictionary(Domain::ExtraKey).get(code).into_owned(),
        }
    }

    /// Whether it changes by itself as people sign in and days pass.
    pub fn is_sign_in(self) -> bool {
        matches!(
            self,
            Self::Attribute(A::LastSignIn | A::LastNonInteractiveSignIn | A::LastSuccessfulSignIn | A::InactiveDays)
        )
    }

    /// Whether it is compared at all: spellings of the file are not, and an empty list of sponsors is no
    /// sponsors.
    fn counts(self) -> bool {
        const SPELLINGS: [A; 4] = [A::StateAsWritten, A::RequestTypeAsWritten, A::DecisionAsWritten, A::WithoutSponsor];
        !matches!(self, Self::Attribute(attribute) if SPELLINGS.contains(&attribute))
    }
}

/// All that any of the rows has a value of.
pub(super) fn present(rows: &Entities, of: &[u32]) -> BTreeSet<What> {
    let used: Vec<A> = A::ALL.iter().copied().filter(|attribute| rows.has(*attribute)).collect();
    let mut found = BTreeSet::new();
    let mut open: Vec<A> = used;
    for row in of.iter().map(|row| *row as usize) {
        open.retain(|attribute| {
            let has = match attribute.domain() {
                Some(_) => rows.code(row, *attribute) != 0,
                None => rows.time(row, *attribute).is_some(),
            };
            if has {
                found.insert(What::Attribute(*attribute));
            }
            !has
        });
        for item in rows.items.start[row]..rows.items.start[row + 1] {
            found.insert(What::List(rows.items.list[item as usize]));
        }
        // A record that lists no sponsor knows of sponsors.
        if rows.flag(row, A::WithoutSponsor) == Some(true) {
            found.insert(What::List(List::Sponsor));
        }
        found.extend(rows.extras.of(row).map(|pair| What::Extra(rows.extras.key.get(pair))));
    }
    found.retain(|what| what.counts());
    found
}

/// The value of a row, as it is compared.
pub(super) fn side(rows: &Entities, row: usize, what: What) -> Option<Side> {
    match what {
        What::Attribute(attribute) if attribute.domain().is_none() => {
            rows.time(row, attribute).map(|ticks| Side::Time(ticks.div_euclid(SECOND) * SECOND))
        }
        What::Attribute(attribute) => text(rows.text(row, attribute).into_owned()),
        What::List(list) => {
            let name = |item: usize| {
                let texts =
                    [ItemColumn::Name, ItemColumn::Address, ItemColumn::DomainName, ItemColumn::Id, ItemColumn::Text];
                let known = texts.iter().map(|column| rows.item_text(item, *column)).find(|text| !text.is_empty());
                known.unwrap_or_default().into_owned()
            };
            let names = arrange::set(rows.list(row, list).map(name));
            text(names.into_iter().collect::<Vec<_>>().join(", "))
        }
        What::Extra(key) => {
            let dictionary = rows.dictionary(Domain::ExtraValue);
            let own = rows.extras.of(row).filter(|pair| rows.extras.key.get(*pair) == key);
            let values: Vec<String> =
                own.map(|pair| dictionary.get(rows.extras.value.get(pair)).into_owned()).collect();
            text(values.join(", "))
        }
    }
}

/// Whether two rows have the same code, so that their texts need not be made.
pub(super) fn is_same_code(rows: &Entities, before: usize, after: usize, what: What) -> bool {
    matches!(what, What::Attribute(attribute) if attribute.domain().is_some()
        && rows.code(before, attribute) == rows.code(after, attribute))
}

fn text(text: String) -> Option<Side> {
    (!text.is_empty()).then_some(Side::Text(text))
}
