//! Azure AD B2C: tokens and sign-ins of consumers per application, policy and identity provider, failures,
//! and the fields of the details panel.

mod tables;

use super::{Made, ViewScope};
use crate::arrange::Arrange as _;
use crate::{
    entitlement::b2c::{B2c, Record, TOKENS, What},
    model::{Column, Domain, Field},
    protocol::Clause,
    report::{
        blocks::{Block, Chart, Control, Door, Note, Stat, Tone},
        stacked::{Stacked, bars, ranked},
        views::entitled,
    },
    store::{NO_TIME, Store},
};
use hashbrown::HashSet;

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

/// A value, its records, how many of them are tokens.
type Item<'r> = (u32, Vec<&'r Record>, u64);

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

fn is_token(record: &Record) -> bool {
    matches!(record.what, What::Token(_)) && record.success
}

fn is_of_authentication(record: &Record) -> bool {
    matches!(record.what, What::Token(_) | What::Step)
}

/// Sign-ins among records, an event of each: each correlation id once, records without one each for itself.
fn sign_ins<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<u32> {
    let mut journeys = HashSet::new();
    records
        .filter(|record| record.what == What::Token(true) && record.success)
        .filter(|record| record.journey == 0 || journeys.insert(record.journey))
        .map(|record| record.event)
        .collect()
}

/// The place of what records are counted by.
fn value(by: &str, record: &Record) -> u32 {
    match by {
        "application" => record.app,
        "provider" => record.provider,
        _ => record.policy,
    }
}

impl Shown<'_> {
    fn tokens(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().copied().filter(|record| is_token(record))
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
        if events.len() > PICKED { None } else { Door::to_events(self.store, label, events) }
    }

    /// The tokens of a value as events.
    fn door(&self, by: &str, place: u32) -> Option<Door> {
        let name = self.name(by, place);
        let tokens = || self.tokens().filter(|record| value(by, record) == place).map(|record| record.event);
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
        clauses.push(Clause::any(field, [name]));
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
        names.arrange();
        if names.is_empty() {
            names.push(TOKENS[0].into());
        }
        vec![
            Clause::any(Field::Service, ["B2C"]),
            Clause::any(Field::Activity, names),
            Clause::any(Field::Result, ["success"]),
        ]
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
        let sign_ins = sign_ins(self.records.iter().copied());
        let failed = self.failed();
        let failures = self.few("Without success", failed.iter().map(|record| record.event).collect());
        let changes: Vec<u32> = self.of(What::Administration);
        let changed = changes.len() as u64;
        let changes = self.few("Administration of B2C", changes);
        let distinct = |by: &str| {
            let values: HashSet<u32> = self.tokens().map(|record| value(by, record)).filter(|v| *v != 0).collect();
            values.len() as u64
        };
        vec![
            stat(
                "b2c-tokens",
                "Tokens issued",
                self.tokens().count() as u64,
                "Successful events that issue an id_token, an access token, an authorization code or a SAML assertion, or exchange a token.",
                Some(token_door),
            ),
            stat(
                "b2c-sign-ins",
                "Sign-ins",
                sign_ins.len() as u64,
                "Complete with an id_token, an access token, a SAML assertion or an exchanged token; several of one correlation id count once, and lead to one event of them.",
                self.few("Sign-ins", sign_ins),
            ),
            stat("b2c-users", "Consumers", users.len() as u64, "Different target object IDs of these.", None),
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
        let moments: Vec<(i64, u32)> = timed.map(|record| (time(record), value(by, record))).collect();
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
        let ranked = ranked(self.tokens().map(|record| value(by, record)), |place| self.label(by, place));
        let all = ranked.into_iter().take(BARS).map(|(place, name, count)| (name, count, self.door(by, place)));
        let title = format!("Tokens by {}", label.to_lowercase());
        bars(&format!("b2c-by-{by}"), &title, "The largest first.", "tokens", all.collect())
    }
}
