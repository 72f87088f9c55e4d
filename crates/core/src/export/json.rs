//! Events in the shape of Microsoft Graph's `directoryAudit`: one array, or one object a line.

use crate::{
    model::{Column, Domain, Log, TargetColumn},
    store::{NO_TIME, Store},
    time,
    vocabulary::b2c_activity_type,
};
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

/// A pretty array.
pub(super) fn array(store: &Store, events: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    let all = Each(events, |event| Event { store, event: event as usize });
    // Writing to memory does not fail.
    let _ = serde_json::to_writer_pretty(&mut out, &all);
    out.push(b'\n');
    out
}

/// One object a line.
pub(super) fn lines(store: &Store, events: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    for &event in events {
        let _ = serde_json::to_writer(&mut out, &Event { store, event: event as usize });
        out.push(b'\n');
    }
    out
}

/// A list whose elements are made one at a time.
struct Each<'a, I: ?Sized, F>(&'a I, F);

impl<T: Serialize, F: Fn(u32) -> T> Serialize for Each<'_, [u32], F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for at in self.0 {
            list.serialize_element(&self.1(*at))?;
        }
        list.end()
    }
}

impl<T: Serialize, F: Fn(usize) -> T> Serialize for Each<'_, std::ops::Range<usize>, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for at in self.0.clone() {
            list.serialize_element(&self.1(at))?;
        }
        list.end()
    }
}

struct Event<'a> {
    store: &'a Store,
    event: usize,
}

impl Event<'_> {
    fn entry<M: SerializeMap>(&self, map: &mut M, key: &str, column: Column) -> Result<(), M::Error> {
        entry(map, key, &self.store.text(self.event, column))
    }

    /// Graph has no such member: it is only written where the category does not imply it.
    fn states_activity_type(&self) -> bool {
        let text = |column| self.store.text(self.event, column);
        let implied = || {
            text(Column::Service).eq_ignore_ascii_case("B2C")
                && b2c_activity_type(&text(Column::Category)) == Some(&text(Column::ActivityType))
        };
        self.has(&[Column::ActivityType]) && !implied()
    }

    fn has(&self, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.store.column(*column).get(self.event) != 0)
    }
}

/// Null where there is no value.
fn entry<M: SerializeMap>(map: &mut M, key: &str, value: &str) -> Result<(), M::Error> {
    map.serialize_entry(key, &Some(value).filter(|value| !value.is_empty()))
}

impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (store, event) = (self.store, self.event);
        let mut map = serializer.serialize_map(None)?;
        self.entry(&mut map, "id", Column::EventId)?;
        self.entry(&mut map, "category", Column::Category)?;
        self.entry(&mut map, "correlationId", Column::CorrelationId)?;
        self.entry(&mut map, "result", Column::Result)?;
        self.entry(&mut map, "resultReason", Column::ResultReason)?;
        self.entry(&mut map, "activityDisplayName", Column::Activity)?;
        let time = Some(store.time[event]).filter(|ticks| *ticks != NO_TIME);
        map.serialize_entry("activityDateTime", &time.map(time::iso))?;
        self.entry(&mut map, "loggedByService", Column::Service)?;
        self.entry(&mut map, "operationType", Column::OperationType)?;
        if self.states_activity_type() {
            self.entry(&mut map, "activityType", Column::ActivityType)?;
        }
        if !["", Log::Audit.label()].contains(&&*store.text(event, Column::Log)) {
            self.entry(&mut map, "log", Column::Log)?;
        }
        self.entry(&mut map, "userAgent", Column::UserAgent)?;
        map.serialize_entry("initiatedBy", &Initiator(self))?;
        let target = |target| Target { store, target };
        map.serialize_entry("targetResources", &Each(&store.targets_of(event), target))?;
        let detail = |at| Detail {
            key: store.dictionary(Domain::DetailKey).get(store.details.key.get(at)),
            value: store.dictionary(Domain::DetailValue).get(store.details.value.get(at)),
        };
        map.serialize_entry("additionalDetails", &Each(&store.details.of(event), detail))?;
        if !store.extras.of(event).is_empty() {
            map.serialize_entry("additionalProperties", &Extras(self))?;
        }
        map.end()
    }
}

