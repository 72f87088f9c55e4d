//! Finds the audit records of requests and puts those of one request together: by the request's id, else by
//! the correlation id, else, uncertainly, by who receives which package.

use super::stage::{self, Stage};
use crate::arrange::Arrange as _;
use crate::{
    model::{Attribute, Column, Domain, EntityKind, Log, Origin, TargetColumn},
    store::{NO_TIME, Store},
};
use hashbrown::{HashMap, HashSet};

/// A correlation id that stands for none.
const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// What a target of a record is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetKind {
    Request,
    Package,
    Policy,
    User,
    Other,
    Unknown,
}

/// A record of a request.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub event: u32,
    pub stage: Stage,
    /// Code of the id of a target of type `AccessPackageAssignmentRequest`.
    request: u32,
    /// Code of the id of a target of type `Other`.
    other: u32,
    correlation: u32,
    /// Codes of package and receiver, for records that nothing else joins.
    pair: (u32, u32),
}

/// What the records of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Common {
    /// The request's id.
    Request(u32),
    /// The correlation id; where several requests share it, also package and receiver.
    Correlation(u32, Option<(u32, u32)>),
    /// Package and receiver alone: uncertain.
    Pair(u32, u32),
}

/// The records of one request.
pub(super) struct Group {
    pub common: Common,
    pub records: Vec<Record>,
}

/// All groups.
#[derive(Default)]
pub(super) struct Gathered {
    pub groups: Vec<Group>,
    /// Events with an activity of requests that belong to none.
    pub unjoined: Vec<u32>,
    /// The last moment of the audit log, B2C's aside.
    pub last: Option<i64>,
}

/// Looks into the targets of records.
pub(super) struct Targets<'a> {
    store: &'a Store,
    kinds: Vec<TargetKind>,
}

impl<'a> Targets<'a> {
    pub fn new(store: &'a Store) -> Self {
        let mut kinds = vec![TargetKind::Unknown; store.dictionary(Domain::TargetType).len()];
        store.dictionary(Domain::TargetType).for_each(|code, text| {
            let is = |name: &str| text.eq_ignore_ascii_case(name.as_bytes());
            kinds[code as usize] = match () {
                () if is("AccessPackageAssignmentRequest") => TargetKind::Request,
                () if is("AccessPackage") => TargetKind::Package,
                () if is("AccessPackageAssignmentPolicy") => TargetKind::Policy,
                () if is("User") => TargetKind::User,
                () if is("Other") => TargetKind::Other,
                () => TargetKind::Unknown,
            };
        });
        Self { store, kinds }
    }

    /// The targets of an event with what they are.
    pub fn of(&self, event: usize) -> impl Iterator<Item = (usize, TargetKind)> + '_ {
        let types = self.store.target_column(TargetColumn::Type);
        self.store.targets_of(event).map(move |target| (target, self.kinds[types.get(target) as usize]))
    }

    /// The code of a column of the first target of that kind that has one.
    pub fn first(&self, event: usize, kind: TargetKind, column: TargetColumn) -> u32 {
        let codes = self.store.target_column(column);
        self.of(event).filter(|(_, own)| *own == kind).map(|(at, _)| codes.get(at)).find(|code| *code != 0).unwrap_or(0)
    }
}

/// Puts records together.
pub(super) fn gather(store: &Store) -> Gathered {
    let (records, last) = records(store);
    let mut known = known_ids(store, &records);
    let mut of_correlation = requests_of_correlations(&records);
    adopt(&records, &mut known, &mut of_correlation);
    let mut groups: HashMap<Common, Vec<Record>> = HashMap::default();
    let mut unjoined = Vec::new();
    for record in records {
        match common(&record, &known, &of_correlation) {
            Some(common) => groups.entry(common).or_default().push(record),
            None => unjoined.push(record.event),
        }
    }
    let mut gathered = Gathered { unjoined, last, ..Gathered::default() };
    for (common, records) in groups {
        match common {
            Common::Correlation(code, _) => split_correlation(code, records, &mut gathered),
            Common::Pair(..) => split_pair(store, common, records, &mut gathered),
            Common::Request(_) => gathered.groups.push(Group { common, records }),
        }
    }
    let Gathered { groups, unjoined, .. } = &mut gathered;
    groups.retain(|group| {
        let makes = |record: &Record| {
            !record.stage.is_answer() && (record.stage.leads_to().is_some() || record.stage == Stage::Removed)
        };
        let is_request =
            group.records.iter().any(makes) || matches!(group.common, Common::Request(code) if known.contains(&code));
        if !is_request {
            unjoined.extend(group.records.iter().map(|record| record.event));
        }
        is_request
    });
    unjoined.arrange();
    gathered
}

