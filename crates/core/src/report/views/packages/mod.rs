//! What happened to access packages: the Azure Monitor workbook "Access Package Activity" for any packages
//! and any time at once, all results included.
//!
//! Source: Application-Insights-Workbooks, `EntitlementManagementAccessPackageActivity`: category
//! `EntitlementManagement`, targets of type `AccessPackage`; time, package, operation, initiator, details.

mod table;

use super::{Made, ViewScope};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::{
    model::{Column, Domain, Field, TargetColumn},
    protocol::Clause,
    report::{
        View,
        blocks::{Block, Chart, Control, Door, Note, Stat, Tone},
        stacked::{Stacked, bars, ranked},
    },
    store::{NO_TIME, Store},
    vocabulary::canonical_category,
};
use hashbrown::HashMap;

/// Bars of a ranking, and packages that the choice names.
const BARS: usize = 15;
const NAMES: usize = 200;

/// An event and one access package it is about.
#[derive(Clone, Copy)]
struct Line {
    event: u32,
    target: u32,
    /// The package's id, else its name: codes of their dictionaries, the name's set apart by a flag.
    package: (bool, u32),
}

/// What charts over time are stacked by.
const STACKS: [(&str, &str); 4] =
    [("result", "Status"), ("activity", "Operation"), ("package", "Access package"), ("initiator", "Initiator")];

struct Shown<'a> {
    scope: &'a ViewScope<'a>,
    store: &'a Store,
    /// Of all packages, newest first.
    all: Vec<Line>,
    /// Of the chosen packages.
    lines: Vec<Line>,
    packages: Vec<String>,
    categories: Vec<String>,
    only_success: bool,
    any_category: bool,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let shown = Shown::new(scope);
    let mut blocks = vec![Block::Stats { stats: shown.stats() }, Block::Controls { controls: shown.controls() }];
    if shown.all.is_empty() {
        blocks.push(Block::Note(shown.nothing()));
        return Made { blocks, opened: None };
    }
    blocks.push(Block::Chart(shown.over_time()));
    blocks.push(Block::Chart(shown.by_initiator()));
    blocks.push(Block::Chart(shown.by_package()));
    blocks.push(Block::Table(shown.table()));
    Made { blocks, opened: None }
}

