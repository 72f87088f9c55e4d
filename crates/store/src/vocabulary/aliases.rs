//! Names that changed over the years: which one stands for all. The names and their sources are in
//! `data/aliases.tsv`; letter case, spaces in categories and a final dot in activities need no line there.

use super::{CATEGORIES, TABLE};
use std::{collections::HashMap, sync::OnceLock};

const ALIASES: &str = include_str!("../../data/aliases.tsv");

/// An alias, under which name it is looked for, and the name that stands for it.
type Names = HashMap<String, &'static str>;

/// The lines of a table with so many columns, remarks left out.
pub(super) fn lines<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let columns = |line: &'static str| <[&str; N]>::try_from(line.split('\t').collect::<Vec<_>>()).ok();
    table.lines().filter(|line| !line.starts_with('#')).filter_map(columns)
}

/// Kind, alias and canonical name of each line.
fn aliases() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lines::<4>(ALIASES).map(|[kind, alias, canonical, _]| (kind, alias, canonical))
}

fn plain_activity(name: &str) -> String {
    name.trim().trim_end_matches('.').to_lowercase()
}

fn squashed(category: &str) -> String {
    category.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The names of a kind by their squashed spelling.
fn of_kind(kind: &str) -> Names {
    let own = aliases().filter(|(own, ..)| *own == kind);
    own.map(|(_, alias, canonical)| (squashed(alias), canonical)).collect()
}

/// The name that stands for an activity's name: Microsoft's present one where the activity has been
/// renamed or is spelt in two ways, with and without the final `request`; letter case and a final dot
/// aside. A name that is not known stands for itself, without its final dot.
///
/// Walks over events should ask once per code of `Domain::Activity`, not once per event.
pub fn canonical_activity(name: &str) -> &str {
    static NAMES: OnceLock<Names> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let renamed = aliases().filter(|(kind, ..)| *kind == "activity");
        let mut names: Names = renamed.map(|(_, alias, canonical)| (plain_activity(alias), canonical)).collect();
        for [.., activity] in lines::<3>(TABLE) {
            names.entry(plain_activity(activity)).or_insert(activity);
        }
        names
    });
    names.get(&plain_activity(name)).copied().unwrap_or_else(|| name.trim().trim_end_matches('.'))
}

/// Whether two names mean the same activity, see [`canonical_activity`].
pub fn is_same_activity(a: &str, b: &str) -> bool {
    canonical_activity(a).eq_ignore_ascii_case(canonical_activity(b))
}

/// Other names of an activity, as the table has them.
pub fn other_names(canonical: &str) -> impl Iterator<Item = &'static str> {
    aliases().filter(move |(kind, _, own)| *kind == "activity" && *own == canonical).map(|(_, alias, _)| alias)
}

/// Whether an activity's name is an alias.
pub(super) fn is_alias(name: &str) -> bool {
    aliases().any(|(kind, alias, _)| kind == "activity" && alias == name)
}

/// The name that stands for a category's name, letter case and spaces aside. A name that is not known
/// stands for itself.
pub fn canonical_category(name: &str) -> &str {
    static NAMES: OnceLock<Names> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let listed = lines::<3>(TABLE).map(|[_, category, _]| category).chain(CATEGORIES.iter().copied());
        let listed = listed.filter(|name| !name.contains(' ')).map(|name| (squashed(name), name));
        listed.chain(of_kind("category")).collect()
    });
    names.get(&squashed(name)).copied().unwrap_or(name)
}

/// Whether a category is really a service: exports of about 2018 put the service there.
pub fn is_legacy_service(category: &str) -> bool {
    aliases().any(|(kind, alias, _)| kind == "category-is-service" && alias.eq_ignore_ascii_case(category))
}

/// B2C's activity type behind a category of today or of 2018: Authorization, Directory, Application,
/// Key, Resource or Authentication.
pub fn b2c_activity_type(category: &str) -> Option<&'static str> {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| of_kind("b2c-activity-type")).get(&squashed(category)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, canonical: &str) {
        assert_eq!(canonical_activity(name), canonical, "{name}");
    }

    #[test]
    fn names_of_old_lead_to_those_of_today() {
        check("Redeem extern user invite", "Redeem external user invite");
        check("Add member to group.", "Add member to group");
        check("invite EXTERNAL user", "Invite external user");
        check("Fulfill access package assignment", "Fulfill access package assignment request");
        check("Fulfill access package assignment request", "Fulfill access package assignment request");
        check("Remove access package assignment request", "Remove access package assignment");
        check("AdminUserJourneys-GetResources", "Get user flows");
        check("Nobody knows this.", "Nobody knows this");
        check("", "");
        assert!(is_same_activity("Deny access package assignment", "deny access package assignment request."));
        assert!(!is_same_activity("Fulfill access package resource assignment", "Fulfill access package assignment"));
        assert!(other_names("Redeem external user invite").eq(["Redeem extern user invite"]));
    }

    #[test]
    fn categories_lose_their_spaces() {
        assert_eq!(canonical_category("User Management"), "UserManagement");
        assert_eq!(canonical_category("entitlementmanagement"), "EntitlementManagement");
        assert_eq!(canonical_category("Contoso"), "Contoso");
        assert!(is_legacy_service("core directory") && !is_legacy_service("UserManagement"));
        assert_eq!(b2c_activity_type("Directory Management"), Some("Directory"));
        assert_eq!(b2c_activity_type("Policy Management"), Some("Resource"));
        assert_eq!(b2c_activity_type("Key"), Some("Key"));
        assert_eq!(b2c_activity_type("UserManagement"), None);
    }

    #[test]
    fn the_table_is_sound() {
        let listed: Vec<&str> = lines::<3>(TABLE).map(|[.., activity]| activity).collect();
        let mut seen = Vec::new();
        for line in ALIASES.lines().filter(|line| !line.starts_with('#')) {
            let [kind, alias, canonical, source] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert!(!source.is_empty() && !canonical.is_empty(), "{line}");
            let known = ["activity", "category", "category-is-service", "b2c-activity-type"];
            assert!(known.contains(&kind), "{line}");
            if kind == "activity" {
                assert!(listed.contains(&canonical), "{canonical} is in no list");
                assert_eq!(canonical_activity(canonical), canonical, "{canonical} has another name itself");
            }
            assert!(!seen.contains(&(kind, plain_activity(alias))), "{alias} stands twice");
            seen.push((kind, plain_activity(alias)));
        }
    }
}
