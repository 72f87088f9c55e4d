//! A session as a file: what the reader was looking at, in which of their files, but nothing of what is
//! in the files. The files are known by their hashes, so that it can say which are the same.

use crate::arrange::Arrange as _;
use crate::{
    model::Field,
    protocol::Query,
    store::{MappingChoice, MappingChoices, SourceInfo},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The version that is written.
pub const VERSION: u32 = 1;

/// What tells a session from other JSON.
const KIND: &str = "guestlens-session";

/// How a session of version 1, 2, .. becomes one of the next.
const UPGRADES: &[fn(&mut Map<String, Value>)] = &[];

/// What a reader saves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Session {
    /// The view in sight, by the page's word for it.
    pub view: String,
    /// Which events. A clause on files names them by their number in [`Session::files`].
    pub query: Query,
    /// Columns of the table.
    pub columns: Vec<Field>,
    /// Name of the zone of times.
    pub zone: String,
    /// What the reader wrote.
    pub notes: String,
    /// What is set on the views of blocks, by their ids.
    pub params: BTreeMap<String, BTreeMap<String, String>>,
    /// What else is set, by a name of the part that reads it, for example how rules are tuned.
    pub settings: BTreeMap<String, Value>,
    /// What columns of a file were said to mean, by the file's name; that of a file in an archive begins with
    /// the archive's, as that of its source does.
    pub mappings: BTreeMap<String, MappingChoice>,
    /// Parts that are pinned for a report. An event is named by the number of its source and its record, and by
    /// nothing of what is in it.
    pub pins: Vec<Pin>,
    /// The dropped files, in order.
    pub files: Vec<SessionFile>,
}

/// A part of a view that is pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pin {
    /// The view, by the page's word for it.
    pub view: String,
    /// What is set on it.
    pub params: BTreeMap<String, String>,
    /// Which part of it.
    pub only: String,
    /// What the reader says about it.
    pub note: String,
}

/// A file that a session was made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal; empty if it was not known when the session was saved.
    pub sha256: String,
}

/// Why a text is no session that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionError {
    /// It is not JSON, or is cut off.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON, but no session.
    NotASession,
    /// A newer version of the program wrote it.
    Newer {
        /// The version of the session.
        version: u32,
    },
    /// A part of it is not what it should be.
    Bad {
        /// The part.
        part: String,
    },
}

impl SessionError {
    /// What happened and what to do, in plain words.
    pub fn label(&self) -> String {
        match self {
            Self::NotJson { line, column } => {
                format!("The file is damaged at line {line}, column {column}. Save the session again.")
            }
            Self::NotASession => "The file is not a saved session. Drop log exports to read them.".into(),
            Self::Newer { version } => {
                format!("A newer Guestlens wrote this session (version {version}, known is {VERSION}). Open it there.")
            }
            Self::Bad { part } => format!("The session's part \u{201c}{part}\u{201d} was changed and cannot be read."),
        }
    }
}

/// What became of a file of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum FileCheck {
    /// The same bytes are loaded, whatever their name.
    Same {
        /// Number of the dropped file.
        file: u32,
    },
    /// Another content is loaded under that name.
    Changed {
        /// Number of the dropped file.
        file: u32,
    },
    /// A file of that name and size is loaded, but the hash of one of them is not known.
    Unknown {
        /// Number of the dropped file.
        file: u32,
    },
    /// Nothing like it is loaded.
    Missing,
}

impl Session {
    /// The files of a session, from those that are loaded.
    pub fn files_of(sources: &[SourceInfo]) -> Vec<SessionFile> {
        let file = |source: &SourceInfo| SessionFile {
            name: source.name.clone(),
            size: source.size,
            sha256: source.sha256.clone(),
        };
        dropped(sources).into_iter().map(file).collect()
    }

