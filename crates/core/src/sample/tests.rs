//! The sample is the same everywhere, well-formed, harmless, and holds its stories for every seed.

use super::{
    SEED, SampleFile, SampleKind, Tenant,
    audit::{Event, INVITED},
    calendar::{at, day, end, start},
    cast::{Cast, FIRST_TIME_INVITER, GONE, NEVER_REDEEMED, NEW_DOMAIN_GUESTS, PARTNERS, TENANT, WITHOUT_THE_RIGHT},
    files,
    people::{Guest, Sponsor},
    reviews::{DELETED_REVIEW, HASTY},
    stories::FAILED_INVITATIONS,
};
use crate::time::{DAY, HOUR, MINUTE};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    sync::LazyLock,
};

static FILES: LazyLock<Vec<SampleFile>> = LazyLock::new(|| files(SEED));

static TENANTS: LazyLock<[Tenant; 3]> = LazyLock::new(|| [SEED, 1, u64::MAX].map(Tenant::new));

fn tenant() -> &'static Tenant {
    &TENANTS[0]
}

fn file(name: &str) -> &'static SampleFile {
    FILES.iter().find(|file| file.name == name).unwrap()
}

/// The values of a JSON file: an array or a page.
fn values(name: &str) -> Vec<Value> {
    match serde_json::from_slice(&file(name).bytes).unwrap() {
        Value::Array(values) => values,
        mut page => page["value"].as_array_mut().unwrap().split_off(0),
    }
}

fn records(name: &str) -> Vec<csv::StringRecord> {
    let text = file(name).bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    csv::ReaderBuilder::new().has_headers(false).from_reader(text).records().map(Result::unwrap).collect()
}

/// Records of an activity that concern the guest, as actor or as target.
fn of<'a>(tenant: &'a Tenant, activity: &str, guest: &Guest) -> Vec<&'a Event> {
    let concerns = |event: &&Event| event.activity == activity && concerns(event, guest);
    tenant.events.iter().filter(concerns).collect()
}

fn concerns(event: &Event, guest: &Guest) -> bool {
    event.by.id == guest.id || event.targets.iter().any(|target| target.id == guest.id)
}

fn fnv(bytes: &[u8], hash: u64) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert!(files(SEED) == *FILES);
    assert!(files(SEED + 1) != *FILES);
    let hash = FILES.iter().fold(0xcbf2_9ce4_8422_2325, |hash, file| fnv(&file.bytes, fnv(file.name.as_bytes(), hash)));
    assert_eq!(
        hash, 2_800_008_219_096_815_626,
        "if the sample was changed on purpose, put the new hash and look at docs/sample-tenant.md"
    );
}

#[test]
fn files_have_the_documented_shape() {
    let names: BTreeSet<&str> = FILES.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), FILES.len());
    for file in FILES.iter().filter(|file| file.bytes[0] != 0xef) {
        assert!(!values(&file.name).is_empty(), "{}", file.name);
    }
    let size: usize = FILES.iter().map(|file| file.bytes.len()).sum();
    assert!((8_000_000..12_500_000).contains(&size), "{size}");
    let columns = |name: &str| {
        let records = records(name);
        assert!(records.len() > 50, "{name}");
        records[0].iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let audit = columns("AuditLogs_2026-04.csv");
    assert_eq!(audit.len(), 86);
    assert_eq!(audit[..3], ["Date (UTC)", "CorrelationId", "Service"]);
    assert_eq!(
        (&*audit[17], &*audit[21], &*audit[85]),
        ("Target1Type", "Target1ModifiedProperty1Name", "AdditionalDetail6Value")
    );
    let bytes = &file("AuditLogs_2026-04.csv").bytes;
    assert!(bytes.starts_with(b"\xef\xbb\xbf\"Date (UTC)\",\"CorrelationId\","));
    let signins = columns("InteractiveSignIns_2026-06-01_2026-06-30.csv");
    assert_eq!((signins.len(), &*signins[17], &*signins[46]), (57, "Application ID ", "Autonomous system  number"));
    assert_eq!(signins.iter().filter(|name| *name == "Incoming token type").count(), 2);
    let reviews = columns("AccessReviewHistory_2026-Q2.csv");
    assert_eq!((reviews.len(), &*reviews[16], &*reviews[29]), (34, "ReviewResult", "AccessReviewSeriesId"));
}

