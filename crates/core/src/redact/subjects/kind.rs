//! What a subject is.

use crate::model::EntityKind;

/// What a subject is; the word before its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::redact) enum Kind {
    Guest,
    Member,
    Person,
    Group,
    Application,
    Package,
    Policy,
    Catalog,
    Organization,
    Role,
    Resource,
    Review,
    Decision,
    Request,
    Assignment,
    Device,
    Object,
    /// A name that several subjects have.
    Name,
    /// A text that stands where only Microsoft's words should.
    Word,
}

impl Kind {
    /// The word before the label.
    pub(in crate::redact) fn prefix(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Member => "member",
            Self::Person => "person",
            Self::Group => "group",
            Self::Application => "app",
            Self::Package => "package",
            Self::Policy => "policy",
            Self::Catalog => "catalog",
            Self::Organization => "org",
            Self::Role => "role",
            Self::Resource => "resource",
            Self::Review => "review",
            Self::Decision => "decision",
            Self::Request => "request",
            Self::Assignment => "assignment",
            Self::Device => "device",
            Self::Object => "object",
            Self::Name => "name",
            Self::Word => "word",
        }
    }

    pub(in crate::redact) fn is_person(self) -> bool {
        matches!(self, Self::Guest | Self::Member | Self::Person | Self::Name)
    }

    /// What the HMAC takes for the kind: a guest who becomes a member keeps the digits.
    pub(in crate::redact) fn canonical(self) -> &'static str {
        if self.is_person() && self != Self::Name { "person" } else { self.prefix() }
    }

    pub(super) fn of_target(kind: &str) -> Self {
        match kind.to_ascii_lowercase().as_str() {
            "user" | "invitation" => Self::Person,
            "group" => Self::Group,
            "serviceprincipal" | "application" => Self::Application,
            "accesspackage" => Self::Package,
            "policy" | "accesspackageassignmentpolicy" => Self::Policy,
            "accesspackagecatalog" => Self::Catalog,
            "accesspackageassignmentrequest" | "request" => Self::Request,
            "accesspackageassignment" => Self::Assignment,
            "connectedorganization" | "organization" => Self::Organization,
            "role" | "directoryrole" => Self::Role,
            "accessreview" => Self::Review,
            "device" => Self::Device,
            _ => Self::Object,
        }
    }

    pub(super) fn of_entity(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Object,
            EntityKind::Assignment => Self::Assignment,
            EntityKind::Request => Self::Request,
            EntityKind::Package => Self::Package,
            EntityKind::Policy => Self::Policy,
            EntityKind::Catalog => Self::Catalog,
            EntityKind::Resource | EntityKind::ResourceAssignment => Self::Resource,
            EntityKind::Organization => Self::Organization,
            EntityKind::Review => Self::Review,
            EntityKind::Decision => Self::Decision,
        }
    }
}
