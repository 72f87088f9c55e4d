//! The rules, a file each.

mod prelude;
#[cfg(test)]
mod testing;
mod u01_first_time_inviter;
mod u02_unapproved_inviter;
mod u03_failed_invitation;
mod u04_guest_invites;
mod u05_guest_to_member;
mod u06_linked_outside;
mod u07_quick_role;
mod u08_guest_in_role;
mod u09_group_outside_list;
mod u10_group_outside_package;
mod u11_app_role_outside;
mod u12_short_lived;
mod u13_consent;
mod u14_connected_organization;
mod u15_approval_off;
mod u16_review_deleted;
mod u17_extension_failed;
mod u18_cross_tenant;
mod u19_pim;
mod u20_other_tenant;
mod u21_sign_in_errors;
mod u22_volume;
mod u23_single_factor;
mod u24_powershell;
mod u25_invited_again;
mod u26_never_redeemed;
mod u27_sponsor;
mod u28_new_domain;
mod u29_denied_still_there;
mod u30_reviewer;
mod u31_stuck_request;
mod u32_own_approval;
mod u33_b2c_accounts;
mod u34_b2c_keys;
mod u35_off_hours;
mod u36_invited_after_end;

use super::Rule;
use crate::time::{DAY, HOUR};

/// The coarsest times a rule can be judged by, as the length of a step in ticks: rules that compare hours or
/// minutes say nothing true of days.
pub fn finest(rule: &Rule) -> i64 {
    match rule.id {
        "U07" | "U12" | "U21" | "U24" | "U30" | "U31" | "U33" => 0,
        "U35" => HOUR,
        _ => 7 * DAY,
    }
}

/// All rules, in the order of their ids.
pub static ALL: [&Rule; 36] = [
    &u01_first_time_inviter::RULE,
    &u02_unapproved_inviter::RULE,
    &u03_failed_invitation::RULE,
    &u04_guest_invites::RULE,
    &u05_guest_to_member::RULE,
    &u06_linked_outside::RULE,
    &u07_quick_role::RULE,
    &u08_guest_in_role::RULE,
    &u09_group_outside_list::RULE,
    &u10_group_outside_package::RULE,
    &u11_app_role_outside::RULE,
    &u12_short_lived::RULE,
    &u13_consent::RULE,
    &u14_connected_organization::RULE,
    &u15_approval_off::RULE,
    &u16_review_deleted::RULE,
    &u17_extension_failed::RULE,
    &u18_cross_tenant::RULE,
    &u19_pim::RULE,
    &u20_other_tenant::RULE,
    &u21_sign_in_errors::RULE,
    &u22_volume::RULE,
    &u23_single_factor::RULE,
    &u24_powershell::RULE,
    &u25_invited_again::RULE,
    &u26_never_redeemed::RULE,
    &u27_sponsor::RULE,
    &u28_new_domain::RULE,
    &u29_denied_still_there::RULE,
    &u30_reviewer::RULE,
    &u31_stuck_request::RULE,
    &u32_own_approval::RULE,
    &u33_b2c_accounts::RULE,
    &u34_b2c_keys::RULE,
    &u35_off_hours::RULE,
    &u36_invited_after_end::RULE,
];

/// The rule of that id.
pub fn of(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_all_of_it() {
        for (number, rule) in ALL.iter().enumerate() {
            assert_eq!(rule.id, format!("U{:02}", number + 1));
            for text in [rule.title, rule.checks, rule.why] {
                assert!(text.len() > 8 && !text.contains('!') && !text.contains("  "), "{}: {text}", rule.id);
            }
            assert!(!rule.references.is_empty() && !rule.false_positives.is_empty(), "{}", rule.id);
        }
    }
}
