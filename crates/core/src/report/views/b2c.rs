//! Azure AD B2C: tokens and sign-ins of consumers per application, policy and identity provider, failures,
//! and the fields of the details panel.

use super::{Made, ViewScope, entitled::event_key};
use crate::{
    entitlement::b2c::{B2c, Record, TOKENS, TYPES, What},
    model::{Column, Domain, Field, TargetColumn},
    protocol::Clause,
    report::{
        TableOf,
        blocks::{Block, Chart, Control, Door, Note, Stat, Table, TableLine, Tone, Value},
        stacked::{Stacked, bars, ranked},
        views::entitled,
    },
    store::{NO_TIME, Store},
};
use hashbrown::{HashMap, HashSet};

/// A door to more events than these would be larger than what it leads to.
const PICKED: usize = 5_000;
/// Bars of a ranking.
const BARS: usize = 12;

/// What tokens are counted by.
const BY: [(&str, &str); 3] = [("policy", "Policy"), ("application", "Application"), ("provider", "Identity provider")];
/// Which records the table of fields lists.
const LISTS: [(&str, &str); 4] = [
    ("tokens", "Tokens issued"),
    ("failures", "Without success"),
    ("steps", "All of authentication"),
    ("all", "All records of service B2C"),
];
const LOCAL: &str = "None named: an account of the tenant itself";

struct Shown<'a> {
    scope: &'a ViewScope<'a>,
    store: &'a Store,
    all: &'a B2c,
    records: Vec<&'a Record>,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let all = scope.derived.get::<B2c>();
    let matches = |record: &&Record| scope.scope.tally.selection.matches(record.event as usize);
    let records: Vec<&Record> = all.records.iter().filter(matches).collect();
    let shown = Shown { scope, store: scope.derived.store, all: &all, records };
    let mut blocks = Vec::new();
    blocks.extend(shown.notes().into_iter().map(Block::Note));
    if shown.records.is_empty() {
        return Made { blocks, opened: None };
    }
    blocks.push(Block::Stats { stats: shown.stats() });
    blocks.push(Block::Controls { controls: shown.controls() });
    if shown.tokens().next().is_some() {
        blocks.push(Block::Chart(shown.over_time()));
        blocks.extend(BY.iter().map(|(id, label)| Block::Chart(shown.ranking(id, label))));
        blocks.push(Block::Table(shown.by_value()));
    }
    blocks.push(Block::Table(shown.types()));
    blocks.push(Block::Table(shown.failures()));
    blocks.push(Block::Table(shown.fields()));
    Made { blocks, opened: None }
}

fn clause(field: Field, values: impl IntoIterator<Item = impl Into<String>>) -> Clause {
    Clause { field, values: values.into_iter().map(Into::into).collect(), exclude: false }
}

fn is_token(record: &Record) -> bool {
    matches!(record.what, What::Token(_)) && record.success
}

fn is_of_authentication(record: &Record) -> bool {
    matches!(record.what, What::Token(_) | What::Step)
}

/// Sign-ins among records: each correlation id once, records without one each for itself.
fn sign_ins<'r>(records: impl Iterator<Item = &'r Record>) -> u64 {
    let mut journeys = HashSet::new();
    let mut alone = 0;
    for record in records.filter(|record| record.what == What::Token(true) && record.success) {
        if record.journey == 0 {
            alone += 1;
        } else {
            journeys.insert(record.journey);
        }
    }
    journeys.len() as u64 + alone
}