impl<'a> Shown<'a> {
    fn new(scope: &'a ViewScope<'a>) -> Self {
        let store = scope.derived.store;
        let (only_success, any_category) = (scope.switch("only-success", false), scope.switch("any-category", false));
        let mut is_governance = vec![any_category; store.dictionary(Domain::Category).len()];
        let mut categories = Vec::new();
        store.dictionary(Domain::Category).for_each(|code, text| {
            let text = String::from_utf8_lossy(text);
            if canonical_category(&text) == "EntitlementManagement" {
                is_governance[code as usize] = true;
                categories.push(text.into_owned());
            }
        });
        let of = |domain, word: &str| {
            let mut is = vec![false; store.dictionary(domain).len()];
            store
                .dictionary(domain)
                .for_each(|code, text| is[code as usize] = text.eq_ignore_ascii_case(word.as_bytes()));
            is
        };
        let is_package = of(Domain::TargetType, "AccessPackage");
        let is_success = of(Domain::Result, "success");
        let (category, result) = (store.column(Column::Category), store.column(Column::Result));
        let (kind, id, name) = (
            store.target_column(TargetColumn::Type),
            store.target_column(TargetColumn::Id),
            store.target_column(TargetColumn::Name),
        );
        let mut all = Vec::new();
        if is_package.contains(&true) {
            for event in scope.scope.tally.selection.matching().iter() {
                if !is_governance[category.get(event) as usize]
                    || (only_success && !is_success[result.get(event) as usize])
                {
                    continue;
                }
                for target in store.targets_of(event).filter(|target| is_package[kind.get(*target) as usize]) {
                    let package = match (id.get(target), name.get(target)) {
                        (0, name) => (true, name),
                        (id, _) => (false, id),
                    };
                    all.push(Line { event: event as u32, target: target as u32, package });
                }
            }
        }
        // Newest first; lines of one moment stay in the order of their events.
        all.arrange_by_number(|line| !store.time[line.event as usize]);
        let packages: Vec<String> =
            scope.param("packages").map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect());
        let mut shown = Self { scope, store, lines: Vec::new(), all, packages, categories, only_success, any_category };
        let is_chosen = |line: &&Line| shown.packages.is_empty() || shown.packages.contains(&shown.key(line.package));
        shown.lines = shown.all.iter().filter(is_chosen).copied().collect();
        shown
    }

    /// The id of a package, else its name; commas part ids in the parameter, and none has one.
    fn key(&self, (by_name, code): (bool, u32)) -> String {
        let domain = if by_name { Domain::Name } else { Domain::ObjectId };
        self.store.dictionary(domain).get(code).replace(',', " ")
    }

    fn name(&self, line: &Line) -> String {
        let name = self.store.target_text(line.target as usize, TargetColumn::Name);
        if name.is_empty() { self.key(line.package) } else { name.into_owned() }
    }

    /// What every door of this view asks for.
    fn clauses(&self) -> Vec<Clause> {
        let mut clauses = vec![Clause::any(Field::TargetType, ["AccessPackage"])];
        if !self.any_category {
            clauses.push(Clause::any(Field::Category, self.categories.clone()));
        }
        if self.only_success {
            clauses.push(Clause::any(Field::Result, ["success"]));
        }
        if !self.packages.is_empty() {
            let by_name = self.lines.iter().any(|line| line.package.0);
            if by_name {
                let names = ranked_packages(self, &self.lines).into_iter().map(|package| package.name);
                clauses.push(Clause::any(Field::TargetName, names));
            } else {
                clauses.push(Clause::any(Field::TargetId, self.packages.clone()));
            }
        }
        clauses
    }

    fn stats(&self) -> Vec<Stat> {
        let mut events: Vec<u32> = self.lines.iter().map(|line| line.event).collect();
        events.dedup();
        let results = self.store.column(Column::Result);
        let success = self.store.dictionary(Domain::Result).find("success").unwrap_or(0);
        let failed = events.iter().filter(|event| results.get(**event as usize) != success).count();
        let packages = ranked_packages(self, &self.lines).len();
        let stat = |id: &str, label: &str, count: usize, help: &str| Stat {
            id: id.into(),
            label: label.into(),
            value: Some(count as u64),
            text: String::new(),
            help: help.into(),
            door: Some(Door { clauses: self.clauses(), ..Door::default() }),
        };
        // No list of events has as many lines as there are packages; the table below has.
        let mut seen = stat(
            "packages-seen",
            "Access packages",
            packages,
            "Packages that events name; those without events are not among them. The ranking below names them.",
        );
        seen.door = None;
        let mut failures = stat("package-failures", "Without success", failed, "The workbook leaves these out.");
        if let Some(door) = &mut failures.door {
            door.clauses.retain(|clause| clause.field != Field::Result);
            door.clauses.push(Clause { field: Field::Result, values: vec!["success".into()], exclude: true });
        }
        vec![
            stat(
                "package-events",
                "Events of access packages",
                events.len(),
                "An event about two packages counts once.",
            ),
            seen,
            failures,
        ]
    }

    fn controls(&self) -> Vec<Control> {
        let mut named: Vec<(String, String)> = ranked_packages(self, &self.all)
            .into_iter()
            .take(NAMES)
            .map(|package| (self.key(package.code), package.name))
            .collect();
        let chosen = self.packages.join(",");
        if self.packages.len() > 1 {
            named.insert(
                0,
                (chosen.clone(), format!("{} packages", crate::number::thousands(self.packages.len() as u64))),
            );
        }
        named.insert(0, (String::new(), "All".into()));
        let switch = |name: &str, label: &str, on: bool| Control::Switch {
            name: name.into(),
            label: label.into(),
            testid: format!("packages-{name}"),
            on,
        };
        vec![
            Control::Choice {
                name: "packages".into(),
                label: "Access package".into(),
                testid: "packages-choice".into(),
                value: chosen,
                options: named,
            },
            Control::Choice {
                name: "stack".into(),
                label: "Chart by".into(),
                testid: "packages-stack".into(),
                value: self.stack().into(),
                options: STACKS.map(|(id, label)| (id.to_owned(), label.to_owned())).into(),
            },
            switch("only-success", "Only success, as in the workbook", self.only_success),
            switch("any-category", "Also other categories, such as approvals", self.any_category),
        ]
    }

    fn stack(&self) -> &'static str {
        STACKS.iter().find(|(id, _)| Some(*id) == self.scope.param("stack")).map_or(STACKS[0].0, |(id, _)| id)
    }

    fn over_time(&self) -> Chart {
        let stack = self.stack();
        let codes = |column: Column| self.store.column(column);
        let packages = ranked_packages(self, &self.lines);
        let places: HashMap<(bool, u32), u32> =
            (0_u32..).zip(&packages).map(|(place, package)| (package.code, place)).collect();
        let code = |line: &Line| match stack {
            "activity" => codes(Column::Activity).get(line.event as usize),
            "initiator" => codes(Column::Actor).get(line.event as usize),
            "package" => places.get(&line.package).copied().unwrap_or(0),
            _ => codes(Column::Result).get(line.event as usize),
        };
        let in_time = self.lines.iter().filter(|line| self.store.time[line.event as usize] != NO_TIME);
        let moments: Vec<(i64, u32)> = in_time.map(|line| (self.store.time[line.event as usize], code(line))).collect();
        let name = |code: u32| match stack {
            "package" => (packages.get(code as usize).map_or(String::new(), |own| own.name.clone()), Tone::Plain),
            "activity" => (self.store.dictionary(Domain::Activity).get(code).into_owned(), Tone::Plain),
            "initiator" => (self.store.dictionary(Domain::Principal).get(code).into_owned(), Tone::Plain),
            _ => {
                let word = self.store.dictionary(Domain::Result).get(code).into_owned();
                let tone = match word.to_ascii_lowercase().as_str() {
                    "success" => Tone::Good,
                    "failure" => Tone::Serious,
                    _ => Tone::Attention,
                };
                (result_words(&word), tone)
            }
        };
        let label = STACKS.iter().find(|(id, _)| *id == stack).map_or("", |(_, label)| label).to_lowercase();
        Stacked {
            id: "package-activity-over-time",
            title: &format!("Access package activity over time, by {label}"),
            help: "An event about two packages counts for each.",
            unit: "events",
            moments: &moments,
            zone: self.scope.zone(),
            bins: self.scope.scope.bins,
        }
        .chart(name, |window| Door { clauses: self.clauses(), window: Some(window), ..Door::default() })
    }

    fn by_initiator(&self) -> Chart {
        let actors = self.store.column(Column::Actor);
        let name = |code| self.store.dictionary(Domain::Principal).get(code).into_owned();
        let ranked = ranked(self.lines.iter().map(|line| actors.get(line.event as usize)), name);
        let all = ranked.into_iter().take(BARS).map(|(_, name, count)| {
            let mut clauses = self.clauses();
            clauses.push(Clause::any(Field::Actor, vec![name.clone()]));
            let label = if name.is_empty() { "No initiator".into() } else { name };
            (label, count, Some(Door { clauses, ..Door::default() }))
        });
        bars("package-activity-by-initiator", "By initiator", "The largest first.", "events", all.collect())
    }

    /// Doors add a package to those chosen, or take it away.
    fn by_package(&self) -> Chart {
        let all = ranked_packages(self, &self.all).into_iter().take(BARS).map(|package| {
            let key = self.key(package.code);
            let mut chosen = self.packages.clone();
            let label = if let Some(at) = chosen.iter().position(|own| *own == key) {
                chosen.remove(at);
                format!("{} (chosen)", package.name)
            } else {
                chosen.push(key);
                package.name
            };
            let params = arrange::map([("packages".to_owned(), chosen.join(","))]);
            (label, package.lines, Some(Door { view: Some(View::Packages), params, ..Door::default() }))
        });
        let help = "Select packages to see these alone; select one again to take it out.";
        bars("package-activity-by-package", "By access package", help, "events", all.collect())
    }

    fn nothing(&self) -> Note {
        let is_filtered = self.scope.is_filtered();
        let text = if is_filtered {
            "No matching event of the category EntitlementManagement has a target of type AccessPackage."
        } else {
            "The loaded files hold no audit records of access packages: no event of the category EntitlementManagement has a target of type AccessPackage."
        };
        let steps = [
            "Microsoft Entra admin center: Identity governance, Entitlement management, Audit logs",
            "Select Download, and drop the file here",
        ];
        Note {
            id: "no-package-activity".into(),
            tone: Tone::Unknown,
            title: "No access package activity".into(),
            text: text.into(),
            steps: if is_filtered { Vec::new() } else { steps.map(String::from).into() },
            ..Note::default()
        }
    }
}

/// A result as the other charts write it.
fn result_words(word: &str) -> String {
    let known = ["Success", "Failure", "Timeout"].into_iter().find(|known| known.eq_ignore_ascii_case(word));
    known.unwrap_or(word).to_owned()
}

/// A package and how many lines it has.
struct Counted {
    code: (bool, u32),
    name: String,
    lines: u64,
}

/// Packages by how many lines they have, under the name of their newest line.
fn ranked_packages(shown: &Shown, lines: &[Line]) -> Vec<Counted> {
    let code = |package: (bool, u32)| package.1 << 1 | u32::from(package.0);
    let mut newest: HashMap<u32, Line> = HashMap::default();
    for line in lines {
        newest.entry(code(line.package)).or_insert(*line);
    }
    let name = |code: u32| newest.get(&code).map_or(String::new(), |line| shown.name(line));
    ranked(lines.iter().map(|line| code(line.package)), name)
        .into_iter()
        .map(|(code, name, lines)| Counted { code: (code & 1 == 1, code >> 1), name, lines })
        .collect()
}
