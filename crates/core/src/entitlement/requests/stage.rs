//! What an audit record says of a request, by its activity, and the states of requests.

/// A state of a request. The order is that of progress.
/// Source: Microsoft Graph, `accessPackageRequestState`; `expired` is the state of Microsoft's page "Request
/// process and notifications" for a request that nobody decided in time, where Graph says `denied`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The request was made.
    #[default]
    Submitted,
    /// Somebody has to decide.
    PendingApproval,
    /// Approved, to begin later.
    Scheduled,
    /// Approved, or without need of it: access is being given.
    Delivering,
    /// Some of the access was given.
    PartiallyDelivered,
    /// All of it was given.
    Delivered,
    /// It could not be given.
    DeliveryFailed,
    /// An approver said no.
    Denied,
    /// Taken back.
    Canceled,
    /// Nobody decided in time.
    Expired,
}

impl State {
    /// All states, in the order of progress.
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::PendingApproval,
        Self::Scheduled,
        Self::Delivering,
        Self::PartiallyDelivered,
        Self::Delivered,
        Self::DeliveryFailed,
        Self::Denied,
        Self::Canceled,
        Self::Expired,
    ];

    /// Graph's word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::PendingApproval => "pendingApproval",
            Self::Scheduled => "scheduled",
            Self::Delivering => "delivering",
            Self::PartiallyDelivered => "partiallyDelivered",
            Self::Delivered => "delivered",
            Self::DeliveryFailed => "deliveryFailed",
            Self::Denied => "denied",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
        }
    }

    /// The word of Microsoft's page "Request process and notifications", where it has one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Submitted => "Submitted",
            Self::PendingApproval => "Pending approval",
            Self::Scheduled => "Scheduled",
            Self::Delivering => "Delivering",
            Self::PartiallyDelivered => "Partially delivered",
            Self::Delivered => "Delivered",
            Self::DeliveryFailed => "Delivery failed",
            Self::Denied => "Denied",
            Self::Canceled => "Canceled",
            Self::Expired => "Expired",
        }
    }

    /// The state of Graph's word, letter case aside.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id().eq_ignore_ascii_case(id))
    }

    /// Whether nothing more is to come.
    pub fn is_final(self) -> bool {
        self >= Self::Delivered
    }

    /// Whether somebody still has to decide.
    pub fn is_undecided(self) -> bool {
        self <= Self::PendingApproval
    }
}

/// What is asked for, in the words of Graph's `requestType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A user asks for access.
    #[default]
    UserAdd,
    /// A user asks for an extension, or changes an answer.
    UserUpdate,
    /// A user gives access up.
    UserRemove,
    /// An administrator assigns directly.
    AdminAdd,
    /// An administrator changes an assignment.
    AdminUpdate,
    /// An administrator takes access away.
    AdminRemove,
    /// Entitlement management assigns, by a rule.
    SystemAdd,
    /// Entitlement management changes an assignment.
    SystemUpdate,
    /// Entitlement management takes access away, for example at expiry.
    SystemRemove,
    /// Somebody asks for somebody else.
    OnBehalfAdd,
    /// The files do not say.
    Unknown,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::UserAdd,
        Self::UserUpdate,
        Self::UserRemove,
        Self::AdminAdd,
        Self::AdminUpdate,
        Self::AdminRemove,
        Self::SystemAdd,
        Self::SystemUpdate,
        Self::SystemRemove,
        Self::OnBehalfAdd,
    ];

    /// Graph's word; empty where unknown.
    pub fn id(self) -> &'static str {
        match self {
            Self::UserAdd => "userAdd",
            Self::UserUpdate => "userUpdate",
            Self::UserRemove => "userRemove",
            Self::AdminAdd => "adminAdd",
            Self::AdminUpdate => "adminUpdate",
            Self::AdminRemove => "adminRemove",
            Self::SystemAdd => "systemAdd",
            Self::SystemUpdate => "systemUpdate",
            Self::SystemRemove => "systemRemove",
            Self::OnBehalfAdd => "onBehalfAdd",
            Self::Unknown => "",
        }
    }

    /// What a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::UserAdd => "User request",
            Self::UserUpdate => "Extension or change",
            Self::UserRemove => "Given up by the user",
            Self::AdminAdd => "Direct assignment",
            Self::AdminUpdate => "Change by an administrator",
            Self::AdminRemove => "Removal by an administrator",
            Self::SystemAdd => "Automatic assignment",
            Self::SystemUpdate => "Automatic change",
            Self::SystemRemove => "Automatic removal",
            Self::OnBehalfAdd => "Request on behalf",
            Self::Unknown => "Unknown",
        }
    }

    /// The kind of Graph's word, letter case aside.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id().eq_ignore_ascii_case(id))
    }

    /// Whether access is to end.
    pub fn is_removal(self) -> bool {
        matches!(self, Self::UserRemove | Self::AdminRemove | Self::SystemRemove)
    }

    /// Whether no user asked: the doer of the first record is an administrator or the service.
    pub fn is_direct(self) -> bool {
        matches!(
            self,
            Self::AdminAdd
                | Self::AdminUpdate
                | Self::AdminRemove
                | Self::SystemAdd
                | Self::SystemUpdate
                | Self::SystemRemove
        )
    }
}

