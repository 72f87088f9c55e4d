//! Who may request which package, as far as the loaded policies tell.
//!
//! Source: Microsoft Graph reference, `allowedTargetScope` (v1.0) and `requestorSettings` (beta).

use super::{
    access::{Access, Kind as SpanKind, Thing},
    organizations::Organizations,
};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    derived::Derived,
    identity::{Identity, PersonId, UserType},
    model::{Attribute as A, EntityKind, ItemColumn, List},
};

/// Whether somebody may request under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The policy allows it.
    Yes,
    /// The loaded files do not decide it.
    Unknown,
    /// The policy does not allow it.
    No,
}

/// A policy, and whether somebody may request under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Id of the package, lower case; may be empty.
    pub package_id: String,
    /// Name of the package; may be empty.
    pub package: String,
    /// Id of the policy.
    pub policy_id: String,
    /// Name of the policy.
    pub policy: String,
    /// Whom the policy allows, in Graph's word; empty where the export does not have it.
    pub scope: String,
    /// Whether an approver has to agree, where the export has it.
    pub approval: Option<bool>,
    /// The answer.
    pub verdict: Verdict,
    /// Why; may name groups.
    pub why: String,
}

/// What a person may request: allowed first, then undecided.
pub fn offers(derived: &Derived, person: PersonId) -> Vec<Offer> {
    let store = derived.store;
    let identity = derived.get::<Identity>();
    let organizations = derived.get::<Organizations>();
    let access = derived.get::<Access>();
    let table = store.entities(EntityKind::Policy);
    let packages = store.entities(EntityKind::Package);
    let who = identity.person(person);
    let standing = who.standing.user_type;
    let organization = organizations.of.get(&person).map(|(at, _)| &organizations.all[*at as usize]);
    let configured = organization.is_some_and(|one| one.state == "configured");
    let mut offers: Vec<Offer> = table
        .newest()
        .into_iter()
        .map(|row| {
            let text = |attribute| table.text(row, attribute).into_owned();
            let scope = text(A::AllowedTargetScope);
            let named = |kind: &str| {
                table.list(row, List::AllowedTarget).any(|item| {
                    let id = table.item_text(item, ItemColumn::Id);
                    table.item_text(item, ItemColumn::Type).to_lowercase().contains(kind)
                        && (!id.is_empty() && identity.find(&id) == Some(person)
                            || organization.is_some_and(|one| !id.is_empty() && id.eq_ignore_ascii_case(&one.id)))
                })
            };
            let groups: Vec<String> = table
                .list(row, List::AllowedTarget)
                .filter(|item| table.item_text(*item, ItemColumn::Type).to_lowercase().contains("group"))
                .map(|item| {
                    let (id, name) = (table.item_text(item, ItemColumn::Id), table.item_text(item, ItemColumn::Name));
                    if name.is_empty() { group_name(&access, &id) } else { name.into_owned() }
                })
                .collect();
            let (verdict, why) =
                decide(&scope, standing, configured, organization.is_some(), &named, !groups.is_empty());
            let why = if why == OF_GROUPS { format!("{why}: {}", groups.join(", ")) } else { why.into() };
            let package = packages.newest_of(table.code(row, A::PackageId));
            let name = match (text(A::PackageName), package) {
                (name, Some(row)) if name.is_empty() => packages.text(row, A::Name).into_owned(),
                (name, _) => name,
            };
            Offer {
                package_id: text(A::PackageId).lower(),
                package: name,
                policy_id: text(A::Id),
                policy: text(A::Name),
                scope,
                approval: table.flag(row, A::ApprovalRequired),
                verdict,
                why,
            }
        })
        .collect();
    offers.arrange_by(|a, b| {
        (a.verdict, &a.package, &a.policy, &a.policy_id).cmp(&(b.verdict, &b.package, &b.policy, &b.policy_id))
    });
    offers
}

/// Why a policy that names groups is not decided.
const OF_GROUPS: &str = "The policy names groups, whose members no loaded file lists";

