//! Why two names are one person's, or perhaps are.

use crate::{
    model::EntityKind,
    store::Store,
    time::{self, Zone},
};

/// What a join rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// One record has both.
    Record,
    /// The object ids of accounts that had the same guest user principal name one after the other.
    SameName,
    /// The sentence of a redemption has both.
    Sentence,
    /// The same invitation.
    Invitation,
    /// Who was invited by that address.
    Invited,
    /// The invitation was redeemed under that address.
    Redeemed,
    /// The e-mail address of the account.
    Mail,
    /// What entitlement management calls its subject.
    Subject,
    /// A further address of the account.
    OtherMail,
    /// The address that the guest's user principal name is made of.
    Home,
    /// The same, where the name can be read in more than one way.
    HomePerhaps,
    /// A guest's user principal name without its tenant.
    Tenantless,
    /// Two accounts had the same user principal name.
    ReusedName,
}

impl How {
    /// Whether it never is enough for a join.
    pub fn is_weak(self) -> bool {
        matches!(self, Self::OtherMail | Self::HomePerhaps | Self::ReusedName)
    }

    fn because(self) -> &'static str {
        match self {
            Self::Record => "one record has both",
            Self::SameName => "both object IDs had this guest user principal name: the account was made again",
            Self::Sentence => "the target of a redemption names both",
            Self::Invitation => "they have the same invitation ID",
            Self::Invited => "the account was invited by this address",
            Self::Redeemed => "the invitation was redeemed under this address",
            Self::Mail => "it is the e-mail address of the account",
            Self::Subject => "it is the account\u{2019}s subject ID in entitlement management",
            Self::OtherMail => "it is a further address of the account, which others may share",
            Self::Home => "the user principal name is made of this address",
            Self::HomePerhaps => {
                "the user principal name may be made of this address, or of another with other underscores"
            }
            Self::Tenantless => "it is the same user principal name without its tenant",
            Self::ReusedName => "two object IDs had the same user principal name",
        }
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// An event.
    Event(u32),
    /// A row of an export.
    Row(EntityKind, u32),
    /// The names themselves.
    Name,
}

impl Evidence {
    /// Where to read it, for example `audit.json, record 12, 2 Jun 2026 08:30:00 UTC`.
    pub fn place(self, store: &Store, zone: &Zone) -> String {
        let name = |source: u32| store.sources.get(source as usize).map_or("", |source| source.name.as_str());
        match self {
            Self::Event(event) => {
                let event = event as usize;
                let when = match store.time[event] {
                    crate::store::NO_TIME => String::new(),
                    ticks => format!(", {}", time::told(ticks, zone, store.rounding)),
                };
                format!("{}, record {}{when}", name(store.source.get(event)), store.record[event])
            }
            Self::Row(kind, row) => {
                let table = store.entity_table(kind);
                let row = row as usize;
                format!("{}, record {}", name(table.source.get(row)), table.record[row])
            }
            Self::Name => String::new(),
        }
    }
}

/// Two names of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// What it rests on.
    pub how: How,
    /// The one name.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether it was made: an uncertain one only says "perhaps the same as".
    pub certain: bool,
    /// Where it stands.
    pub evidence: Evidence,
}

impl Join {
    /// In plain words: "Same person because ..".
    pub fn sentence(&self) -> String {
        let begin = if self.certain { "Same person" } else { "Perhaps the same person" };
        format!("{begin}: {} and {}, because {}.", self.a, self.b, self.how.because())
    }
}
