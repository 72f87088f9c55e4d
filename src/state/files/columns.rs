//! What the columns of files are, as the reader says.

use super::{Dropped, Files, alerts, lost::restart_all};
use crate::state::{AppState, Effect};
use guestlens_core::{
    arrange,
    session::Session,
    store::{MappingChoice, SourceInfo},
};
use std::collections::BTreeMap;

impl Files {
    /// What the reader says of the columns of files, by the names of their sources.
    pub fn mappings(&self) -> BTreeMap<String, MappingChoice> {
        let mut said = Vec::new();
        for Dropped { name, mappings, .. } in &self.dropped {
            for (entry, choice) in mappings {
                let within = if entry.is_empty() { "" } else { SourceInfo::WITHIN };
                said.push((format!("{name}{within}{entry}"), choice.clone()));
            }
        }
        arrange::map(said)
    }
}

/// Reads a file again, with its columns, or those of a file in it, as the reader says.
pub fn read_as(state: &mut AppState, file: u32, entry: String, mapping: MappingChoice) -> Vec<Effect> {
    let Some(dropped) = state.files.dropped.get_mut(file as usize) else { return Vec::new() };
    dropped.mappings.retain(|(other, _)| *other != entry);
    dropped.mappings.push((entry, mapping));
    dropped.skipped = None;
    let name = dropped.name.clone();
    alerts::forget(&mut state.alerts, &name);
    restart_all(state)
}

/// Reads the files again of which a session says what their columns are, and said otherwise before.
pub fn map_again(state: &mut AppState, session: &Session) -> Vec<Effect> {
    let mut changed = false;
    for file in &mut state.files.dropped {
        for (entry, mapping) in session.mappings_of(&file.name) {
            let known = file.mappings.iter().position(|(other, _)| *other == entry);
            match known.map(|at| &mut file.mappings[at].1) {
                Some(known) if *known == mapping => continue,
                Some(known) => *known = mapping,
                None => file.mappings.push((entry, mapping)),
            }
            changed = true;
        }
    }
    if changed { restart_all(state) } else { Vec::new() }
}
