//! People, subjects of entitlement management, connected organizations.
//!
//! Source: Microsoft Graph reference, `user`, `signInActivity`, `invitation`, `accessPackageSubject`,
//! `connectedOrganization`, v1.0 and beta.

use super::{Act, common};
use crate::{
    import::entity::users_csv,
    model::{Attribute as A, EntityKind, List},
};

/// `user`, and what else stands where users do.
pub(in crate::import::entity) fn person(key: &[u8]) -> Act {
    match key {
        b"signinactivity" => Act::Into(sign_in_activity),
        b"sponsors" => Act::List(List::Sponsor),
        b"othermails" => Act::List(List::OtherMail),
        b"identities" => Act::List(List::Identity),
        b"@odata.type" => Act::Type(A::SubjectType),
        _ => match std::str::from_utf8(key).ok().and_then(users_csv::known) {
            Some(attribute) => Act::Put(attribute),
            None => common(key),
        },
    }
}

fn sign_in_activity(key: &[u8]) -> Act {
    match key {
        b"lastsignindatetime" => Act::Put(A::LastSignIn),
        b"lastnoninteractivesignindatetime" => Act::Put(A::LastNonInteractiveSignIn),
        b"lastsuccessfulsignindatetime" => Act::Put(A::LastSuccessfulSignIn),
        _ => Act::Keep,
    }
}

/// `invitation`. The link that redeems it is not kept.
pub(in crate::import::entity) fn invitation(key: &[u8]) -> Act {
    match key {
        b"inviteduser" => Act::Into(person),
        b"inviteduseremailaddress" => Act::Put(A::Mail),
        b"inviteduserdisplayname" => Act::Put(A::Name),
        b"invitedusertype" => Act::Put(A::UserType),
        b"status" => Act::Put(A::Status),
        b"inviteredeemurl" | b"@odata.context" => Act::Skip,
        _ => Act::Keep,
    }
}

/// `accessPackageSubject`: its `id` is not the directory object's, `objectId` is.
pub(in crate::import::entity) fn subject(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::SubjectId),
        b"objectid" => Act::Put(A::Id),
        b"principalname" | b"userprincipalname" => Act::Put(A::Upn),
        b"email" | b"mail" => Act::Put(A::Mail),
        b"type" | b"subjecttype" => Act::Put(A::SubjectType),
        b"connectedorganizationid" => Act::Put(A::OrganizationId),
        b"connectedorganization" => {
            const LINKS: super::Links = &[(A::Id, A::OrganizationId), (A::Name, A::OrganizationName)];
            Act::Row(EntityKind::Organization, organization, LINKS)
        }
        _ => common(key),
    }
}

/// `connectedOrganization`.
pub(in crate::import::entity) fn organization(key: &[u8]) -> Act {
    match key {
        b"state" => Act::Put(A::State),
        b"identitysources" => Act::List(List::IdentitySource),
        b"internalsponsors" => Act::List(List::InternalSponsor),
        b"externalsponsors" => Act::List(List::ExternalSponsor),
        _ => common(key),
    }
}
