//! An invented tenant, Contoso Example, and everything it exports: a newcomer loads it with one
//! click, tests and screenshots are made of it. Nobody in it exists; all domains are reserved
//! (`.example`) or the tenant's own, all addresses are those kept for documentation.
//!
//! 60 members, 222 guests of 14 partner domains, 1 April to 30 June 2026, all times UTC. The same
//! seed gives the same bytes. Most of it is routine; these stories are in it for every seed
//! (`docs/sample-tenant.md` has the facts with the numbers of the seed [`SEED`]):
//!
//! 1. A quiet guest: Ines Calder redeemed on 9 April and was never active again.
//! 2. A suspicious guest: Mika Raven, invited on the evening of 16 June by Tobias Lindqvist, who
//!    never invited before; redeemed after 6 minutes, Helpdesk Administrator after 40, an application
//!    role past governance, deleted after 11 hours.
//! 3. A stuck request: Omar Stein's for Project Juniper, ready since 3 June and never delivered.
//! 4. A gap: no audit export covers 21 to 24 May. Lena Fischer redeemed then: only the export of
//!    users knows.
//! 5. An overlap: two audit exports both hold 8 to 10 June.
//! 6. Petra Novak turned from guest into member on 12 May.
//! 7. Governance weakened on 11 and 12 June by Hanna Voss: approval switched off, a connected
//!    organization made, a PIM alert disabled, a review deleted.
//! 8. Twelve invitations were never redeemed; three of them were sent again.
//! 9. Rasmus Holm, who may not invite, tried seven times on 28 April.
//! 10. The domain `relecloud.example` was first seen on 4 June.
//! 11. Sponsors: guests without any, and guests whose sponsor Viktor Saar left on 20 April.
//! 12. Smaller ones: a guest invites a guest, a guest consents to an application, a guest is invited
//!     again after deletion, another redeems under a different address; a reviewer approves 24
//!     guests within a minute, a denial is not applied; a custom extension fails; in B2C a key is
//!     replaced.
//!
//! How it is made: `cast`, `people`, `directory` and `packages` say what there is; `routine`,
//! `invitations`, `requests`, `reviews`, `b2c` and `stories` say what happens, as
//! `audit::Event`s; the writers make files of it.

mod audit;
mod b2c;
mod calendar;
mod cast;
mod directory;
mod entitlement;
mod invitations;
mod packages;
mod people;
mod random;
mod request_records;
mod requests;
mod reviews;
mod routine;
mod signins;
mod stories;
#[cfg(test)]
mod tests;
mod users;
mod write_csv;
mod write_json;

use crate::arrange::Arrange as _;
use crate::time::DAY;
use audit::{Event, Log};
use calendar::{at, end, start};

/// The seed of the tenant that the page shows and `docs/sample-tenant.md` describes.
pub const SEED: u64 = 2026;

/// What a file of the sample is an export of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleKind {
    /// The portal's audit log as CSV.
    AuditCsv,
    /// Audit records as JSON of Microsoft Graph.
    AuditJson,
    /// Audit records of the consumers' B2C tenant, JSON.
    B2cAudit,
    /// The portal's interactive sign-ins as CSV.
    SignIns,
    /// Users of Microsoft Graph, with sponsors and sign-in activity.
    Users,
    /// Entitlement management: catalogs, packages, policies, assignments or requests.
    Entitlement,
    /// Connected organizations of Microsoft Graph.
    ConnectedOrganizations,
    /// The history of access reviews as CSV.
    AccessReviews,
}

/// A file of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Its name, without a folder.
    pub name: String,
    /// What it is an export of.
    pub kind: SampleKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All that the tenant is and all that happened in it.
struct Tenant {
    people: people::People,
    directory: directory::Directory,
    catalogs: packages::Catalogs,
    requests: Vec<requests::Request>,
    reviews: Vec<reviews::Review>,
    signins: Vec<signins::SignIn>,
    /// Audit records in the order of time, from 1 April to 30 June, also those of the gap.
    events: Vec<Event>,
    /// Audit records of the consumers' tenant.
    consumers: Vec<Event>,
}