    /// As text. The same session gives the same text.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Whole<'a> {
            kind: &'static str,
            version: u32,
            #[serde(flatten)]
            session: &'a Session,
        }
        let whole = Whole { kind: KIND, version: VERSION, session: self };
        serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
    }

    /// Whether a file that begins with this text says that it is a session, good or bad.
    pub fn is_one(beginning: &str) -> bool {
        let beginning = beginning.trim_start_matches('\u{feff}').trim_start();
        beginning.starts_with('{') && beginning.contains(&format!("\"{KIND}\""))
    }

    /// From text of this or an older version. Members that are not known are left out.
    ///
    /// # Errors
    /// Where it is no session, or one that cannot be read. An error never carries a value of the text.
    pub fn parse(text: &str) -> Result<Self, SessionError> {
        let not_json = |error: &serde_json::Error| SessionError::NotJson { line: error.line(), column: error.column() };
        let value: Value =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| not_json(&error))?;
        let Value::Object(mut members) = value else { return Err(SessionError::NotASession) };
        if members.get("kind").and_then(Value::as_str) != Some(KIND) {
            return Err(SessionError::NotASession);
        }
        let version = members.get("version").and_then(Value::as_u64).and_then(|version| u32::try_from(version).ok());
        let version = version.filter(|version| *version > 0).ok_or(SessionError::Bad { part: "version".into() })?;
        if version > VERSION {
            return Err(SessionError::Newer { version });
        }
        UPGRADES.iter().skip(version as usize - 1).for_each(|upgrade| upgrade(&mut members));
        // One part at a time, to name the one that is bad.
        for part in ["view", "query", "columns", "zone", "notes", "params", "settings", "mappings", "pins", "files"] {
            if let Some(value) = members.get(part) {
                let alone = Map::from_iter([(part.to_owned(), value.clone())]);
                let read = serde_json::from_value::<Self>(Value::Object(alone));
                read.map_err(|_| SessionError::Bad { part: part.into() })?;
            }
        }
        serde_json::from_value(Value::Object(members)).map_err(|_| SessionError::NotASession)
    }

    /// What was said of the columns of a file of that name, and of files in it.
    pub fn mappings_of(&self, name: &str) -> MappingChoices {
        let own = |(of, choice): (&String, &MappingChoice)| {
            let rest = of.strip_prefix(name)?;
            let entry = if rest.is_empty() { rest } else { rest.strip_prefix(SourceInfo::WITHIN)? };
            Some((entry.to_owned(), choice.clone()))
        };
        self.mappings.iter().filter_map(own).collect()
    }

    /// Finds the session's files among those that are loaded: one answer per file of the session. No
    /// loaded file is taken for two of them.
    pub fn check(&self, sources: &[SourceInfo]) -> Vec<FileCheck> {
        let mut free = dropped(sources);
        let mut answers = vec![FileCheck::Missing; self.files.len()];
        let mut settle = |like: &dyn Fn(&SessionFile, &SourceInfo) -> bool, answer: fn(u32) -> FileCheck| {
            for (own, found) in self.files.iter().zip(&mut answers).filter(|(_, found)| **found == FileCheck::Missing) {
                if let Some(at) = free.iter().position(|source| like(own, source)) {
                    *found = answer(free.remove(at).file);
                }
            }
        };
        let same = |own: &SessionFile, source: &SourceInfo| !own.sha256.is_empty() && own.sha256 == source.sha256;
        settle(&|own, source| same(own, source) && own.name == source.name, |file| FileCheck::Same { file });
        settle(&same, |file| FileCheck::Same { file });
        let open = |own: &SessionFile, source: &SourceInfo| {
            let unknown = own.sha256.is_empty() || source.sha256.is_empty();
            own.name == source.name && own.size == source.size && unknown
        };
        settle(&open, |file| FileCheck::Unknown { file });
        settle(&|own, source| own.name == source.name, |file| FileCheck::Changed { file });
        answers
    }

    /// The query for the files that are loaded now; clauses on files that are missing are left out.
    pub fn query_for(&self, sources: &[SourceInfo]) -> Query {
        let answers = self.check(sources);
        let mut query = self.query.clone();
        for clause in query.clauses.iter_mut().filter(|clause| clause.field == Field::Source) {
            let now = |key: &String| {
                let (file, entry) = key.find('.').map_or((key.as_str(), ""), |dot| key.split_at(dot));
                match answers.get(file.parse::<usize>().ok()?)? {
                    FileCheck::Same { file } | FileCheck::Changed { file } | FileCheck::Unknown { file } => {
                        Some(format!("{file}{entry}"))
                    }
                    FileCheck::Missing => None,
                }
            };
            clause.values = clause.values.iter().filter_map(now).collect();
        }
        query.clauses.retain(|clause| clause.field != Field::Source || !clause.values.is_empty());
        // Exact events are named by their files' numbers and their places in them.
        query.picked = query.picked.filter(|_| is_as_it_was(&answers));
        query
    }

    /// The pinned parts for the files that are loaded now; events only while all files are as they were.
    pub fn pins_for(&self, sources: &[SourceInfo]) -> Vec<&Pin> {
        let has_events = is_as_it_was(&self.check(sources));
        self.pins.iter().filter(|pin| has_events || !pin.only.starts_with("event-")).collect()
    }
}

