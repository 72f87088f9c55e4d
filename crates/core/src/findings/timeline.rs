//! Findings as events of a timeline: one line per event of evidence.

use super::Finding;
use crate::arrange::Arrange as _;
use crate::{
    model::{Column, TargetColumn},
    store::{NO_TIME, Store},
};
use std::rc::Rc;

/// A line of the timeline.
pub struct TimelineEvent {
    /// When, ticks.
    pub time: i64,
    /// What happened, beginning with the rule.
    pub message: String,
    /// What kind of moment it is.
    pub timestamp_desc: String,
    /// The finding.
    pub finding: Rc<Finding>,
    /// The event, if the finding rests on one.
    pub event: Option<u32>,
}

/// The timeline of findings, earliest first. Findings and events without a time are not in it.
pub fn timeline(store: &Store, findings: &[Rc<Finding>]) -> Vec<TimelineEvent> {
    let mut all = Vec::new();
    for finding in findings {
        let head = format!("{} {}: {}", finding.id, finding.title, finding.sentence);
        for event in finding.events.iter().filter(|event| store.time[**event as usize] != NO_TIME) {
            let at = *event as usize;
            let activity = store.text(at, Column::Activity);
            let (actor, result) = (store.text(at, Column::Actor), store.text(at, Column::Result));
            let target = store.targets_of(at).next();
            let target = target.map_or(String::new(), |t| store.target_text(t, TargetColumn::Target).into_owned());
            let mut told = format!("{head} | {activity}");
            for (word, text) in [(" by ", &*actor), (" on ", target.as_str()), (", ", &*result)] {
                if !text.is_empty() {
                    told.push_str(word);
                    told.push_str(text);
                }
            }
            all.push(TimelineEvent {
                time: store.time[at],
                message: told,
                timestamp_desc: format!("Evidence of {}", finding.id),
                finding: finding.clone(),
                event: Some(*event),
            });
        }
        if let (true, Some(time)) = (finding.events.is_empty(), finding.time) {
            let timestamp_desc = format!("Finding of {}", finding.id);
            all.push(TimelineEvent { time, message: head, timestamp_desc, finding: finding.clone(), event: None });
        }
    }
    all.arrange_by_key(|line| line.time);
    all
}

/// Where an event stands: the file's name and the record's number.
pub fn place(store: &Store, event: u32) -> (String, u32) {
    let source = store.source.get(event as usize) as usize;
    let name = store.sources.get(source).map_or(String::new(), |source| source.name.clone());
    (name, store.record[event as usize])
}
