//! Invented audit and sign-in logs of any length in several formats, the same for the same seed.

use std::fmt::Write;

/// Writes a log in some format.
type Writer = fn(&[Event]) -> String;

/// The formats there are.
pub const KINDS: [(&str, Writer); 9] = [
    ("portal-csv", portal_csv),
    ("graph-json", graph_json),
    ("graph-json-lines", graph_lines),
    ("azure-monitor-json", azure_monitor),
    ("log-analytics-csv", log_analytics_csv),
    ("log-analytics-json", log_analytics_lines),
    ("signin-csv", signin_csv),
    ("graph-signin-json", signin_lines),
    ("purview-ual-csv", purview_csv),
];

/// One invented event.
pub struct Event {
    number: u64,
    activity: &'static str,
    actor: u64,
    guest: u64,
    group: u64,
    ip: u64,
    correlation: u64,
    targets: u64,
}

const ACTIVITIES: [&str; 8] = [
    "Update user",
    "Add member to group",
    "Invite external user",
    "Redeem external user invite",
    "Change user license",
    "Delete user",
    "Update conditional access policy",
    "User requests access package assignment",
];

/// So many events.
pub fn events(count: u64, seed: u64) -> Vec<Event> {
    let mut state = seed;
    let mut random = move |below: u64| {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    };
    let event = |number| Event {
        number,
        activity: ACTIVITIES[random(8) as usize],
        actor: random(8000),
        guest: random(5000),
        group: random(2500),
        ip: random(6000),
        correlation: random(u64::MAX),
        targets: 1 + random(2),
    };
    (0..count).map(event).collect()
}

fn guid(kind: u64, number: u64) -> String {
    format!("{:08x}-{kind:04x}-4000-8000-{:012x}", number & 0xffff_ffff, number >> 16)
}

impl Event {
    fn time(&self) -> String {
        let second = self.number % 86_400;
        let (hour, minute, day) = (second / 3600, second / 60 % 60, 1 + self.number / 3600 % 28);
        format!("2026-10-{day:02}T{hour:02}:{minute:02}:{:02}.{:07}", second % 60, self.number * 7919 % 10_000_000)
    }

    fn guest_upn(&self) -> String {
        format!("guest{}_fabrikam.example#EXT#@contoso.onmicrosoft.com", self.guest)
    }

    fn actor_upn(&self) -> String {
        format!("müller{}@contoso.example", self.actor)
    }

    fn ip(&self) -> String {
        format!("203.0.113.{}", self.ip % 250)
    }

    fn initiated_by(&self, nulls: bool) -> String {
        let (id, upn, ip) = (guid(1, self.actor), self.actor_upn(), self.ip());
        let user = format!(
            r#""user":{{"id":"{id}","displayName":"Müller {}","userPrincipalName":"{upn}","ipAddress":"{ip}""#,
            self.actor
        );
        let rest = if nulls {
            r#","userType":"Member","homeTenantId":null,"homeTenantName":null},"app":null"#
        } else {
            r#","roles":[]}"#
        };
        format!("{{{user}{rest}}}")
    }

    fn targets(&self) -> String {
        let (id, upn) = (guid(2, self.guest), self.guest_upn());
        let mut out = format!(
            r#"[{{"id":"{id}","displayName":"Guest {}","type":"User","userPrincipalName":"{upn}","groupType":null,"modifiedProperties":[{{"displayName":"UserType","oldValue":"[\"Member\"]","newValue":"[\"Guest\"]"}},{{"displayName":"Included Updated Properties","oldValue":null,"newValue":"\"UserType, Department\""}}]}}"#,
            self.guest
        );
        if self.targets == 2 {
            let _ = write!(
                out,
                r#",{{"id":"{}","displayName":"SG-Partners-{}","type":"Group","userPrincipalName":null,"groupType":"unifiedGroups","modifiedProperties":[]}}"#,
                guid(3, self.group),
                self.group
            );
        }
        out + "]"
    }

