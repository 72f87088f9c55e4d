//! An event in plain words: who did what to whom, how it went and from where.
//!
//! The wording per activity is in `phrases`; here it is filled in.

mod phrases;

use super::{person, unpack};
use crate::{
    model::{Column, TargetColumn},
    store::Store,
    vocabulary::canonical_activity,
};

/// Names of changed properties that a sentence lists.
const PROPERTIES: usize = 4;

/// One sentence, for example
/// "Adele Vance invited dana@fabrikam.example (success) from 203.0.113.9."
pub fn sentence(store: &Store, event: usize) -> String {
    let words = Words { store, event };
    let activity = store.text(event, Column::Activity);
    let plain = canonical_activity(&activity).to_lowercase();
    let mut text = match phrases::of(&plain) {
        Some(phrase) => words.fill(phrase),
        None => words.general(activity.trim_end_matches('.')),
    };
    let outcome = words.outcome();
    // That the log calls it a success to have noted a failure would contradict the sentence.
    let is_contrary = outcome == " (success)" && ["timed out", "could not be"].iter().any(|word| text.contains(word));
    if !is_contrary {
        text.push_str(&outcome);
    }
    let address = store.text(event, Column::IpAddress);
    if !address.is_empty() {
        text.push_str(" from ");
        text.push_str(&address);
    }
    text.push('.');
    text
}

struct Words<'a> {
    store: &'a Store,
    event: usize,
}

