//! The wording of common activities. Names are Microsoft's, from its audit activity list and from
//! the portal, in lower case; of several names the one that stands for all ([`crate::vocabulary`]).

/// The phrase of an activity; words in braces are filled in.
pub(super) fn of(activity: &str) -> Option<&'static str> {
    Some(match activity {
        "invite external user" => "{actor} invited {invited}",
        "invite external user with reset invitation status" => "{actor} reset the invitation of {invited}",
        "invite internal user to b2b collaboration" => "{actor} invited the internal user {user} to collaborate",
        "entitlement management invites external user" => "{actor} invited {invited} for an access package",
        "redeem external user invite" => "{redeemer} redeemed an invitation",
        "viral user creation" => "{redeemer} signed up as an unmanaged (viral) user",
        "delete external user" => "{actor} deleted the guest {user}",
        "sign-in" => "sign-in of {actor} to {target}",
        "add user" => "{actor} added the user {user}",
        "update user" => "{actor} changed {properties} of {user}",
        "delete user" => "{actor} deleted the user {user}",
        "hard delete user" => "{actor} permanently deleted the user {user}",
        "restore user" => "{actor} restored the user {user}",
        "enable account" => "{actor} enabled the account of {user}",
        "disable account" => "{actor} disabled the account of {user}",
        "change user license" => "{actor} changed the licences of {user}",
        "add user sponsor" => "{actor} added a sponsor to {user}",
        "remove user sponsor" => "{actor} removed a sponsor from {user}",
        "update stsrefreshtokenvalidfrom timestamp" => "{actor} ended the sign-in sessions of {user}",
        "user registered security info" => "{actor} registered security info for {user}",
        "add group" => "{actor} added the group {group}",
        "update group" => "{actor} changed {properties} of the group {group}",
        "delete group" => "{actor} deleted the group {group}",
        "add member to group" => "{actor} added {member} to the group {group}",
        "remove member from group" => "{actor} removed {member} from the group {group}",
        "add owner to group" => "{actor} made {member} an owner of the group {group}",
        "remove owner from group" => "{actor} removed {member} as an owner of the group {group}",
        "add member to role" | "add scoped member to role" => "{actor} gave {member} the role {role}",
        "remove member from role" | "remove scoped member from role" => "{actor} took the role {role} from {member}",
        "add eligible member to role" => "{actor} made {member} eligible for the role {role}",
        "remove eligible member from role" => "{actor} ended that {member} is eligible for the role {role}",
        "consent to application" => "{actor} consented to {app}",
        "add delegated permission grant" => "{actor} granted delegated permissions to {app}",
        "add app role assignment grant to user"
        | "add app role assignment to group"
        | "add app role assignment to service principal" => "{actor} gave {assignee} the role {app role} in {app}",
        "remove app role assignment from user"
        | "remove app role assignment from group"
        | "remove app role assignment from service principal" => {
            "{actor} took the role {app role} in {app} from {assignee}"
        }
        "reset password" | "reset user password" | "reset password (by admin)" => {
            "{actor} reset the password of {user}"
        }
        "reset password (self-service)" => "{actor} reset their own password",
        "change user password" => "{actor} changed the password of {user}",
        "change password (self-service)" => "{actor} changed their own password",
        "user requests access package assignment" => "{actor} requested the access package {package}",
        "user requests to extend access package assignment" => "{actor} asked to extend the access package {package}",
        "user requests to remove access package assignment" => "{actor} asked to give up the access package {package}",
        "approve access package assignment request" => "{actor} approved a request for the access package {package}",
        "auto approve access package assignment request" => {
            "a request for the access package {package} was approved automatically"
        }
        "deny access package assignment request" => "{actor} denied a request for the access package {package}",
        "cancel access package assignment request" => "{actor} cancelled a request for the access package {package}",
        "access package assignment request timed out (no approver action taken)" => {
            "a request for the access package {package} timed out without a decision"
        }
        "ready to fulfill access package assignment request" => {
            "delivery of the access package {package} to {receiver} began"
        }
        "fulfill access package assignment request" => "{receiver} received the access package {package}",
        "partially fulfill access package assignment request" => {
            "{receiver} received a part of the access package {package}"
        }
        "failed access package assignment request" => {
            "the access package {package} could not be delivered to {receiver}"
        }
        "remove access package assignment" => "{receiver} lost the access package {package}",
        "administrator directly assigns user to access package" => {
            "{actor} assigned the access package {package} directly to {user}"
        }
        "administrator directly removes user access package assignment" => {
            "{actor} took the access package {package} directly from {user}"
        }
        "issue an id_token to the application" => "{client} received an ID token for {user}",
        "issue an access token to the application" => "{client} received an access token for {user}",
        "issue an authorization code to the application" => "{client} received an authorization code for {user}",
        "issue a saml assertion to the application" => "{client} received a SAML assertion for {user}",
        "exchange token" => "{client} exchanged a token for {user}",
        _ => return None,
    })
}
