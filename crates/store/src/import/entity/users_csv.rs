//! Tables of users: the portal's "Download users" (2021, and 2025 with columns of the admin's choice),
//! `Get-MgUser` and `Get-AzureADUser` through `Export-Csv`, and the portal's bulk templates.
//!
//! Sources of the names: the header of a portal download of 2021; Microsoft's page "Download a list of users"
//! (2020 to 2025) and its preview of 2025; Graph's `user`; the `AzureAD` module; "Bulk invite" for templates.
//! How the preview writes complex properties is not established: JSON is read, anything else is kept.

use super::{
    header::{Columns, Header, is_log, plain},
    table_csv::TableRows,
};
use crate::{
    import::{Format, sniff::Head},
    model::{Attribute as A, EntityKind},
};

/// Users.
pub(in crate::import) const FORMAT: Format = Format {
    id: "users-csv",
    label: "Users (CSV)",
    sniff: |head| {
        let header = read(head);
        let named = header.has_any(&[A::Upn]) || is_invitation(head);
        let typed = header.has_any(&[A::UserType, A::InvitationState, A::AccountEnabled])
            && header.has_any(&[A::Id, A::Mail, A::Name]);
        !is_log(head) && (is_invitation(head) || header.count() >= 2) && (named || typed)
    },
    begin: |head| {
        let mut rows =
            TableRows::new(EntityKind::Person, read(head)).without(|name| plain(name).starts_with("password"));
        if is_template(head) {
            rows = rows.template();
            rows.note("This is a template for a bulk operation: nothing says whether it was uploaded.");
            if any_column(head, |name| plain(name).starts_with("password")) {
                rows.note("Passwords are not kept.");
            }
        }
        if is_model(head) {
            rows.note("PowerShell wrote type names in the place of nested values; the values are not in the file.");
        }
        rows.importer(head)
    },
};

fn read(head: &Head) -> Header {
    let mut header = Header::read(head, &COLUMNS);
    // A template asks whether to block, and calls that `accountEnabled`.
    for column in header.columns.iter_mut().filter(|column| column.column.starts_with("Block sign in")) {
        column.attribute = None;
    }
    header
}

fn any_column(head: &Head, like: impl Fn(&str) -> bool) -> bool {
    head.header().iter().any(|name| like(&String::from_utf8_lossy(name)))
}

/// Columns of bulk templates name their property in brackets.
fn is_template(head: &Head) -> bool {
    any_column(head, |name| name.contains('[') && name.contains(']'))
}

fn is_invitation(head: &Head) -> bool {
    any_column(head, |name| plain(name) == "inviteeemail")
}

fn is_model(head: &Head) -> bool {
    head.first_row().iter().any(|cell| cell.starts_with(b"Microsoft.Graph.PowerShell.Models"))
}

pub(super) const COLUMNS: Columns = Columns {
    known: &[
        ("id", A::Id),
        ("objectid", A::Id),
        ("userid", A::Id),
        ("userprincipalname", A::Upn),
        ("displayname", A::Name),
        ("name", A::Name),
        ("mail", A::Mail),
        ("email", A::Mail),
        ("emailaddress", A::Mail),
        ("inviteeemail", A::Mail),
        ("givenname", A::GivenName),
        ("firstname", A::GivenName),
        ("surname", A::Surname),
        ("lastname", A::Surname),
        ("usertype", A::UserType),
        ("accountenabled", A::AccountEnabled),
        ("createddatetime", A::Created),
        ("createddate", A::Created),
        ("creationdate", A::Created),
        ("creationtype", A::CreationType),
        ("invitationstate", A::InvitationState),
        ("externaluserstate", A::InvitationState),
        ("userstate", A::InvitationState),
        ("externaluserstatechangedatetime", A::InvitationStateChanged),
        ("userstatechangedon", A::InvitationStateChanged),
        ("lastinteractivesignindate", A::LastSignIn),
        ("lastinteractivesignindatetime", A::LastSignIn),
        ("lastsignindatetime", A::LastSignIn),
        ("lastsignindate", A::LastSignIn),
        ("signinactivitylastsignindatetime", A::LastSignIn),
        ("lastnoninteractivesignindate", A::LastNonInteractiveSignIn),
        ("lastnoninteractivesignindatetime", A::LastNonInteractiveSignIn),
        ("signinactivitylastnoninteractivesignindatetime", A::LastNonInteractiveSignIn),
        ("lastsuccessfulsignindate", A::LastSuccessfulSignIn),
        ("lastsuccessfulsignindatetime", A::LastSuccessfulSignIn),
        ("signinactivitylastsuccessfulsignindatetime", A::LastSuccessfulSignIn),
        ("lastpasswordchangedatetime", A::LastPasswordChange),
        ("companyname", A::Company),
        ("department", A::Department),
        ("jobtitle", A::JobTitle),
        ("employeeid", A::EmployeeId),
        ("employeetype", A::EmployeeType),
        ("usagelocation", A::UsageLocation),
        ("streetaddress", A::StreetAddress),
        ("city", A::City),
        ("state", A::Region),
        ("stateorprovince", A::Region),
        ("postalcode", A::PostalCode),
        ("ziporpostalcode", A::PostalCode),
        ("country", A::Country),
        ("countryorregion", A::Country),
        ("officelocation", A::Office),
        ("physicaldeliveryofficename", A::Office),
        ("telephonenumber", A::Phone),
        ("businessphones", A::Phone),
        ("businessphone", A::Phone),
        ("mobilephone", A::MobilePhone),
        ("mobile", A::MobilePhone),
        ("alternateemailaddress", A::AlternateMail),
        ("authenticationalternativephonenumber", A::AuthenticationPhone),
        ("authenticationemail", A::AuthenticationMail),
        ("agegroup", A::AgeGroup),
        ("consentprovidedforminor", A::ConsentForMinor),
        ("legalagegroupclassification", A::LegalAgeGroup),
        ("directorysynced", A::DirectorySynced),
        ("onpremisessyncenabled", A::DirectorySynced),
        ("dirsyncenabled", A::DirectorySynced),
        ("identityissuer", A::IdentityIssuer),
        ("identityprovider", A::IdentityIssuer),
    ],
    guesses: &[],
};

/// The attribute of a user's property, its name in lower case.
pub(super) fn known(name: &str) -> Option<A> {
    COLUMNS.known.iter().find(|(known, _)| *known == name).map(|(_, attribute)| *attribute)
}