/// Fields that no column knows: kept apart, as Microsoft's PowerShell module does, so that a record
/// that came from another format is not taken for one of that format.
struct Extras<'a>(&'a Event<'a>);

impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Event { store, event } = *self.0;
        let text = |domain: Domain, code| store.dictionary(domain).get(code);
        serializer.collect_map(store.extras.of(event).map(|at| {
            let (key, value) = (store.extras.key.get(at), store.extras.value.get(at));
            (text(Domain::ExtraKey, key), text(Domain::ExtraValue, value))
        }))
    }
}

#[derive(Serialize)]
struct Detail<'a> {
    key: std::borrow::Cow<'a, str>,
    value: std::borrow::Cow<'a, str>,
}

struct Initiator<'a>(&'a Event<'a>);

impl Initiator<'_> {
    /// The name stands with the user unless the actor is an application.
    fn is_app(&self) -> bool {
        let kind = self.0.store.text(self.0.event, Column::ActorType);
        let user = [Column::ActorUpn, Column::ActorId];
        let app = [Column::ActorAppId, Column::ActorServicePrincipalId, Column::ActorServicePrincipalName];
        kind.starts_with("App") || (kind.is_empty() && !self.0.has(&user) && self.0.has(&app))
    }
}

impl Serialize for Initiator<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const USER: [(&str, Column); 7] = [
            ("id", Column::ActorId),
            ("displayName", Column::ActorName),
            ("userPrincipalName", Column::ActorUpn),
            ("ipAddress", Column::IpAddress),
            ("userType", Column::ActorUserType),
            ("homeTenantId", Column::ActorTenantId),
            ("homeTenantName", Column::ActorTenantName),
        ];
        const APP: [(&str, Column); 4] = [
            ("appId", Column::ActorAppId),
            ("displayName", Column::ActorName),
            ("servicePrincipalId", Column::ActorServicePrincipalId),
            ("servicePrincipalName", Column::ActorServicePrincipalName),
        ];
        let is_app = self.is_app();
        let part = |entries: &'static [(&'static str, Column)], own: bool| {
            let entries = entries.iter().filter(move |(_, column)| own || *column != Column::ActorName);
            Part { event: self.0, entries: entries.copied().collect() }
        };
        let (user, app) = (part(&USER, !is_app), part(&APP, is_app));
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("user", &Some(&user).filter(|part| part.is_present()))?;
        map.serialize_entry("app", &Some(&app).filter(|part| part.is_present()))?;
        map.end()
    }
}

struct Part<'a> {
    event: &'a Event<'a>,
    entries: Vec<(&'static str, Column)>,
}

impl Part<'_> {
    fn is_present(&self) -> bool {
        self.entries.iter().any(|(_, column)| self.event.has(&[*column]))
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, column) in &self.entries {
            self.event.entry(&mut map, key, *column)?;
        }
        map.end()
    }
}

struct Target<'a> {
    store: &'a Store,
    target: usize,
}

impl Serialize for Target<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (store, target) = (self.store, self.target);
        let text = |column| store.target_text(target, column);
        let mut map = serializer.serialize_map(Some(6))?;
        entry(&mut map, "id", &text(TargetColumn::Id))?;
        entry(&mut map, "displayName", &text(TargetColumn::Name))?;
        entry(&mut map, "type", &text(TargetColumn::Type))?;
        entry(&mut map, "userPrincipalName", &text(TargetColumn::Upn))?;
        entry(&mut map, "groupType", &text(TargetColumn::GroupType))?;
        map.serialize_entry("modifiedProperties", &Each(&store.changes_of(target), |change| Change { store, change }))?;
        map.end()
    }
}

struct Change<'a> {
    store: &'a Store,
    change: usize,
}

impl Serialize for Change<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let store = self.store;
        let value = |code| store.dictionary(Domain::PropertyValue).get(code);
        let mut map = serializer.serialize_map(Some(3))?;
        entry(
            &mut map,
            "displayName",
            &store.dictionary(Domain::PropertyName).get(store.change_name.get(self.change)),
        )?;
        entry(&mut map, "oldValue", &value(store.change_old.get(self.change)))?;
        entry(&mut map, "newValue", &value(store.change_new.get(self.change)))?;
        map.end()
    }
}
