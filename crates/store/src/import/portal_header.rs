//! What each column of a portal download is, by its name or else by its place.

use super::{
    sniff::Head,
    time_text::{TimeText, read_time},
};
use crate::model::{Column, TargetColumn};

/// No such column.
const NONE: usize = usize::MAX;

/// The columns of a portal download, in the order events are written in.
#[derive(Default)]
pub(super) struct Header {
    pub(super) time: Option<usize>,
    pub(super) columns: Vec<(usize, Column)>,
    pub(super) targets: Vec<Target>,
    /// Key and value of each additional detail.
    pub(super) details: Vec<[usize; 2]>,
    /// Columns with another name, which becomes the key of an extra.
    pub(super) unknown: Vec<(usize, Vec<u8>)>,
    /// What is to be said about the header.
    pub(super) notes: Vec<String>,
}

/// The columns of one target.
pub(super) struct Target {
    pub(super) columns: Vec<(usize, TargetColumn)>,
    /// Name, old and new value of each modified property.
    pub(super) changes: Vec<[usize; 3]>,
    /// The first and the last of all its columns.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Default for Target {
    fn default() -> Self {
        Self { columns: Vec::new(), changes: Vec::new(), first: NONE, last: 0 }
    }
}

/// What a column is.
#[derive(Clone, Copy)]
enum Meaning {
    Time,
    Event(Column),
    Target(usize, TargetColumn),
    /// Target, property, and 0 for its name, 1 for the old and 2 for the new value.
    Change(usize, usize, usize),
    /// Detail, and 0 for its key, 1 for its value.
    Detail(usize, usize),
}

/// How many columns the portal's download has.
const PORTAL_COLUMNS: usize = 86;
/// More of a kind than any export has: a number in a name beyond it is part of the name.
const MOST: usize = 100;

/// Reads the header, if it is one of a portal download.
pub(super) fn read(head: &Head) -> Option<Header> {
    let names: Vec<String> = head.header().iter().map(|name| plain(name)).collect();
    if ["operationname", "timegenerated", "targetresources"].iter().any(|other| names.iter().any(|name| name == other))
    {
        return None;
    }
    let exact: Vec<Option<Meaning>> = names.iter().map(|name| by_name(name)).collect();
    let loose: Vec<Option<Meaning>> =
        names.iter().zip(&exact).map(|(name, m)| m.or_else(|| by_older_name(name))).collect();
    let activity = loose.iter().any(|meaning| matches!(meaning, Some(Meaning::Event(Column::Activity))));
    if activity && loose.iter().flatten().count() >= 3 {
        let guessed: Vec<String> = (0..names.len())
            .filter(|&at| exact[at].is_none() && loose[at].is_some())
            .map(|at| String::from_utf8_lossy(&head.header()[at]).trim().to_owned())
            .collect();
        let mut header = arrange(head, &loose);
        if !guessed.is_empty() {
            header.notes.push(format!("Older column names were matched by guess: {}.", guessed.join(", ")));
        }
        return Some(header);
    }
    let row = head.first_row();
    let by_order = names.len() == PORTAL_COLUMNS
        && row.len() == PORTAL_COLUMNS
        && matches!(read_time(&row[0]), TimeText::At(_) | TimeText::Either { .. })
        && !row[4].is_empty();
    by_order.then(|| {
        let meanings: Vec<_> = portal_order().into_iter().map(|name| by_name(&plain(name.as_bytes()))).collect();
        let mut header = arrange(head, &meanings);
        header.notes.push("Headers are in another language; columns were taken by their order.".into());
        header
    })
}

/// A name in lower case, without spaces, hyphens and underscores.
pub(super) fn plain(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name).to_lowercase();
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).collect()
}

/// The portal's own names, in its order.
fn portal_order() -> Vec<String> {
    let mut names: Vec<String> =
        "Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,User Agent,ActorType,\
        ActorDisplayName,ActorObjectId,ActorUserPrincipalName,IPAddress,ActorHomeTenantId,ActorHomeTenantName,\
        ActorServicePrincipalId,ActorServicePrincipalName"
            .split(',')
            .map(str::to_owned)
            .collect();
    for target in 1..=3 {
        names.extend(
            ["Type", "DisplayName", "ObjectId", "UserPrincipalName"].map(|name| format!("Target{target}{name}")),
        );
        for property in 1..=5 {
            let name = |part| format!("Target{target}ModifiedProperty{property}{part}");
            names.extend(["Name", "OldValue", "NewValue"].map(name));
        }
    }
    for detail in 1..=6 {
        names.extend(["Key", "Value"].map(|part| format!("AdditionalDetail{detail}{part}")));
    }
    names
}

fn by_name(name: &str) -> Option<Meaning> {
    use Column as C;
    Some(Meaning::Event(match name {
        "date(utc)" | "date" => return Some(Meaning::Time),
        // Only in our own export.
        "log" => C::Log,
        "correlationid" => C::CorrelationId,
        "service" => C::Service,
        "category" => C::Category,
        "activity" => C::Activity,
        "result" => C::Result,
        "resultreason" => C::ResultReason,
        "useragent" => C::UserAgent,
        "actortype" => C::ActorType,
        "actordisplayname" => C::ActorName,
        "actorobjectid" => C::ActorId,
        "actoruserprincipalname" => C::ActorUpn,
        "ipaddress" => C::IpAddress,
        "actorhometenantid" => C::ActorTenantId,
        "actorhometenantname" => C::ActorTenantName,
        "actorserviceprincipalid" => C::ActorServicePrincipalId,
        "actorserviceprincipalname" => C::ActorServicePrincipalName,
        _ => return numbered(name),
    }))
}