impl Tenant {
    fn new(seed: u64) -> Self {
        let people = people::People::new(seed);
        let directory = directory::Directory::new(seed);
        let catalogs = packages::Catalogs::new(seed);
        let requests = requests::plan(&people, &catalogs, seed);
        let reviews = reviews::plan(&people, seed);
        let signins = signins::plan(&people, seed);
        let mut log = Log::new(seed);
        routine::write(&people, &directory, seed, &mut log);
        invitations::write(&people, &directory, &mut log, start());
        request_records::write(&people, &directory, &catalogs, &requests, &mut log);
        reviews::write(&people, &directory, &reviews, &mut log);
        stories::write(&people, &directory, &catalogs, &mut log);
        let events = in_period(std::mem::take(&mut log.events));
        b2c::write(&people, seed, &mut log);
        let consumers = in_period(log.events);
        Self { people, directory, catalogs, requests, reviews, signins, events, consumers }
    }

    /// Records from one moment up to another, newest first as exports have them.
    fn between(&self, from: i64, until: i64) -> Vec<&Event> {
        let at = |time: i64| self.events.partition_point(|event| event.time < time);
        self.events[at(from)..at(until)].iter().rev().collect()
    }
}

/// In the order of time, without what happened before or after the period.
fn in_period(mut events: Vec<Event>) -> Vec<Event> {
    events.retain(|event| (start()..end()).contains(&event.time));
    events.arrange_by_key(|event| event.time);
    events
}

/// All files of the invented tenant; the same seed gives the same bytes.
pub fn files(seed: u64) -> Vec<SampleFile> {
    let tenant = Tenant::new(seed);
    let mut files = Vec::new();
    let mut add = |name: &str, kind, bytes| files.push(SampleFile { name: name.into(), kind, bytes });
    let midnight = |month, day| at(month, day, 0, 0);
    add("AuditLogs_2026-04.csv", SampleKind::AuditCsv, write_csv::audit(&tenant.between(start(), midnight(5, 1))));
    add(
        "AuditLogs_2026-05-01_2026-05-20.json",
        SampleKind::AuditJson,
        write_json::array(&tenant.between(midnight(5, 1), midnight(5, 21))),
    );
    add(
        "AuditLogs_2026-05-25_2026-06-10.json",
        SampleKind::AuditJson,
        write_json::array(&tenant.between(midnight(5, 25), midnight(6, 11))),
    );
    add(
        "AuditLogs_2026-06-08_2026-06-30.json",
        SampleKind::AuditJson,
        write_json::audit_page(&tenant.between(midnight(6, 8), midnight(6, 30) + DAY)),
    );
    add(
        "B2C_AuditLogs_2026-06.json",
        SampleKind::B2cAudit,
        write_json::array(&tenant.consumers.iter().rev().collect::<Vec<_>>()),
    );
    add(
        "InteractiveSignIns_2026-06-01_2026-06-30.csv",
        SampleKind::SignIns,
        signins::file(&tenant.people, &tenant.signins),
    );
    add("Users_2026-06-30.json", SampleKind::Users, users::file(&tenant.people, &tenant.signins));
    for (name, bytes) in entitlement::files(&tenant.people, &tenant.directory, &tenant.catalogs, &tenant.requests) {
        add(name, SampleKind::Entitlement, bytes);
    }
    add(
        "ConnectedOrganizations.json",
        SampleKind::ConnectedOrganizations,
        entitlement::connected(&tenant.people, &tenant.catalogs),
    );
    add(
        "AccessReviewHistory_2026-Q2.csv",
        SampleKind::AccessReviews,
        reviews::file(&tenant.people, &tenant.directory, &tenant.reviews),
    );
    files
}
