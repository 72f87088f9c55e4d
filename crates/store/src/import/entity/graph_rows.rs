//! Reads a JSON object of Graph into a row, member by member, as its kind's table of members says.

use super::{
    draft::Place,
    graph_context::type_name,
    graph_members::{Act, Table, reviews, subjects, things},
};
use crate::{
    import::{
        draft::Draft,
        json_read::{Read, Reader},
        json_value::Value,
    },
    model::{Attribute, EntityKind, ItemColumn, List, Origin},
};

/// The members of a kind.
pub(super) fn table(kind: EntityKind) -> Table {
    match kind {
        EntityKind::Person => subjects::person,
        EntityKind::Assignment => things::assignment,
        EntityKind::Request => things::request,
        EntityKind::Package => things::package,
        EntityKind::Policy => things::policy,
        EntityKind::Catalog => things::catalog,
        EntityKind::Resource => things::resource,
        EntityKind::ResourceAssignment => things::resource_assignment,
        EntityKind::Organization => subjects::organization,
        EntityKind::Review => reviews::review,
        EntityKind::Decision => reviews::decision,
    }
}

/// Reads a record as a row.
pub(super) fn read_record(
    text: &[u8],
    draft: &mut Draft,
    kind: EntityKind,
    origin: Origin,
    table: Table,
) -> Read<bool> {
    let row = draft.open_row(kind, origin);
    read_object(&mut Reader::new(text), draft, row, table, "")?;
    Ok(draft.rows.has_value(row))
}

fn read_object(reader: &mut Reader, draft: &mut Draft, row: usize, table: Table, path: &str) -> Read<()> {
    reader.object(|reader, key| read_member(reader, draft, row, table, Place { path, key }))
}

/// Reads the value of a member.
pub(super) fn read_member(reader: &mut Reader, draft: &mut Draft, row: usize, table: Table, place: Place) -> Read<()> {
    let key = place.key.to_ascii_lowercase();
    let (act, first) = (table(&key), reader.peek()?);
    match (act, first) {
        (Act::Skip, _) => reader.skip(),
        // PowerShell keeps members it does not know apart; they belong to the object all the same.
        (_, b'{') if key == b"additionalproperties" => read_object(reader, draft, row, table, place.path),
        (Act::Put(attribute), _) => {
            let value = reader.value()?;
            if !value.is_empty() {
                draft.put_value(row, attribute, place, value);
            }
            Ok(())
        }
        (Act::Type(attribute), b'"') => {
            let value = reader.value()?;
            let text = String::from_utf8_lossy(value.text(&mut Vec::new(), &mut false)).into_owned();
            let name = text.rsplit('.').next().unwrap_or_default().trim_start_matches('#');
            draft.put(row, attribute, place, name.as_bytes());
            Ok(())
        }
        (Act::Into(table), b'{') => read_object(reader, draft, row, table, &inside(place)),
        (Act::Each(table), b'[') => reader.array(|reader| match reader.peek()? {
            b'{' => read_object(reader, draft, row, table, &inside(place)),
            _ => keep(reader, draft, row, place),
        }),
        (Act::Row(kind, table, links), b'{') => {
            let child = draft.open_row(kind, Origin::Mentioned);
            read_object(reader, draft, child, table, "")?;
            for (theirs, own) in links {
                draft.rows.link((child, *theirs), (row, *own));
            }
            Ok(())
        }
        (Act::Rows(kind, table, links), b'[') => reader.array(|reader| {
            if reader.peek()? != b'{' {
                return keep(reader, draft, row, place);
            }
            let child = draft.open_row(kind, Origin::Mentioned);
            read_object(reader, draft, child, table, "")?;
            for (own, theirs) in links {
                draft.rows.link((row, *own), (child, *theirs));
            }
            Ok(())
        }),
        (Act::List(list), b'[') => {
            let mut is_empty = true;
            reader.array(|reader| {
                is_empty = false;
                let value = reader.value()?;
                read_item(value, draft, row, list)
            })?;
            if is_empty && list == List::Sponsor {
                draft.put(row, Attribute::WithoutSponsor, place, b"true");
            }
            Ok(())
        }
        (Act::List(list), b'{') => {
            let value = reader.value()?;
            read_item(value, draft, row, list)
        }
        _ => keep(reader, draft, row, place),
    }
}

/// Keeps a member that no attribute takes.
fn keep(reader: &mut Reader, draft: &mut Draft, row: usize, place: Place) -> Read<()> {
    let value = reader.value()?;
    draft.row_extra_value(row, place, value);
    Ok(())
}

/// The path of a member's members.
fn inside(place: Place) -> String {
    format!("{}{}.", place.path, String::from_utf8_lossy(place.key))
}

/// Reads a value of a list: a text, or an object of which the whole is kept where it has unknown members.
fn read_item(value: Value, draft: &mut Draft, row: usize, list: List) -> Read<()> {
    if value.is_empty() {
        return Ok(());
    }
    let item = draft.open_item(row, list);
    let Value::Other(text @ [b'{', ..]) = value else {
        let column = if list == List::OtherMail { ItemColumn::Address } else { ItemColumn::Text };
        draft.put_item(row, item, column, value);
        return Ok(());
    };
    let (mut whole, mut is_person) = (true, false);
    Reader::new(text).object(|reader, key| {
        let own = reader.value()?;
        if own.is_empty() {
            return Ok(());
        }
        let column = match key.to_ascii_lowercase().as_slice() {
            b"@odata.type" | b"odata.type" => {
                let text = String::from_utf8_lossy(own.text(&mut Vec::new(), &mut false)).into_owned();
                let name = text.rsplit('.').next().unwrap_or_default();
                is_person = type_name(name) == "user";
                draft.put_item(row, item, ItemColumn::Type, Value::Plain(name.as_bytes()));
                return Ok(());
            }
            b"id" | b"userid" | b"groupid" | b"objectid" => ItemColumn::Id,
            b"displayname" | b"description" => ItemColumn::Name,
            b"userprincipalname" | b"mail" | b"email" => ItemColumn::Address,
            b"tenantid" => ItemColumn::TenantId,
            b"domainname" | b"issuer" => ItemColumn::DomainName,
            _ => {
                whole = false;
                return Ok(());
            }
        };
        whole &= draft.put_item(row, item, column, own);
        Ok(())
    })?;
    if !whole {
        draft.put_item(row, item, ItemColumn::Text, value);
    }
    // Sponsors are people of whom a list may say more than their id.
    if is_person {
        let person = draft.open_row(EntityKind::Person, Origin::Mentioned);
        read_object(&mut Reader::new(text), draft, person, subjects::person, "")?;
    }
    Ok(())
}