#[test]
fn the_documentation_has_the_numbers() {
    let documentation = include_str!("../../../../docs/sample-tenant.md");
    for file in FILES.iter() {
        let json = file.bytes[0] != 0xef;
        let count = if json { values(&file.name).len() } else { records(&file.name).len() - 1 };
        let line = format!("| {} | {count} |", file.name);
        assert!(documentation.contains(&line), "{line}");
    }
    let failed = tenant().events.iter().filter(|event| event.result != "success");
    let in_gap =
        tenant().between(at(5, 21, 0, 0), at(5, 25, 0, 0)).into_iter().filter(|event| event.result != "success");
    assert!(documentation.contains(&format!("{} of the tenant's", failed.count() - in_gap.count())));
}

#[test]
fn nothing_points_outside_the_invented_world() {
    let ours = |domain: &str| domain.ends_with(".example") || domain == TENANT || domain == super::b2c::B2C_TENANT;
    for file in FILES.iter() {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        for host in text.split("://").skip(1).map(|rest| rest.split('/').next().unwrap()) {
            assert_eq!(host, "graph.microsoft.com", "{}", file.name);
        }
        for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || "._-@#".contains(c))) {
            if let Some((_, domain)) = word.rsplit_once('@').filter(|(local, _)| !local.is_empty()) {
                assert!(ours(domain), "{}: {word}", file.name);
            }
            let last = word.rsplit('.').next().unwrap();
            if word.contains('.') && ["com", "net", "org", "io", "de", "eu", "edu"].contains(&last) {
                let domain = word.rsplit('@').next().unwrap();
                assert!(ours(domain) || domain == "graph.microsoft.com", "{}: {word}", file.name);
            }
        }
        for word in text.split(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':')) {
            match word.parse() {
                Ok(IpAddr::V4(address)) => {
                    let [a, b, c, _] = address.octets();
                    assert!([[192, 0, 2], [198, 51, 100], [203, 0, 113]].contains(&[a, b, c]), "{address}");
                }
                Ok(IpAddr::V6(address)) => assert_eq!(address.segments()[..2], [0x2001, 0xdb8], "{address}"),
                Err(_) => {}
            }
        }
    }
}

#[test]
fn exports_cover_the_period_but_for_a_gap_and_overlap_by_three_days() {
    let ids = |name: &str| -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        values(name).iter().map(|event| (text(&event["id"]), text(&event["activityDateTime"]))).collect()
    };
    let [before, after, last] = ["2026-05-01_2026-05-20", "2026-05-25_2026-06-10", "2026-06-08_2026-06-30"]
        .map(|range| ids(&format!("AuditLogs_{range}.json")));
    let shared: Vec<&String> = after.iter().filter(|(id, _)| last.contains_key(*id)).map(|(_, time)| time).collect();
    assert!(shared.len() > 200);
    assert!(shared.iter().all(|time| ("2026-06-08".."2026-06-11").contains(&time.as_str())));
    let in_overlap = |time: &&String| ("2026-06-08".."2026-06-11").contains(&time.as_str());
    assert_eq!(after.values().filter(in_overlap).count(), shared.len());
    assert_eq!(last.values().filter(in_overlap).count(), shared.len());
    assert!(before.values().all(|time| time.as_str() < "2026-05-21"));
    assert!(after.values().all(|time| time.as_str() > "2026-05-25"));
    assert!(last.values().any(|time| time.starts_with("2026-06-30")));
    let tenant = tenant();
    let april = tenant.between(start(), at(5, 1, 0, 0)).len();
    assert_eq!(records("AuditLogs_2026-04.csv").len() - 1, april);
    let missing = tenant.events.len() + shared.len() - april - before.len() - after.len() - last.len();
    assert_eq!(missing, tenant.between(at(5, 21, 0, 0), at(5, 25, 0, 0)).len());
    assert!(missing > 100);
}