/// What a record says. The order breaks ties between records of the same instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A request is made.
    Begun(#[doc = "Place in [`BEGINNINGS`]."] u8),
    /// It is to be decided.
    ApprovalCreated,
    /// Somebody is to decide it.
    ApproverAdded,
    /// Nobody has to decide it.
    AutoApproved,
    /// An approver's answer, from the approval service.
    AnsweredYes,
    /// An approver's answer, from the approval service.
    AnsweredNo,
    /// Nobody answered, from the approval service.
    AnsweredNothing,
    /// One of several stages of approval is over.
    StageCompleted,
    /// Approved.
    Approved,
    /// To begin later.
    Scheduled,
    /// Access is about to be given.
    Ready,
    /// One resource was given.
    ResourceGiven,
    /// Some resources were given.
    PartlyGiven,
    /// All resources were given.
    Given,
    /// The assignment lasts longer.
    Extended,
    /// It could not be given.
    Failed,
    /// An approver said no.
    Denied,
    /// Nobody decided in time.
    TimedOut,
    /// Taken back.
    Canceled,
    /// One resource was taken away.
    ResourceRemoved,
    /// Access ended.
    Removed,
    /// The request was changed, without consequence for its state.
    Noted,
}

/// How requests begin, and what kind of request that is.
pub const BEGINNINGS: [(&str, Kind); 9] = [
    ("User requests access package assignment", Kind::UserAdd),
    ("User requests an access package assignment on behalf of service principal", Kind::OnBehalfAdd),
    ("Administrator directly assigns user to access package", Kind::AdminAdd),
    ("Entitlement Management creates access package assignment request for user", Kind::SystemAdd),
    ("User requests to extend access package assignment", Kind::UserUpdate),
    ("Create access package assignment user update request", Kind::UserUpdate),
    ("User requests to remove access package assignment", Kind::UserRemove),
    ("Administrator directly removes user access package assignment", Kind::AdminRemove),
    ("Entitlement Management removes access package assignment request for user", Kind::SystemRemove),
];

/// The other activities of a request.
/// Source: entra-docs, entitlement-management-reports.md and reference-audit-activities.md.
const STAGES: [(&str, Stage); 24] = [
    ("Create request approval", Stage::ApprovalCreated),
    ("Add approver to request approval", Stage::ApproverAdded),
    ("Auto approve access package assignment request", Stage::AutoApproved),
    ("Request approved", Stage::AnsweredYes),
    ("Request denied", Stage::AnsweredNo),
    ("Request expired", Stage::AnsweredNothing),
    ("Approval stage completed for access package assignment request", Stage::StageCompleted),
    ("Approve access package assignment request", Stage::Approved),
    ("Schedule a future access package assignment", Stage::Scheduled),
    ("Ready to fulfill access package assignment request", Stage::Ready),
    ("Fulfill access package resource assignment", Stage::ResourceGiven),
    ("Partially fulfill access package assignment request", Stage::PartlyGiven),
    ("Fulfill access package assignment request", Stage::Given),
    ("Extend access package assignment", Stage::Extended),
    ("Failed access package assignment request", Stage::Failed),
    ("Deny access package assignment request", Stage::Denied),
    ("Access package assignment request timed out (no approver action taken)", Stage::TimedOut),
    ("Cancel access package assignment request", Stage::Canceled),
    ("Remove access package resource assignment", Stage::ResourceRemoved),
    ("Remove access package assignment", Stage::Removed),
    ("Update access package assignment request", Stage::Noted),
    ("Update request answers by approver", Stage::Noted),
    ("Delete access package assignment request", Stage::Noted),
    ("Entitlement Management invites external user", Stage::Noted),
];

