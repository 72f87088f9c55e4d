//! An audit record before it is written: one shape for the portal's CSV and for JSON.

use super::random::Random;

/// Service names that many records share.
pub(super) const CORE: &str = "Core Directory";
pub(super) const ENTITLEMENT: &str = "Entitlement Management";
pub(super) const REVIEWS: &str = "Access Reviews";
pub(super) const INVITED: &str = "Invited Users";

/// Who initiated an event. Empty strings stand for `null`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Actor {
    /// Whether it is an application.
    pub app: bool,
    pub id: String,
    pub name: String,
    pub upn: String,
    pub ip: String,
    pub user_type: &'static str,
    pub tenant: String,
    pub tenant_name: String,
    /// Application id of an application.
    pub app_id: String,
    pub principal_name: String,
}

/// A modified property; `None` is `null`, a value is JSON in a string.
pub(super) type Change = (&'static str, Option<String>, Option<String>);

/// What an event did something to. Empty strings stand for `null`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Target {
    pub kind: &'static str,
    pub id: String,
    pub name: String,
    pub upn: String,
    pub group_type: &'static str,
    pub changes: Vec<Change>,
}

impl Target {
    #[inline(never)]
    pub fn new(kind: &'static str, id: &str, name: &str) -> Self {
        Self { kind, id: id.into(), name: name.into(), ..Self::default() }
    }

    /// Adds a modified property. Values are given plainly and stored as JSON strings.
    #[inline(never)]
    pub fn change(mut self, name: &'static str, old: Option<&str>, new: Option<&str>) -> Self {
        self.changes.push((name, old.map(quoted), new.map(quoted)));
        self
    }

    /// Adds a modified property whose values are JSON lists of one string, the empty list for "".
    #[inline(never)]
    pub fn list_change(mut self, name: &'static str, old: &str, new: &str) -> Self {
        self.changes.push((name, Some(listed(old)), Some(listed(new))));
        self
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn listed(text: &str) -> String {
    if text.is_empty() { "[]".into() } else { format!("[\"{text}\"]") }
}

/// An audit record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    pub time: i64,
    pub service: &'static str,
    pub category: &'static str,
    pub activity: &'static str,
    pub operation: &'static str,
    pub result: &'static str,
    pub reason: &'static str,
    pub user_agent: &'static str,
    pub by: Actor,
    pub targets: Vec<Target>,
    pub details: Vec<(&'static str, String)>,
    pub correlation: String,
    pub id: String,
}

impl Event {
    #[inline(never)]
    pub fn new(time: i64, service: &'static str, category: &'static str, activity: &'static str) -> Self {
        let operation = match activity.split(' ').next().unwrap_or_default() {
            "Add" | "Invite" => "Add",
            "Update" | "Change" | "Redeem" => "Update",
            "Delete" | "Remove" => "Delete",
            "Create" => "Create",
            _ => "",
        };
        Self {
            time,
            service,
            category,
            activity,
            operation,
            result: "success",
            reason: "",
            user_agent: "",
            by: Actor::default(),
            targets: Vec::new(),
            details: Vec::new(),
            correlation: String::new(),
            id: String::new(),
        }
    }

    #[inline(never)]
    pub fn by(mut self, actor: &Actor) -> Self {
        self.by = actor.clone();
        self
    }

    #[inline(never)]
    pub fn on(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    #[inline(never)]
    pub fn detail(mut self, key: &'static str, value: &str) -> Self {
        self.details.push((key, value.into()));
        self
    }

    #[inline(never)]
    pub fn failed(mut self, reason: &'static str) -> Self {
        (self.result, self.reason) = ("failure", reason);
        self
    }

    #[inline(never)]
    pub fn operation(mut self, operation: &'static str) -> Self {
        self.operation = operation;
        self
    }

    #[inline(never)]
    pub fn correlated(mut self, id: &str) -> Self {
        self.correlation = id.into();
        self
    }
}

/// All audit records of the tenant, in the order of their making.
pub(super) struct Log {
    pub events: Vec<Event>,
    random: Random,
    number: u64,
}

impl Log {
    pub fn new(seed: u64) -> Self {
        Self { events: Vec::new(), random: Random::new(seed, "log"), number: 52_883_815 }
    }

    /// An id for the records of one operation.
    pub fn correlation(&mut self) -> String {
        self.random.guid()
    }

    /// Adds a record, and gives it its id and, where it has none, a correlation id.
    #[inline(never)]
    pub fn add(&mut self, mut event: Event) {
        if event.correlation.is_empty() {
            event.correlation = self.random.guid();
        }
        let prefix = match event.service {
            CORE => "Directory",
            "Self-service Group Management" => "SSGM",
            other => other,
        };
        self.number += 1 + self.random.below(900) as u64;
        event.id = format!("{prefix}_{}_{}_{}", event.correlation, self.random.letters(5), self.number);
        self.events.push(event);
    }
}