#[test]
fn record_ids_are_distinct() {
    let tenant = tenant();
    let ids: BTreeSet<&str> = tenant.events.iter().chain(&tenant.consumers).map(|event| event.id.as_str()).collect();
    assert_eq!(ids.len(), tenant.events.len() + tenant.consumers.len());
    let mails: BTreeSet<&str> = tenant.people.guests.iter().map(|guest| guest.mail.as_str()).collect();
    assert_eq!(mails.len(), tenant.people.guests.len() - 1, "one guest is invited again");
    let upns: BTreeSet<&str> = tenant.people.members.iter().map(|member| member.upn.as_str()).collect();
    assert_eq!(upns.len(), tenant.people.members.len());
}

#[test]
fn the_quiet_guest_is_quiet() {
    for tenant in TENANTS.iter() {
        let quiet = tenant.people.cast(Cast::Quiet);
        let heard = tenant.events.iter().filter(|event| concerns(event, quiet)).map(|event| event.time);
        assert_eq!(heard.max().unwrap() / MINUTE, at(4, 9, 8, 12) / MINUTE);
        let redeemed = tenant.events.iter().find(|event| event.by.upn == "ines.calder@woodgrove.example").unwrap();
        assert_eq!((redeemed.activity, redeemed.time), ("Redeem external user invite", at(4, 9, 8, 12)));
        assert!(redeemed.targets[0].name.starts_with(
            "UPN: ines.calder_woodgrove.example#EXT#@contosoexample.onmicrosoft.com, Email: ines.calder@woodgrove.example, InvitationId: "
        ));
        assert!(tenant.signins.iter().all(|signin| signin.who != super::signins::Who::Guest(Cast::Quiet as usize)));
    }
}

#[test]
fn the_suspicious_guest_is_suspicious() {
    for tenant in TENANTS.iter() {
        let raven = tenant.people.cast(Cast::Raven);
        let time = |activity: &str| of(tenant, activity, raven)[0].time;
        let invited = time("Invite external user");
        assert_eq!(invited, at(6, 16, 19, 42));
        let redeemed = tenant.events.iter().find(|event| event.by.upn == raven.mail).unwrap();
        assert_eq!(redeemed.time - invited, 6 * MINUTE);
        assert_eq!(time("Add member to role") - invited, 40 * MINUTE);
        assert_eq!(time("Add app role assignment grant to user") - invited, 49 * MINUTE);
        assert_eq!(time("Delete user") - invited, 11 * HOUR);
        let deleted = &of(tenant, "Delete user", raven)[0].targets[0].upn;
        assert_eq!(*deleted, raven.id.replace('-', "") + &raven.upn);
        let tobias = tenant.people.member_actor(FIRST_TIME_INVITER);
        assert_eq!(tobias.name, "Tobias Lindqvist");
        let invitations = tenant.events.iter().filter(|event| event.service == INVITED && event.by == tobias);
        assert_eq!(invitations.count(), 1);
        let roles = tenant.events.iter().filter(|event| {
            event.activity.starts_with("Add member to role")
                && event.targets.iter().any(|target| target.upn.contains("#EXT#"))
        });
        assert_eq!(roles.count(), 1);
    }
}

#[test]
fn one_request_is_stuck() {
    for tenant in TENANTS.iter() {
        let stuck = tenant.people.cast(Cast::Stuck);
        let ready = of(tenant, "Ready to fulfill access package assignment request", stuck);
        let ready = ready.iter().find(|event| event.targets[1].name == "Project Juniper").unwrap();
        assert_eq!(ready.time / MINUTE, at(6, 3, 8, 0) / MINUTE);
        assert_eq!(tenant.events.iter().filter(|event| event.correlation == ready.correlation).count(), 3);
        let delivering = tenant.requests.iter().filter(|request| request.state() == "delivering");
        assert!(delivering.filter(|request| request.decided < end() - DAY).count() == 1);
    }
    let requests = values("EntitlementManagement_assignmentRequests.json");
    let mine = requests.iter().find(|request| request["state"] == "delivering").unwrap();
    assert_eq!(mine["requestor"]["email"], "omar.stein@fabrikam.example");
}