fn records(store: &Store) -> (Vec<Record>, Option<i64>) {
    let stages: Vec<Option<Stage>> =
        store.activities_among(&stage::activities()).into_iter().map(|place| place.and_then(stage::stage)).collect();
    let targets = Targets::new(store);
    let nil = store.dictionary(Domain::CorrelationId).find(NIL).unwrap_or(0);
    let audit = store.dictionary(Domain::Log).find(Log::Audit.label());
    let b2c = codes_of(store, Domain::Service, "B2C");
    let (activities, logs, services) =
        (store.column(Column::Activity), store.column(Column::Log), store.column(Column::Service));
    let mut last = NO_TIME;
    let mut found = Vec::new();
    for event in 0..store.len() {
        if store.time[event] > last && Some(logs.get(event)) == audit && !b2c.contains(&services.get(event)) {
            last = store.time[event];
        }
        let Some(stage) = stages[activities.get(event) as usize] else { continue };
        let correlation = store.column(Column::CorrelationId).get(event);
        let package = targets.first(event, TargetKind::Package, TargetColumn::Id);
        found.push(Record {
            event: event as u32,
            stage,
            request: targets.first(event, TargetKind::Request, TargetColumn::Id),
            other: targets.first(event, TargetKind::Other, TargetColumn::Id),
            correlation: if correlation == nil { 0 } else { correlation },
            pair: (package, targets.first(event, TargetKind::User, TargetColumn::Id)),
        });
    }
    (found, Some(last).filter(|last| *last != NO_TIME))
}

/// All codes of a text, letter case aside.
pub(super) fn codes_of(store: &Store, domain: Domain, text: &str) -> Vec<u32> {
    let mut codes = Vec::new();
    store.dictionary(domain).for_each(|code, own| {
        if own.eq_ignore_ascii_case(text.as_bytes()) {
            codes.push(code);
        }
    });
    codes
}

/// Ids that are known to be those of requests.
fn known_ids(store: &Store, records: &[Record]) -> HashSet<u32> {
    let rows = store.entities(EntityKind::Request);
    let listed =
        rows.rows().filter(|row| rows.origin(*row) != Origin::Template).map(|row| rows.code(row, Attribute::Id));
    listed.chain(records.iter().map(|record| record.request)).filter(|code| *code != 0).collect()
}

/// The requests that each correlation id leads to: none, one, or more than one.
fn requests_of_correlations(records: &[Record]) -> HashMap<u32, Option<u32>> {
    let mut known = HashMap::default();
    for record in records.iter().filter(|record| record.request != 0 && record.correlation != 0) {
        let one = known.entry(record.correlation).or_insert(Some(record.request));
        if *one != Some(record.request) {
            *one = None;
        }
    }
    known
}

/// Where no record names the request itself, the target of type `Other` of its approval does.
fn adopt(records: &[Record], known: &mut HashSet<u32>, of_correlation: &mut HashMap<u32, Option<u32>>) {
    let names = |record: &&Record| {
        matches!(record.stage, Stage::ApprovalCreated | Stage::ApproverAdded)
            && record.request == 0
            && record.other != 0
            && !known.contains(&record.other)
            && !of_correlation.contains_key(&record.correlation)
    };
    let adopted: Vec<(u32, u32)> = records.iter().filter(names).map(|own| (own.correlation, own.other)).collect();
    for (correlation, other) in adopted {
        known.insert(other);
        if correlation != 0 {
            let one = of_correlation.entry(correlation).or_insert(Some(other));
            if *one != Some(other) {
                *one = None;
            }
        }
    }
}

fn common(record: &Record, known: &HashSet<u32>, of_correlation: &HashMap<u32, Option<u32>>) -> Option<Common> {
    if record.request != 0 {
        return Some(Common::Request(record.request));
    }
    if record.stage.is_of_approval() && known.contains(&record.other) {
        return Some(Common::Request(record.other));
    }
    match of_correlation.get(&record.correlation) {
        Some(Some(request)) => return Some(Common::Request(*request)),
        // Several requests share the correlation id, and nothing says to which the record belongs.
        Some(None) => return None,
        None => {}
    }
    if record.correlation != 0 {
        return Some(Common::Correlation(record.correlation, None));
    }
    let (package, receiver) = record.pair;
    (package != 0 && receiver != 0).then_some(Common::Pair(package, receiver))
}

/// Where several requests begin under one correlation id, package and receiver tell them apart.
fn split_correlation(code: u32, records: Vec<Record>, into: &mut Gathered) {
    let begun = records.iter().filter(|record| matches!(record.stage, Stage::Begun(_))).map(|record| record.pair);
    let pairs: HashSet<(u32, u32)> = begun.collect();
    if pairs.len() < 2 {
        into.groups.push(Group { common: Common::Correlation(code, None), records });
        return;
    }
    let mut by_pair: HashMap<(u32, u32), Vec<Record>> = HashMap::default();
    for record in records {
        if pairs.contains(&record.pair) {
            by_pair.entry(record.pair).or_default().push(record);
        } else {
            into.unjoined.push(record.event);
        }
    }
    into.groups.extend(
        by_pair.into_iter().map(|(pair, records)| Group { common: Common::Correlation(code, Some(pair)), records }),
    );
}

/// Records of one receiver and one package: each beginning begins another request.
fn split_pair(store: &Store, common: Common, mut records: Vec<Record>, into: &mut Gathered) {
    records.arrange_by_key(|record| (store.time[record.event as usize], record.stage));
    let mut group: Vec<Record> = Vec::new();
    for record in records {
        if matches!(record.stage, Stage::Begun(_)) && !group.is_empty() {
            into.groups.push(Group { common, records: std::mem::take(&mut group) });
        }
        group.push(record);
    }
    into.groups.push(Group { common, records: group });
}
