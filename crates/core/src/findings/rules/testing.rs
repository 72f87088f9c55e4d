//! Small invented records for the fixtures of rules, read through the importer.

#[cfg(test)]
pub(super) use super::super::{Outcome, Status};
#[cfg(test)]
use crate::arrange::Arrange as _;
use crate::{
    derived::{Derived, Memory},
    engine::Engine,
    findings::{rules, run},
    time::Zone,
};
use serde_json::{Value, json};

/// A record of the audit log in the making.
pub(super) struct Builder(Value);

/// Begins a record.
pub(super) fn event(time: &str, activity: &str) -> Builder {
    Builder(json!({
        "activityDateTime": time, "activityDisplayName": activity, "category": "UserManagement", "result": "success",
        "loggedByService": "Core Directory", "initiatedBy": {"user": null, "app": null}, "targetResources": [],
        "additionalDetails": [], "correlationId": "", "id": "",
    }))
}

/// The user principal name of a guest.
pub(super) fn ext(mail: &str) -> String {
    format!("{}#EXT#@contoso.example", mail.replace('@', "_"))
}

impl Builder {
    pub(super) fn by(mut self, upn: &str) -> Self {
        self.0["initiatedBy"]["user"] = json!({"id": "", "displayName": null, "userPrincipalName": upn});
        self
    }

    pub(super) fn by_app(mut self, name: &str) -> Self {
        self.0["initiatedBy"]["app"] = json!({"appId": null, "displayName": name});
        self
    }

    pub(super) fn user(self, upn: &str) -> Self {
        self.user_with(upn, "")
    }

    pub(super) fn user_with(self, upn: &str, id: &str) -> Self {
        self.add(
            json!({"id": id, "displayName": null, "type": "User", "userPrincipalName": upn, "modifiedProperties": []}),
        )
    }

    pub(super) fn target(self, kind: &str, name: &str, id: &str) -> Self {
        self.add(
            json!({"id": id, "displayName": name, "type": kind, "userPrincipalName": null, "modifiedProperties": []}),
        )
    }

    fn add(mut self, target: Value) -> Self {
        self.0["targetResources"].as_array_mut().unwrap().push(target);
        self
    }

    /// A change of the newest target.
    pub(super) fn change(mut self, name: &str, old: &str, new: &str) -> Self {
        let target = self.0["targetResources"].as_array_mut().unwrap().last_mut().unwrap();
        let change = json!({"displayName": name, "oldValue": old, "newValue": new});
        target["modifiedProperties"].as_array_mut().unwrap().push(change);
        self
    }

    pub(super) fn detail(mut self, key: &str, value: &str) -> Self {
        self.0["additionalDetails"].as_array_mut().unwrap().push(json!({"key": key, "value": value}));
        self
    }

    pub(super) fn service(mut self, service: &str) -> Self {
        self.0["loggedByService"] = json!(service);
        self
    }

    pub(super) fn correlated(mut self, id: &str) -> Self {
        self.0["correlationId"] = json!(id);
        self
    }

    pub(super) fn failed(mut self) -> Self {
        self.0["result"] = json!("failure");
        self
    }

    /// The record, with an id of its own.
    pub(super) fn json(mut self) -> String {
        let text = self.0.to_string();
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0["id"] = json!(format!("Directory_{hash:016x}"));
        self.0.to_string()
    }
}

/// A sign-in as Graph writes it.
pub(super) fn sign_in(time: &str, upn: &str, app: &str, code: u32) -> Value {
    json!({
        "id": format!("{time}{upn}{app}{code}"), "createdDateTime": time, "userPrincipalName": upn, "userDisplayName": "",
        "userId": "", "appDisplayName": app, "appId": "", "ipAddress": "203.0.113.9", "isInteractive": true,
        "status": {"errorCode": code, "failureReason": null}, "resourceDisplayName": app,
        "location": {"city": "Lund", "state": "", "countryOrRegion": "SE"},
    })
}

/// Runs a rule over audit records.
pub(super) fn check(rule: &str, records: &[String]) -> Outcome {
    check_with(rule, records, &[])
}

/// The same with parameters.
pub(super) fn check_with(rule: &str, records: &[String], params: &[(&str, &str)]) -> Outcome {
    let text = format!("[{}]", records.join(","));
    let files: &[(&str, String)] = if records.is_empty() { &[] } else { &[("audit.json", text)] };
    check_files(rule, files, params)
}

/// Runs a rule over files.
pub(super) fn check_files(rule: &str, files: &[(&str, String)], params: &[(&str, &str)]) -> Outcome {
    let mut engine = Engine::default();
    for (name, text) in files {
        let id = engine.open(name, text.len() as u64);
        engine.feed(id, text.as_bytes());
        engine.end(id);
        assert_eq!(engine.store().problems.count(id), 0, "{:?}", engine.store().problems.list());
    }
    let memory = Memory::default();
    let derived = Derived::new(engine.store(), &memory);
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let rule = rules::ALL.iter().copied().find(|known| known.id == rule).unwrap();
    run(&derived, rule, &params, &Zone { name: "UTC".into(), offsets: Vec::new(), ..Zone::default() })
}

/// Whom the findings are about, in their order.
pub(super) fn subjects(outcome: &Outcome) -> Vec<&str> {
    let mut all: Vec<&str> = outcome.findings.iter().map(|finding| finding.subject.name.as_str()).collect();
    all.arrange();
    all
}
