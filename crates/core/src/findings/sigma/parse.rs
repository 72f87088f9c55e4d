//! A Sigma document into a rule: its selections, its condition, and what of it is not supported.

use super::{
    condition::{self, Condition},
    fields::{Place, place},
};
use crate::findings::Level;
use saphyr::{LoadableYamlNode, Scalar, Yaml};

/// A rule of a loaded file. Texts are those of the file.
#[derive(Clone, Debug)]
pub struct SigmaRule {
    /// Its id, else `sigma:` and its title.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its level; critical is high.
    pub level: Level,
    /// Its description.
    pub description: String,
    /// Its references.
    pub references: Vec<String>,
    /// Whether it is about the audit log; else about sign-ins.
    pub of_audit: bool,
    /// What of it is not supported, in words with the file's own spelling; it runs only where this is empty.
    pub unsupported: Vec<String>,
    pub(super) selections: Vec<(String, Selection)>,
    pub(super) condition: Condition,
}

/// Any of these maps holds.
pub(super) type Selection = Vec<Vec<Test>>;

/// One field of a selection.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) field: String,
    pub(super) place: Place,
    pub(super) values: Vec<Wanted>,
    pub(super) all: bool,
}

/// A value that is looked for, in lower case unless it is to be cased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// No value.
    Nothing,
    /// Any value.
    Something,
    /// A text with `*` and `?`; letter case counts where it is true.
    Pattern(String, bool),
}

/// The rules of a file; one document each. A file that is no YAML is one rule that says so.
pub fn parse(text: &str) -> Vec<SigmaRule> {
    match Yaml::load_from_str(text) {
        Ok(documents) => documents.iter().filter(|yaml| yaml.as_mapping().is_some()).map(rule).collect(),
        Err(error) => vec![broken(format!("the file is no YAML ({error})"))],
    }
}

fn broken(why: String) -> SigmaRule {
    SigmaRule {
        id: "sigma:unreadable".into(),
        title: "Unreadable Sigma file".into(),
        level: Level::Info,
        description: String::new(),
        references: Vec::new(),
        of_audit: true,
        unsupported: vec![why],
        selections: Vec::new(),
        condition: Condition::Never,
    }
}

fn text(yaml: Option<&Yaml>) -> String {
    yaml.and_then(scalar).unwrap_or_default()
}

fn scalar(yaml: &Yaml) -> Option<String> {
    match yaml {
        Yaml::Value(Scalar::String(text)) => Some(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::FloatingPoint(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(value)) => Some(value.to_string()),
        _ => None,
    }
}

fn rule(yaml: &Yaml) -> SigmaRule {
    let get = |key: &str| yaml.as_mapping_get(key);
    let title = text(get("title"));
    let id = Some(text(get("id"))).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("sigma:{title}"));
    let mut rule = SigmaRule { id, ..broken(String::new()) };
    rule.unsupported.clear();
    rule.title = if title.is_empty() { rule.id.clone() } else { title };
    text(get("description")).trim().clone_into(&mut rule.description);
    rule.references =
        get("references").and_then(Yaml::as_sequence).map_or(Vec::new(), |all| all.iter().filter_map(scalar).collect());
    rule.level = match text(get("level")).as_str() {
        "high" | "critical" => Level::High,
        "medium" => Level::Medium,
        "low" => Level::Low,
        _ => Level::Info,
    };
    for kind in ["correlation", "filter"] {
        if get(kind).is_some() {
            rule.unsupported.push(format!("documents of kind {kind}"));
        }
    }
    logsource(&mut rule, get("logsource"));
    match get("detection") {
        Some(detection) => read_detection(&mut rule, detection),
        None => rule.unsupported.push("a rule without detection".into()),
    }
    rule
}

fn logsource(rule: &mut SigmaRule, source: Option<&Yaml>) {
    let get = |key: &str| text(source.and_then(|source| source.as_mapping_get(key)));
    let (product, service) = (get("product"), get("service"));
    rule.of_audit = service == "auditlogs";
    let known = ["auditlogs", "signinlogs"].contains(&service.as_str());
    if product != "azure" || !known {
        rule.unsupported.push(format!("logsource product {product}, service {service}"));
    }
}

