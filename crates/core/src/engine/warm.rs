//! Exercises the hot loops before the first file comes. A browser first runs wasm as quickly compiled,
//! slow code and replaces a function by fast code only after it was busy for a while.

use super::Engine;
use crate::protocol::{Ask, Query, ViewRequest};
use std::fmt::Write;

/// Reads invented exports into an engine of its own, a piece at a time.
pub struct Warming {
    engine: Engine,
    texts: Vec<Vec<u8>>,
    rounds: u32,
}

impl Default for Warming {
    fn default() -> Self {
        Self { engine: Engine::default(), texts: vec![csv(), json()], rounds: 0 }
    }
}

impl Warming {
    const ROUNDS: u32 = 120;

    /// Reads the next piece, some milliseconds' worth. `false` once it has been enough.
    pub fn step(&mut self) -> bool {
        let text = &self.texts[self.rounds as usize % self.texts.len()];
        let source = self.engine.open("", 0);
        self.engine.feed(source, text);
        self.engine.end(source);
        self.engine.ask(0, &question());
        self.rounds += 1;
        // A store that grows would only take memory.
        if self.rounds.is_multiple_of(4) {
            self.engine = Engine::default();
        }
        self.rounds < Self::ROUNDS
    }
}

fn question() -> Ask {
    use crate::model::Field;
    Ask {
        query: Query { text: "guest".into(), ..Query::default() },
        view: ViewRequest::Events { from: 0, count: 20, columns: vec![Field::Time, Field::Activity, Field::Target] },
        facets: vec![Field::Service, Field::Activity, Field::Actor, Field::Target],
        facet_text: Vec::new(),
        stack: None,
        zone: crate::time::Zone::default(),
        bins: 100,
    }
}

const RECORDS: u32 = 160;

fn csv() -> Vec<u8> {
    let mut text = String::from(
        "\"Date (UTC)\",CorrelationId,Service,Category,Activity,Result,ResultReason,ActorType,ActorDisplayName,ActorObjectId,ActorUserPrincipalName,IPAddress",
    );
    for target in 1..=3 {
        for name in ["Type", "DisplayName", "ObjectId", "UserPrincipalName"] {
            let _ = write!(text, ",Target{target}{name}");
        }
        for name in ["Name", "OldValue", "NewValue"] {
            let _ = write!(text, ",Target{target}ModifiedProperty1{name}");
        }
    }
    text.push_str(",AdditionalDetail1Key,AdditionalDetail1Value\r\n");
    for number in 0..RECORDS {
        let _ = write!(
            text,
            "2026-06-01T08:{:02}:{:02}.1234567+00:00,{},Core Directory,UserManagement,Update user,success,,User,Name {number},{},person{number}@contoso.example,203.0.113.{},User,\"Guest, {number}\",{},guest{number}_fabrikam.example#EXT#@contoso.example,Department,\"[\"\"Sales {number}\"\"]\",\"[\"\"Finance {number}\"\"]\",,,,,,,,,,,,,,,UserType,Guest\r\n",
            number / 60 % 60,
            number % 60,
            guid(number),
            guid(number % 40),
            number % 250,
            guid(number % 50),
        );
    }
    text.into_bytes()
}

fn json() -> Vec<u8> {
    let mut text = String::from("[\n");
    for number in 0..RECORDS {
        let separator = if number == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            r#"{separator}  {{
    "id": "Directory_{}_{number}",
    "category": "UserManagement",
    "correlationId": "{}",
    "result": "success",
    "resultReason": "",
    "activityDisplayName": "Update user",
    "activityDateTime": "2026-06-01T09:{:02}:{:02}.1234567Z",
    "loggedByService": "Core Directory",
    "operationType": "Update",
    "userAgent": null,
    "initiatedBy": {{ "user": {{ "id": "{}", "displayName": "Name {number}", "userPrincipalName": "person{number}@contoso.example", "ipAddress": "203.0.113.7" }}, "app": null }},
    "targetResources": [ {{ "id": "{}", "displayName": "Guest {number}", "type": "User", "userPrincipalName": "guest{number}_fabrikam.example#EXT#@contoso.example", "groupType": null, "modifiedProperties": [ {{ "displayName": "Department", "oldValue": "[\"Sales {number}\"]", "newValue": "[\"Finance {number}\"]" }} ] }} ],
    "additionalDetails": [ {{ "key": "UserType", "value": "Guest" }} ]
  }}"#,
            guid(number),
            guid(number),
            number / 60 % 60,
            number % 60,
            guid(number % 40),
            guid(number % 50),
        );
    }
    text.push_str("\n]\n");
    text.into_bytes()
}

fn guid(number: u32) -> String {
    let mixed = number.wrapping_mul(2_654_435_761);
    format!("{mixed:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", number & 0xffff, number & 0xfff, mixed & 0xfff, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_exports_are_read_without_a_problem() {
        let mut warming = Warming::default();
        warming.step();
        warming.step();
        let store = warming.engine.store();
        assert_eq!(store.len() as u32, 2 * RECORDS);
        assert!(store.problems.list().is_empty(), "{:?}", store.problems.list());
        while warming.step() {}
    }
}
