//! Access package requests: how each stands, its way step by step, how long steps take.

mod durations;
mod lanes;
mod list;
mod opened;
mod words;

use super::{Made, ViewScope};
use crate::arrange;
use crate::{
    derived::Derived,
    entitlement::requests::{Request, Requests, State},
    report::{
        blocks::{Block, Control, Door, Note, Stat, Tone},
        view::View,
    },
    time::{self, HOUR},
};

/// Hours after which an approved request without delivery counts as stuck, unless set otherwise.
const STUCK_AFTER: i64 = 24;

/// A door to more events than these would be larger than what it leads to.
const PICKED: usize = 5_000;

/// The requests in sight and what is set on them.
struct Shown<'a> {
    scope: &'a ViewScope<'a>,
    all: &'a Requests,
    /// Those that take part in a matching event and are of the chosen package, policy or approver.
    requests: Vec<&'a Request>,
    /// Those of them that are in the chosen list.
    listed: Vec<&'a Request>,
    /// Ticks after which an approved request without delivery is stuck.
    stuck_after: i64,
}

pub(super) fn view(scope: &ViewScope) -> Made {
    let all = scope.derived.get::<Requests>();
    if all.list.is_empty() {
        return Made { blocks: vec![Block::Note(nothing(scope.derived))], opened: None };
    }
    let stuck_after = scope.number("stuck-after", STUCK_AFTER, 0, 24 * 365) * HOUR;
    let takes_part = |request: &&Request| {
        !scope.is_filtered()
            || request.events.iter().any(|(event, _)| scope.scope.tally.selection.matches(*event as usize))
    };
    let matching: Vec<&Request> = all.list.iter().filter(takes_part).collect();
    let grouped = durations::Grouped::new(scope, &matching);
    let requests = grouped.chosen(scope, &matching);
    let list = scope.param("list").unwrap_or("all");
    let chosen = List::of(list);
    let listed = requests.iter().copied().filter(|request| chosen.has(request, stuck_after)).collect();
    let shown = Shown { scope, all: &all, requests, listed, stuck_after };
    let mut blocks = vec![Block::Stats { stats: stats(&shown) }];
    blocks.push(Block::Controls { controls: controls(&shown, list, &grouped) });
    blocks.extend(notes(&shown, matching.len()).into_iter().map(Block::Note));
    blocks.push(Block::Lanes(lanes::of(scope, "request-lanes", &shown.listed)));
    blocks.push(Block::Table(list::table(&shown)));
    if scope.derived.store.keeps_times_of(HOUR) {
        blocks.extend(grouped.blocks(&shown));
    } else {
        let text = "How long steps of requests take needs times finer than an hour. The times here are rounded.";
        blocks.push(Block::Note(Note { id: "rounded-durations".into(), text: text.into(), ..Note::default() }));
    }
    let opened = scope.open.and_then(|key| all.find(key)).map(|request| opened::of(scope, request));
    Made { blocks, opened }
}

/// The lists a reader can choose, besides the states.
const LISTS: [(&str, &str); 5] = [
    ("all", "All"),
    ("open", "Open"),
    ("waiting", "Waiting for a decision"),
    ("stuck", "Stuck: approved, not delivered"),
    ("timed-out", "Timed out: nobody decided"),
];

fn is_stuck(request: &Request, after: i64) -> bool {
    request.undelivered_for().is_some_and(|time| time >= after)
}

/// A list of requests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    All,
    Open,
    Waiting,
    Stuck,
    In(State),
}

impl List {
    /// The list of that stable name; all where there is none.
    fn of(id: &str) -> Self {
        match id {
            "open" => Self::Open,
            "waiting" => Self::Waiting,
            "stuck" => Self::Stuck,
            "timed-out" => Self::In(State::Expired),
            state => State::from_id(state).map_or(Self::All, Self::In),
        }
    }

    fn has(self, request: &Request, stuck_after: i64) -> bool {
        match self {
            Self::All => true,
            Self::Open => request.is_open(),
            Self::Waiting => request.is_waiting(),
            Self::Stuck => is_stuck(request, stuck_after),
            Self::In(state) => request.state == state,
        }
    }
}

fn list_door(list: &str) -> Door {
    let params = arrange::map([("list".to_owned(), list.to_owned())]);
    Door { view: Some(View::Requests), params, ..Door::default() }
}

