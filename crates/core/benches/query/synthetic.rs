//! An invented store of the size and spread of a real tenant's audit log, the same for every run.

use guestlens_core::{
    model::{Column, TargetColumn},
    store::{EventWriter, SourceInfo, Store},
    time::{DAY, from_calendar},
};

/// Splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Below the limit, small numbers far more often.
    fn skewed(&mut self, limit: u64) -> u64 {
        let unit = self.below(1 << 20) as f64 / (1 << 20) as f64;
        ((limit as f64 * unit.powf(2.2)) as u64).min(limit - 1)
    }

    fn guid(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        let (d, e) = (b >> 48, b & 0xffff_ffff_ffff);
        format!("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32, a >> 16 & 0xffff, a & 0xfff, d | 0x8000, e)
    }
}

struct Person {
    id: String,
    name: String,
    upn: String,
    guest: bool,
}

struct World {
    people: Vec<Person>,
    apps: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    addresses: Vec<String>,
    activities: Vec<(String, &'static str, &'static str)>,
}

const FIRST: [&str; 12] =
    ["Ada", "Björn", "Chen", "Dalia", "Émile", "Fatima", "Grace", "Hiro", "Ines", "João", "山田", "Zoë"];
const LAST: [&str; 10] =
    ["Andersson", "Brown", "Costa", "Dubois", "Müller", "O'Brien", "Patel", "Rossi", "Zhang", "Keller"];
const AGENTS: [&str; 4] = [
    "",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "python/3.11.7 (Linux) AZURECLI/2.61.0",
    "",
];
const ACTIVITIES: [(&str, &str, &str); 10] = [
    ("Update user", "Core Directory", "UserManagement"),
    ("Add member to group", "Core Directory", "GroupManagement"),
    ("Invite external user", "Invited Users", "UserManagement"),
    ("Redeem external user invite", "B2B Auth", "UserManagement"),
    ("Update device", "Core Directory", "Device"),
    ("Change user license", "Core Directory", "UserManagement"),
    ("Consent to application", "Core Directory", "ApplicationManagement"),
    ("Add member to role", "Core Directory", "RoleManagement"),
    ("Update conditional access policy", "Conditional Access", "Policy"),
    ("User requests access package assignment", "Entitlement Management", "EntitlementManagement"),
];

impl World {
    fn new(random: &mut Random) -> Self {
        let person = |random: &mut Random, number: u64| {
            let guest = number >= 8_000;
            let (first, last) = (FIRST[random.below(12) as usize], LAST[random.below(10) as usize]);
            let upn = if guest {
                format!("{last}{number}_partner{}.com#EXT#@contoso.onmicrosoft.com", random.skewed(180))
            } else {
                format!("{last}{number}@contoso.com")
            };
            Person { id: random.guid(), name: format!("{first} {last}"), upn, guest }
        };
        let other = (0..109).map(|number| (format!("Update object kind {number}"), "Core Directory", "Policy"));
        Self {
            people: (0..13_000).map(|number| person(random, number)).collect(),
            apps: (0..700).map(|number| (random.guid(), format!("svc-deploy-{number}"))).collect(),
            groups: (0..2_500).map(|number| (random.guid(), format!("SG-Partners-{number}"))).collect(),
            addresses: (0..6_000)
                .map(|_| format!("{}.{}.{}.{}", 20 + random.below(180), random.below(256), random.below(256), 7))
                .collect(),
            activities: ACTIVITIES.iter().map(|(a, s, c)| ((*a).to_string(), *s, *c)).chain(other).collect(),
        }
    }

    fn person(&self, random: &mut Random) -> &Person {
        let guest = random.chance(22);
        let at = if guest { 8_000 + random.skewed(5_000) } else { random.skewed(8_000) };
        &self.people[at as usize]
    }
}

/// So many events, newest first, over 30 days. Also the correlation id of one of them.
pub fn store(events: usize) -> (Store, String) {
    let mut random = Random(1);
    let world = World::new(&mut random);
    let mut store = Store::default();
    store.sources.push(SourceInfo { name: "audit.csv".into(), ..SourceInfo::default() });
    let end = from_calendar(2026, 10, 31, 23, 59, 59).unwrap_or_default();
    let mut needle = String::new();
    let mut writer = store.writer(0);
    for number in 0..events {
        writer.time(end - (30 * DAY) / events as i64 * number as i64 - random.below(1_000) as i64);
        let correlation = random.guid();
        if number == events * 83 / 100 {
            needle.clone_from(&correlation);
        }
        writer.set(Column::CorrelationId, correlation.as_bytes());
        event(&mut writer, &world, &mut random);
        writer.commit(number as u32 + 1);
    }
    (store, needle)
}