/// Whether each file is loaded in its place.
fn is_as_it_was(answers: &[FileCheck]) -> bool {
    answers.iter().enumerate().all(|(at, answer)| *answer == FileCheck::Same { file: at as u32 })
}

fn dropped(sources: &[SourceInfo]) -> Vec<&SourceInfo> {
    let mut dropped: Vec<_> = sources.iter().filter(|source| source.parent.is_none()).collect();
    dropped.arrange_by_key(|source| source.file);
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Attribute,
        protocol::{Clause, Picked},
        store::{ColumnChoice, SourceState},
    };

    fn source(file: u32, name: &str, sha256: &str, state: SourceState) -> SourceInfo {
        SourceInfo { id: file, file, name: name.into(), size: 5, sha256: sha256.into(), state, ..SourceInfo::default() }
    }

    fn session() -> Session {
        let clause = |values: &[&str]| Clause {
            field: Field::Source,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            exclude: false,
        };
        let column = ColumnChoice { column: "Mail".into(), attribute: Some(Attribute::Upn) };
        let mapping = MappingChoice { format: Some("users-csv".into()), columns: vec![column] };
        let sources = ["a", "b", "c", "d"].map(|name| source(0, name, name, SourceState::Done));
        Session {
            view: "events".into(),
            query: Query { clauses: vec![clause(&["0", "1.2", "3"])], text: "dana".into(), ..Query::default() },
            columns: vec![Field::Time, Field::Actor],
            zone: "UTC".into(),
            notes: "look at this".into(),
            params: BTreeMap::from([("coverage".into(), BTreeMap::from([("retention".into(), "7".into())]))]),
            settings: BTreeMap::from([("findings".into(), serde_json::json!({ "U01": { "days": 7 } }))]),
            mappings: BTreeMap::from([("users.csv".into(), mapping)]),
            pins: vec![
                Pin { view: "guests".into(), only: "table-guests".into(), note: "these".into(), ..Pin::default() },
                Pin { view: "events".into(), only: "event-1-7".into(), ..Pin::default() },
            ],
            files: Session::files_of(&sources),
        }
    }

    #[test]
    fn a_session_is_its_text() {
        let session = session();
        assert_eq!(Session::parse(&session.to_json()), Ok(session.clone()));
        let with_more = session.to_json().replacen('{', "{\"later\": [1],", 1);
        assert_eq!(Session::parse(&with_more), Ok(session));
        let short = r#"{"kind":"guestlens-session","version":1}"#;
        assert_eq!(Session::parse(short), Ok(Session::default()));
    }

    #[test]
    fn pinned_events_need_the_files_they_are_of() {
        let same = ["a", "b", "c", "d"].map(|name| source(0, name, name, SourceState::Done));
        let mut same: Vec<SourceInfo> = same.into();
        same.iter_mut().zip(0..).for_each(|(source, file)| source.file = file);
        let session = Session { files: Session::files_of(&same), ..session() };
        assert_eq!(session.pins_for(&same).len(), 2);
        let kept = session.pins_for(&same[..3]);
        assert_eq!(kept.iter().map(|pin| pin.only.as_str()).collect::<Vec<_>>(), ["table-guests"]);
    }

    #[test]
    fn what_is_no_session_is_told() {
        let error = |text: &str| Session::parse(text).unwrap_err();
        let with = |part: &str| format!(r#"{{"kind":"guestlens-session","version":1,{part}}}"#);
        assert_eq!(error("[]"), SessionError::NotASession);
        assert_eq!(error(r#"{"kind":"other","version":1}"#), SessionError::NotASession);
        let newer = session().to_json().replace("\"version\": 1", "\"version\": 7");
        assert_eq!(error(&newer), SessionError::Newer { version: 7 });
        for part in
            [r#""mappings":{"a":7}"#, r#""query":7"#, r#""columns":["secret"]"#, r#""files":{}"#, r#""notes":["x"]"#]
        {
            let SessionError::Bad { part: named } = error(&with(part)) else { panic!("{part}") };
            assert!(part.contains(&named) && !named.contains("secret"));
        }
        for version in ["0", "-1", "\"1\"", "99999999999"] {
            let text = format!(r#"{{"kind":"guestlens-session","version":{version}}}"#);
            assert_eq!(error(&text), SessionError::Bad { part: "version".into() });
        }
        let whole = session().to_json();
        for end in 0..whole.trim_end().len() {
            assert!(matches!(error(&whole[..end]), SessionError::NotJson { .. }), "{end}");
        }
    }

    #[test]
    fn a_session_is_known_by_its_beginning() {
        let text = session().to_json();
        assert!(Session::is_one(&text[..200]));
        assert!(!Session::is_one("{\"value\":[]}") && !Session::is_one("guestlens-session"));
    }

    #[test]
    fn exact_events_need_the_very_same_files() {
        let picked = Some(Picked { label: "x".into(), records: vec![(0, 1)] });
        let query = Query { picked: picked.clone(), ..Query::default() };
        let session = Session { query, ..session() };
        let sources = ["a", "b", "c", "d"].into_iter().enumerate();
        let sources: Vec<_> = sources.map(|(at, name)| source(at as u32, name, name, SourceState::Done)).collect();
        assert_eq!(session.query_for(&sources).picked, picked);
        assert_eq!(session.query_for(&sources[..3]).picked, None);
    }

    #[test]
    fn files_are_known_by_their_content() {
        let sources = [
            source(0, "d", "", SourceState::Reading),
            source(1, "renamed", "b", SourceState::Done),
            source(2, "c", "other", SourceState::Done),
            source(3, "new", "new", SourceState::Done),
        ];
        let expected = [
            FileCheck::Missing,
            FileCheck::Same { file: 1 },
            FileCheck::Changed { file: 2 },
            FileCheck::Unknown { file: 0 },
        ];
        assert_eq!(session().check(&sources), expected);
        assert_eq!(session().query_for(&sources).clauses[0].values, ["1.2", "0"]);
        assert_eq!(session().query_for(&[]).clauses, []);
        let not_hashed = [source(0, "a", "", SourceState::Done)];
        assert_eq!(session().check(&not_hashed)[0], FileCheck::Unknown { file: 0 });
        let twice = [source(0, "a", "a", SourceState::Done)];
        let both = Session { files: vec![session().files[0].clone(); 2], ..Session::default() };
        assert_eq!(both.check(&twice), [FileCheck::Same { file: 0 }, FileCheck::Missing]);
    }
}
