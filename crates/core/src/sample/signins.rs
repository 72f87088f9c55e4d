//! Interactive sign-ins of June, as the portal saves them in 57 columns.

use super::{
    calendar::{at, day, end, moment},
    cast::{Cast, GONE, PARTNERS},
    people::{Guest, People},
    random::Random,
    write_csv,
};
use crate::arrange::Arrange as _;
use crate::time::{DAY, MINUTE, SECOND, iso};

/// The first day of the export, counted from 1 April.
const FIRST_DAY: i64 = 61;

const HEADER: [&str; 57] = [
    "Date (UTC)",
    "Request ID",
    "User agent",
    "Correlation ID",
    "User ID",
    "User",
    "Username",
    "User type",
    "Cross tenant access type",
    "Incoming token type",
    "Authentication Protocol",
    "Unique token identifier",
    "Original transfer method",
    "Client credential type",
    "Token Protection - Sign In Session",
    "Token Protection - Sign In Session StatusCode",
    "Application",
    "Application ID ",
    "App owner tenant ID",
    "Resource",
    "Resource ID ",
    "Resource tenant ID",
    "Resource owner tenant ID",
    "Home tenant ID",
    "Home tenant name",
    "IP address",
    "Location",
    "Status",
    "Sign-in error code",
    "Failure reason",
    "Client app",
    "Device ID",
    "Browser",
    "Operating System",
    "Compliant",
    "Managed",
    "Join Type",
    "Multifactor authentication result",
    "Multifactor authentication auth method",
    "Multifactor authentication auth detail",
    "Authentication requirement",
    "Sign-in identifier",
    "Session ID",
    "IP address (seen by resource)",
    "Through Global Secure Access",
    "Global Secure Access IP address",
    "Autonomous system  number",
    "Flagged for review",
    "Token issuer type",
    "Incoming token type",
    "Token issuer name",
    "Latency",
    "Conditional Access",
    "Managed Identity type",
    "Associated Resource Id",
    "Federated Token Id",
    "Federated Token Issuer",
];
const FAILURES: [(&str, &str); 4] = [
    ("50126", "Error validating credentials due to invalid username or password."),
    ("50074", "Strong Authentication is required."),
    ("53003", "Access has been blocked by Conditional Access policies."),
    ("50053", "The account is locked, you've tried to sign in too many times."),
];
const APPS: [&str; 5] =
    ["Microsoft Teams Web Client", "Supplier Portal", "My Apps", "Office 365 SharePoint Online", "Data Room"];
const POWERSHELL: &str = "Azure Active Directory PowerShell";
const PLACES: [&str; 6] = [
    "Berlin, Berlin, DE",
    "Wien, Wien, AT",
    "Zug, Zug, CH",
    "Lyon, Auvergne-Rhone-Alpes, FR",
    "Gent, Oost-Vlaanderen, BE",
    "Brno, Jihomoravsky kraj, CZ",
];

/// Who signs in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Member(usize),
    Guest(usize),
}

/// A sign-in.
pub(super) struct SignIn {
    pub who: Who,
    pub time: i64,
    app: &'static str,
    /// Error code and reason, empty for success.
    failure: (&'static str, &'static str),
    request: String,
    correlation: String,
}

