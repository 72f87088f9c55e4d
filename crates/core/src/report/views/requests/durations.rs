//! How long requests take, per package, policy or approver: the middle, the slow tenth, the longest.

use super::{Shown, words};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::{
    entitlement::requests::{Decision, Party, Request, Spread, spread},
    identity::{Identity, PersonId},
    report::{
        TableOf,
        blocks::{Block, Chart, ChartLine, ChartShape, Control, Door, Step, Table, TableLine, Tone, Value},
        view::View,
        views::ViewScope,
    },
    store::Store,
    time::MINUTE,
};
use hashbrown::HashMap;
use std::rc::Rc;

/// What requests are grouped by.
const BY: [(&str, &str); 3] = [("package", "Access package"), ("policy", "Policy"), ("approver", "Approver")];
/// Which duration the chart shows.
const MEASURES: [(&str, &str); 3] =
    [("decision", "Time to decision"), ("delivery", "Time to deliver"), ("total", "Time in all")];
/// Bars of the chart, and names of the choice.
const BARS: usize = 15;
const NAMES: usize = 200;

/// What tells a group apart: codes, or that nobody had to approve, or nothing known.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Thing(u32, u32),
    Person(PersonId),
    Party(u32, u32, u32),
    Automatic,
    Unknown,
}

/// Requests by what a reader has chosen.
pub(super) struct Grouped {
    identity: Rc<Identity>,
    by: &'static str,
    groups: Vec<Group>,
}

struct Group {
    key: Key,
    /// In parameters: the id, else the name.
    id: String,
    name: String,
    requests: u64,
    durations: [Vec<i64>; 3],
}

fn keys(by: &str, request: &Request, identity: &Identity) -> Vec<Key> {
    match by {
        "approver" if request.approvers.is_empty() => {
            let automatic = request.decision == Some(Decision::Automatic);
            vec![if automatic { Key::Automatic } else { Key::Unknown }]
        }
        "approver" => {
            let mut keys = Vec::new();
            for party in &request.approvers {
                // One person decides under an object id in one record and under a name in the next.
                let key = match identity.of_codes(party.id, party.upn, 0) {
                    Some(person) => Key::Person(person),
                    None if party.id != 0 => Key::Party(party.id, 0, 0),
                    None if party.upn != 0 => Key::Party(0, party.upn, 0),
                    None => Key::Party(0, 0, party.name),
                };
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            keys
        }
        _ => {
            let thing = if by == "policy" { request.policy } else { request.package };
            vec![match thing {
                thing if thing.is_unknown() => Key::Unknown,
                thing if thing.id != 0 => Key::Thing(thing.id, 0),
                thing => Key::Thing(0, thing.name),
            }]
        }
    }
}

impl Grouped {
    pub fn new(scope: &ViewScope, requests: &[&Request]) -> Self {
        let by = BY.iter().find(|(id, _)| Some(*id) == scope.param("by")).map_or(BY[0].0, |(id, _)| id);
        let (store, identity) = (scope.derived.store, scope.derived.get::<Identity>());
        let mut at: HashMap<Key, usize> = HashMap::default();
        let mut groups: Vec<Group> = Vec::new();
        for request in requests {
            for key in keys(by, request, &identity) {
                let place = *at.entry(key).or_insert_with(|| {
                    let (id, name) = named(store, &identity, by, key, request);
                    groups.push(Group { key, id, name, requests: 0, durations: Default::default() });
                    groups.len() - 1
                });
                let group = &mut groups[place];
                group.requests += 1;
                let measured = [request.time_to_decision(), request.time_to_deliver(), request.total_time()];
                for (durations, measured) in group.durations.iter_mut().zip(measured) {
                    durations.extend(measured);
                }
            }
        }
        groups.arrange_by(|a, b| b.requests.cmp(&a.requests).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id))));
        Self { identity, by, groups }
    }

    /// The requests of the group that is chosen, or all.
    pub fn chosen<'r>(&self, scope: &ViewScope, requests: &[&'r Request]) -> Vec<&'r Request> {
        let key = scope.param("of").and_then(|of| self.groups.iter().find(|group| group.id == of)).map(|g| g.key);
        let is_in = |request: &&Request| key.is_none_or(|key| keys(self.by, request, &self.identity).contains(&key));
        requests.iter().copied().filter(is_in).collect()
    }

    pub fn controls(&self, scope: &ViewScope) -> Vec<Control> {
        let choice =
            |name: &str, label: &str, testid: &str, value: &str, options: Vec<(String, String)>| Control::Choice {
                name: name.into(),
                label: label.into(),
                testid: testid.into(),
                value: value.into(),
                options,
            };
        let owned =
            |options: &[(&str, &str)]| options.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let named = self.groups.iter().take(NAMES).map(|group| (group.id.clone(), group.name.clone()));
        let of = std::iter::once((String::new(), "All".to_owned())).chain(named).collect();
        vec![
            choice("by", "Durations by", "request-durations-by", self.by, owned(&BY)),
            choice("of", "Only", "request-of", scope.param("of").unwrap_or_default(), of),
            choice("measure", "Chart", "request-measure", measure(scope).0, owned(&MEASURES)),
        ]
    }

    /// The chart and the table.
    pub fn blocks(mut self, shown: &Shown) -> Vec<Block> {
        let (at, (id, label)) = MEASURES
            .iter()
            .enumerate()
            .find(|(_, (id, _))| *id == measure(shown.scope).0)
            .map_or((0, MEASURES[0]), |(at, own)| (at, *own));
        let by = self.by;
        let door = |group: &Group| {
            let params = [("by", by), ("of", &group.id), ("list", "all")];
            let params = arrange::map(params.map(|(name, value)| (name.to_owned(), value.to_owned())));
            Door { view: Some(View::Requests), params, ..Door::default() }
        };
        let spreads: Vec<[Option<Spread>; 3]> =
            self.groups.iter_mut().map(|group| [0, 1, 2].map(|at: usize| spread(&mut group.durations[at]))).collect();
        let mut slowest: Vec<(&Group, i64)> = self
            .groups
            .iter()
            .zip(&spreads)
            .filter_map(|(group, spreads)| Some((group, spreads[at]?.median)))
            .collect();
        slowest.arrange_by_key(|(_, median)| std::cmp::Reverse(*median));
        slowest.truncate(BARS);
        let by_label = BY.iter().find(|(own, _)| *own == by).map_or("", |(_, label)| label);
        let chart = Chart {
            id: format!("request-{id}"),
            title: format!("{label}, median by {}", by_label.to_lowercase()),
            help: "Whole minutes; the slowest first. The table below has the exact times.".into(),
            shape: ChartShape::Bars,
            bin: None,
            unit: "minutes".into(),
            steps: slowest
                .iter()
                .map(|(group, _)| Step { label: group.name.clone(), time: None, door: Some(door(group)) })
                .collect(),
            lines: vec![ChartLine {
                name: "Median".into(),
                values: slowest.iter().map(|(_, median)| Some(median / MINUTE)).collect(),
                tone: Tone::Plain,
            }],
        };
        let items: Vec<(&Group, &[Option<Spread>; 3])> = self.groups.iter().zip(&spreads).collect();
        let table = table(by_label, &items, shown, &self.identity, door);
        let mut blocks = Vec::new();
        // Minutes of times that are rounded would be invented.
        if !slowest.is_empty() && shown.scope.derived.store.rounding == 0 {
            blocks.push(Block::Chart(chart));
        }
        blocks.push(Block::Table(table));
        blocks
    }
}

