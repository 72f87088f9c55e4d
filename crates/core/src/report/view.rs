//! The views there are, in the order of the rail.

use serde::{Deserialize, Serialize};

macro_rules! views {
    ($($(#[$meta:meta])* $variant:ident $id:literal $section:ident $label:literal),+ $(,)?) => {
        /// A view that the rail leads to.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum View {
            $($(#[$meta])* #[serde(rename = $id)] $variant),+
        }

        impl View {
            /// In the order of the rail.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name in addresses and `data-view`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The name a reader sees.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The part of the rail it stands in.
            pub fn section(self) -> Section {
                match self { $(Self::$variant => Section::$section),+ }
            }
        }
    };
}

views! {
    /// Figures and charts.
    #[default]
    Overview "overview" Log "Overview",
    /// The table.
    Events "events" Log "Events",
    /// Counts by one field or two.
    Groups "groups" Log "Groups",
    /// What is unusual, why, and on which evidence.
    Findings "findings" Log "Findings",
    /// All guests, and the life of each.
    Guests "guests" Guests "Guests",
    /// Who has been asleep for how long.
    Inactive "inactive" Guests "Inactive guests",
    /// Who answers for whom.
    Sponsors "sponsors" Guests "Sponsors",
    /// Decisions of access reviews.
    Reviews "reviews" Guests "Access reviews",
    /// Two snapshots side by side.
    Compare "compare" Guests "Compare",
    /// Access package requests, step by step.
    Requests "requests" Entitlements "Requests",
    /// What happened to access packages.
    Packages "packages" Entitlements "Access packages",
    /// Who has what through which package.
    Assignments "assignments" Entitlements "Assignments",
    /// Who had access between two dates.
    AccessBetween "access-between" Entitlements "Access between",
    /// Who holds packages that should not meet.
    Separation "separation" Entitlements "Separation of duties",
    /// Connected organizations.
    Organizations "organizations" Entitlements "Organizations",
    /// Application role assignments and group memberships.
    AppRoles "app-roles" Entitlements "Application roles",
    /// Azure AD B2C.
    B2c "b2c" Entitlements "B2C",
    /// Which time the files cover.
    Coverage "coverage" Files "Coverage",
    /// Files and problems.
    Sources "sources" Files "Sources",
}

/// A part of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The log as such.
    Log,
    /// People.
    Guests,
    /// Access.
    Entitlements,
    /// The files.
    Files,
}

impl Section {
    /// The name a reader sees; none for the first.
    pub fn label(self) -> &'static str {
        match self {
            Self::Log => "",
            Self::Guests => "Guests",
            Self::Entitlements => "Entitlements",
            Self::Files => "Files",
        }
    }
}

impl View {
    /// The view of that stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|view| view.id() == id)
    }

    /// Whether it is made of blocks by [`super::views`], with parameters and tables of its own.
    pub fn is_made_of_blocks(self) -> bool {
        !matches!(self, Self::Overview | Self::Events | Self::Groups | Self::Sources)
    }
}
