//! The life of one guest in plain words.

use super::{Sheet, words};
use crate::{
    guests::roster::{
        At, From, Guest, State,
        line::{End, Held, Life},
    },
    identity::{Basis, text},
    model::{Column, TargetColumn},
    time::{plain_day, told},
};
use std::fmt::Write;

/// Names that a sentence lists before "and so many more".
const LISTED: usize = 6;

/// The sentences.
pub(super) fn story(sheet: &Sheet, at: u32, life: &Life) -> Vec<String> {
    let guest = sheet.guest(at);
    let mut sentences = vec![arrival(sheet, guest)];
    sentences.extend(again(sheet, guest));
    sentences.extend(standing(sheet, at));
    sentences.extend(held(sheet, life, true));
    sentences.extend(held(sheet, life, false));
    sentences.push(activity(sheet, at));
    sentences.extend(ending(sheet, at));
    sentences
}

fn when(sheet: &Sheet, at: At) -> String {
    at.ticks().map_or_else(
        || "at a time that no file has".into(),
        |ticks| format!("on {}", told(ticks, sheet.scope.zone(), sheet.store.rounding)),
    )
}

/// Invitation and redemption: "Invited by Adele Vance on .., redeemed after 23 h 30 min with a one-time passcode."
fn arrival(sheet: &Sheet, guest: &Guest) -> String {
    let mut words = match (guest.invited, guest.created) {
        (Some(invited), _) => {
            let by = sheet.roster.inviter(sheet.store, guest);
            let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
            format!("Invited{by} {}", when(sheet, invited))
        }
        (None, Some(created)) => {
            format!(
                "Account made {}; {}",
                when(sheet, created),
                lower(&sheet.unseen[0].replace("Not seen", "its invitation is not seen"))
            )
        }
        (None, None) => {
            format!(
                "Neither the invitation nor the creation of the account is in the files: {}",
                lower(&sheet.unseen[0])
            )
        }
    };
    match guest.redeemed {
        Some(redeemed) => {
            match (guest.waited(), redeemed.ticks()) {
                (Some(waited), _) => _ = write!(words, ", redeemed after {}", words::told(sheet.store, waited)),
                (None, Some(_)) => _ = write!(words, ", redeemed {}", when(sheet, redeemed)),
                (None, None) => words.push_str(", redeemed at a time that no file has"),
            }
            if let Some(method) = method(sheet, redeemed) {
                words.push_str(&method);
            }
            if let From::Field(..) = redeemed.from {
                words.push_str(" by the invitation state in the users export");
            }
        }
        None if guest.is_waiting() => words.push_str(", not redeemed as far as the files tell"),
        None => {}
    }
    words.push('.');
    words
}

/// How the guest proved who they are, by the sentence of the redemption.
fn method(sheet: &Sheet, redeemed: At) -> Option<String> {
    let source = acceptance(sheet, redeemed).into_iter().find(|(name, _)| *name == "Source")?.1;
    Some(match source.to_lowercase().as_str() {
        "one time passcode" | "email one time passcode" => " with a one-time passcode".into(),
        _ => format!(" (source: {source})"),
    })
}

/// The details of the acceptance, as the redemption's target names them.
pub(super) fn acceptance(sheet: &Sheet, redeemed: At) -> Vec<(&'static str, String)> {
    let Some(event) = redeemed.event() else { return Vec::new() };
    let texts = sheet.store.targets_of(event).flat_map(|target| {
        [TargetColumn::Name, TargetColumn::Upn].map(|column| sheet.store.target_text(target, column).into_owned())
    });
    for text in texts {
        if let Some(found) = text::sentence(&text) {
            let all = [
                ("Source", found.source),
                ("Email", found.mail),
                ("UPN", found.upn),
                ("InvitationId", found.invitation),
            ];
            return all
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name, value.to_owned()))
                .collect();
        }
    }
    Vec::new()
}

