//! Names and roles: the tenant's domains, its partners, the members and guests with a part to play,
//! and the names of everybody else.

/// The tenant's initial domain.
pub(super) const TENANT: &str = "contosoexample.onmicrosoft.com";
/// The tenant's own domain.
pub(super) const DOMAIN: &str = "contoso.example";

/// Partner domains and how many of 100 guests come from there. The last two are new in June.
pub(super) const PARTNERS: [(&str, &str, usize); 14] = [
    ("fabrikam.example", "Fabrikam", 22),
    ("woodgrove.example", "Woodgrove Bank", 17),
    ("adatum.example", "Adatum", 12),
    ("litware.example", "Litware", 10),
    ("tailspin.example", "Tailspin Toys", 9),
    ("wingtip.example", "Wingtip", 8),
    ("proseware.example", "Proseware", 7),
    ("lucerne.example", "Lucerne Publishing", 5),
    ("northwind.example", "Northwind Traders", 4),
    ("fourthcoffee.example", "Fourth Coffee", 3),
    ("treyresearch.example", "Trey Research", 2),
    ("margies.example", "Margie's Travel", 1),
    ("relecloud.example", "Relecloud", 0),
    ("nightowl.example", "Nightowl Media", 0),
];

/// Members with a part to play come first, in this order.
pub(super) const MEMBERS: [&str; 20] = [
    "Alva Brandt",
    "Bruno Keller",
    "Hanna Voss",
    "Clara Nyberg",
    "David Okafor",
    "Elif Demir",
    "Fabian Roth",
    "Greta Lund",
    "Tobias Lindqvist",
    "Rasmus Holm",
    "Ida Moreau",
    "Jonas Weiss",
    "Karin Solberg",
    "Leo Marchetti",
    "Mona Petit",
    "Nils Aalto",
    "Olga Brenner",
    "Pavel Horak",
    "Quinn Barlow",
    "Viktor Saar",
];
pub(super) const ADMIN: usize = 0;
pub(super) const SECOND_ADMIN: usize = 1;
pub(super) const GOVERNANCE_ADMIN: usize = 2;
/// Those who invite regularly.
pub(super) const INVITERS: [usize; 5] = [3, 4, 5, 6, 7];
pub(super) const FIRST_TIME_INVITER: usize = 8;
pub(super) const WITHOUT_THE_RIGHT: usize = 9;
pub(super) const APPROVERS: [usize; 4] = [10, 11, 12, 13];
pub(super) const HASTY_REVIEWER: usize = 13;
pub(super) const HELPDESK: usize = 15;
/// Sponsors who are not inviters.
pub(super) const SPONSORS: [usize; 4] = [14, 16, 17, 18];
/// The sponsor whose account was deleted on 20 April.
pub(super) const GONE: usize = 19;
/// Devices of members.
pub(super) const MEMBER_DEVICES: usize = 70;
/// Members in all.
pub(super) const MEMBER_COUNT: usize = 60;

/// The guests of the stories, by their index.
#[derive(Clone, Copy)]
#[repr(usize)]
pub(super) enum Cast {
    Quiet,
    Raven,
    Stuck,
    Converted,
    Inviting,
    Invited,
    Consenting,
    InGap,
    Deleted,
    InvitedAgain,
    OtherMail,
    Denied,
}
pub(super) const CAST: [(&str, usize); 12] = [
    ("Ines Calder", 1),
    ("Mika Raven", 13),
    ("Omar Stein", 0),
    ("Petra Novak", 2),
    ("Yara Blom", 4),
    ("Kofi Blom", 4),
    ("Sven Arden", 5),
    ("Lena Fischer", 3),
    ("Paul Whitby", 6),
    ("Paul Whitby", 6),
    ("Rosa Lindt", 7),
    ("Nora Quint", 1),
];
/// Guests besides the cast.
pub(super) const OTHERS: usize = 210;
/// Of these, how many had been there before April.
pub(super) const BEFORE: usize = 96;
/// How many of the last others come from the domain that is new in June.
pub(super) const NEW_DOMAIN_GUESTS: usize = 9;
/// Invitations sent in April and May and never redeemed.
pub(super) const NEVER_REDEEMED: usize = 12;

pub(super) const FIRST: [&str; 36] = [
    "Anna", "Ben", "Carla", "Dario", "Emma", "Felix", "Gina", "Henrik", "Irma", "Jakub", "Kira", "Luca", "Maja",
    "Noah", "Oona", "Peter", "Rita", "Simon", "Tara", "Ugo", "Vera", "Willem", "Xenia", "Yusuf", "Zoe", "Arno",
    "Britta", "Cedric", "Dora", "Emil", "Freya", "Goran", "Helga", "Igor", "Jana", "Klaus",
];
pub(super) const LAST: [&str; 34] = [
    "Abel",
    "Berger",
    "Costa",
    "Duval",
    "Eriksen",
    "Farkas",
    "Garcia",
    "Hansen",
    "Ivanov",
    "Jansen",
    "Kovac",
    "Larsen",
    "Meyer",
    "Nagy",
    "Olsen",
    "Pereira",
    "Quist",
    "Rossi",
    "Schmid",
    "Toth",
    "Ulrich",
    "Vidal",
    "Wagner",
    "Ximenes",
    "Young",
    "Zeman",
    "Andersson",
    "Bianchi",
    "Carlsen",
    "Dubois",
    "Evans",
    "Fontaine",
    "Gruber",
    "Hofer",
];
pub(super) const DEPARTMENTS: [&str; 8] =
    ["Procurement", "Engineering", "Marketing", "Legal", "Finance", "Facilities", "Sales", "IT"];