type Line<'a> = (&'a Group, &'a [Option<Spread>; 3]);

fn table(by: &str, items: &[Line], shown: &Shown, identity: &Rc<Identity>, door: impl Fn(&Group) -> Door) -> Table {
    const NONE: &str = "No request with both moments is in the files";
    let title = format!("Durations by {}", by.to_lowercase());
    let mut table = TableOf::new("request-durations", &title, "request-durations", "No request is in sight.")
        .help(
            "Median: of an even number the lower of the two in the middle. 90th percentile: nine of ten requests took \
             no longer (nearest rank). All requests that match the filters count, whatever list is chosen above.",
        )
        .column("name", by, "", |line: &Line| match line.0.key {
            Key::Unknown => Value::none("No loaded file says"),
            Key::Automatic => Value::Said("Approved automatically".into()),
            Key::Person(person) => {
                Value::Person { name: identity.person(person).name.clone(), address: line.0.name.clone() }
            }
            _ => Value::Name(line.0.name.clone()),
        })
        .number("requests", "Requests", "", |line: &Line| Value::Number(line.0.requests));
    let of =
        |at: usize, pick: fn(&Spread) -> i64| move |line: &Line| words::duration(line.1[at].as_ref().map(pick), NONE);
    for (at, (id, label)) in MEASURES.iter().enumerate() {
        table = table
            .number(
                &format!("{id}-count"),
                &format!("{label}: requests"),
                "Requests it could be measured of.",
                move |line: &Line| Value::Number(line.1[at].map_or(0, |spread| spread.count)),
            )
            .number(&format!("{id}-median"), &format!("{label}: median"), "", of(at, |spread| spread.median))
            .number(&format!("{id}-slow"), &format!("{label}: 90th percentile"), "", of(at, |spread| spread.slow))
            .number(&format!("{id}-longest"), &format!("{label}: longest"), "", of(at, |spread| spread.longest));
    }
    table.build(items, shown.scope.tables, |line| TableLine {
        key: line.0.id.clone(),
        data: vec![("id".into(), line.0.id.clone())],
        door: Some(door(line.0)),
        ..TableLine::default()
    })
}

fn measure(scope: &ViewScope) -> (&'static str, &'static str) {
    *MEASURES.iter().find(|(id, _)| Some(*id) == scope.param("measure")).unwrap_or(&MEASURES[0])
}

/// Id in parameters, and name.
fn named(store: &Store, identity: &Identity, by: &str, key: Key, request: &Request) -> (String, String) {
    match key {
        Key::Automatic => ("automatic".into(), "Approved automatically".into()),
        Key::Unknown => ("unknown".into(), "Unknown".into()),
        Key::Thing(..) => {
            let thing = if by == "policy" { request.policy } else { request.package };
            (thing.key(store).into_owned(), thing.name(store).into_owned())
        }
        Key::Person(person) => {
            let person = identity.person(person);
            let names = [&person.upn, &person.mail, &person.name, &person.key];
            let address = names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
            (address.clone(), address)
        }
        Key::Party(id, upn, name) => {
            let is_it = |party: &&Party| match () {
                () if id != 0 => party.id == id,
                () if upn != 0 => party.upn == upn,
                () => party.name == name,
            };
            let party = request.approvers.iter().find(is_it).copied().unwrap_or_default();
            let address = party.address(store).into_owned();
            (address.clone(), address)
        }
    }
}
