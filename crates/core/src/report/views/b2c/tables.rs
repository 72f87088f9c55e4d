//! The tables of B2C: counts by value, activity types, failures, and the fields of the details panel.

use super::{BY, Item, LISTS, LOCAL, Shown, is_of_authentication, is_token, sign_ins, value};
use crate::arrange::Arrange as _;
use crate::{
    entitlement::b2c::{Record, TYPES},
    model::{Column, Domain, Field, TargetColumn},
    protocol::Clause,
    report::{
        TableOf,
        blocks::{Door, Table, TableLine, Value},
        stacked::ranked,
        views::entitled::event_key,
    },
    store::NO_TIME,
};
use hashbrown::{HashMap, HashSet};

impl Shown<'_> {
    /// One line a policy, application or identity provider.
    pub(super) fn by_value(&self) -> Table {
        let by = self.by();
        let mut groups: HashMap<u32, Vec<&Record>> = HashMap::default();
        for record in self.records.iter().copied().filter(|record| is_of_authentication(record)) {
            groups.entry(value(by, record)).or_default().push(record);
        }
        let mut items: Vec<Item> = groups
            .into_iter()
            .map(|(place, records)| {
                let tokens = records.iter().filter(|record| is_token(record)).count() as u64;
                (place, records, tokens)
            })
            .collect();
        items.arrange_by(|a, b| b.2.cmp(&a.2).then_with(|| self.label(by, a.0).cmp(&self.label(by, b.0))));
        let label = BY.iter().find(|(id, _)| *id == by).map_or("", |(_, label)| label);
        let moments = |item: &Item| {
            let times = item.1.iter().map(|record| self.store.time[record.event as usize]);
            let times: Vec<i64> = times.filter(|time| *time != NO_TIME).collect();
            times.iter().copied().min().zip(times.iter().copied().max())
        };
        TableOf::new(
            "b2c-counts",
            &format!("Tokens and sign-ins by {}", label.to_lowercase()),
            "b2c-count",
            "No record is in sight.",
        )
        .help("Of the events of authentication. A step of a sign-in need not name the policy or the provider.")
        .column("name", label, "", |item: &Item| match self.name(by, item.0) {
            name if !name.is_empty() => Value::Name(name),
            _ if by == "provider" => Value::Said(LOCAL.into()),
            _ => Value::none("Not in the record"),
        })
        .number("tokens", "Tokens issued", "", |item: &Item| Value::Number(item.2))
        .number("sign-ins", "Sign-ins", "", |item: &Item| Value::Number(sign_ins(item.1.iter().copied()).len() as u64))
        .number("users", "Consumers", "", |item: &Item| {
            let users: HashSet<u32> =
                item.1.iter().filter(|r| is_token(r)).map(|r| r.user).filter(|u| *u != 0).collect();
            Value::Number(users.len() as u64)
        })
        .number("failures", "Without success", "", |item: &Item| {
            Value::Number(item.1.iter().filter(|record| !record.success).count() as u64)
        })
        .column("first", "First", "", move |item: &Item| {
            Value::time(moments(item).map(|(first, _)| first), "No record has a time")
        })
        .column("last", "Last", "", move |item: &Item| {
            Value::time(moments(item).map(|(_, last)| last), "No record has a time")
        })
        .build(&items, self.scope.tables, |item| TableLine {
            key: self.label(by, item.0),
            data: vec![("name".into(), self.name(by, item.0)), ("tokens".into(), item.2.to_string())],
            door: self.door(by, item.0),
            ..TableLine::default()
        })
    }

    /// The six activity types, by whatever name the files have for them.
    pub(super) fn types(&self) -> Table {
        let types = self.store.column(Column::ActivityType);
        let counts = ranked(self.records.iter().map(|record| types.get(record.event as usize)), |code| {
            self.store.dictionary(Domain::ActivityType).get(code).into_owned()
        });
        let count = |name: &str| {
            counts.iter().filter(|(_, own, _)| own.eq_ignore_ascii_case(name)).map(|(.., n)| n).sum::<u64>()
        };
        let mut items: Vec<(&str, &str, &str, u64)> =
            TYPES.iter().map(|(name, what, today)| (*name, *what, *today, count(name))).collect();
        let known: u64 = items.iter().map(|item| item.3).sum();
        let other = self.records.len() as u64 - known;
        if other > 0 {
            items.push((
                "",
                "Records of service B2C in other categories",
                "Device, Other, UserManagement and more",
                other,
            ));
        }
        TableOf::new("b2c-types", "Activity types", "b2c-type", "")
            .help("The six activity types of category B2C, with the categories that stand for them today.")
            .column("type", "Activity type", "", |item: &(&str, &str, &str, u64)| {
                if item.0.is_empty() { Value::Said("Other".into()) } else { Value::Said(item.0.into()) }
            })
            .column("what", "What", "", |item| Value::Said(item.1.into()))
            .column("category", "Category today", "", |item| Value::Said(item.2.into()))
            .number("events", "Events", "", |item| Value::Number(item.3))
            .build(&items, self.scope.tables, |item| TableLine {
                key: item.0.into(),
                data: vec![("type".into(), item.0.into()), ("count".into(), item.3.to_string())],
                door: (item.3 > 0 && !item.0.is_empty()).then(|| Door {
                    clauses: vec![Clause::any(Field::Service, ["B2C"]), Clause::any(Field::ActivityType, [item.0])],
                    ..Door::default()
                }),
                ..TableLine::default()
            })
    }

    /// What did not succeed, by activity and reason.
    pub(super) fn failures(&self) -> Table {
        let mut groups: HashMap<(u32, u32), Vec<u32>> = HashMap::default();
        for record in self.failed() {
            let event = record.event as usize;
            let code = |column: Column| self.store.column(column).get(event);
            groups.entry((code(Column::Activity), code(Column::ResultReason))).or_default().push(record.event);
        }
        let text = |domain, code| self.store.dictionary(domain).get(code).into_owned();
        let mut items: Vec<(String, String, Vec<u32>)> = groups
            .into_iter()
            .map(|((activity, reason), events)| {
                (text(Domain::Activity, activity), text(Domain::Reason, reason), events)
            })
            .collect();
        items.arrange_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
        TableOf::new(
            "b2c-failures",
            "Without success",
            "b2c-failure",
            "Every event of authentication in sight succeeded.",
        )
        .column("activity", "Activity", "", |item: &(String, String, Vec<u32>)| Value::text(item.0.clone()))
        .column("reason", "Status reason", "", |item| Value::text(item.1.clone()))
        .number("events", "Events", "", |item| Value::Number(item.2.len() as u64))
        .build(&items, self.scope.tables, |item| TableLine {
            key: format!("{}: {}", item.0, item.1),
            door: self.few(&item.0, item.2.clone()),
            ..TableLine::default()
        })
    }

    /// The fields of the details panel, one line a record.
    pub(super) fn fields(&self) -> Table {
        let list = self.list();
        let is_listed = |record: &&&Record| match list {
            "all" => true,
            "steps" => is_of_authentication(record),
            "failures" => is_of_authentication(record) && !record.success,
            _ => is_token(record),
        };
        let store = self.store;
        let mut items: Vec<&Record> = self.records.iter().filter(is_listed).copied().collect();
        items.arrange_by_key(|record| (std::cmp::Reverse(store.time[record.event as usize]), record.event));
        let text = move |record: &Record, column| store.text(record.event as usize, column).into_owned();
        let id = |id: String, why: &str| if id.is_empty() { Value::none(why) } else { Value::Id(id) };
        let mut keys: HashMap<&'static str, Vec<u32>> = HashMap::default();
        for key in [
            "TenantId",
            "PolicyId",
            "ApplicationId",
            "IdentityProviderName",
            "ClientIpAddress",
            "Client",
            "ConditionalAccessResult",
        ] {
            let mut codes = Vec::new();
            store.dictionary(Domain::DetailKey).for_each(|code, own| {
                if own.eq_ignore_ascii_case(key.as_bytes()) {
                    codes.push(code);
                }
            });
            keys.insert(key, codes);
        }
        let keys = &keys;
        let detail = move |key: &'static str| {
            move |record: &&Record| {
                let codes = keys.get(key).map_or(&[][..], Vec::as_slice);
                let pair =
                    store.details.of(record.event as usize).find(|pair| codes.contains(&store.details.key.get(*pair)));
                let value = pair.map(|pair| store.dictionary(Domain::DetailValue).get(store.details.value.get(pair)));
                match value {
                    Some(value) if !value.is_empty() => Value::Text(value.into_owned()),
                    _ => Value::none("The record has no detail of this key"),
                }
            }
        };
        let title = LISTS.iter().find(|(id, _)| *id == list).map_or("", |(_, label)| label);
        TableOf::new("b2c-records", title, "b2c-record", "No record is in this list.")
            .help("The fields of the details panel in the portal, newest first. Details are found by their keys.")
            .column("time", "Date", "", move |record: &&Record| {
                Value::time(
                    Some(store.time[record.event as usize]).filter(|time| *time != NO_TIME),
                    "The record has no time",
                )
            })
            .column("activity", "Activity: Name", "", move |record| Value::text(text(record, Column::Activity)))
            .column("result", "Status", "", move |record| Value::text(text(record, Column::Result)))
            .column(
                "actor-object-id",
                "Initiated by (actor): ObjectId",
                "The object ID of the B2C application that the user is signing in to.",
                move |record| {
                    let own = [Column::ActorServicePrincipalId, Column::ActorId]
                        .into_iter()
                        .map(|column| text(record, column));
                    id(
                        own.into_iter().find(|own| !own.is_empty()).unwrap_or_default(),
                        "The record has no object ID of its actor",
                    )
                },
            )
            .column(
                "actor-spn",
                "Initiated by (actor): Spn",
                "The application ID of the B2C application that the user is signing in to.",
                move |record| {
                    id(text(record, Column::ActorServicePrincipalName), "The record has no service principal name")
                },
            )
            .column(
                "target-object-id",
                "Target(s): ObjectId",
                "The object ID of the user that is signing in.",
                move |record| {
                    let target = store
                        .targets_of(record.event as usize)
                        .map(|target| store.target_text(target, TargetColumn::Id).into_owned());
                    id(
                        target.into_iter().find(|own| !own.is_empty()).unwrap_or_default(),
                        "The record has no target ID",
                    )
                },
            )
            .column("tenant-id", "TenantId", "The tenant of Azure AD B2C, often named by a domain.", detail("TenantId"))
            .column(
                "policy-id",
                "PolicyId",
                "The user flow or custom policy that signs the user in.",
                detail("PolicyId"),
            )
            .column(
                "application-id",
                "ApplicationId",
                "The application ID of the B2C application that the user is signing in to.",
                detail("ApplicationId"),
            )
            .column("provider", "IdentityProviderName", "", detail("IdentityProviderName"))
            .column("client-ip", "ClientIpAddress", "", detail("ClientIpAddress"))
            .column("client", "Client", "", detail("Client"))
            .column("conditional-access", "ConditionalAccessResult", "", detail("ConditionalAccessResult"))
            .build(&items, self.scope.tables, |record| TableLine {
                key: event_key(store, record.event),
                data: vec![
                    ("policy".into(), self.name("policy", record.policy)),
                    ("application".into(), self.name("application", record.app)),
                ],
                door: Door::to_events(store, "Event of B2C", [record.event]),
                ..TableLine::default()
            })
    }
}