    fn details(&self) -> String {
        format!(
            r#"[{{"key":"UserType","value":"Guest"}},{{"key":"User-Agent","value":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Client/{}"}}]"#,
            self.ip % 9
        )
    }

    fn graph(&self) -> String {
        let correlation = guid(4, self.correlation);
        format!(
            r#"{{"id":"Directory_{correlation}_ABCDE_{}","category":"UserManagement","correlationId":"{correlation}","result":"success","resultReason":"","activityDisplayName":"{}","activityDateTime":"{}Z","loggedByService":"Core Directory","operationType":"Update","userAgent":null,"initiatedBy":{},"targetResources":{},"additionalDetails":{}}}"#,
            self.number,
            self.activity,
            self.time(),
            self.initiated_by(true),
            self.targets(),
            self.details()
        )
    }
}

fn graph_json(events: &[Event]) -> String {
    let values: Vec<serde_json::Value> =
        events.iter().map(|event| serde_json::from_str(&event.graph()).unwrap_or_default()).collect();
    serde_json::to_string_pretty(&values).unwrap_or_default()
}

fn graph_lines(events: &[Event]) -> String {
    events.iter().map(|event| event.graph() + "\n").collect()
}

fn azure_monitor(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        let _ = writeln!(
            out,
            r#"{{"time":"{}Z","resourceId":"/tenants/{}/providers/Microsoft.aadiam","operationName":"{}","operationVersion":"1.0","category":"AuditLogs","tenantId":"{}","resultSignature":"None","durationMs":0,"callerIpAddress":"{}","correlationId":"{}","identity":"Müller {}","Level":4,"properties":{}}}"#,
            event.time(),
            guid(9, 9),
            event.activity,
            guid(9, 9),
            event.ip(),
            guid(4, event.correlation),
            event.actor,
            event.graph()
        );
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn portal_csv(events: &[Event]) -> String {
    let mut header: Vec<String> = "Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,User Agent,ActorType,ActorDisplayName,ActorObjectId,ActorUserPrincipalName,IPAddress,ActorHomeTenantId,ActorHomeTenantName,ActorServicePrincipalId,ActorServicePrincipalName".split(',').map(str::to_owned).collect();
    for target in 1..=3 {
        header.extend(
            ["Type", "DisplayName", "ObjectId", "UserPrincipalName"].map(|name| format!("Target{target}{name}")),
        );
        for property in 1..=5 {
            header.extend(
                ["Name", "OldValue", "NewValue"].map(|name| format!("Target{target}ModifiedProperty{property}{name}")),
            );
        }
    }
    header.extend((1..=6).flat_map(|n| [format!("AdditionalDetail{n}Key"), format!("AdditionalDetail{n}Value")]));
    let mut out =
        format!("\u{feff}{}\r\n", header.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(","));
    for event in events {
        let mut cells = vec![String::new(); header.len()];
        let mut set = |at: usize, text: &str| cells[at] = quoted(text);
        set(0, &format!("{}+00:00", event.time()));
        set(1, &guid(4, event.correlation));
        for (at, text) in
            [(2, "Core Directory"), (3, "UserManagement"), (4, event.activity), (5, "success"), (8, "User")]
        {
            set(at, text);
        }
        set(9, &format!("Müller {}", event.actor));
        set(10, &guid(1, event.actor));
        set(11, &event.actor_upn());
        set(12, &event.ip());
        set(17, "User");
        set(18, &format!("Guest {}", event.guest));
        set(19, &guid(2, event.guest));
        set(20, &event.guest_upn());
        for (at, text) in [
            (21, "UserType"),
            (22, "[\"Member\"]"),
            (23, "[\"Guest\"]"),
            (24, "Included Updated Properties"),
            (26, "\"UserType, Department\""),
        ] {
            set(at, text);
        }
        if event.targets == 2 {
            set(36, "Group");
            set(37, &format!("SG-Partners-{}", event.group));
            set(38, &guid(3, event.group));
        }
        for (at, text) in [(74, "UserType"), (75, "Guest"), (76, "User-Agent")] {
            set(at, text);
        }
        set(77, &format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Client/{}", event.ip % 9));
        out += &cells.join(",");
        out += "\r\n";
    }
    out
}

fn log_analytics_csv(events: &[Event]) -> String {
    let mut out = "\u{feff}TimeGenerated [UTC],OperationName,Category,CorrelationId,Identity,Level,AdditionalDetails,Id,InitiatedBy,LoggedByService,Result,ResultReason,TargetResources,ActivityDisplayName,AADOperationType,Type\n".to_owned();
    for event in events {
        let details = [event.details(), event.initiated_by(false), event.targets()].map(|json| quoted(&json));
        let [details, by, targets] = details;
        let _ = writeln!(
            out,
            "\"10/{}/2026, 2:08:45.{:03} PM\",{},UserManagement,{},Müller {},4,{details},Directory_{},{by},Core Directory,success,,{targets},{},Update,AuditLogs",
            1 + event.number % 28,
            event.number % 1000,
            event.activity,
            guid(4, event.correlation),
            event.actor,
            event.number,
            event.activity
        );
    }
    out
}

fn log_analytics_lines(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        let [details, by, targets] =
            [event.details(), event.initiated_by(false), event.targets()].map(|json| format!("{json:?}"));
        let _ = writeln!(
            out,
            r#"{{"TimeGenerated":"{}Z","OperationName":"{}","Category":"UserManagement","CorrelationId":"{}","Identity":"Müller {}","Level":"4","AdditionalDetails":{details},"Id":"Directory_{}","InitiatedBy":{by},"LoggedByService":"Core Directory","Result":"success","ResultReason":"","TargetResources":{targets},"ActivityDisplayName":"{}","AADOperationType":"Update","Type":"AuditLogs"}}"#,
            event.time(),
            event.activity,
            guid(4, event.correlation),
            event.actor,
            event.number,
            event.activity
        );
    }
    out
}

const SIGN_IN_HEADER: &str = "Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Cross tenant access type,Incoming token type,Authentication Protocol,Unique token identifier,Original transfer method,Client credential type,Token Protection - Sign In Session,Token Protection - Sign In Session StatusCode,Application,Application ID ,App owner tenant ID,Resource,Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,Home tenant name,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,Compliant,Managed,Join Type,Multifactor authentication result,Multifactor authentication auth method,Multifactor authentication auth detail,Authentication requirement,Sign-in identifier,Session ID,IP address (seen by resource),Through Global Secure Access,Global Secure Access IP address,Autonomous system  number,Flagged for review,Token issuer type,Incoming token type,Token issuer name,Latency,Conditional Access,Managed Identity type,Associated Resource Id,Federated Token Id,Federated Token Issuer";

fn signin_csv(events: &[Event]) -> String {
    let mut out = format!("\u{feff}{SIGN_IN_HEADER}\r\n");
    let (tenant, resource) = (guid(9, 9), guid(7, 3));
    for event in events {
        let (upn, failed) = (event.actor_upn(), event.actor % 20 == 0);
        let (status, code, reason) = if failed {
            ("Failure", "50126", "Error validating credentials due to invalid username or password.")
        } else {
            ("Success", "0", "Other.")
        };
        let _ = write!(
            out,
            "{}Z,{},Mozilla/5.0 (Windows NT 10.0; Win64; x64) Client/{},{},{},Müller {},{upn},{},{},none,none,{:022x},none,none,unbound,1002,",
            event.time(),
            guid(5, event.number),
            event.ip % 9,
            guid(4, event.correlation),
            guid(1, event.actor),
            event.actor,
            if event.targets == 2 { "Guest" } else { "Member" },
            if event.targets == 2 { "b2bCollaboration" } else { "none" },
            event.correlation
        );
        let _ = write!(
            out,
            "App {},{},{tenant},Microsoft Graph,{resource},{tenant},{tenant},{tenant},Contoso,{},\"Berlin, Berlin, DE\",{status},{code},{reason},Browser,",
            event.group % 40,
            guid(6, event.group % 40),
            event.ip()
        );
        let _ = write!(
            out,
            "{},Edge 137.0,Windows10,Yes,Yes,Azure AD joined,MFA requirement satisfied by claim in the token,,,Multifactor authentication,{upn},{},,No,,{},No,Azure AD,refreshToken,,{},Success,None,,,\r\n",
            guid(8, event.actor),
            guid(3, event.correlation),
            64_496 + event.ip % 15,
            60 + event.ip % 400
        );
    }
    out
}

fn signin_lines(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        let _ = writeln!(
            out,
            r#"{{"id":"{}","createdDateTime":"{}Z","userDisplayName":"Müller {}","userPrincipalName":"{}","userId":"{}","appId":"{}","appDisplayName":"App {}","ipAddress":"{}","clientAppUsed":"Browser","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","correlationId":"{}","conditionalAccessStatus":"success","isInteractive":true,"riskDetail":"none","resourceDisplayName":"Microsoft Graph","resourceId":"{}","resourceTenantId":"{}","homeTenantId":"{}","authenticationRequirement":"multiFactorAuthentication","signInEventTypes":["interactiveUser"],"userType":"member","crossTenantAccessType":"none","status":{{"errorCode":0,"failureReason":"Other.","additionalDetails":null}},"deviceDetail":{{"deviceId":"","displayName":"","operatingSystem":"Windows10","browser":"Edge 137.0","isCompliant":true,"isManaged":true,"trustType":"Azure AD joined"}},"location":{{"city":"Berlin","state":"Berlin","countryOrRegion":"DE","geoCoordinates":{{}}}},"appliedConditionalAccessPolicies":[]}}"#,
            guid(5, event.number),
            event.time(),
            event.actor,
            event.actor_upn(),
            guid(1, event.actor),
            guid(6, event.group % 40),
            event.group % 40,
            event.ip(),
            guid(4, event.correlation),
            guid(7, 3),
            guid(9, 9),
            guid(9, 9)
        );
    }
    out
}

