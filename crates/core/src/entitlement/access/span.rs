//! What access consists of: who, to what, from when to when, and how sure each end is.

use crate::identity::PersonId;

/// How sure one is of an end of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// An event or a field says so.
    Known,
    /// It follows from what is known.
    Inferred,
    /// No loaded file tells.
    #[default]
    Unknown,
}

/// Whoever has access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Stable and unique: the person's key, else object id, else name; lower case.
    pub key: String,
    /// The person, if it is one.
    pub person: Option<PersonId>,
    /// Display name; may be empty.
    pub name: String,
    /// E-mail address, else user principal name, else object id.
    pub address: String,
    /// `User`, `Group`, `ServicePrincipal` as far as it is known.
    pub kind: String,
}

/// Kinds of what one can have access to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An access package.
    #[default]
    Package,
    /// Membership of a group.
    Group,
    /// Ownership of a group.
    GroupOwner,
    /// A role of an application.
    AppRole,
    /// A role of the directory.
    Role,
    /// A site of `SharePoint`, with a role in it.
    Site,
    /// Anything else that a package gives.
    Other,
}

impl Kind {
    /// The stable kebab-case word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Group => "group",
            Self::GroupOwner => "group-owner",
            Self::AppRole => "app-role",
            Self::Role => "role",
            Self::Site => "site",
            Self::Other => "resource",
        }
    }

    /// The words a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Package => "Access package",
            Self::Group => "Group",
            Self::GroupOwner => "Group (owner)",
            Self::AppRole => "Application role",
            Self::Role => "Directory role",
            Self::Site => "SharePoint site",
            Self::Other => "Resource",
        }
    }
}

/// What one can have access to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: Kind,
    /// Stable and unique among all: kind, id or name, and role.
    pub key: String,
    /// Object id; may be empty.
    pub id: String,
    /// Name; may be empty.
    pub name: String,
    /// The role in it; may be empty.
    pub role: String,
    /// Whether only the name of a file says what package it is.
    pub by_file: bool,
    /// Whether records with its name alone were taken to mean the one thing of that name with an id.
    pub by_name: bool,
}

impl Thing {
    /// The name, else the id, with the role where it has one.
    pub fn label(&self) -> String {
        let name = self.best();
        if self.role.is_empty() { name.to_owned() } else { format!("{name} / {}", self.role) }
    }

    /// The name, else the id.
    pub fn best(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// Why an end of a span is where it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// This event says so.
    Event(u32),
    /// The assignment's start or its end, as an export has it.
    Field,
    /// The request's completion, as an export has it.
    Request,
    /// It was there at its first mention, and nothing tells since when.
    SeenFirst,
    /// Its removal was asked for by this event, and nothing tells that it stayed.
    Asked(u32),
    /// The account was deleted by this event.
    Deleted(u32),
    /// The deleted account came back by this event.
    Restored(u32),
    /// The assignment was to end then, and no later export still has it.
    Planned,
    /// An export calls it expired, without a time.
    Over,
    /// Nothing tells of an end.
    #[default]
    Open,
}

impl Why {
    /// The event that says so.
    pub fn event(self) -> Option<u32> {
        match self {
            Self::Event(event) | Self::Asked(event) | Self::Deleted(event) | Self::Restored(event) => Some(event),
            _ => None,
        }
    }
}

/// One uninterrupted access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Index of the subject.
    pub subject: u32,
    /// Index of the thing.
    pub thing: u32,
    /// Begin, ticks. If it is unknown: since when it certainly was there, if even that is told.
    pub from: Option<i64>,
    /// How sure the begin is.
    pub from_is: Sure,
    /// Why.
    pub from_why: Why,
    /// End, ticks. If it is unknown: until when it certainly was there, if even that is told.
    pub to: Option<i64>,
    /// How sure the end is.
    pub to_is: Sure,
    /// Why.
    pub to_why: Why,
    /// When it is to end, ticks.
    pub planned: Option<i64>,
    /// Whether entitlement management gave it, or it is a package.
    pub managed: bool,
    /// The assignment behind it, an index into `Access::assignments`.
    pub assignment: Option<u32>,
    /// The span of the package it came with, and how sure that is.
    pub through: Option<(u32, Sure)>,
    /// The events that tell of it, in the order of time.
    pub events: Vec<u32>,
}

impl Span {
    /// Whether no file tells of an end.
    pub fn is_open(&self) -> bool {
        self.to_is == Sure::Unknown && self.to_why == Why::Open
    }

    /// Whether access is certain, possible or out of the question at some moment of a period, both ends in
    /// ticks, the later one exclusive.
    pub fn within(&self, from: i64, to: i64) -> Within {
        let begins = self.from.unwrap_or(i64::MAX);
        let ends = self.to.unwrap_or(i64::MIN);
        let certain = begins < to && ends >= from && begins <= ends;
        let earliest = if self.from_is == Sure::Unknown { i64::MIN } else { begins };
        let latest = if self.to_is == Sure::Unknown { i64::MAX } else { ends };
        match certain {
            true => Within::Certain,
            false if earliest < to && latest >= from => Within::Possible,
            false => Within::No,
        }
    }
}

/// Whether access fell into a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// The files show it.
    Certain,
    /// The files do not rule it out.
    Possible,
    /// The files rule it out.
    No,
}

/// An assignment of a package as exports have it, else as the log shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Stable and unique.
    pub key: String,
    /// The assignment's own id; may be empty.
    pub id: String,
    /// Index of the subject.
    pub subject: u32,
    /// Index of the package among the things.
    pub package: u32,
    /// Id and name of the policy; both may be empty.
    pub policy: (String, String),
    /// In Graph's word, for example `delivered`; empty where the file does not say it.
    pub state: String,
    /// Microsoft's word for how far it is; may be empty.
    pub status: String,
    /// Its start, ticks.
    pub started: Option<i64>,
    /// When it is to end, ticks, and whether that was reckoned from its duration.
    pub ends: Option<(i64, bool)>,
    /// When it did end, ticks.
    pub expired: Option<i64>,
    /// The row it was read from; none if only the log shows it.
    pub row: Option<u32>,
    /// The past moment that the export is not older than, ticks.
    pub seen: Option<i64>,
    /// Its span, an index into `Access::spans`.
    pub span: Option<u32>,
}

impl Assignment {
    /// Whether it gives access, as far as its state says it.
    pub fn is_current(&self) -> bool {
        !matches!(self.state.as_str(), "expired" | "deliveryFailed" | "denied" | "canceled" | "scheduled" | "submitted")
    }
}
