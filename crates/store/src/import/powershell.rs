//! Objects that PowerShell's `ConvertTo-Json` had no depth left for: `@{name=Department; oldValue=; newValue="HR"}`.
//!
//! Such text does not quote its values, so a value is taken to end where `; ` and the next known name follow.

use super::{draft::Draft, json_value::Value};

/// Names that a flattened change or detail has.
const NAMES: [&str; 7] = ["displayName", "name", "key", "oldValue", "newValue", "value", "AdditionalProperties"];

/// Adds the changes of such a text, or keeps it as it is.
pub(super) fn change(value: Value, draft: &mut Draft, path: &str) {
    let text = owned(value);
    let mut found = false;
    for members in objects(&text) {
        let of = |names: &[&str]| {
            Value::Plain(members.iter().find(|(name, _)| names.contains(name)).map_or("", |(_, v)| v).as_bytes())
        };
        found = true;
        draft.change(of(&["displayName", "name", "key"]), of(&["oldValue"]), of(&["newValue"]));
    }
    if !found {
        draft.extra(path, b"modifiedProperties", value);
    }
}

/// Adds the details of such a text, or keeps it as it is.
pub(super) fn detail(value: Value, draft: &mut Draft) {
    let text = owned(value);
    let mut found = false;
    for members in objects(&text) {
        let of = |names: &[&str]| {
            Value::Plain(members.iter().find(|(name, _)| names.contains(name)).map_or("", |(_, v)| v).as_bytes())
        };
        found = true;
        draft.detail(of(&["key", "name", "displayName"]), of(&["value"]));
    }
    if !found {
        draft.extra("", b"additionalDetails", value);
    }
}

fn owned(value: Value) -> String {
    String::from_utf8_lossy(value.text(&mut Vec::new(), &mut false)).into_owned()
}

/// The objects in a text: names and values of each.
fn objects(text: &str) -> impl Iterator<Item = Vec<(&str, &str)>> {
    let text = text.trim();
    let text = text.strip_prefix("@{").and_then(|text| text.strip_suffix('}'));
    text.into_iter().flat_map(|text| text.split("} @{")).map(members)
}

fn members(text: &str) -> Vec<(&str, &str)> {
    let starts =
        |at: usize| NAMES.iter().find(|name| text[at..].starts_with(*name) && text[at + name.len()..].starts_with('='));
    let mut places: Vec<(usize, &str)> = starts(0).map(|name| (0, *name)).into_iter().collect();
    for (at, _) in text.match_indices("; ") {
        places.extend(starts(at + 2).map(|name| (at + 2, *name)));
    }
    let ends = places.iter().skip(1).map(|(at, _)| at - 2).chain([text.len()]).collect::<Vec<_>>();
    places.iter().zip(ends).map(|(&(at, name), end)| (name, &text[at + name.len() + 1..end])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_flattened_objects() {
        let found: Vec<_> =
            objects(r#"@{name=Department; oldValue=["a; b"]; newValue=} @{name=City; newValue=x=y}"#).collect();
        assert_eq!(found[0], [("name", "Department"), ("oldValue", "[\"a; b\"]"), ("newValue", "")]);
        assert_eq!(found[1], [("name", "City"), ("newValue", "x=y")]);
        assert_eq!(objects("System.Object[]").count(), 0);
    }
}