impl Shown<'_> {
    fn tokens(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().copied().filter(|record| is_token(record))
    }

    fn value(&self, by: &str, record: &Record) -> u32 {
        match by {
            "application" => record.app,
            "provider" => record.provider,
            _ => record.policy,
        }
    }

    fn name(&self, by: &str, place: u32) -> String {
        let list = match by {
            "application" => &self.all.apps,
            "provider" => &self.all.providers,
            _ => &self.all.policies,
        };
        list.get(place as usize).cloned().unwrap_or_default()
    }

    /// The name, or why there is none.
    fn label(&self, by: &str, place: u32) -> String {
        match self.name(by, place) {
            name if !name.is_empty() => name,
            _ if by == "provider" => LOCAL.into(),
            _ => "Not in the record".into(),
        }
    }

    /// A door to exactly these events, where they are not too many.
    fn few(&self, label: &str, events: Vec<u32>) -> Option<Door> {
        if events.len() > PICKED { None } else { entitled::events(self.store, label, events) }
    }

    /// The tokens of a value as events.
    fn door(&self, by: &str, place: u32) -> Option<Door> {
        let name = self.name(by, place);
        let tokens = || self.tokens().filter(|record| self.value(by, record) == place).map(|record| record.event);
        let in_details = |event: u32| {
            let values = &self.store.details;
            let texts = self.store.dictionary(Domain::DetailValue);
            values.of(event as usize).any(|pair| texts.get(values.value.get(pair)) == name)
        };
        let in_actor = |event: u32| self.store.text(event as usize, Column::ActorServicePrincipalName) == name;
        // An application may stand in the details, in the actor, or in both.
        let field = match () {
            () if name.is_empty() => return self.few("Tokens issued", tokens().collect()),
            () if by != "application" || tokens().all(in_details) => Field::DetailValue,
            () if tokens().all(in_actor) => Field::ActorServicePrincipalName,
            () => return self.few("Tokens issued", tokens().collect()),
        };
        let mut clauses = self.clauses();
        clauses.push(clause(field, [name]));
        Some(Door { clauses, ..Door::default() })
    }

    fn clauses(&self) -> Vec<Clause> {
        let mut names: Vec<String> = Vec::new();
        for record in self.tokens() {
            let name = self.store.text(record.event as usize, Column::Activity);
            if !names.iter().any(|own| *own == name) {
                names.push(name.into_owned());
            }
        }
        names.sort();
        if names.is_empty() {
            names.push(TOKENS[0].into());
        }
        vec![clause(Field::Service, ["B2C"]), clause(Field::Activity, names), clause(Field::Result, ["success"])]
    }

    fn stats(&self) -> Vec<Stat> {
        let stat = |id: &str, label: &str, count: u64, help: &str, door: Option<Door>| Stat {
            id: id.into(),
            label: label.into(),
            value: Some(count),
            text: String::new(),
            help: help.into(),
            door,
        };
        let token_door = Door { clauses: self.clauses(), ..Door::default() };
        let users: HashSet<u32> = self.tokens().map(|record| record.user).filter(|user| *user != 0).collect();
        let failed = self.failed();
        let failures = self.few("Without success", failed.iter().map(|record| record.event).collect());
        let changes: Vec<u32> = self.of(What::Administration);
        let changed = changes.len() as u64;
        let changes = self.few("Administration of B2C", changes);
        let distinct = |by: &str| {
            let values: HashSet<u32> = self.tokens().map(|record| self.value(by, record)).filter(|v| *v != 0).collect();
            values.len() as u64
        };
        vec![
            stat(
                "b2c-tokens",
                "Tokens issued",
                self.tokens().count() as u64,
                "Successful events that issue an id_token, an access token, an authorization code or a SAML assertion, or exchange a token.",
                Some(token_door.clone()),
            ),
            stat(
                "b2c-sign-ins",
                "Sign-ins",
                sign_ins(self.records.iter().copied()),
                "Complete with an id_token, an access token, a SAML assertion or an exchanged token; several of one correlation id count once.",
                Some(token_door.clone()),
            ),
            stat(
                "b2c-users",
                "Consumers",
                users.len() as u64,
                "Different target object IDs of these.",
                Some(token_door),
            ),
            stat("b2c-applications", "Applications", distinct("application"), "", None),
            stat("b2c-policies", "Policies", distinct("policy"), "User flows and custom policies.", None),
            stat(
                "b2c-failures",
                "Without success",
                failed.len() as u64,
                "Events of authentication with another status than success.",
                failures,
            ),
            stat(
                "b2c-administration",
                "Administration",
                changed,
                "Events of service B2C that are neither authentication nor billing for guests.",
                changes,
            ),
        ]
    }

    fn of(&self, what: What) -> Vec<u32> {
        self.records.iter().filter(|record| record.what == what).map(|record| record.event).collect()
    }

    fn failed(&self) -> Vec<&Record> {
        self.records.iter().copied().filter(|record| is_of_authentication(record) && !record.success).collect()
    }

    fn notes(&self) -> Vec<Note> {
        let ordinary = self.of(What::Ordinary);
        let mut notes = Vec::new();
        if !self.records.iter().any(|record| is_of_authentication(record)) {
            let text = if self.scope.is_filtered() {
                "No matching event is of a consumer's sign-in."
            } else {
                "The loaded files hold no consumers' sign-ins. Azure AD B2C keeps its audit log for seven days only."
            };
            let steps = [
                "Azure portal: switch to the directory of the B2C tenant",
                "Azure AD B2C, Activities, Audit logs",
                "Select Download, and drop the file here",
            ];
            notes.push(Note {
                id: "no-b2c".into(),
                tone: Tone::Unknown,
                title: "No consumer sign-ins".into(),
                text: text.into(),
                steps: if self.scope.is_filtered() { Vec::new() } else { steps.map(String::from).into() },
                ..Note::default()
            });
        }
        if !ordinary.is_empty() {
            let text = format!(
                "{} of service B2C {} about billing for guests, such as \u{201c}Get Guest Usages resource\u{201d}: ordinary \
                 tenants have these, too. They are not consumers' sign-ins.",
                entitled::counted(ordinary.len(), "event", "events"),
                if ordinary.len() == 1 { "is" } else { "are" },
            );
            let door = self.few("Billing for guests", ordinary);
            let door = door.map(|door| ("Show these events".to_owned(), door));
            notes.push(Note { id: "b2c-of-ordinary-tenants".into(), text, door, ..Note::default() });
        }
        notes
    }

    fn by(&self) -> &'static str {
        BY.iter().find(|(id, _)| Some(*id) == self.scope.param("by")).map_or(BY[0].0, |(id, _)| id)
    }

    fn list(&self) -> &'static str {
        LISTS.iter().find(|(id, _)| Some(*id) == self.scope.param("list")).map_or(LISTS[0].0, |(id, _)| id)
    }

    fn controls(&self) -> Vec<Control> {
        let choice = |name: &str, label: &str, value: &str, options: &[(&str, &str)]| Control::Choice {
            name: name.into(),
            label: label.into(),
            testid: format!("b2c-{name}"),
            value: value.into(),
            options: options.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        };
        vec![choice("by", "Count by", self.by(), &BY), choice("list", "List", self.list(), &LISTS)]
    }

    fn over_time(&self) -> Chart {
        let by = self.by();
        let time = |record: &Record| self.store.time[record.event as usize];
        let timed = self.tokens().filter(|record| time(record) != NO_TIME);
        let moments: Vec<(i64, u32)> = timed.map(|record| (time(record), self.value(by, record))).collect();
        let label = BY.iter().find(|(id, _)| *id == by).map_or("", |(_, label)| label).to_lowercase();
        Stacked {
            id: "b2c-over-time",
            title: &format!("Tokens issued over time, by {label}"),
            help: "",
            unit: "tokens",
            moments: &moments,
            zone: self.scope.zone(),
            bins: self.scope.scope.bins,
        }
        .chart(
            |place| (self.label(by, place), Tone::Plain),
            |window| Door { clauses: self.clauses(), window: Some(window), ..Door::default() },
        )
    }

    fn ranking(&self, by: &str, label: &str) -> Chart {
        let ranked = ranked(self.tokens().map(|record| self.value(by, record)), |place| self.label(by, place));
        let all = ranked.into_iter().take(BARS).map(|(place, name, count)| (name, count, self.door(by, place)));
        let title = format!("Tokens by {}", label.to_lowercase());
        bars(&format!("b2c-by-{by}"), &title, "The largest first.", "tokens", all.collect())
    }

    /// One line a policy, application or identity provider.
    fn by_value(&self) -> Table {
        let by = self.by();
        let mut groups: HashMap<u32, Vec<&Record>> = HashMap::default();
        for record in self.records.iter().copied().filter(|record| is_of_authentication(record)) {
            groups.entry(self.value(by, record)).or_default().push(record);
        }
        let mut items: Vec<(u32, Vec<&Record>, u64)> = groups
            .into_iter()
            .map(|(place, records)| {
                let tokens = records.iter().filter(|record| is_token(record)).count() as u64;
                (place, records, tokens)
            })
            .collect();
        items.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| self.label(by, a.0).cmp(&self.label(by, b.0))));
        type Item<'r> = (u32, Vec<&'r Record>, u64);
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
        .number("sign-ins", "Sign-ins", "", |item: &Item| Value::Number(sign_ins(item.1.iter().copied())))
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
    fn types(&self) -> Table {
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
                    clauses: vec![clause(Field::Service, ["B2C"]), clause(Field::ActivityType, [item.0])],
                    ..Door::default()
                }),
                ..TableLine::default()
            })
    }

    /// What did not succeed, by activity and reason.
    fn failures(&self) -> Table {
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
        items.sort_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
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
    fn fields(&self) -> Table {
        let list = self.list();
        let is_listed = |record: &&&Record| match list {
            "all" => true,
            "steps" => is_of_authentication(record),
            "failures" => is_of_authentication(record) && !record.success,
            _ => is_token(record),
        };
        let store = self.store;
        let mut items: Vec<&Record> = self.records.iter().filter(is_listed).copied().collect();
        items.sort_by_key(|record| (std::cmp::Reverse(store.time[record.event as usize]), record.event));
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
                door: entitled::events(store, "Event of B2C", [record.event]),
                ..TableLine::default()
            })
    }
}
