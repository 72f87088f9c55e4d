//! Assignments, requests, packages, policies, catalogs, resources.
//!
//! Source: Microsoft Graph reference, entitlement management, v1.0 and beta, whose names differ.

use super::{Act, Links, common, subjects::subject};
use crate::model::{
    Attribute as A,
    EntityKind::{Assignment, Catalog, Package, Person, Policy, Request, Resource, ResourceAssignment},
    List,
};

const TARGET: Links = &[
    (A::Id, A::TargetId),
    (A::Name, A::TargetName),
    (A::Upn, A::TargetUpn),
    (A::Mail, A::TargetMail),
    (A::SubjectType, A::TargetType),
];
const REQUESTOR: Links =
    &[(A::Id, A::RequestorId), (A::Name, A::RequestorName), (A::Upn, A::RequestorUpn), (A::Mail, A::RequestorMail)];
const PACKAGE: Links =
    &[(A::Id, A::PackageId), (A::Name, A::PackageName), (A::CatalogId, A::CatalogId), (A::CatalogName, A::CatalogName)];
const POLICY: Links = &[(A::Id, A::PolicyId), (A::Name, A::PolicyName)];
const CATALOG: Links = &[(A::Id, A::CatalogId), (A::Name, A::CatalogName)];
const ASSIGNMENT: Links = &[
    (A::Id, A::AssignmentId),
    (A::PackageId, A::PackageId),
    (A::PackageName, A::PackageName),
    (A::PolicyId, A::PolicyId),
    (A::PolicyName, A::PolicyName),
    (A::TargetId, A::TargetId),
    (A::TargetName, A::TargetName),
    (A::TargetUpn, A::TargetUpn),
];

/// `accessPackageAssignment`.
pub(in crate::import::entity) fn assignment(key: &[u8]) -> Act {
    match key {
        b"state" | b"assignmentstate" => Act::Put(A::State),
        b"status" | b"assignmentstatus" => Act::Put(A::Status),
        b"expireddatetime" => Act::Put(A::Expired),
        b"isextended" => Act::Put(A::IsExtended),
        b"schedule" => Act::Into(schedule),
        b"target" => Act::Row(Person, subject, TARGET),
        b"targetid" => Act::Put(A::TargetId),
        b"accesspackage" => Act::Row(Package, package, PACKAGE),
        b"accesspackageid" => Act::Put(A::PackageId),
        b"assignmentpolicy" | b"accesspackageassignmentpolicy" => Act::Row(Policy, policy, POLICY),
        b"assignmentpolicyid" => Act::Put(A::PolicyId),
        b"catalogid" => Act::Put(A::CatalogId),
        b"accesspackageassignmentresourceroles" => {
            const LINKS: Links = &[(A::Id, A::AssignmentId), (A::TargetId, A::TargetId), (A::PackageId, A::PackageId)];
            Act::Rows(ResourceAssignment, resource_assignment, LINKS)
        }
        b"assignmentrequests" | b"accesspackageassignmentrequests" => {
            Act::Rows(Request, request, &[(A::Id, A::AssignmentId), (A::PackageId, A::PackageId)])
        }
        _ => common(key),
    }
}

/// `accessPackageAssignmentRequest`, and a request to add a resource to a catalog.
pub(in crate::import::entity) fn request(key: &[u8]) -> Act {
    match key {
        b"requesttype" => Act::Put(A::RequestType),
        b"state" | b"requeststate" => Act::Put(A::State),
        b"status" | b"requeststatus" => Act::Put(A::Status),
        b"completeddatetime" | b"completeddate" => Act::Put(A::Completed),
        b"expirationdatetime" => Act::Put(A::Ends),
        b"justification" => Act::Put(A::Justification),
        b"isvalidationonly" => Act::Put(A::ValidationOnly),
        b"catalogid" => Act::Put(A::CatalogId),
        b"schedule" => Act::Into(schedule),
        b"requestor" => Act::Row(Person, subject, REQUESTOR),
        b"assignment" | b"accesspackageassignment" => Act::Row(Assignment, assignment, ASSIGNMENT),
        b"accesspackage" => Act::Row(Package, package, PACKAGE),
        b"answers" => Act::List(List::Answer),
        _ => common(key),
    }
}