impl Words<'_> {
    fn fill(&self, phrase: &str) -> String {
        let mut text = String::new();
        let mut rest = phrase;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&self.word(name));
            rest = after;
        }
        text.push_str(rest);
        if phrase.starts_with('{') {
            // A name keeps its letters.
            return text;
        }
        let mut letters = text.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    fn general(&self, activity: &str) -> String {
        let actor = self.word("actor");
        let activity = if activity.is_empty() { "an unnamed activity" } else { activity };
        match self.target(|_| true) {
            Some(target) => format!("{actor} performed \u{2018}{activity}\u{2019} on {target}"),
            None => format!("{actor} performed \u{2018}{activity}\u{2019}"),
        }
    }

    fn word(&self, name: &str) -> String {
        let or = |word: Option<String>, else_word: &str| word.unwrap_or_else(|| else_word.into());
        match name {
            "actor" => or(person::actor(self.store, self.event), "An unknown actor"),
            "user" => or(self.of_type("User").or_else(|| self.target(|_| true)), "a user"),
            "invited" => or(self.detail("invitedUserEmailAddress").or_else(|| self.of_type("User")), "a guest"),
            "redeemer" => {
                let actor = || person::actor(self.store, self.event);
                or(self.of_type("User").or_else(actor).or_else(|| self.target(|_| true)), "a guest")
            }
            "receiver" => or(self.of_type("User").or_else(|| person::actor(self.store, self.event)), "a user"),
            "member" => {
                let member = self.of_type("User").or_else(|| self.target(|kind| !matches!(kind, "group" | "role")));
                or(member, "a member")
            }
            "group" => or(self.changed("Group.DisplayName").or_else(|| self.of_type("Group")), "a group"),
            "role" => or(self.changed("Role.DisplayName").or_else(|| self.of_type("Role")), "a role"),
            "app role" => or(self.changed("AppRole.DisplayName").or_else(|| self.changed("AppRole.Value")), "a role"),
            "assignee" => {
                let changed = ["User.UPN", "Group.DisplayName", "ServicePrincipal.DisplayName"];
                let by_change = changed.iter().find_map(|name| self.changed(name));
                let by_change = by_change.map(|name| person::address(&name).into_owned());
                or(by_change.or_else(|| self.target(|kind| matches!(kind, "user" | "group"))), "a user")
            }
            "app" => or(self.of_type("ServicePrincipal").or_else(|| self.of_type("Application")), "an application"),
            "client" => {
                let actor = || person::actor(self.store, self.event);
                or(self.detail("ApplicationName").or_else(|| self.detail("ApplicationId")).or_else(actor), "an app")
            }
            "package" => or(self.of_type("AccessPackage"), "an access package"),
            "properties" => self.properties(),
            _ => or(self.target(|_| true), "something"),
        }
    }

    fn outcome(&self) -> String {
        let result = self.store.text(self.event, Column::Result);
        let reason = self.store.text(self.event, Column::ResultReason);
        match (result.as_ref(), reason.trim().trim_end_matches('.')) {
            ("", _) => String::new(),
            (result, "") => format!(" ({result})"),
            (result, _) if result.eq_ignore_ascii_case("success") => format!(" ({result})"),
            (result, reason) => format!(" ({result}: {reason})"),
        }
    }

    /// The first target whose type, in lower case, is wanted.
    fn target(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        self.store
            .targets_of(self.event)
            .filter(|&target| wanted(&self.store.target_text(target, TargetColumn::Type).to_lowercase()))
            .find_map(|target| person::target(self.store, target))
    }

    fn of_type(&self, kind: &str) -> Option<String> {
        self.target(|own| own.eq_ignore_ascii_case(kind))
    }

    fn detail(&self, key: &str) -> Option<String> {
        let store = self.store;
        let texts = |at| {
            (
                store.dictionary(crate::model::Domain::DetailKey).get(store.details.key.get(at)),
                store.dictionary(crate::model::Domain::DetailValue).get(store.details.value.get(at)),
            )
        };
        store
            .details
            .of(self.event)
            .map(texts)
            .find(|(own, value)| own.eq_ignore_ascii_case(key) && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }

    /// The new value of a modified property, else its old one.
    fn changed(&self, name: &str) -> Option<String> {
        use crate::model::Domain::{PropertyName, PropertyValue};
        let store = self.store;
        let value = |code| {
            let text = store.dictionary(PropertyValue).get(code);
            match unpack::unpack(&text).as_slice() {
                [] => text.into_owned(),
                [line, ..] => line.value.clone(),
            }
        };
        store
            .targets_of(self.event)
            .flat_map(|target| store.changes_of(target))
            .filter(|&at| store.dictionary(PropertyName).get(store.change_name.get(at)).eq_ignore_ascii_case(name))
            .flat_map(|at| [value(store.change_new.get(at)), value(store.change_old.get(at))])
            .find(|value| !value.is_empty())
    }

    fn properties(&self) -> String {
        let store = self.store;
        let mut names: Vec<String> = Vec::new();
        for at in store.targets_of(self.event).flat_map(|target| store.changes_of(target)) {
            let name = store.dictionary(crate::model::Domain::PropertyName).get(store.change_name.get(at)).into_owned();
            if !name.is_empty() && name != "Included Updated Properties" && !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(PROPERTIES);
        names.truncate(PROPERTIES);
        match (names.len(), more) {
            (0, _) => "properties".into(),
            (_, 0) => names.join(", "),
            _ => format!("{} and {more} more", names.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::EventWriter;

    fn check(write: impl Fn(&mut EventWriter), expect: &str) {
        let mut store = Store::default();
        let mut writer = store.writer(0);
        write(&mut writer);
        writer.commit(1);
        assert_eq!(sentence(&store, 0), expect);
    }

    fn actor(w: &mut EventWriter, activity: &str) {
        w.set(Column::Activity, activity.as_bytes());
        w.set(Column::ActorName, b"Adele Vance");
        w.set(Column::ActorUpn, b"adele@contoso.com");
        w.set(Column::Result, b"success");
    }

    #[test]
    fn says_what_happened() {
        check(
            |w| {
                actor(w, "Invite external user");
                w.set(Column::IpAddress, b"203.0.113.9");
                w.begin_target();
                w.set_target(TargetColumn::Type, b"User");
                w.set_target(TargetColumn::Upn, b"dana_fabrikam.example#EXT#@contoso.onmicrosoft.com");
            },
            "Adele Vance invited dana@fabrikam.example (success) from 203.0.113.9.",
        );
        check(
            |w| {
                actor(w, "Add member to group.");
                w.begin_target();
                w.set_target(TargetColumn::Type, b"Group");
                w.set_target(TargetColumn::Name, b"Partners");
                w.begin_target();
                w.set_target(TargetColumn::Type, b"User");
                w.set_target(TargetColumn::Name, b"Dana");
            },
            "Adele Vance added Dana to the group Partners (success).",
        );
        check(
            |w| {
                actor(w, "Update user");
                w.begin_target();
                w.set_target(TargetColumn::Type, b"User");
                w.set_target(TargetColumn::Name, b"Dana");
                w.change(b"UserType", b"[\"Guest\"]", b"[\"Member\"]");
                w.change(b"Included Updated Properties", b"", b"\"UserType\"");
            },
            "Adele Vance changed UserType of Dana (success).",
        );
        check(
            |w| {
                actor(w, "Update policy");
                w.set(Column::Result, b"failure");
                w.set(Column::ResultReason, b"Insufficient privileges.");
                w.begin_target();
                w.set_target(TargetColumn::Name, b"CA001");
            },
            "Adele Vance performed \u{2018}Update policy\u{2019} on CA001 (failure: Insufficient privileges).",
        );
    }

    #[test]
    fn says_it_with_what_little_there_is() {
        check(|_| {}, "An unknown actor performed \u{2018}an unnamed activity\u{2019}.");
        check(
            |w| {
                w.set(Column::Activity, b"Redeem extern user invite");
                w.set(Column::ActorUpn, b"dana@fabrikam.example");
                w.begin_target();
                w.set_target(TargetColumn::Type, b"User");
                w.set_target(TargetColumn::Name, b"UPN: x#EXT#y, Email: dana@fabrikam.example, InvitationId: 1");
            },
            "dana@fabrikam.example redeemed an invitation.",
        );
    }
}