fn again(sheet: &Sheet, guest: &Guest) -> Option<String> {
    let reset = guest.reset.map(|reset| format!("The redemption status was reset {}.", when(sheet, reset)));
    let more = guest.invitations.saturating_sub(1);
    match (reset, more) {
        (None, 0) => None,
        (Some(reset), 0) => Some(reset),
        (reset, more) => {
            let times = if more == 1 { "once".to_owned() } else { format!("{more} times") };
            let reset = reset.map_or(String::new(), |reset| format!(" {reset}"));
            Some(format!("Invited {times} again.{reset}"))
        }
    }
}

fn standing(sheet: &Sheet, at: u32) -> Vec<String> {
    let standing = &sheet.person(at).standing;
    let mut sentences: Vec<String> = standing
        .changes
        .iter()
        .map(|turn| {
            let by = sheet.store.text(turn.record as usize, Column::Actor);
            let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
            let day = told(turn.time, sheet.scope.zone(), sheet.store.rounding);
            format!(
                "Made a {} from a {}{by} on {day}.",
                turn.to.label().to_lowercase(),
                turn.from.label().to_lowercase()
            )
        })
        .collect();
    if standing.how == Basis::Nothing {
        sentences.push(
            "No file states the user type: #EXT# in the name shows an external account, not that it is a guest.".into(),
        );
    } else if standing.how == Basis::Invitation {
        sentences.push("That it is a guest is inferred from the invitation; no file states the user type.".into());
    }
    sentences
}

/// What the guest holds, or held and lost.
fn held(sheet: &Sheet, life: &Life, is_over: bool) -> Option<String> {
    let said = |held: &Held| {
        let name = if held.name.is_empty() { "one without a name" } else { &held.name };
        let kind = held.thing.label().to_lowercase();
        let day = |end: End| end.time().map(|time| plain_day(time, sheet.scope.zone()));
        let span = match (day(held.from), day(held.to)) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("since {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "begin and end not known".into(),
        };
        format!("{kind} {name} ({span})")
    };
    let all: Vec<String> = life.held.iter().filter(|held| held.is_over == is_over).map(said).collect();
    if all.is_empty() {
        return None;
    }
    let more = all.len().saturating_sub(LISTED);
    let mut words = all.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        _ = write!(words, " and {more} more");
    }
    Some(if is_over { format!("Had and lost: {words}.") } else { format!("Was given, and not seen to lose: {words}.") })
}

fn activity(sheet: &Sheet, at: u32) -> String {
    let guest = sheet.guest(at);
    let mut words = match guest.last_activity() {
        Some(last) => format!("Last activity {} ({}).", when(sheet, last), last.source(sheet.store)),
        None if guest.never_signed_in() => "Never signed in, by the users export, and no action is seen.".to_owned(),
        None => format!("No activity is known. {}.", sheet.unseen[1]),
    };
    let (ok, failed) = (guest.sign_ins, guest.failed_sign_ins);
    if ok + failed > 0 {
        let times = |count: u32| {
            if count == 1 { "1 time".to_owned() } else { format!("{} times", crate::number::thousands(count.into())) }
        };
        _ = write!(words, " Signed in {} in the loaded logs and failed {}.", times(ok), times(failed));
    }
    words
}

fn ending(sheet: &Sheet, at: u32) -> Option<String> {
    let guest = sheet.guest(at);
    let by = |at: At| {
        let name = at.event().map(|event| sheet.store.text(event, Column::Actor).into_owned()).unwrap_or_default();
        if name.is_empty() { String::new() } else { format!(" by {name}") }
    };
    match sheet.states[at as usize] {
        State::Deleted => {
            let deleted = guest.deleted?;
            let lived = guest.created.or(guest.invited).and_then(At::ticks).zip(deleted.ticks());
            let after = lived.filter(|(from, to)| to >= from).map_or(String::new(), |(from, to)| {
                format!(", {} after the account was made", words::told(sheet.store, to - from))
            });
            Some(format!("Deleted{} {}{after}.", by(deleted), when(sheet, deleted)))
        }
        State::Blocked => {
            let blocked = guest.blocked?;
            Some(match blocked.event() {
                Some(_) => format!("Blocked{} {}.", by(blocked), when(sheet, blocked)),
                None => "Blocked, by the users export.".into(),
            })
        }
        _ => None,
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
