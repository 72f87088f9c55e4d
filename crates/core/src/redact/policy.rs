//! What a report may say: per class of value whether it is kept, replaced, made coarser or left out.

use crate::{
    model::DataClass,
    time::{DAY, HOUR},
};
use serde::{Deserialize, Serialize};

/// The version of the rules, for certificates: it counts up when a rule changes.
pub const RULES_VERSION: u32 = 1;

/// Whom a report is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareLevel {
    /// Colleagues: real names.
    Team,
    /// One organization: its own guests by name, everybody else absent.
    Partner,
    /// An auditor: pseudonyms and days.
    #[default]
    Auditor,
    /// A board: counts only.
    Board,
}

impl ShareLevel {
    /// All levels, the most revealing first.
    pub const ALL: [Self; 4] = [Self::Team, Self::Partner, Self::Auditor, Self::Board];

    /// The stable word in `data-level`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Partner => "partner",
            Self::Auditor => "auditor",
            Self::Board => "board",
        }
    }

    /// The name a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Team => "Team",
            Self::Partner => "Partner",
            Self::Auditor => "Auditor",
            Self::Board => "Board",
        }
    }

    /// What it means.
    pub fn help(self) -> &'static str {
        match self {
            Self::Team => "Real names and times. For those who may read the logs themselves.",
            Self::Partner => "One organization's guests by name. Everybody else is left out, not only hidden.",
            Self::Auditor => "Pseudonyms instead of names, addresses and ids; times to the day. No free text.",
            Self::Board => "Counts only. Small counts are suppressed so that no total gives them away.",
        }
    }

    /// The level of that stable word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.id() == id)
    }
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// It stays.
    Keep,
    /// A label takes its place: the same one everywhere in the report.
    Pseudonym,
    /// It becomes coarser: a network, a family of browsers, a day.
    Generalise,
    /// It is left out.
    Drop,
    /// Of free text: every known identifier in it is replaced.
    Scrub,
}

impl Treatment {
    /// What it does, as a reader sees it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Keep => "kept",
            Self::Pseudonym => "pseudonyms",
            Self::Generalise => "made coarser",
            Self::Drop => "left out",
            Self::Scrub => "scrubbed",
        }
    }
}

/// How exact times are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// As in the files.
    Exact,
    /// To the hour.
    Hour,
    /// To the day.
    #[default]
    Day,
    /// To the Monday before.
    Week,
}

impl Precision {
    /// Ticks of a step; 0 for exact times.
    pub fn step(self) -> i64 {
        match self {
            Self::Exact => 0,
            Self::Hour => HOUR,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
        }
    }

    /// As a reader sees it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Hour => "to the hour",
            Self::Day => "to the day",
            Self::Week => "to the week",
        }
    }
}

/// How much of a network address stays, in bits of IPv4 and IPv6; none where they are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// As in the files.
    Exact,
    /// `/24` and `/48`.
    Small,
    /// `/16` and `/48`.
    Large,
    /// None.
    Drop,
}

/// What a report may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Policy {
    /// Whom it is for.
    pub level: ShareLevel,
    /// Names, addresses and ids of people.
    pub people: Treatment,
    /// Names and ids of groups, applications, access packages and the like.
    pub things: Treatment,
    /// Domains and tenants.
    pub domains: Treatment,
    /// Correlation ids: they tell which events belong together.
    pub operations: Treatment,
    /// Network addresses.
    pub network: Network,
    /// Browsers and clients.
    pub clients: Treatment,
    /// Text that people wrote, and values that no rule knows.
    pub text: Treatment,
    /// Times.
    pub time: Precision,
    /// Names of files.
    pub files: Treatment,
    /// Of level Partner: the domain whose guests stay, lower case.
    pub partner: String,
    /// Of level Board: counts of less than so many are suppressed.
    pub k: u32,
    /// Steps left out, to test that the verification notices.
    #[doc(hidden)]
    #[serde(skip)]
    pub without: Vec<Step>,
}

/// A step of the redaction that a test can leave out.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// People's names and addresses.
    People,
    /// Ids of any object.
    Ids,
    /// Names of groups, applications and the like.
    Things,
    /// Domains and tenants.
    Domains,
    /// Correlation ids.
    Operations,
    /// Network addresses.
    Network,
    /// User agents.
    Clients,
    /// Values of properties and details.
    Values,
    /// Free text.
    Text,
    /// Words that are not Microsoft's where only those should stand.
    Words,
    /// Names of files.
    Files,
    /// Fields that no column knows.
    Extras,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 12] = [
        Self::People,
        Self::Ids,
        Self::Things,
        Self::Domains,
        Self::Operations,
        Self::Network,
        Self::Clients,
        Self::Values,
        Self::Text,
        Self::Words,
        Self::Files,
        Self::Extras,
    ];
}

impl Default for Policy {
    fn default() -> Self {
        Self::of(ShareLevel::Auditor)
    }
}

impl Policy {
    /// What a level means unless its reader chooses otherwise.
    pub fn of(level: ShareLevel) -> Self {
        let auditor = Self {
            level,
            people: Treatment::Pseudonym,
            things: Treatment::Pseudonym,
            domains: Treatment::Pseudonym,
            operations: Treatment::Pseudonym,
            network: Network::Drop,
            clients: Treatment::Generalise,
            text: Treatment::Drop,
            time: Precision::Day,
            files: Treatment::Pseudonym,
            partner: String::new(),
            k: 5,
            without: Vec::new(),
        };
        match level {
            ShareLevel::Team => Self {
                people: Treatment::Keep,
                things: Treatment::Keep,
                domains: Treatment::Keep,
                operations: Treatment::Keep,
                network: Network::Exact,
                clients: Treatment::Keep,
                text: Treatment::Keep,
                time: Precision::Exact,
                files: Treatment::Keep,
                ..auditor
            },
            ShareLevel::Partner => Self { things: Treatment::Keep, time: Precision::Exact, ..auditor },
            ShareLevel::Auditor | ShareLevel::Board => auditor,
        }
    }

    /// Level Partner for the guests of a domain.
    pub fn partner(domain: &str) -> Self {
        Self { partner: domain.trim().to_lowercase(), ..Self::of(ShareLevel::Partner) }
    }

    /// What becomes of the values of a class, for the list of what leaves.
    pub fn treatment(&self, class: DataClass) -> Treatment {
        match class {
            DataClass::Vocabulary => Treatment::Keep,
            DataClass::Name | DataClass::Address | DataClass::Identifier => self.people,
            DataClass::Network => match self.network {
                Network::Exact => Treatment::Keep,
                Network::Small | Network::Large => Treatment::Generalise,
                Network::Drop => Treatment::Drop,
            },
            DataClass::Client => self.clients,
            DataClass::FreeText => self.text,
        }
    }

    /// Whether real identities are meant to be in it, so that there is nothing to verify.
    pub fn is_real(&self) -> bool {
        self.level == ShareLevel::Team
    }

    pub(super) fn has(&self, step: Step) -> bool {
        !self.without.contains(&step)
    }
}
