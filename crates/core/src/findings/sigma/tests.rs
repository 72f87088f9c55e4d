//! Invented rules in the shapes that occur in the public ones, over small records.

#[cfg(test)]
use super::*;
use crate::{derived::Memory, engine::Engine};

fn engine(rule: &str) -> Engine {
    let audit = r#"[
      {"id":"1","activityDisplayName":"Add member to role","activityDateTime":"2026-06-01T00:00:00Z","loggedByService":"Core Directory","category":"RoleManagement","correlationId":"c","result":"success","initiatedBy":{"user":{"userPrincipalName":"ivan@contoso.example"}},
       "targetResources":[{"type":"User","userPrincipalName":"m_evil.example#EXT#@contoso.example","modifiedProperties":[{"displayName":"Role.DisplayName","oldValue":null,"newValue":"\"Helpdesk Administrator\""}]}]},
      {"id":"2","activityDisplayName":"Update user","activityDateTime":"2026-06-02T00:00:00Z","loggedByService":"Core Directory","category":"UserManagement","correlationId":"d","result":"failure","initiatedBy":{"user":{"userPrincipalName":"adele@contoso.example"}},
       "targetResources":[{"type":"User","userPrincipalName":"t_f.example#EXT#@contoso.example","modifiedProperties":[{"displayName":"UserType","oldValue":"[\"Guest\"]","newValue":"[\"Member\"]"}]}],
       "additionalDetails":[{"key":"Note","value":"by hand"}]}]"#;
    let sign_ins = r#"[{"id":"s","createdDateTime":"2026-06-02T00:00:00Z","userPrincipalName":"m@evil.example","userId":"","appDisplayName":"Azure Portal","appId":"a","status":{"errorCode":53003,"failureReason":"Blocked"},"authenticationRequirement":"singleFactorAuthentication","conditionalAccessStatus":"failure"}]"#;
    let mut engine = Engine::default();
    for (name, text) in [("audit.json", audit), ("signins.json", sign_ins), ("rule.yml", rule)] {
        let id = engine.open(name, text.len() as u64);
        engine.feed(id, text.as_bytes());
        engine.end(id);
    }
    engine
}

fn outcome_of(rule: &str) -> Vec<SigmaOutcome> {
    let engine = engine(rule);
    let memory = Memory::default();
    let derived = Derived::new(engine.store(), &memory);
    let zone = Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() };
    outcomes(&derived, &Findings::default(), &zone).iter().map(|outcome| SigmaOutcome::clone(outcome)).collect()
}

fn detect(service: &str, detection: &str) -> SigmaOutcome {
    let rule = format!(
        "title: A rule\nid: 11111111-1111-4111-8111-111111111111\nlogsource:\n    product: azure\n    service: {service}\n\
         detection:\n{detection}level: high\n"
    );
    let mut all = outcome_of(&rule);
    assert_eq!(all.len(), 1, "{rule}");
    all.remove(0)
}

#[test]
fn fields_and_modifiers_of_the_audit_log() {
    let hit = |detection: &str, count: usize| {
        let outcome = detect("auditlogs", detection);
        assert_eq!(outcome.findings.len(), count, "{detection} {:?}", outcome.status);
        outcome
    };
    let role = hit(
        "    selection:\n        Category: RoleManagement\n        OperationName: 'Add member to role.'\n        TargetResources|contains: '#EXT#'\n    condition: selection\n",
        1,
    );
    assert_eq!(role.findings[0].subject.name, "m@evil.example");
    assert_eq!(role.findings[0].level, crate::findings::Level::High);
    hit(
        "    a:\n        properties.message: update USER\n    b:\n        TargetResources|contains|all:\n            - UserType\n            - Guest\n            - Member\n    condition: a and b\n",
        1,
    );
    hit("    a:\n        Status: failure\n    condition: a\n", 1);
    hit("    a:\n        TargetResources.modifiedProperties.newValue|startswith: Help\n    condition: a\n", 1);
    hit("    a:\n        Role.DisplayName|endswith: administrator\n    condition: a\n", 1);
    hit("    a:\n        - OperationName: Nothing\n        - Note: by hand\n    condition: a\n", 1);
    hit(
        "    a:\n        OperationName: '*user*'\n    f:\n        InitiatedBy|contains: adele\n    condition: a and not f\n",
        0,
    );
    hit("    a:\n        OperationName|contains: user\n        Note: null\n    condition: a\n", 0);
    hit("    a:\n        OperationName|contains|cased: user\n    condition: 1 of a*\n", 1);
    hit("    a:\n        OperationName|contains|cased: USER\n    condition: a\n", 0);
}

#[test]
fn fields_of_sign_ins() {
    let hit = detect(
        "signinlogs",
        "    selection:\n        ResultType: 53003\n        AuthenticationRequirement: singleFactorAuthentication\n        AppDisplayName: Azure Portal\n        ConditionalAccessStatus: failure\n    condition: selection\n",
    );
    assert_eq!(hit.findings.len(), 1, "{:?}", hit.status);
    let other = detect("signinlogs", "    s:\n        ResultType: 50126\n    condition: s\n");
    assert_eq!(other.status, Status::Clear);
}

#[test]
fn what_is_not_supported_is_named_and_the_rule_does_not_run() {
    let lacking = |detection: &str, what: &str| match detect("auditlogs", detection).status {
        Status::Lacking(why) => assert!(why.contains(what), "{why}"),
        other => panic!("{other:?} for {detection}"),
    };
    lacking("    a:\n        OperationName|re: '.*'\n    condition: a\n", "modifier re of OperationName");
    lacking("    a:\n        OperationName: x\n    timeframe: 10m\n    condition: a | count() > 3\n", "timeframe");
    lacking("    a:\n        OperationName: x\n    condition: a | count() > 3\n", "| count() > 3");
    lacking("    keywords:\n        - word\n    condition: keywords\n", "keywords without a field");
    lacking(
        "    a:\n        properties.message: '\"displayName\":\"UserType\"'\n    condition: a\n",
        "fragment of a record's JSON",
    );
    lacking("    a:\n        NoSuchField: x\n    condition: a\n", "fields that no loaded event has: NoSuchField");
    let windows = outcome_of(
        "title: W\nlogsource:\n    product: windows\n    service: security\ndetection:\n    a:\n        EventID: 1\n    condition: a\n",
    );
    assert!(matches!(&windows[0].status, Status::Lacking(why) if why.contains("product windows")));
    let broken = outcome_of("title: x\nlogsource: {\ndetection:\n  - ]\n");
    assert!(matches!(&broken[0].status, Status::Lacking(why) if why.contains("no YAML")));
}

#[test]
fn several_documents_and_our_own_rules() {
    let own: Vec<String> =
        crate::findings::rules::ALL.iter().filter_map(|rule| crate::findings::sigma_text(rule)).collect();
    assert!(own.len() > 10);
    let all = outcome_of(&own.join("---\n"));
    assert_eq!(all.len(), own.len());
    for outcome in &all {
        // Some fields are in none of these few records; but everything in them is supported.
        let supported = !matches!(&outcome.status, Status::Lacking(why) if why.contains("not supported"));
        assert!(supported, "{} {:?}", outcome.rule.title, outcome.status);
    }
}

#[test]
fn patterns() {
    let like = matching::like;
    assert!(like("a*c", "abbc") && like("*", "") && like("a?c", "abc") && like(r"a\*", "a*"));
    assert!(!like("a*c", "abcd") && !like("a?c", "ac") && !like(r"a\*", "ab") && !like("", "a"));
    assert!(!like(&"a*".repeat(50), &"a".repeat(49)));
}