#[test]
fn invitations_without_redemption_are_twelve_and_the_one_of_the_gap() {
    for tenant in TENANTS.iter() {
        let gap = at(5, 21, 0, 0)..at(5, 25, 0, 0);
        let exported: Vec<&Event> = tenant.events.iter().filter(|event| !gap.contains(&event.time)).collect();
        let of =
            |activity: &str| exported.iter().filter(|event| event.activity == activity).copied().collect::<Vec<_>>();
        let sentences: Vec<&str> =
            of("Redeem external user invite").iter().map(|event| event.targets[0].name.as_str()).collect();
        let open: Vec<&Event> = of("Invite external user")
            .into_iter()
            .filter(|event| event.result == "success")
            .filter(|event| {
                let id = &event.details.iter().find(|(key, _)| *key == "InvitationId").unwrap().1;
                !sentences.iter().any(|sentence| sentence.contains(id.as_str()))
            })
            .collect();
        assert_eq!(open.len(), NEVER_REDEEMED + 1);
        assert!(open.iter().all(|event| event.time < at(5, 21, 0, 0)));
        let in_gap = tenant.people.cast(Cast::InGap);
        assert!(open.iter().any(|event| event.targets[0].id == in_gap.id));
        assert!(gap.contains(&in_gap.redeemed.unwrap()));
        assert_eq!(of("Invite external user with reset invitation status").len(), 3);
        let failed =
            of("Invite external user").into_iter().filter(|event| event.result == "failure").collect::<Vec<_>>();
        assert_eq!(failed.len(), FAILED_INVITATIONS);
        assert!(failed.iter().all(|event| event.by.id == tenant.people.members[WITHOUT_THE_RIGHT].id));
        assert!(failed[6].time - failed[0].time < 4 * MINUTE);
    }
}

#[test]
fn governance_is_weakened() {
    let tenant = tenant();
    let when = |activity: &str, name: &str| -> Vec<i64> {
        let has = |event: &&Event| event.activity == activity && event.targets.iter().any(|target| target.name == name);
        tenant.events.iter().filter(has).map(|event| event.time).collect()
    };
    assert_eq!(when("Update access package assignment policy", "Design Partners - external"), [at(6, 11, 14, 20)]);
    assert_eq!(when("Create connected organization", "Nightowl Media"), [at(6, 11, 14, 32)]);
    assert_eq!(when("Delete access review", DELETED_REVIEW), [at(6, 12, 9, 10)]);
    assert_eq!(tenant.events.iter().filter(|event| event.activity == "Disable PIM alert").count(), 1);
    let policies = values("EntitlementManagement_assignmentPolicies.json");
    let policy = policies.iter().find(|policy| policy["displayName"] == "Design Partners - external").unwrap();
    assert_eq!(policy["requestApprovalSettings"]["isApprovalRequiredForAdd"], false);
}

#[test]
fn guests_come_and_go_as_told() {
    for tenant in TENANTS.iter() {
        let converted = of(tenant, "Update user", tenant.people.cast(Cast::Converted));
        assert_eq!(converted.len(), 1);
        assert_eq!(converted[0].time, at(5, 12, 13, 5));
        assert!(converted[0].targets[0].changes.contains(&(
            "UserType",
            Some("[\"Guest\"]".into()),
            Some("[\"Member\"]".into())
        )));
        let domain = PARTNERS[12].0;
        let of_domain = |event: &&Event| {
            event.details.iter().any(|(key, value)| *key == "invitedUserEmailAddress" && value.ends_with(domain))
        };
        let times: Vec<i64> = tenant.events.iter().filter(of_domain).map(|event| event.time).collect();
        assert_eq!(times.len(), NEW_DOMAIN_GUESTS);
        assert_eq!(times[0] / DAY, at(6, 4, 0, 0) / DAY);
        let by_guest = tenant.events.iter().filter(|event| event.service == INVITED && event.by.upn.contains("#EXT#"));
        assert_eq!(by_guest.count(), 1);
        let times = of(tenant, "Delete user", tenant.people.cast(Cast::Deleted));
        assert_eq!(times[0].time, at(5, 13, 11, 0));
        assert_eq!(tenant.people.cast(Cast::Deleted).upn, tenant.people.cast(Cast::InvitedAgain).upn);
    }
}