fn event(writer: &mut EventWriter, world: &World, random: &mut Random) {
    let (activity, service, category) = &world.activities[random.skewed(119) as usize];
    writer.set(Column::Activity, activity.as_bytes());
    writer.set(Column::Service, service.as_bytes());
    writer.set(Column::Category, category.as_bytes());
    let failed = random.chance(4);
    writer.set(Column::Result, if failed { b"failure" } else { b"success" });
    if failed {
        writer.set(Column::ResultReason, b"Insufficient privileges");
    }
    if random.chance(35) {
        let (id, name) = &world.apps[random.skewed(300) as usize];
        writer.set(Column::ActorType, b"Application");
        writer.set(Column::ActorServicePrincipalId, id.as_bytes());
        writer.set(Column::ActorServicePrincipalName, name.as_bytes());
    } else {
        let actor = world.person(random);
        writer.set(Column::ActorType, b"User");
        writer.set(Column::ActorName, actor.name.as_bytes());
        writer.set(Column::ActorUpn, actor.upn.as_bytes());
        writer.set(Column::ActorId, actor.id.as_bytes());
        writer.set(Column::IpAddress, world.addresses[random.skewed(6_000) as usize].as_bytes());
    }
    let agent = AGENTS[random.below(4) as usize];
    writer.set(Column::UserAgent, agent.as_bytes());
    let targets = if random.chance(62) { 1 } else { 2 };
    for _ in 0..targets {
        target(writer, world, random);
    }
    if random.chance(75) {
        writer.detail(b"User-Agent", if agent.is_empty() { b"Microsoft.OData.Client/7.9.1" } else { agent.as_bytes() });
    }
    writer.detail(b"UserType", if random.chance(22) { b"Guest" } else { b"Member" });
    if random.chance(15) {
        writer.detail(b"Note", format!("request {}", random.guid()).as_bytes());
    }
}

fn target(writer: &mut EventWriter, world: &World, random: &mut Random) {
    writer.begin_target();
    if random.chance(70) {
        let person = world.person(random);
        writer.set_target(TargetColumn::Type, b"User");
        writer.set_target(TargetColumn::Name, person.name.as_bytes());
        writer.set_target(TargetColumn::Id, person.id.as_bytes());
        writer.set_target(TargetColumn::Upn, person.upn.as_bytes());
        let kind: &[u8] = if person.guest { b"[\"Guest\"]" } else { b"[\"Member\"]" };
        writer.change(b"UserType", b"[]", kind);
        writer.change(b"OtherMail", b"[]", format!("[\"{}\"]", person.upn.replace("#EXT#", "")).as_bytes());
        if random.chance(30) {
            let license = format!("[\"[SkuName=SPE_E5, AccountId={}, DisabledPlans=[]]\"]", random.guid());
            writer.change(b"AssignedLicense", b"[]", license.as_bytes());
        }
    } else {
        let (id, name) = &world.groups[random.skewed(2_500) as usize];
        writer.set_target(TargetColumn::Type, b"Group");
        writer.set_target(TargetColumn::Name, name.as_bytes());
        writer.set_target(TargetColumn::Id, id.as_bytes());
        writer.change(b"Group.DisplayName", b"", format!("\"{name}\"").as_bytes());
        if random.chance(5) {
            let policy = |random: &mut Random| {
                format!(
                    "{{\"id\":\"{}\",\"state\":\"enabled\",\"conditions\":{{\"users\":{{\"includeUsers\":[\"All\"],\
                     \"excludeGroups\":[\"{}\"]}},\"clientAppTypes\":[\"all\"]}},\"grantControls\":{{\"operator\":\
                     \"OR\",\"builtInControls\":[\"mfa\",\"compliantDevice\"]}}}}",
                    random.guid(),
                    random.guid()
                )
            };
            let (old, new) = (policy(random), policy(random));
            writer.change(b"ConditionalAccessPolicy", old.as_bytes(), new.as_bytes());
        }
    }
}
