//! What an export tells of people, assignments, packages and the like: kinds of rows and their attributes.
//!
//! Attributes are named after Microsoft Graph v1.0. Ids share [`Domain::ObjectId`], names [`Domain::Name`]
//! and addresses [`Domain::Upn`] with the events, so that one person or package has one code everywhere.

use super::Domain;
use serde::{Deserialize, Serialize};

closed_enum! {
    /// A kind of entity. Each has a table of its own.
    EntityKind {
        /// A user, a guest, or a group that stands where users do (a sponsor, an approver).
        Person,
        /// An access package assignment.
        Assignment,
        /// An assignment request.
        Request,
        /// An access package.
        Package,
        /// An assignment policy.
        Policy,
        /// A catalog of packages.
        Catalog,
        /// A resource role scope: a role of a resource, as a package gives it.
        Resource,
        /// What an assignment gave to its subject (`accessPackageAssignmentResourceRole`).
        ResourceAssignment,
        /// A connected organization.
        Organization,
        /// An access review: its definition, or one of its instances.
        Review,
        /// A decision of an access review.
        Decision,
    }
}

impl EntityKind {
    /// The stable kebab-case word for several of them, see `SourceInfo::kind`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "users",
            Self::Assignment => "assignments",
            Self::Request => "requests",
            Self::Package => "packages",
            Self::Policy => "policies",
            Self::Catalog => "catalogs",
            Self::Resource => "resources",
            Self::ResourceAssignment => "resource-assignments",
            Self::Organization => "connected-organizations",
            Self::Review => "reviews",
            Self::Decision => "review-decisions",
        }
    }
}

closed_enum! {
    /// What a row rests on.
    Origin {
        /// A record about this entity.
        Own,
        /// A record that only refers to it, as a list of sponsors does.
        Reference,
        /// A mention in the record of something else, for example the target of an assignment.
        Mentioned,
        /// A template to be filled in or uploaded: nothing says that it was.
        Template,
    }
}

closed_enum! {
    /// Attributes with several values.
    List {
        /// Sponsors of a guest.
        Sponsor,
        /// Sponsors of a connected organization from the own tenant.
        InternalSponsor,
        /// Sponsors of a connected organization from its side.
        ExternalSponsor,
        /// Where the users of a connected organization come from.
        IdentitySource,
        /// Who approves requests under a policy.
        Approver,
        /// Who may request under a policy.
        AllowedTarget,
        /// Who decides in a review.
        Reviewer,
        /// Further addresses of a person.
        OtherMail,
        /// How a person signs in (`objectIdentity`).
        Identity,
        /// What a requestor answered.
        Answer,
    }
}

closed_enum! {
    /// What is known of one value of a [`List`].
    ItemColumn {
        /// Its type, for example `user`, `group`, `azureActiveDirectoryTenant`.
        Type,
        /// Object id.
        Id,
        /// Display name.
        Name,
        /// User principal name or e-mail address.
        Address,
        /// Tenant id.
        TenantId,
        /// Name of a domain, or of an issuer.
        DomainName,
        /// Anything else: text, or the item's JSON.
        Text,
    }
}

impl ItemColumn {
    /// The dictionary the column's codes point into.
    pub fn domain(self) -> Domain {
        match self {
            Self::Type => Domain::State,
            Self::Id => Domain::ObjectId,
            Self::Name => Domain::Name,
            Self::Address => Domain::Upn,
            Self::TenantId => Domain::TenantId,
            Self::DomainName => Domain::TenantName,
            Self::Text => Domain::Text,
        }
    }
}

/// How an attribute's values are kept: as codes of a domain, or as ticks.
macro_rules! kept {
    (Time) => {
        None
    };
    ($domain:ident) => {
        Some(Domain::$domain)
    };
}

