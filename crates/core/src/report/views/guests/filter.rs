//! Which guests are listed: the controls that narrow the roster, and who passes.

use super::{
    Sheet,
    side::{STEPS, Side, WAITS, counted, sponsor_key, steps, wait},
    traits::Trait,
};
use crate::report::{
    blocks::{Block, Control},
    views::as_of::AsOf,
};

/// How many values a list of domains, inviters or sponsors offers.
const OFFERED: usize = 50;

/// A condition that a guest has to meet.
enum Test {
    /// One of [`Trait::ALL`], by its bit.
    Mark(u32),
    /// The group of that number.
    Group(Side, Option<u32>),
    /// One of the sponsors has that key.
    Sponsor(String),
    /// One of [`WAITS`].
    Waited(usize),
    /// So many of [`STEPS`], or more.
    Reached(usize),
}

/// What the reader narrowed the roster to.
pub(super) struct Filter {
    set: Vec<(Side, String)>,
    tests: Vec<Test>,
    /// What the roster is grouped by.
    pub(super) group: Option<Side>,
}

/// Parameters of figures: they are offered once they are set.
const WAITED: &str = "waited";
const REACHED: &str = "reached";

impl Filter {
    pub(super) fn new(sheet: &Sheet) -> Self {
        let param = |side: Side| Some((side, sheet.scope.param(side.id())?.to_owned()));
        let group = sheet.scope.param("group").and_then(|id| Side::ALL.into_iter().find(|side| side.id() == id));
        let set: Vec<(Side, String)> = Side::ALL.into_iter().filter_map(param).collect();
        let mut tests: Vec<Test> = set.iter().filter_map(|(side, wanted)| Test::new(sheet, *side, wanted)).collect();
        let wanted = |name| sheet.scope.param(name);
        let waited = WAITS.iter().position(|(_, id, _)| Some(*id) == wanted(WAITED));
        let reached = STEPS.iter().position(|(id, _)| Some(*id) == wanted(REACHED));
        tests.extend(waited.map(Test::Waited));
        tests.extend(reached.map(|at| Test::Reached(at + 1)));
        Self { set, tests, group }
    }

    /// Those of the guests that meet all conditions.
    pub(super) fn passing(&self, sheet: &Sheet, mut guests: Vec<u32>) -> Vec<u32> {
        for test in &self.tests {
            match test {
                Test::Mark(bit) => guests.retain(|at| sheet.marks[*at as usize] & bit != 0),
                Test::Group(_, None) => guests.clear(),
                Test::Group(side, Some(number)) => {
                    let (numbers, _) = side.numbers(sheet);
                    guests.retain(|at| numbers[*at as usize] == *number);
                }
                Test::Sponsor(key) => guests
                    .retain(|at| sheet.guest(*at).sponsors.iter().any(|sponsor| sponsor_key(sheet, sponsor) == *key)),
                Test::Waited(place) => guests.retain(|at| wait(sheet.guest(*at)) == Some(*place)),
                Test::Reached(least) => guests.retain(|at| steps(sheet, *at) >= *least),
            }
        }
        guests
    }

    pub(super) fn controls(&self, sheet: &Sheet, present: &[u32], as_of: Option<&AsOf>) -> Block {
        let mut groups = vec![(String::new(), "Nothing".to_owned())];
        groups.extend(Side::ALL.map(|side| (side.id().to_owned(), side.label().to_owned())));
        let mut controls = vec![choice("group", "Group by", self.group.map_or("", Side::id), groups)];
        for side in Side::ALL {
            let value = self.set.iter().find(|(own, _)| *own == side).map_or("", |(_, value)| value.as_str());
            let mut options = vec![all()];
            if side == Side::State {
                options.extend(Trait::ALL.map(|one| (one.id().to_owned(), one.label().to_owned())));
            } else {
                options.extend(offered(sheet, side, present, value));
            }
            controls.push(choice(side.id(), side.label(), value, options));
        }
        if let Some(value) = sheet.scope.param(WAITED) {
            let waits = WAITS.iter().map(|(_, id, label)| ((*id).to_owned(), up_to(label)));
            controls.push(choice(
                WAITED,
                "Invitation to redemption",
                value,
                std::iter::once(all()).chain(waits).collect(),
            ));
        }
        if let Some(value) = sheet.scope.param(REACHED) {
            let steps = STEPS.iter().map(|(id, label)| ((*id).to_owned(), (*label).to_owned()));
            controls.push(choice(REACHED, "Got as far as", value, std::iter::once(all()).chain(steps).collect()));
        }
        controls.extend(as_of.map(AsOf::control));
        controls.push(super::super::inactive::threshold(sheet.threshold));
        Block::Controls { controls }
    }
}

impl Test {
    fn new(sheet: &Sheet, side: Side, wanted: &str) -> Option<Self> {
        match side {
            Side::State => Trait::bit(wanted).map(Self::Mark),
            Side::Sponsor if !wanted.starts_with('-') => Some(Self::Sponsor(wanted.to_owned())),
            _ => {
                let groups = counted(sheet, side, &sheet.index.newest);
                let group = groups.iter().find(|group| side.of(sheet, group.one).0 == wanted);
                Some(Self::Group(side, group.map(|group| side.numbers(sheet).0[group.one as usize])))
            }
        }
    }
}

/// A length of time at most; the last one is longer than all others.
pub(super) fn up_to(label: &str) -> String {
    if label == "longer" { label.to_owned() } else { format!("\u{2264} {label}") }
}

fn all() -> (String, String) {
    (String::new(), "All".to_owned())
}

pub(super) fn choice(name: &str, label: &str, value: &str, options: Vec<(String, String)>) -> Control {
    let testid = format!("guests-{name}");
    Control::Choice { name: name.into(), label: label.into(), testid, value: value.into(), options }
}

/// The most frequent groups of a side, and the one that is chosen: months by time, others by number.
fn offered(sheet: &Sheet, side: Side, present: &[u32], chosen: &str) -> Vec<(String, String)> {
    let groups = counted(sheet, side, present);
    let mut options: Vec<(String, String)> = Vec::new();
    let mut is_there = chosen.is_empty();
    for (place, group) in groups.iter().enumerate() {
        if place >= OFFERED && is_there {
            break;
        }
        let (key, name) = side.of(sheet, group.one);
        if place < OFFERED || key == chosen {
            is_there |= key == chosen;
            options.push((key, format!("{name} ({})", group.count)));
        }
    }
    if !is_there {
        options.push((chosen.to_owned(), chosen.to_owned()));
    }
    options
}
