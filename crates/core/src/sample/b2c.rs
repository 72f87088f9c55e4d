//! Consumers sign in through Azure AD B2C, in a tenant of its own, in June: journeys that end with a
//! token for an application, and a little administration.

use super::{
    audit::{Actor, Event, Log, Target},
    calendar::{at, day},
    cast::GOVERNANCE_ADMIN,
    people::People,
    random::Random,
};
use crate::time::{HOUR, SECOND};

/// The consumers' tenant.
pub(super) const B2C_TENANT: &str = "contosoexampleb2c.onmicrosoft.com";
const POLICIES: [(&str, usize); 3] = [("B2C_1A_signup_signin", 82), ("B2C_1A_profile_edit", 7), ("B2C_1_reset", 11)];
const PROVIDERS: [(&str, usize); 3] = [("facebook", 20), ("google", 25), ("", 55)];
const CLIENTS: [&str; 3] = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Safari/605.1",
    "Mozilla/5.0 (Linux; Android 15) Chrome/137.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/139.0",
];
const FIRST_DAY: i64 = 61;
const JOURNEYS: i64 = 18;

struct Journey {
    time: i64,
    consumer: String,
    ip: String,
    client: &'static str,
    policy: &'static str,
    provider: &'static str,
    app: Actor,
    correlation: String,
}

impl Journey {
    fn record(&self, seconds: i64, activity: &'static str) -> Event {
        let event = Event::new(self.time + seconds * SECOND, "B2C", "Authentication", activity)
            .by(&self.app)
            .on(Target::new("User", &self.consumer, ""))
            .detail("TenantId", B2C_TENANT)
            .detail("PolicyId", self.policy)
            .detail("ApplicationId", &self.app.principal_name)
            .detail("Client", self.client)
            .detail("IdentityProviderName", self.provider)
            .detail("IdentityProviderApplicationId", if self.provider.is_empty() { "" } else { "4500017000042" })
            .detail("ClientIpAddress", &self.ip)
            .operation("")
            .correlated(&self.correlation);
        Event { reason: "N/A", ..event }
    }
}

/// All records of the consumers' tenant.
pub(super) fn write(people: &People, seed: u64, log: &mut Log) {
    let random = &mut Random::new(seed, "b2c");
    let consumers: Vec<(String, String)> = (0..260)
        .map(|number| {
            let ip = if number % 5 == 0 {
                format!("2001:db8:b2c::{number:x}")
            } else {
                format!("192.0.2.{}", number % 250 + 1)
            };
            (random.guid(), ip)
        })
        .collect();
    let apps: Vec<Actor> = (0..2)
        .map(|_| Actor {
            app: true,
            app_id: "00000000-0000-0000-0000-000000000000".into(),
            principal_name: random.guid(),
            ..Actor::default()
        })
        .collect();
    for number in FIRST_DAY..super::calendar::DAYS {
        for _ in 0..JOURNEYS + random.between(-5, 6) {
            let hour = random
                .weighted([1, 1, 1, 1, 1, 3, 6, 8, 8, 8, 8, 9, 9, 8, 8, 9, 12, 16, 18, 16, 11, 7, 4, 2].into_iter());
            let consumer = random.pick(&consumers).clone();
            let journey = Journey {
                time: day(number) + hour as i64 * HOUR + random.between(0, HOUR),
                consumer: consumer.0,
                ip: consumer.1,
                client: random.word(&CLIENTS),
                policy: POLICIES[random.weighted(POLICIES.iter().map(|policy| policy.1))].0,
                provider: PROVIDERS[random.weighted(PROVIDERS.iter().map(|provider| provider.1))].0,
                app: apps[usize::from(random.percent(30))].clone(),
                correlation: log.correlation(),
            };
            one(random, &journey, log);
        }
    }
    administration(people, log);
}

fn one(random: &mut Random, journey: &Journey, log: &mut Log) {
    if journey.policy == "B2C_1_reset" {
        log.add(journey.record(-40, "Send verification email"));
        log.add(journey.record(-12, "Verify email address"));
    } else if journey.provider.is_empty() {
        let checked = journey.record(-4, "Validate local account credentials");
        if random.percent(9) {
            let failed = checked.failed("The username or password provided in the request are invalid.");
            log.add(failed);
            return;
        }
        log.add(checked);
    } else {
        log.add(journey.record(-3, "Federate with an identity provider"));
    }
    log.add(journey.record(0, "Issue an id_token to the application"));
    if random.percent(25) {
        log.add(journey.record(1, "Issue an access token to the application"));
    }
}

/// What is worth a look: a key is read and replaced, an identity provider changed.
fn administration(people: &People, log: &mut Log) {
    let by = people.member_actor(GOVERNANCE_ADMIN);
    let doings = [
        (at(6, 10, 9, 12), "KeyManagement", "Get policy key", "PolicyKey", "B2C_1A_TokenSigningKeyContainer"),
        (at(6, 10, 9, 15), "KeyManagement", "Upload secret into policy key", "PolicyKey", "B2C_1A_FacebookSecret"),
        (at(6, 10, 9, 31), "ResourceManagement", "Update identity provider", "IdentityProvider", "Facebook"),
    ];
    for (time, category, activity, kind, name) in doings {
        let event = Event::new(time, "B2C", category, activity).by(&by).on(Target::new(kind, "", name));
        log.add(event.detail("TenantId", B2C_TENANT));
    }
}