/// All sign-ins of June, oldest first.
pub(super) fn plan(people: &People, seed: u64) -> Vec<SignIn> {
    let random = &mut Random::new(seed, "sign-ins");
    let mut times: Vec<(Who, i64, &'static str)> = Vec::new();
    for number in (0..people.members.len()).filter(|number| *number != GONE) {
        for _ in 0..6 {
            let midnight = working_day(random, FIRST_DAY, end());
            times.push((Who::Member(number), moment(random, midnight), random.word(&APPS)));
        }
    }
    for (number, guest) in people.guests.iter().enumerate() {
        guest_times(random, number, guest, &mut times);
    }
    let raven = Who::Guest(Cast::Raven as usize);
    times.push((raven, at(6, 16, 19, 49), "My Apps"));
    times.push((raven, at(6, 16, 20, 3), POWERSHELL));
    times.push((raven, at(6, 16, 20, 36), APPS[4]));
    times.push((Who::Guest(Cast::Denied as usize), at(6, 25, 9, 14), APPS[1]));
    let mut signins: Vec<SignIn> = times
        .into_iter()
        .filter(|(_, time, _)| *time < end())
        .map(|(who, time, app)| {
            // Whoever has a part to play does not fail at random.
            let failed = match who {
                Who::Guest(number) => random.percent(9) && !people.guests[number].cast,
                Who::Member(_) => random.percent(4),
            };
            SignIn {
                who,
                time,
                app,
                failure: if failed { *random.pick(&FAILURES) } else { ("0", "") },
                request: random.guid(),
                correlation: random.guid(),
            }
        })
        .collect();
    signins.arrange_by_key(|signin| signin.time);
    signins
}

fn working_day(random: &mut Random, first: i64, end: i64) -> i64 {
    super::calendar::next_working(day(random.between(first, first.max((end - day(0)) / DAY) + 1)))
}

fn guest_times(random: &mut Random, number: usize, guest: &Guest, times: &mut Vec<(Who, i64, &'static str)>) {
    let Some(redeemed) = guest.redeemed.filter(|_| guest.deleted.is_none()) else { return };
    let quiet = matches!(number, n if n == Cast::Quiet as usize || n == Cast::Denied as usize);
    let from = redeemed.max(day(FIRST_DAY));
    if quiet || guest.until <= from {
        return;
    }
    let who = Who::Guest(number);
    if redeemed == from {
        times.push((who, redeemed + 40 * SECOND, "My Apps"));
    }
    let first = (from - day(0)) / DAY;
    for _ in 0..=random.below(6) {
        let midnight = working_day(random, first, guest.until);
        let time = moment(random, midnight);
        if (from + MINUTE..guest.until).contains(&time) {
            times.push((who, time, random.word(&APPS)));
        }
    }
}

/// The file, newest first as the portal has it.
pub(super) fn file(people: &People, signins: &[SignIn]) -> Vec<u8> {
    write_csv::plain(&HEADER, signins.iter().rev().map(|signin| row(people, signin)))
}

fn row(people: &People, signin: &SignIn) -> Vec<String> {
    let (id, name, upn, ip, user_type, partner) = match signin.who {
        Who::Member(number) => {
            let member = &people.members[number];
            (&member.id, &member.name, &member.upn, &member.ip, "Member", None)
        }
        Who::Guest(number) => {
            let guest = &people.guests[number];
            // A guest signs in with the address at home.
            (&guest.id, &guest.name, &guest.mail, &guest.ip, "Guest", Some(guest.partner))
        }
    };
    let failed = !signin.failure.1.is_empty();
    let home = partner.map_or(&people.tenant_id, |partner| &people.partner_tenants[partner]);
    let cell = |column: &str| -> String {
        match column {
            "Date (UTC)" => iso(signin.time - signin.time.rem_euclid(SECOND)),
            "Request ID" => signin.request.clone(),
            "User agent" => super::invitations::BROWSER.into(),
            "Correlation ID" => signin.correlation.clone(),
            "User ID" => id.clone(),
            "User" => name.clone(),
            "Username" | "Sign-in identifier" => upn.clone(),
            "User type" => user_type.into(),
            "Cross tenant access type" => if partner.is_some() { "b2bCollaboration" } else { "none" }.into(),
            "Incoming token type" | "Original transfer method" | "Client credential type" => "none".into(),
            "Application" => signin.app.into(),
            "Resource" => "Microsoft Graph".into(),
            "Resource tenant ID" => people.tenant_id.clone(),
            "Home tenant ID" => home.clone(),
            "Home tenant name" => partner.map_or("Contoso Example", |partner| PARTNERS[partner].1).into(),
            "IP address" => ip.clone(),
            "Location" => PLACES[partner.unwrap_or_default() % PLACES.len()].into(),
            "Status" => if failed { "Failure" } else { "Success" }.into(),
            "Sign-in error code" => signin.failure.0.into(),
            "Failure reason" => if failed { signin.failure.1 } else { "Other." }.into(),
            "Client app" => "Browser".into(),
            "Browser" => "Edge 137.0".into(),
            "Operating System" => "Windows10".into(),
            "Compliant" | "Managed" => if partner.is_some() { "No" } else { "Yes" }.into(),
            "Authentication requirement" => {
                if signin.time % 5 == 0 { "Single-factor authentication" } else { "Multifactor authentication" }.into()
            }
            "Through Global Secure Access" | "Flagged for review" => "No".into(),
            "Token issuer type" => "Azure AD".into(),
            "Latency" => (60 + signin.time % 400).to_string(),
            "Conditional Access" => if signin.failure.0 == "53003" { "Failure" } else { "Success" }.into(),
            _ => String::new(),
        }
    };
    HEADER.iter().map(|column| cell(column)).collect()
}