#[test]
fn sponsors_are_missing() {
    let tenant = tenant();
    let count = |sponsor: Sponsor| {
        tenant.people.guests.iter().filter(|guest| guest.is_listed() && guest.sponsor == sponsor).count()
    };
    assert_eq!((count(Sponsor::Nobody), count(Sponsor::Member(GONE))), (11, 3));
    let users = values("Users_2026-06-30.json");
    let ids: BTreeSet<&str> = users.iter().map(|user| user["id"].as_str().unwrap()).collect();
    let guests: Vec<&Value> =
        users.iter().filter(|user| user["userPrincipalName"].as_str().unwrap().contains("#EXT#")).collect();
    assert_eq!((users.len() - guests.len(), guests.len()), (59, 220));
    assert_eq!(guests.iter().filter(|guest| guest["sponsors"].as_array().unwrap().is_empty()).count(), 11);
    let unknown = |guest: &&&Value| {
        guest["sponsors"].as_array().unwrap().iter().any(|s| !ids.contains(s["id"].as_str().unwrap()))
    };
    assert_eq!(guests.iter().filter(unknown).count(), 3);
    assert_eq!(guests.iter().filter(|guest| guest["externalUserState"] == "PendingAcceptance").count(), NEVER_REDEEMED);
    assert_eq!(guests.iter().filter(|guest| guest["signInActivity"].is_null()).count(), NEVER_REDEEMED);
}

#[test]
fn reviews_tell_of_haste_and_of_a_denial_in_vain() {
    let records = records("AccessReviewHistory_2026-Q2.csv");
    let column = |name: &str| records[0].iter().position(|column| column == name).unwrap();
    let (name, result, date, submitted) =
        (column("ReviewName"), column("ReviewResult"), column("ReviewDate"), column("SubmissionResult"));
    let audit: Vec<_> = records.iter().filter(|record| &record[name] == "Audit support").collect();
    let approved: Vec<&str> =
        audit.iter().filter(|record| &record[result] == "Approve").map(|record| &record[date]).collect();
    assert_eq!(approved.len(), HASTY);
    assert!(approved.iter().all(|time| time.starts_with("2026-06-12T15:02")));
    let vain: Vec<_> = audit.iter().filter(|record| &record[submitted] == "AppliedWithUnknownFailure").collect();
    assert_eq!(vain.len(), 1);
    assert_eq!(&vain[0][column("PrincipalName")], "Nora Quint");
    assert!(records.iter().all(|record| &record[name] != DELETED_REVIEW));
}

#[test]
fn exports_agree_on_ids() {
    let ids: BTreeSet<String> =
        values("Users_2026-06-30.json").iter().map(|user| user["id"].as_str().unwrap().into()).collect();
    for request in values("EntitlementManagement_assignmentRequests.json") {
        assert!(ids.contains(request["requestor"]["objectId"].as_str().unwrap()));
    }
    let requests: BTreeSet<String> = values("EntitlementManagement_assignmentRequests.json")
        .iter()
        .map(|r| r["assignment"]["id"].as_str().unwrap_or_default().into())
        .collect();
    for assignment in values("EntitlementManagement_assignments.json") {
        assert!(requests.contains(assignment["id"].as_str().unwrap()));
    }
    let raven = tenant().people.cast(Cast::Raven).id.clone();
    for record in records("InteractiveSignIns_2026-06-01_2026-06-30.csv").iter().skip(1) {
        assert!(ids.contains(&record[4]) || record[4] == raven);
    }
    assert_eq!(FILES.iter().filter(|file| file.kind == SampleKind::Entitlement).count(), 5);
}

#[test]
fn the_rhythm_is_that_of_work() {
    let tenant = tenant();
    let per_day = |number: i64| tenant.between(day(number), day(number + 1)).len();
    // Sunday 7 June, Tuesday 9 June.
    assert!(per_day(67) * 3 < per_day(69), "{} {}", per_day(67), per_day(69));
    let night = tenant.events.iter().filter(|event| !event.by.app && event.time.rem_euclid(DAY) < 4 * HOUR).count();
    assert!(night > 10 && night * 50 < tenant.events.len(), "{night}");
}
