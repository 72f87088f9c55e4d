//! What the views about access share: doors to events, people as values, choices by name.

use crate::{
    model::Column,
    protocol::Picked,
    report::{Control, Door, Params, Value, View},
    store::Store,
};

/// Leads to exactly these events.
pub(super) fn events(store: &Store, label: impl Into<String>, events: impl IntoIterator<Item = u32>) -> Option<Door> {
    let record = |event: u32| (store.source.get(event as usize), store.record[event as usize]);
    let records: Vec<_> = events.into_iter().map(record).collect();
    let picked = Picked { label: label.into(), records };
    (!picked.records.is_empty()).then(|| Door { picked: Some(picked), ..Door::default() })
}

/// Leads to a view with these parameters.
pub(super) fn to_view(view: View, params: &[(&str, &str)]) -> Door {
    let params: Params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Door { view: Some(view), params, ..Door::default() }
}

/// Names an event among all, for keys of lines.
pub(super) fn event_key(store: &Store, event: u32) -> String {
    let source = store.source.get(event as usize);
    let source = store.sources.get(source as usize).map_or_else(|| source.to_string(), crate::store::SourceInfo::key);
    format!("{source}-{}", store.record[event as usize])
}

/// Who initiated an event.
pub(super) fn initiator(store: &Store, event: u32) -> Value {
    let text = |column| store.text(event as usize, column).into_owned();
    let name = text(Column::ActorName);
    let address = [Column::ActorUpn, Column::ActorServicePrincipalName, Column::Actor]
        .into_iter()
        .map(text)
        .find(|text| !text.is_empty() && *text != name)
        .unwrap_or_default();
    if name.is_empty() && address.is_empty() {
        return Value::none("The event does not say who initiated it");
    }
    Value::Person { name, address }
}

/// A choice; `all` is the first option, for which the parameter is empty.
pub(super) fn choice(
    name: &str,
    label: &str,
    value: Option<&str>,
    all: &str,
    options: impl IntoIterator<Item = (String, String)>,
) -> Control {
    let mut list = vec![(String::new(), all.to_owned())];
    list.extend(options);
    let value = value.filter(|value| list.iter().any(|(own, _)| own == value)).unwrap_or_default().to_owned();
    Control::Choice { name: name.into(), label: label.into(), testid: name.into(), value, options: list }
}

/// A choice that always has a value; the first is the default.
pub(super) fn pick(name: &str, label: &str, value: Option<&str>, options: &[(&str, &str)]) -> (Control, String) {
    let default = options.first().map_or("", |(value, _)| value);
    let value = value.filter(|value| options.iter().any(|(own, _)| own == value)).unwrap_or(default).to_owned();
    let options = options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect();
    let control =
        Control::Choice { name: name.into(), label: label.into(), testid: name.into(), value: value.clone(), options };
    (control, value)
}

/// A switch.
pub(super) fn switch(name: &str, label: &str, on: bool) -> Control {
    Control::Switch { name: name.into(), label: label.into(), testid: name.into(), on }
}

/// `1 guest`, `2 guests`.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