fn schedule(key: &[u8]) -> Act {
    match key {
        b"startdatetime" => Act::Put(A::Started),
        b"expiration" => Act::Into(expiration),
        b"@odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

fn expiration(key: &[u8]) -> Act {
    match key {
        b"enddatetime" => Act::Put(A::Ends),
        b"duration" => Act::Put(A::Duration),
        b"type" => Act::Put(A::ExpirationType),
        b"@odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

/// `accessPackage`.
pub(in crate::import::entity) fn package(key: &[u8]) -> Act {
    const OWN: Links = &[(A::Id, A::PackageId), (A::Name, A::PackageName)];
    match key {
        b"ishidden" => Act::Put(A::Hidden),
        b"catalogid" => Act::Put(A::CatalogId),
        b"catalog" | b"accesspackagecatalog" => Act::Row(Catalog, catalog, CATALOG),
        b"resourcerolescopes" | b"accesspackageresourcerolescopes" => Act::Rows(Resource, resource, OWN),
        b"assignmentpolicies" | b"accesspackageassignmentpolicies" => Act::Rows(Policy, policy, OWN),
        _ => common(key),
    }
}

/// `accessPackageAssignmentPolicy`, and what a package asks of requests under one.
pub(in crate::import::entity) fn policy(key: &[u8]) -> Act {
    match key {
        b"policyid" => Act::Put(A::Id),
        b"policydisplayname" => Act::Put(A::Name),
        b"policydescription" => Act::Put(A::Description),
        b"accesspackageid" => Act::Put(A::PackageId),
        b"accesspackage" => Act::Row(Package, package, PACKAGE),
        b"catalog" | b"accesspackagecatalog" => Act::Row(Catalog, catalog, CATALOG),
        b"catalogid" => Act::Put(A::CatalogId),
        b"allowedtargetscope" => Act::Put(A::AllowedTargetScope),
        b"specificallowedtargets" => Act::List(List::AllowedTarget),
        b"canextend" => Act::Put(A::CanExtend),
        b"durationindays" => Act::Put(A::DurationDays),
        b"expirationdatetime" => Act::Put(A::Ends),
        b"expiration" => Act::Into(expiration),
        b"requestapprovalsettings" => Act::Into(approval),
        b"requestorsettings" => Act::Into(requestor_settings),
        _ => match approval(key) {
            Act::Keep => common(key),
            act => act,
        },
    }
}

fn approval(key: &[u8]) -> Act {
    match key {
        b"isapprovalrequired" | b"isapprovalrequiredforadd" => Act::Put(A::ApprovalRequired),
        b"isapprovalrequiredforextension" | b"isapprovalrequiredforupdate" => Act::Put(A::ExtensionApprovalRequired),
        b"isrequestorjustificationrequired" => Act::Put(A::JustificationRequired),
        b"stages" | b"approvalstages" => Act::Each(stage),
        _ => Act::Keep,
    }
}

fn stage(key: &[u8]) -> Act {
    match key {
        b"primaryapprovers" => Act::List(List::Approver),
        _ => Act::Keep,
    }
}

fn requestor_settings(key: &[u8]) -> Act {
    match key {
        b"scopetype" => Act::Put(A::AllowedTargetScope),
        b"allowedrequestors" => Act::List(List::AllowedTarget),
        _ => Act::Keep,
    }
}

/// `accessPackageCatalog`.
pub(in crate::import::entity) fn catalog(key: &[u8]) -> Act {
    match key {
        b"catalogtype" => Act::Put(A::CatalogType),
        b"state" | b"catalogstatus" => Act::Put(A::State),
        b"isexternallyvisible" => Act::Put(A::ExternallyVisible),
        b"accesspackages" => Act::Rows(Package, package, CATALOG),
        _ => common(key),
    }
}

/// `accessPackageResourceRoleScope`, and resources that stand alone.
pub(in crate::import::entity) fn resource(key: &[u8]) -> Act {
    match key {
        b"role" | b"accesspackageresourcerole" => Act::Into(role),
        b"scope" | b"accesspackageresourcescope" => Act::Into(scope),
        b"originid" => Act::Put(A::ResourceId),
        b"originsystem" => Act::Put(A::OriginSystem),
        b"resourcetype" => Act::Put(A::ResourceType),
        _ => common(key),
    }
}

fn role(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::RoleId),
        b"displayname" => Act::Put(A::RoleName),
        b"originid" => Act::Put(A::RoleOriginId),
        b"originsystem" => Act::Put(A::OriginSystem),
        b"@odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

fn scope(key: &[u8]) -> Act {
    match key {
        b"id" => Act::Put(A::ScopeId),
        b"displayname" => Act::Put(A::ResourceName),
        b"originid" => Act::Put(A::ResourceId),
        b"originsystem" => Act::Put(A::OriginSystem),
        b"isrootscope" => Act::Put(A::IsRootScope),
        b"@odata.type" => Act::Skip,
        _ => Act::Keep,
    }
}

/// `accessPackageAssignmentResourceRole`.
pub(in crate::import::entity) fn resource_assignment(key: &[u8]) -> Act {
    match key {
        b"status" => Act::Put(A::Status),
        b"accesspackagesubject" => Act::Row(Person, subject, TARGET),
        b"accesspackageassignments" => Act::Rows(Assignment, assignment, &[(A::TargetId, A::TargetId)]),
        b"accesspackageresourcerole" => Act::Into(role),
        b"accesspackageresourcescope" => Act::Into(scope),
        _ => resource(key),
    }
}