/// The names of all activities of requests, in the order of [`stage`].
pub fn activities() -> Vec<&'static str> {
    BEGINNINGS.iter().map(|(name, _)| *name).chain(STAGES.iter().map(|(name, _)| *name)).collect()
}

/// What the activity at that place of [`activities`] says.
pub fn stage(place: u8) -> Option<Stage> {
    let at = usize::from(place);
    if at < BEGINNINGS.len() { Some(Stage::Begun(place)) } else { STAGES.get(at - BEGINNINGS.len()).map(|(_, s)| *s) }
}

impl Stage {
    /// What is asked for, where a request begins.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Begun(place) => BEGINNINGS.get(usize::from(place)).map(|(_, kind)| *kind),
            _ => None,
        }
    }

    /// Whether the approval service writes it; such a record alone does not make a request.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::AnsweredYes | Self::AnsweredNo | Self::AnsweredNothing)
    }

    /// Whether the approval service writes it.
    pub fn is_of_approval(self) -> bool {
        self.is_answer() || matches!(self, Self::ApprovalCreated | Self::ApproverAdded)
    }

    /// Whether the user who initiates it is the one who receives access.
    /// Source: entra-docs, entitlement-management-reports.md.
    pub fn is_initiated_by_receiver(self) -> bool {
        matches!(self, Self::Given | Self::PartlyGiven)
    }

    /// Whether it ends somebody's access, where the request was not made to end it.
    pub fn ends_access(self) -> bool {
        self == Self::Removed || self.kind().is_some_and(Kind::is_removal)
    }

    /// The state that a request has from then on; `None` where it keeps its state.
    pub fn leads_to(self) -> Option<State> {
        match self {
            Self::Begun(_) => Some(State::Submitted),
            Self::ApprovalCreated | Self::ApproverAdded | Self::StageCompleted => Some(State::PendingApproval),
            Self::AutoApproved | Self::Approved | Self::Ready => Some(State::Delivering),
            Self::Scheduled => Some(State::Scheduled),
            Self::PartlyGiven => Some(State::PartiallyDelivered),
            Self::Given | Self::Extended => Some(State::Delivered),
            Self::Failed => Some(State::DeliveryFailed),
            Self::Denied => Some(State::Denied),
            Self::TimedOut => Some(State::Expired),
            Self::Canceled => Some(State::Canceled),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::canonical_activity;

    #[test]
    fn activities_are_named_as_they_stand_for_others() {
        for name in activities() {
            assert_eq!(canonical_activity(name), name);
        }
    }

    #[test]
    fn places_lead_to_stages() {
        let names = activities();
        let of = |name: &str| stage(names.iter().position(|own| *own == name).unwrap() as u8);
        assert_eq!(of("User requests access package assignment"), Some(Stage::Begun(0)));
        assert_eq!(of("Fulfill access package assignment request"), Some(Stage::Given));
        assert_eq!(of("Administrator directly assigns user to access package").unwrap().kind(), Some(Kind::AdminAdd));
        assert_eq!(stage(names.len() as u8), None);
        assert_eq!(State::from_id("PendingApproval"), Some(State::PendingApproval));
        assert_eq!(Kind::from_id("AdminAdd"), Some(Kind::AdminAdd));
    }
}
