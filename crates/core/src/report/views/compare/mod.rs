//! Two snapshots side by side: new, gone, changed, with what changed.

mod differences;
mod remarks;

use super::{Made, ViewScope, taking_part::TakingPart};
use crate::{
    guests::compare::{Choice, Comparison, Comparisons, Snapshot, What, snapshots},
    identity::{Identity, PersonId},
    model::{Attribute as A, EntityKind},
    report::{
        Need, View,
        blocks::{Block, Control, Door, Params, Stat},
        guide,
    },
    store::Entities,
    time::plain_day,
};

/// What can be compared, and what it is called.
const KINDS: [(EntityKind, &str); 8] = [
    (EntityKind::Person, "Users"),
    (EntityKind::Assignment, "Assignments"),
    (EntityKind::Request, "Requests"),
    (EntityKind::Package, "Access packages"),
    (EntityKind::Policy, "Policies"),
    (EntityKind::Catalog, "Catalogs"),
    (EntityKind::Organization, "Connected organizations"),
    (EntityKind::Decision, "Review decisions"),
];

/// Two snapshots and what the reader has set.
struct Comparing<'a> {
    scope: &'a ViewScope<'a>,
    kind: EntityKind,
    rows: Entities<'a>,
    identity: &'a Identity,
    comparison: &'a Comparison,
    taking_part: &'a TakingPart,
    guests_only: bool,
}

impl Comparing<'_> {
    /// Whom a row is about.
    fn person(&self, row: u32) -> Option<PersonId> {
        let row = row as usize;
        let code = |attribute| self.rows.code(row, attribute);
        match self.kind {
            EntityKind::Person => self.identity.person_of(row),
            EntityKind::Request => {
                self.identity.of_codes(code(A::RequestorId), code(A::RequestorUpn), code(A::RequestorMail))
            }
            _ => self.identity.of_codes(code(A::TargetId), code(A::TargetUpn), code(A::TargetMail)),
        }
    }

    /// Whether rows of this kind are about people.
    fn is_about_people(&self) -> bool {
        use EntityKind as E;
        matches!(self.kind, E::Person | E::Assignment | E::Request | E::Decision)
    }

    /// Whether filters and the switch leave a row.
    fn has(&self, row: u32) -> bool {
        if !self.is_about_people() {
            return true;
        }
        let person = self.person(row);
        let is_guest = || person.is_some_and(|person| self.identity.person(person).concerns_guests());
        self.taking_part.has(person) && (!self.guests_only || is_guest())
    }
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let store = scope.derived.store;
    let listed: Vec<(EntityKind, &str, Vec<Snapshot>)> =
        KINDS.iter().map(|(kind, name)| (*kind, *name, snapshots(store, *kind))).collect();
    let wanted = scope.param("of").and_then(|id| listed.iter().find(|(kind, ..)| kind.plural() == id));
    // Users first, else the first kind with two snapshots.
    let first = listed.iter().find(|(.., own)| own.len() > 1);
    let Some((kind, name, all)) = wanted.or(first).or(listed.first()) else { return Made::default() };
    let mut blocks = Vec::new();
    let [oldest, .., newest] = &all[..] else {
        if listed.iter().any(|(.., own)| own.len() > 1) {
            blocks.push(Block::Controls { controls: vec![kinds(*kind, &listed)] });
        }
        blocks.push(remarks::too_few(name, all, scope));
        let mut how = guide(need(*kind));
        if !all.is_empty() {
            how.title = format!("How to export {}", name.to_lowercase());
        }
        blocks.push(Block::Note(how));
        return Made { blocks, opened: None };
    };
    let chosen = |param: &str| scope.param(param).and_then(|key| all.iter().find(|own| own.key == key));
    let before = chosen("before").unwrap_or(oldest);
    let after = chosen("after").unwrap_or(newest);
    let sign_ins = scope.switch("sign-ins", false);
    let choice = Choice { kind: *kind, before: before.source, after: after.source, sign_ins };
    let comparison = scope.derived.get::<Comparisons>().of(&scope.derived, choice);
    let (identity, taking_part) = (scope.derived.get::<Identity>(), TakingPart::new(scope));
    let comparing = Comparing {
        scope,
        kind: *kind,
        rows: store.entities(*kind),
        identity: &identity,
        comparison: &comparison,
        taking_part: &taking_part,
        guests_only: scope.switch("guests", false),
    };
    let lines = differences::all(&comparing);
    let left_out = comparison.new.len() + comparison.gone.len() + comparison.changed.len() - lines.len();
    blocks.push(Block::Controls { controls: controls(&comparing, name, &listed, all, before, after) });
    if comparing.is_about_people() {
        blocks.extend(taking_part.note(left_out, "differences"));
    }
    blocks.extend(remarks::remarks(&comparing, name, before, after));
    blocks.push(stats(&comparing, &lines));
    blocks.push(Block::Table(differences::by_attribute(&comparing, &lines)));
    let lines = if scope.param("show") == Some("same") { differences::same(&comparing) } else { lines };
    blocks.push(Block::Table(differences::table(&comparing, &lines)));
    let opened = scope.open.and_then(|key| differences::opened(&comparing, &lines, key));
    Made { blocks, opened }
}