fn purview_csv(events: &[Event]) -> String {
    let mut out = "\"RecordType\",\"CreationDate\",\"UserIds\",\"Operations\",\"AuditData\",\"ResultIndex\",\"ResultCount\",\"Identity\",\"IsValid\",\"ObjectState\"\r\n".to_owned();
    for event in events {
        let (id, time, upn, guest) = (guid(5, event.number), event.time(), event.actor_upn(), event.guest_upn());
        let data = format!(
            r#"{{"CreationTime":"{time}","Id":"{id}","Operation":"{}.","OrganizationId":"{}","RecordType":8,"ResultStatus":"Success","UserKey":"1003{}@contoso.example","UserType":0,"Version":1,"Workload":"AzureActiveDirectory","ObjectId":"{guest}","UserId":"{upn}","AzureActiveDirectoryEventType":1,"ExtendedProperties":[{{"Name":"additionalDetails","Value":"{{\"User-Agent\":\"Client/{}\"}}"}}],"ModifiedProperties":[{{"Name":"UserType","OldValue":"[\"Member\"]","NewValue":"[\"Guest\"]"}}],"Actor":[{{"ID":"{upn}","Type":5}},{{"ID":"User_{}","Type":2}}],"Target":[{{"ID":"{guest}","Type":5}},{{"ID":"User_{}","Type":2}}]}}"#,
            event.activity,
            guid(9, 9),
            event.actor,
            event.ip % 9,
            guid(1, event.actor),
            guid(2, event.guest)
        );
        let _ = writeln!(
            out,
            "\"AzureActiveDirectory\",\"{time}\",\"{upn}\",\"{}.\",{},\"1\",\"100\",\"{id}\",\"True\",\"Unchanged\"\r",
            event.activity,
            quoted(&data)
        );
    }
    out
}