fn read_detection(rule: &mut SigmaRule, detection: &Yaml) {
    let Some(parts) = detection.as_mapping() else {
        return rule.unsupported.push("a detection that is no mapping".into());
    };
    for (key, value) in parts {
        let name = scalar(key).unwrap_or_default();
        match name.as_str() {
            "condition" => {}
            "timeframe" => rule.unsupported.push("timeframe".into()),
            _ => {
                let selection = read_selection(rule, &name, value);
                rule.selections.push((name, selection));
            }
        }
    }
    let condition = match detection.as_mapping_get("condition") {
        Some(list) if list.as_sequence().is_some() => {
            let all: Vec<String> = list.as_sequence().into_iter().flatten().filter_map(scalar).collect();
            all.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" or ")
        }
        one => text(one),
    };
    let names: Vec<&str> = rule.selections.iter().map(|(name, _)| name.as_str()).collect();
    match condition::parse(&condition, &names) {
        Ok(parsed) => rule.condition = parsed,
        Err(what) => rule.unsupported.push(what),
    }
}

fn read_selection(rule: &mut SigmaRule, name: &str, value: &Yaml) -> Selection {
    if let Some(list) = value.as_sequence() {
        let maps: Vec<&Yaml> = list.iter().filter(|one| one.as_mapping().is_some()).collect();
        if maps.len() < list.len() {
            rule.unsupported.push(format!("keywords without a field in {name}"));
        }
        return maps.into_iter().map(|map| read_map(rule, map)).collect();
    }
    if value.as_mapping().is_none() {
        rule.unsupported.push(format!("keywords without a field in {name}"));
        return Vec::new();
    }
    vec![read_map(rule, value)]
}

fn read_map(rule: &mut SigmaRule, map: &Yaml) -> Vec<Test> {
    let mut tests = Vec::new();
    for (key, value) in map.as_mapping().into_iter().flatten() {
        let key = scalar(key).unwrap_or_default();
        let mut parts = key.split('|');
        let field = parts.next().unwrap_or_default().to_owned();
        let modifiers: Vec<&str> = parts.collect();
        let known = ["contains", "startswith", "endswith", "all", "cased", "exists"];
        for modifier in modifiers.iter().filter(|modifier| !known.contains(modifier)) {
            rule.unsupported.push(format!("modifier {modifier} of {field}"));
        }
        let place = match place(&field, rule.of_audit) {
            Ok(place) => place,
            Err(why) => {
                rule.unsupported.push(why);
                continue;
            }
        };
        let has = |modifier: &str| modifiers.contains(&modifier);
        let single = std::slice::from_ref(value);
        let list: Vec<&Yaml> = value.as_sequence().map_or_else(|| single.iter().collect(), |all| all.iter().collect());
        let mut values = Vec::new();
        for one in list {
            values.push(match one {
                Yaml::Value(Scalar::Null) => Wanted::Nothing,
                Yaml::Value(Scalar::Boolean(flag)) if has("exists") => {
                    if *flag {
                        Wanted::Something
                    } else {
                        Wanted::Nothing
                    }
                }
                _ => match scalar(one) {
                    // The whole record as one text is not kept: a fragment of its JSON cannot be found.
                    Some(text) if text.contains("\":") => {
                        rule.unsupported.push(format!("a fragment of a record's JSON as value of {field}"));
                        continue;
                    }
                    Some(text) if text.is_empty() => Wanted::Nothing,
                    Some(text) => {
                        let mut pattern = if has("cased") { text } else { text.to_lowercase() };
                        if has("contains") || has("endswith") {
                            pattern.insert(0, '*');
                        }
                        if has("contains") || has("startswith") {
                            pattern.push('*');
                        }
                        Wanted::Pattern(pattern, has("cased"))
                    }
                    None => {
                        rule.unsupported.push(format!("a nested value of {field}"));
                        continue;
                    }
                },
            });
        }
        tests.push(Test { field, place, values, all: has("all") });
    }
    tests
}