fn need(kind: EntityKind) -> Need {
    match kind {
        EntityKind::Assignment => Need::Assignments,
        EntityKind::Request => Need::Requests,
        EntityKind::Package | EntityKind::Catalog => Need::Packages,
        EntityKind::Policy => Need::Policies,
        EntityKind::Organization => Need::Organizations,
        EntityKind::Decision => Need::Reviews,
        _ => Need::Users,
    }
}

fn kinds(kind: EntityKind, listed: &[(EntityKind, &str, Vec<Snapshot>)]) -> Control {
    let option = |(own, name, all): &(EntityKind, &str, Vec<Snapshot>)| {
        (*own == kind || all.len() > 1).then(|| (own.plural().to_owned(), (*name).to_owned()))
    };
    Control::Choice {
        name: "of".into(),
        label: "Compare".into(),
        testid: "compare-of".into(),
        value: kind.plural().into(),
        options: listed.iter().filter_map(option).collect(),
    }
}

fn controls(
    comparing: &Comparing,
    name: &str,
    listed: &[(EntityKind, &str, Vec<Snapshot>)],
    all: &[Snapshot],
    before: &Snapshot,
    after: &Snapshot,
) -> Vec<Control> {
    let scope = comparing.scope;
    let option = |own: &Snapshot| {
        let until = own.at.map_or("no date".into(), |at| format!("knows of {}", plain_day(at, scope.zone())));
        (own.key.clone(), format!("{} ({until}, {} {})", own.name, own.count, name.to_lowercase()))
    };
    let file = |name: &str, label: &str, value: &Snapshot| Control::Choice {
        name: name.into(),
        label: label.into(),
        testid: format!("compare-{name}"),
        value: value.key.clone(),
        options: all.iter().map(option).collect(),
    };
    let switch = |name: &str, label: &str, on| Control::Switch {
        name: name.into(),
        label: label.into(),
        testid: format!("compare-{name}"),
        on,
    };
    let mut controls =
        vec![kinds(comparing.kind, listed), file("before", "Before", before), file("after", "After", after)];
    if comparing.is_about_people() {
        controls.push(switch("guests", "Guests only", comparing.guests_only));
    }
    if comparing.kind == EntityKind::Person {
        controls.push(switch("sign-ins", "Times of sign-in count as changes", scope.switch("sign-ins", false)));
    }
    controls.push(Control::Choice {
        name: "show".into(),
        label: "Show".into(),
        testid: "compare-show".into(),
        value: scope.param("show").unwrap_or("all").into(),
        options: [
            ("all", "All differences"),
            ("new", "New"),
            ("gone", "Gone"),
            ("changed", "Changed"),
            ("same", "Unchanged"),
        ]
        .map(|(id, label)| (id.to_owned(), label.to_owned()))
        .into(),
    });
    controls
}

fn stats(comparing: &Comparing, lines: &[differences::Line]) -> Block {
    let door = |shown: &str| {
        let params: Params = [("show".to_owned(), shown.to_owned()), ("attribute".into(), String::new())].into();
        Door { view: Some(View::Compare), params, ..Door::default() }
    };
    let count = |shown: &str| lines.iter().filter(|line| line.kind() == shown).count() as u64;
    let figure = |id: &str, label: &str, value: u64, help: &str, door| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value),
        text: String::new(),
        help: help.into(),
        door,
    };
    let mut stats = vec![
        figure("compare-new", "New", count("new"), "Only in the later file", Some(door("new"))),
        figure("compare-gone", "Gone", count("gone"), "Only in the earlier file", Some(door("gone"))),
        figure("compare-changed", "Changed", count("changed"), "In both files, differently", Some(door("changed"))),
    ];
    let same = differences::same(comparing).len() as u64;
    stats.push(figure("compare-same", "Unchanged", same, "In both files, alike", Some(door("same"))));
    if comparing.kind == EntityKind::Person && !comparing.scope.switch("sign-ins", false) {
        let params: Params = [("sign-ins".to_owned(), "1".to_owned()), ("show".into(), "changed".into())].into();
        let door = Door { view: Some(View::Compare), params, ..Door::default() };
        let help = "Only times of sign-in differ; of all, whatever the filters";
        let signed_in = comparing.comparison.signed_in.len() as u64;
        stats.push(figure("compare-signed-in", "Only signed in", signed_in, help, Some(door)));
    }
    Block::Stats { stats }
}

/// The stable name of something that changed, and its words; those of an extra are a text of a file.
fn named(rows: &Entities, what: What) -> (String, String) {
    let label = what.label(rows);
    let id = match what {
        What::Attribute(attribute) => attribute.id(),
        What::List(_) => label.to_lowercase().replace(' ', "-"),
        What::Extra(_) => format!("extra:{label}"),
    };
    (id, label)
}
