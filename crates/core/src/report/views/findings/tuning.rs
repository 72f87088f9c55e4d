//! What the reader can set: parameters of rules, lists, and what is expected.

use super::{Parts, door};
use crate::{
    findings::{ParamKind, Rule, SHARED, expected, rules},
    report::{
        TableOf,
        blocks::{Block, Control, TableLine, Value},
    },
};

pub(super) fn blocks(parts: &Parts) -> Vec<Block> {
    let scope = parts.scope;
    let mut blocks = vec![Block::Heading {
        title: "Parameters".into(),
        text: "Effects show at once. They are kept with the session file, never in the browser.".into(),
    }];
    let data = |rule: &str, param: &str| vec![("rule".into(), rule.into()), ("param".into(), param.into())];
    let text = |name: &str, label: String, data, value: &str, placeholder: &str| Control::Text {
        name: name.into(),
        label,
        testid: "rule-parameter".into(),
        data,
        value: value.into(),
        placeholder: placeholder.into(),
    };
    let lists = SHARED
        .iter()
        .map(|param| {
            let placeholder = match param.name {
                "approved-inviters" => "adele@contoso.example, contoso.example",
                "approved-domains" => "fabrikam.example, woodgrove.example",
                _ => "Project Falcon, 2f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b",
            };
            let has = |rule: &&&Rule| rule.params.iter().any(|own| own.name == param.name);
            let of: Vec<&str> = rules::ALL.iter().filter(has).map(|rule| rule.id).collect();
            let label = format!("{} ({})", param.label, of.join(", "));
            let value = scope.param(param.name).unwrap_or_default();
            text(param.name, label, data(&of.join(" "), param.name), value, placeholder)
        })
        .collect();
    blocks.push(Block::Controls { controls: lists });
    for rule in rules::ALL.iter().filter(|rule| rule.params.iter().any(|p| !matches!(p.kind, ParamKind::Shared))) {
        let mut controls = Vec::new();
        for param in rule.params {
            let name = param.full_name(rule.id);
            let label = format!("{} {}", rule.id, param.label);
            match param.kind {
                ParamKind::Number { default, min, max, unit } => controls.push(Control::Number {
                    value: scope.number(&name, default, min, max),
                    name,
                    label,
                    testid: "rule-parameter".into(),
                    data: data(rule.id, param.name),
                    min,
                    max,
                    unit: unit.into(),
                }),
                ParamKind::List { default } => {
                    let value = scope.param(&name).unwrap_or(default);
                    let data = data(rule.id, param.name);
                    controls.push(text(&name, label, data, value, "names, separated by commas"));
                }
                ParamKind::Shared => {}
            }
        }
        blocks.push(Block::Controls { controls });
    }
    let marks: Vec<_> = expected::marks(scope.params).collect();
    if !marks.is_empty() {
        let table = TableOf::new("expected", "Marked as expected", "expected-mark", "Nothing is marked as expected.")
            .help(
                "A mark is on one rule and one person, application, domain or other subject. Its button takes it back.",
            )
            .column("rule", "Rule", "", |mark: &(String, String, String, String)| Value::Text(mark.1.clone()))
            .column("whom", "Whom", "", |mark| Value::Text(mark.2.clone()))
            .column("note", "Note", "", |mark| Value::Text(mark.3.clone()))
            .build(&marks, scope.tables, |mark| TableLine {
                key: mark.0.clone(),
                data: vec![("rule".into(), mark.1.clone()), ("subject".into(), mark.2.clone())],
                door: Some(door(&[(mark.0.as_str(), "")])),
                ..TableLine::default()
            });
        blocks.push(Block::Table(table));
    }
    blocks
}