fn numbered(name: &str) -> Option<Meaning> {
    if let Some(rest) = name.strip_prefix("target") {
        let (target, part) = number(rest)?;
        if let Some(rest) = part.strip_prefix("modifiedproperty") {
            let (property, part) = number(rest)?;
            let part = ["name", "oldvalue", "newvalue"].iter().position(|known| *known == part)?;
            return Some(Meaning::Change(target, property, part));
        }
        return Some(Meaning::Target(target, target_column(part)?));
    }
    let (detail, part) = number(name.strip_prefix("additionaldetail")?)?;
    Some(Meaning::Detail(detail, ["key", "value"].iter().position(|known| *known == part)?))
}

fn target_column(part: &str) -> Option<TargetColumn> {
    Some(match part {
        "type" => TargetColumn::Type,
        "displayname" | "name" => TargetColumn::Name,
        "objectid" | "id" => TargetColumn::Id,
        "userprincipalname" | "upn" => TargetColumn::Upn,
        "grouptype" => TargetColumn::GroupType,
        _ => return None,
    })
}

/// A number from 1 and what follows it.
fn number(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: usize = text[..digits].parse().ok()?;
    (1..=MOST).contains(&number).then(|| (number - 1, &text[digits..]))
}

/// Names that flattened exports of scripts and older portals use.
fn by_older_name(name: &str) -> Option<Meaning> {
    use Column as C;
    Some(Meaning::Event(match name {
        "activitydatetime" | "createddatetime" | "activitydate" | "datetime" | "time" | "activitydatetime(utc)" => {
            return Some(Meaning::Time);
        }
        "id" => C::EventId,
        "loggedbyservice" => C::Service,
        "activitydisplayname" | "activityname" => C::Activity,
        "activitytype" => C::ActivityType,
        "operationtype" => C::OperationType,
        "status" => C::Result,
        "statusreason" => C::ResultReason,
        "actorname" | "initiatedbyuserdisplayname" | "initiatedbyappdisplayname" => C::ActorName,
        "actorid" | "initiatedbyuserid" => C::ActorId,
        "actorupn" | "initiatedbyuseruserprincipalname" | "initiatedbyupn" => C::ActorUpn,
        "actoripaddress" | "initiatedbyuseripaddress" => C::IpAddress,
        "actorappid" | "initiatedbyappid" => C::ActorAppId,
        "actorusertype" => C::ActorUserType,
        "targetmodifiedpropertyname" => return Some(Meaning::Change(0, 0, 0)),
        "targetmodifiedpropertyoldvalue" => return Some(Meaning::Change(0, 0, 1)),
        "targetmodifiedpropertynewvalue" => return Some(Meaning::Change(0, 0, 2)),
        "additionaldetailkey" | "additionaldetailskey" => return Some(Meaning::Detail(0, 0)),
        "additionaldetailvalue" | "additionaldetailsvalue" => return Some(Meaning::Detail(0, 1)),
        _ => return Some(Meaning::Target(0, target_column(name.strip_prefix("target")?)?)),
    }))
}

fn arrange(head: &Head, meanings: &[Option<Meaning>]) -> Header {
    let mut header = Header::default();
    for (column, meaning) in meanings.iter().enumerate() {
        // The first of several columns with one name counts; the others are kept under it.
        let taken = match *meaning {
            Some(Meaning::Time) if header.time.is_none() => {
                header.time = Some(column);
                true
            }
            Some(Meaning::Event(place)) if header.columns.iter().all(|(_, known)| *known != place) => {
                header.columns.push((column, place));
                true
            }
            Some(Meaning::Target(target, place)) => {
                let target = target_at(&mut header, target, column);
                let free = target.columns.iter().all(|(_, known)| *known != place);
                target.columns.extend(free.then_some((column, place)));
                free
            }
            Some(Meaning::Change(target, property, part)) => {
                let changes = &mut target_at(&mut header, target, column).changes;
                if changes.len() <= property {
                    changes.resize(property + 1, [NONE; 3]);
                }
                std::mem::replace(&mut changes[property][part], column) == NONE
            }
            Some(Meaning::Detail(detail, part)) => {
                if header.details.len() <= detail {
                    header.details.resize(detail + 1, [NONE; 2]);
                }
                std::mem::replace(&mut header.details[detail][part], column) == NONE
            }
            _ => false,
        };
        if !taken {
            header.unknown.push((column, head.header()[column].trim_ascii().to_vec()));
        }
    }
    header.targets.retain(|target| target.first != NONE);
    header
}

fn target_at(header: &mut Header, target: usize, column: usize) -> &mut Target {
    if header.targets.len() <= target {
        header.targets.resize_with(target + 1, Target::default);
    }
    let target = &mut header.targets[target];
    target.first = target.first.min(column);
    target.last = target.last.max(column);
    target
}