macro_rules! attributes {
    ($($(#[$meta:meta])* $variant:ident: $domain:ident $label:literal),+ $(,)?) => {
        closed_enum! {
            /// A column of an entity table. Its kebab-case name is stable.
            Attribute { $($(#[$meta])* #[doc = $label] $variant),+ }
        }
        impl Attribute {
            /// The dictionary of the attribute's codes; none where it is a time.
            pub fn domain(self) -> Option<Domain> {
                match self { $(Self::$variant => kept!($domain)),+ }
            }

            /// The heading a reader sees.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}

attributes! {
    /// The entity's own id; of a person the directory object's.
    Id: ObjectId "Object ID",
    Name: Name "Display name",
    Description: Text "Description",
    Created: Time "Created",
    Modified: Time "Modified",
    CreatedBy: Upn "Created by",
    ModifiedBy: Upn "Modified by",
    /// In the words of Graph v1.0, whatever the file's spelling.
    State: State "State",
    /// The file's own word, where it is another.
    StateAsWritten: State "State as written",
    Status: State "Status",
    Upn: Upn "User principal name",
    Mail: Upn "E-mail",
    GivenName: Name "First name",
    Surname: Name "Last name",
    UserType: UserType "User type",
    AccountEnabled: State "Account enabled",
    CreationType: State "Creation type",
    /// `PendingAcceptance`, `Accepted` (`externalUserState`).
    InvitationState: State "Invitation state",
    InvitationStateChanged: Time "Invitation state changed",
    /// `true` where a record lists sponsors and has none.
    WithoutSponsor: State "Without sponsor",
    LastSignIn: Time "Last interactive sign-in",
    LastNonInteractiveSignIn: Time "Last non-interactive sign-in",
    LastSuccessfulSignIn: Time "Last successful sign-in",
    LastPasswordChange: Time "Last password change",
    /// Days as the file counts them.
    InactiveDays: State "Inactive days",
    /// `active` or `inactive`, as the file says.
    Activity: State "Activity",
    Company: Text "Company",
    Department: Text "Department",
    JobTitle: Text "Job title",
    EmployeeId: Text "Employee ID",
    EmployeeType: Text "Employee type",
    UsageLocation: Text "Usage location",
    StreetAddress: Text "Street address",
    City: Text "City",
    Region: Text "State or province",
    PostalCode: Text "Postal code",
    Country: Text "Country or region",
    Office: Text "Office",
    Phone: Text "Business phone",
    MobilePhone: Text "Mobile phone",
    AlternateMail: Upn "Alternate e-mail",
    AuthenticationPhone: Text "Authentication phone",
    AuthenticationMail: Upn "Authentication e-mail",
    AgeGroup: State "Age group",
    ConsentForMinor: State "Consent provided for minor",
    LegalAgeGroup: State "Legal age group",
    DirectorySynced: State "Directory synced",
    IdentityIssuer: TenantName "Identity issuer",
    /// A subject's own id in entitlement management, which is not the directory object's.
    SubjectId: ObjectId "Subject ID",
    SubjectType: State "Subject type",
    OrganizationId: ObjectId "Connected organization ID",
    OrganizationName: Name "Connected organization",
    DomainName: TenantName "Domain",
    TenantId: TenantId "Tenant ID",
    PackageId: ObjectId "Access package ID",
    PackageName: Name "Access package",
    PolicyId: ObjectId "Policy ID",
    PolicyName: Name "Policy",
    CatalogId: ObjectId "Catalog ID",
    CatalogName: Name "Catalog",
    AssignmentId: ObjectId "Assignment ID",
    RequestId: ObjectId "Request ID",
    /// Of whoever has an assignment or is reviewed.
    TargetId: ObjectId "Target object ID",
    TargetName: Name "Target display name",
    TargetUpn: Upn "Target user principal name",
    TargetMail: Upn "Target e-mail",
    TargetType: State "Target type",
    RequestorId: ObjectId "Requestor object ID",
    RequestorName: Name "Requestor",
    RequestorUpn: Upn "Requestor user principal name",
    RequestorMail: Upn "Requestor e-mail",
    /// In the words of Graph v1.0, for example `userAdd`.
    RequestType: State "Request type",
    RequestTypeAsWritten: State "Request type as written",
    Justification: Text "Justification",
    Started: Time "Start",
    /// When it is to end.
    Ends: Time "End",
    ExpirationType: State "Expiration",
    /// An ISO 8601 duration, for example `P90D`.
    Duration: State "Duration",
    /// When it did end.
    Expired: Time "Expired",
    Completed: Time "Completed",
    IsExtended: State "Extended",
    ValidationOnly: State "Validation only",
    Hidden: State "Hidden",
    AllowedTargetScope: State "Who can request",
    CanExtend: State "Can be extended",
    DurationDays: State "Duration in days",
    ApprovalRequired: State "Approval required",
    ExtensionApprovalRequired: State "Approval required for extension",
    JustificationRequired: State "Justification required",
    CatalogType: State "Catalog type",
    ExternallyVisible: State "Enabled for external users",
    RoleId: ObjectId "Role ID",
    RoleName: Name "Role",
    RoleOriginId: ObjectId "Role origin ID",
    ScopeId: ObjectId "Scope ID",
    /// The resource's id where it comes from, for example of a group.
    ResourceId: ObjectId "Resource ID",
    ResourceName: Name "Resource",
    ResourceType: State "Resource type",
    OriginSystem: State "Origin system",
    IsRootScope: State "Root scope",
    ReviewId: ObjectId "Review ID",
    ReviewName: Name "Review",
    SeriesId: ObjectId "Review series ID",
    ReviewType: State "Review type",
    /// The query of what is reviewed.
    Scope: Text "Scope",
    OwnerId: ObjectId "Owner ID",
    OwnerName: Name "Owner",
    OwnerUpn: Upn "Owner user principal name",
    /// `Approve`, `Deny`, `NotReviewed`, `DontKnow`, as Graph spells them.
    Decision: State "Decision",
    DecisionAsWritten: State "Decision as written",
    Reviewed: Time "Reviewed",
    ReviewerId: ObjectId "Reviewer ID",
    ReviewerName: Name "Reviewer",
    ReviewerUpn: Upn "Reviewer user principal name",
    ReviewerMail: Upn "Reviewer e-mail",
    AppliedById: ObjectId "Applied by ID",
    AppliedByName: Name "Applied by",
    AppliedByUpn: Upn "Applied by user principal name",
    AppliedByMail: Upn "Applied by e-mail",
    Applied: Time "Applied",
    ApplyResult: State "Apply result",
    Recommendation: State "Recommendation",
    Stage: State "Stage",
    TotalStages: State "Stages",
    LastStageDecision: State "Decision of the last stage",
}

impl Attribute {
    /// The stable kebab-case name.
    pub fn id(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The attribute of that stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|attribute| attribute.id() == id)
    }

    /// Whether it is a moment that an export can only know once it has passed.
    pub fn is_past(self) -> bool {
        use Attribute as A;
        matches!(
            self,
            A::Created
                | A::Modified
                | A::InvitationStateChanged
                | A::LastSignIn
                | A::LastNonInteractiveSignIn
                | A::LastSuccessfulSignIn
                | A::LastPasswordChange
                | A::Expired
                | A::Completed
                | A::Reviewed
                | A::Applied
        )
    }

    /// Where the file's own spelling is kept of an attribute whose words are made uniform.
    pub fn as_written(self) -> Option<Self> {
        match self {
            Self::State => Some(Self::StateAsWritten),
            Self::RequestType => Some(Self::RequestTypeAsWritten),
            Self::Decision => Some(Self::DecisionAsWritten),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back() {
        for attribute in Attribute::ALL {
            assert_eq!(Attribute::from_id(&attribute.id()), Some(*attribute));
        }
        assert_eq!(Attribute::LastNonInteractiveSignIn.id(), "last-non-interactive-sign-in");
        assert_eq!(Attribute::Created.domain(), None);
        assert_eq!(Attribute::TargetUpn.domain(), Some(Domain::Upn));
    }
}
