//! Why a denial may not have been applied, in Microsoft's reasons.
//!
//! Source: Microsoft, "Complete an access review of groups and applications" (complete-access-review), the
//! note on denied users that results cannot be applied to.

use super::Reading;
use crate::{
    guests::reviews::{Application, Decision, Review},
    report::blocks::{Block, Note, Tone},
};

/// What is reviewed, as far as it matters for a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Group,
    Application,
    Anything,
}

const REASONS: [(Of, &str); 5] = [
    (
        Of::Group,
        "The group is synchronised from an on-premises Active Directory: its members can only be changed there.",
    ),
    (
        Of::Anything,
        "The person is a member through a nested group: that membership is not touched, so the access stays.",
    ),
    (Of::Anything, "The user was not found, or another error occurred."),
    (Of::Group, "The group is mail-enabled: it cannot be managed in Microsoft Entra ID."),
    (
        Of::Application,
        "The application is assigned through a group: the members of the group stay, and so does their access.",
    ),
];

/// The documented reasons that fit what is reviewed; all of them where that is not known.
pub(super) fn fitting(decision: &Decision, review: &Review) -> Vec<String> {
    let kind = review.resource_type.to_lowercase();
    let own = match () {
        () if kind.contains("group") || kind.contains("team") => Some(Of::Group),
        () if kind.contains("app") || kind.contains("serviceprincipal") => Some(Of::Application),
        () => None,
    };
    let fits = |of: Of| of == Of::Anything || own.is_none_or(|own| own == of);
    let mut found: Vec<String> =
        REASONS.iter().filter(|(of, _)| fits(*of)).map(|(_, words)| (*words).to_owned()).collect();
    if decision.application == Application::NotApplied {
        found.insert(
            0,
            "Nobody has applied the results: unless the review applies them by itself, an administrator has to.".into(),
        );
    }
    found
}

/// The reasons, where a denial was not applied.
pub(super) fn note(reading: &Reading) -> Option<Block> {
    let any = reading.all.iter().any(|at| reading.decision(*at).is_denied_in_vain());
    any.then(|| {
        Block::Note(Note {
            id: "not-applied-reasons".into(),
            tone: Tone::Attention,
            title: "Why a denial may not be applied".into(),
            text: "No export says which of these it was. Microsoft documents five reasons (\"Complete an access review of groups and applications\"):".into(),
            steps: REASONS.iter().map(|(_, words)| (*words).to_owned()).collect(),
            ..Note::default()
        })
    })
}
