//! Requests for access packages: who asks, who decides, how it ends. The audit log and the
//! entitlement exports both tell of these.

use super::{
    calendar::{DAYS, answered, at, day, end, is_working, moment, seconds},
    cast::{APPROVERS, Cast, GOVERNANCE_ADMIN},
    packages::{Catalogs, PROJECT_JUNIPER, SUPPLIER_PORTAL},
    people::People,
    random::Random,
};
use crate::time::{DAY, HOUR, MINUTE, SECOND};

/// What becomes of a request, were there no end of the period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// Approved where needed, and delivered.
    Delivered,
    /// Delivered in part first, in full three hours later.
    PartlyFirst,
    /// Delivered in part, and no more.
    Partly,
    Failed,
    Denied,
    /// Nobody decided for 14 days.
    TimedOut,
    Canceled,
    /// Assigned by an administrator, without a request.
    Assigned,
    /// Ready to be delivered, and never delivered.
    Stuck,
}

/// A request and its moments.
pub(super) struct Request {
    pub id: String,
    pub assignment: String,
    pub package: usize,
    pub guest: usize,
    pub ending: Ending,
    pub created: i64,
    /// When it was approved, denied or canceled, by hand or automatically.
    pub decided: i64,
    /// The member who decides; `None` where the policy approves by itself.
    pub approver: Option<usize>,
    /// When delivery, in part or in full, or failure came.
    pub completed: i64,
    /// When access ends: by expiry, or earlier by the guest or an administrator.
    pub ended: i64,
    pub removal: Removal,
    pub justification: &'static str,
}

/// How access ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Removal {
    Expiry,
    ByGuest,
    ByAdmin,
}

const JUSTIFICATIONS: [&str; 8] = [
    "Joint project until the end of the quarter",
    "I replace a colleague",
    "Delivery of spare parts",
    "Review of the drafts, please",
    "New contract, see order 4500017",
    "Asked by my contact",
    "Workshop next week",
    "Access expired, the work goes on",
];

impl Request {
    /// Whether access was given, at least in part, before the end of the period.
    pub fn gives_access(&self) -> bool {
        use Ending::{Assigned, Delivered, Partly, PartlyFirst};
        matches!(self.ending, Delivered | PartlyFirst | Partly | Assigned) && self.completed < end()
    }

    /// When everything was delivered, or it was clear that it will not be.
    pub fn finished(&self) -> i64 {
        self.completed + if self.ending == Ending::PartlyFirst { 3 * HOUR } else { 0 }
    }

    /// The state that Graph's v1.0 shows at the end of the period.
    pub fn state(&self) -> &'static str {
        use Ending::{Canceled, Denied, Failed, Partly, PartlyFirst, Stuck, TimedOut};
        match self.ending {
            _ if self.decided >= end() => "pendingApproval",
            Denied | TimedOut => "denied",
            Canceled => "canceled",
            Stuck => "delivering",
            _ if self.completed >= end() => "delivering",
            Failed => "deliveryFailed",
            Partly => "partiallyDelivered",
            PartlyFirst if self.finished() >= end() => "partiallyDelivered",
            _ => "delivered",
        }
    }
}

/// All requests of the period.
pub(super) fn plan(people: &People, catalogs: &Catalogs, seed: u64) -> Vec<Request> {
    let random = &mut Random::new(seed, "requests");
    let mut requests = Vec::new();
    for number in 0..DAYS {
        let count = if is_working(day(number)) { random.between(1, 6) } else { random.between(0, 2) };
        for _ in 0..count {
            let created = moment(random, day(number));
            let guest = loop {
                let guest = random.below(people.guests.len());
                if people.guests[guest].is_active(created) {
                    break guest;
                }
            };
            let package = random.weighted([30, 18, 16, 14, 8, 10, 6].into_iter());
            requests.push(request(catalogs, random, created, guest, package));
        }
    }
    let stuck = Cast::Stuck as usize;
    let mut story = request(catalogs, random, at(6, 3, 8, 0), stuck, PROJECT_JUNIPER);
    (story.ending, story.approver, story.decided) = (Ending::Stuck, None, story.created + 30 * SECOND);
    requests.push(story);
    let mut earlier = request(catalogs, random, at(5, 12, 7, 30), stuck, SUPPLIER_PORTAL);
    (earlier.ending, earlier.approver) = (Ending::Delivered, Some(APPROVERS[0]));
    (earlier.decided, earlier.completed) = (at(5, 13, 9, 5), at(5, 13, 9, 12));
    earlier.ended = earlier.completed + 90 * DAY;
    requests.push(earlier);
    requests
}

fn request(catalogs: &Catalogs, random: &mut Random, created: i64, guest: usize, package: usize) -> Request {
    let ending = match random.below(100) {
        0..60 => Ending::Delivered,
        60..65 => Ending::PartlyFirst,
        65..67 => Ending::Partly,
        67..71 => Ending::Failed,
        71..80 => Ending::Denied,
        80..85 => Ending::TimedOut,
        85..89 => Ending::Canceled,
        _ => Ending::Assigned,
    };
    let asks = catalogs.packages[package].asks_approver(package, created);
    // Only where somebody is asked can somebody say no, or nothing.
    let ending = match ending {
        Ending::Denied | Ending::TimedOut if !asks => Ending::Delivered,
        other => other,
    };
    let approver = match ending {
        Ending::Assigned => Some(GOVERNANCE_ADMIN),
        _ if asks => Some(APPROVERS[(package + random.below(2)) % APPROVERS.len()]),
        _ => None,
    };
    let hours = random.between(0, 60).min(random.between(0, 60));
    let decided = match (ending, approver) {
        (Ending::TimedOut, _) => created + 14 * DAY,
        (Ending::Assigned, _) => created,
        (Ending::Canceled, _) => created + random.between(5 * MINUTE, 3 * HOUR),
        (_, Some(_)) => answered(random, created, hours),
        _ => created + 30 * SECOND,
    };
    let completed = match ending {
        Ending::Denied | Ending::TimedOut | Ending::Canceled => decided,
        _ => decided + seconds(random, 240, 1500),
    };
    let removal = match random.below(10) {
        0 => Removal::ByGuest,
        1 => Removal::ByAdmin,
        _ => Removal::Expiry,
    };
    let days = catalogs.packages[package].days;
    let ended = match removal {
        Removal::Expiry => completed + days * DAY,
        _ => completed + random.between(4, days) * DAY,
    };
    Request {
        id: random.guid(),
        assignment: random.guid(),
        package,
        guest,
        ending,
        created,
        decided,
        approver,
        completed,
        ended,
        removal,
        justification: random.word(&JUSTIFICATIONS),
    }
}