fn stats(shown: &Shown) -> Vec<Stat> {
    let stat = |id: &str, label: &str, list: &str, help: &str| {
        let of = List::of(list);
        let count = shown.requests.iter().filter(|request| of.has(request, shown.stuck_after)).count();
        Stat {
            id: id.into(),
            label: label.into(),
            value: Some(count as u64),
            text: String::new(),
            help: help.into(),
            door: Some(list_door(list)),
        }
    };
    let stuck = format!(
        "Approved, or without need of approval, and for {} or longer not delivered, not even in part, as far as \
         the files tell.",
        words::length(shown.stuck_after)
    );
    let mut stats = vec![
        stat("requests", "Requests", "all", "Joined by request id, else by correlation id."),
        stat(
            "requests-waiting",
            "Waiting for a decision",
            "waiting",
            "Submitted or pending approval at the end of what the files cover. Not the same as denied.",
        ),
        stat("requests-stuck", "Stuck", "stuck", &stuck),
        stat(
            "requests-timed-out",
            "Timed out",
            "timed-out",
            "Nobody decided in time. Graph says denied for these, Microsoft's page on the request process says expired.",
        ),
    ];
    for state in State::ALL.into_iter().filter(|state| *state != State::Expired) {
        let id = format!("requests-{}", state.id());
        let stat = stat(&id, state.label(), state.id(), "The state at the end of what the files cover.");
        if stat.value != Some(0) {
            stats.push(stat);
        }
    }
    stats
}

fn controls(shown: &Shown, list: &str, grouped: &durations::Grouped) -> Vec<Control> {
    let states = State::ALL.into_iter().filter(|state| *state != State::Expired);
    let states = states.map(|state| (state.id(), state.label()));
    let options = LISTS.into_iter().chain(states).map(|(id, label)| (id.to_owned(), label.to_owned())).collect();
    let mut controls = vec![
        Control::Choice {
            name: "list".into(),
            label: "List".into(),
            testid: "request-list".into(),
            value: list.into(),
            options,
        },
        Control::Number {
            name: "stuck-after".into(),
            label: "Stuck after".into(),
            testid: "stuck-after".into(),
            data: Vec::new(),
            value: shown.stuck_after / HOUR,
            min: 0,
            max: 24 * 365,
            unit: "hours".into(),
        },
    ];
    controls.extend(grouped.controls(shown.scope));
    controls
}

fn note(id: &str, text: String) -> Note {
    Note { id: id.into(), text, ..Note::default() }
}

fn notes(shown: &Shown, matching: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    let open = shown.requests.iter().filter(|request| request.is_open()).count();
    if let Some(last) = shown.all.last.filter(|_| open > 0) {
        let when = time::plain_day(last, &time::Zone::default());
        notes.push(note(
            "requests-open-as-of",
            format!(
                "{} open as of {when}, when the loaded audit logs end. What came later is not known.",
                count(open, "request is", "requests are")
            ),
        ));
    }
    let left_out = shown.all.list.len() - matching;
    if left_out > 0 {
        let text = format!(
            "{} left out: no matching event takes part in them.",
            count(left_out, "request is", "requests are")
        );
        notes.push(note("requests-left-out", text));
    }
    if !shown.all.unjoined.is_empty() {
        let unjoined = &shown.all.unjoined;
        let text = format!(
            "{} of approvals and deliveries belong to no loaded request: they carry no request id, or a correlation \
             id of several requests.",
            count(unjoined.len(), "record", "records")
        );
        let door = || Door::to_events(shown.scope.derived.store, "Records without a request", unjoined.iter().copied());
        let door = if unjoined.len() <= PICKED { door() } else { None };
        let door = door.map(|door| ("Show these events".to_owned(), door));
        notes.push(Note { door, ..note("requests-unjoined", text) });
    }
    if shown.all.resource_requests > 0 {
        let text = format!(
            "{} to add a resource to a catalog are not listed here.",
            count(shown.all.resource_requests, "request", "requests")
        );
        notes.push(note("requests-for-resources", text));
    }
    notes
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", crate::number::thousands(number as u64), if number == 1 { one } else { many })
}

fn nothing(derived: Derived) -> Note {
    let text = if derived.store.is_empty() && derived.store.entity_count() == 0 {
        "Nothing is loaded."
    } else {
        "The loaded files hold no records of access package requests. That does not mean that there were none."
    };
    Note {
        id: "no-requests".into(),
        tone: Tone::Unknown,
        title: "No requests".into(),
        text: text.into(),
        steps: vec![
            "Microsoft Entra admin center: Identity governance, Entitlement management, Audit logs".into(),
            "Set Category to EntitlementManagement, and again to UserManagement for the approvals".into(),
            "Select Download, and drop the files here".into(),
        ],
        code: vec![(
            "Requests from Microsoft Graph".into(),
            "GET https://graph.microsoft.com/v1.0/identityGovernance/entitlementManagement/assignmentRequests?$expand=requestor,accessPackage,assignment".into(),
        )],
        door: None,
    }
}