/// The name of a group where a loaded file has it, else the id.
fn group_name(access: &Access, id: &str) -> String {
    let of_id = |thing: &&Thing| {
        matches!(thing.kind, SpanKind::Group | SpanKind::GroupOwner) && thing.id.eq_ignore_ascii_case(id)
    };
    access.things.iter().find(of_id).map_or(id, Thing::best).to_owned()
}

fn decide(
    scope: &str,
    standing: UserType,
    configured: bool,
    connected: bool,
    named: &dyn Fn(&str) -> bool,
    groups: bool,
) -> (Verdict, &'static str) {
    use Verdict::{No, Unknown, Yes};
    let of_type = |wanted: UserType, yes, no| match standing {
        UserType::Unknown => (Unknown, "No file states the user type"),
        own if own == wanted => (Yes, yes),
        _ => (No, no),
    };
    match scope.to_ascii_lowercase().as_str() {
        "alldirectoryusers" | "allexistingdirectorysubjects" => {
            (Yes, "For all users of the directory, guests included")
        }
        "allmemberusers" | "allexistingdirectorymemberusers" => of_type(
            UserType::Member,
            "For all members of the directory",
            "For members of the directory, guests left out",
        ),
        "allconfiguredconnectedorganizationusers"
        | "allconfiguredconnectedorganizationsubjects"
        | "allexistingconnectedorganizationsubjects" => match (configured, connected) {
            (true, _) => (Yes, "For users of configured connected organizations, of which this is one"),
            (false, true) => (Unknown, "The person's connected organization is not known to be configured"),
            (false, false) => (Unknown, "No loaded file leads to a connected organization of the person"),
        },
        "allexternalusers" | "allexternalsubjects" => {
            of_type(UserType::Guest, "For all external users", "For external users only")
        }
        "specificdirectoryusers" | "specificdirectorysubjects" => match (named("user"), groups) {
            (true, _) => (Yes, "The policy names the person"),
            (false, true) => (Unknown, OF_GROUPS),
            (false, false) => (No, "The policy names other users"),
        },
        "specificconnectedorganizationusers" | "specificconnectedorganizationsubjects" => {
            if named("organization") {
                (Yes, "The policy names the person's connected organization")
            } else if connected {
                (No, "The policy names other connected organizations")
            } else {
                (Unknown, "No loaded file leads to a connected organization of the person")
            }
        }
        "nosubjects" | "notspecified" => (No, "Nobody can request: administrators assign it directly"),
        "alldirectoryserviceprincipals" | "specificdirectoryserviceprincipals" => (No, "For service principals only"),
        "" => (Unknown, "The export does not say who can request"),
        _ => (Unknown, "The policy allows a scope that is not known here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decides_only_what_is_known() {
        let check = |scope: &str, standing, configured, connected, expected| {
            let (verdict, why) = decide(scope, standing, configured, connected, &|_| false, false);
            assert_eq!(verdict, expected, "{scope}: {why}");
        };
        check("allMemberUsers", UserType::Guest, true, true, Verdict::No);
        check("allMemberUsers", UserType::Unknown, true, true, Verdict::Unknown);
        check("allConfiguredConnectedOrganizationUsers", UserType::Guest, true, true, Verdict::Yes);
        check("allConfiguredConnectedOrganizationUsers", UserType::Guest, false, false, Verdict::Unknown);
        check("AllExternalSubjects", UserType::Guest, false, false, Verdict::Yes);
        check("specificDirectoryUsers", UserType::Member, false, false, Verdict::No);
        check("", UserType::Member, false, false, Verdict::Unknown);
        let groups = decide("specificDirectoryUsers", UserType::Member, false, false, &|_| false, true);
        assert_eq!(groups.0, Verdict::Unknown);
        let named = decide("specificDirectoryUsers", UserType::Member, false, false, &|kind| kind == "user", true);
        assert_eq!(named.0, Verdict::Yes);
    }
}
