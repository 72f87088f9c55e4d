//! Sign-ins of Microsoft Graph: arrays, pages and lines of `signIn` objects, v1.0 and beta, also as
//! PowerShell's `ConvertTo-Json` writes them.
//!
//! Source: Microsoft Graph reference, `signIn`. Objects inside are flattened, their members named by the
//! path to them; lists are kept as JSON.

use super::{
    Format,
    draft::Draft,
    graph_json::read_time,
    json_import::{JsonImport, RecordMap},
    json_read::{Read, Reader},
    json_value::{Value, unescape},
    signin::SignIn,
    signin_slot::{Place, Slot},
    sniff::{Head, Shape},
};
use crate::{model::Log, store::ProblemKind};

/// Graph's JSON.
pub(super) const FORMAT: Format = Format {
    id: "graph-signin-json",
    label: "Graph signIn (JSON)",
    sniff: |head| head.is_json() && is_sign_ins(head),
    begin: |_| Box::new(JsonImport::new(SignInReader::graph())),
};

/// Whether the records are sign-ins of Graph.
fn is_sign_ins(head: &Head) -> bool {
    const SIGNS: [&str; 10] = [
        "createddatetime",
        "appdisplayname",
        "appid",
        "userprincipalname",
        "serviceprincipalid",
        "resourcedisplayname",
        "clientappused",
        "conditionalaccessstatus",
        "ipaddress",
        "signineventtypes",
    ];
    let like = |record: &Shape| {
        (record.has("appdisplayname") || record.has("appid") || record.has("resourcedisplayname"))
            && SIGNS.iter().filter(|sign| record.has(sign)).count() >= 4
    };
    head.any_record(like)
}

/// Reads the members of sign-ins.
#[derive(Default)]
pub(super) struct SignInReader {
    pub(super) sign_in: SignIn,
    /// Members by their path, in the order of the records: after one most likely comes the next.
    slots: Vec<(Vec<u8>, Slot)>,
    /// Where the next member is looked for first.
    next: usize,
    path: Vec<u8>,
    text: Vec<u8>,
    /// Whether names begin with a small letter, as Graph's do even where PowerShell writes them.
    small: bool,
}

impl SignInReader {
    /// How deep objects are flattened; what is deeper is kept as JSON.
    const DEEPEST: u32 = 4;
    /// More paths than records of one kind have.
    const MOST: usize = 1000;

    /// Names members as Graph does.
    pub(super) fn graph() -> Self {
        Self { small: true, ..Self::default() }
    }

    /// Begins a sign-in of a log, if that is known.
    pub(super) fn begin(&mut self, log: Option<Log>) {
        self.sign_in.begin(log);
        self.next = 0;
        self.path.clear();
    }

    /// Reads the object of a sign-in.
    pub(super) fn object(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<()> {
        reader.object(|reader, key| self.member(key, reader, draft, 1))
    }

    /// Reads an object that stands under a name in a sign-in.
    pub(super) fn object_at(&mut self, name: &[u8], reader: &mut Reader, draft: &mut Draft) -> Read<()> {
        self.path.clear();
        self.member(name, reader, draft, 1)
    }

    fn member(&mut self, key: &[u8], reader: &mut Reader, draft: &mut Draft, depth: u32) -> Read<()> {
        let length = self.path.len();
        if length > 0 {
            self.path.push(b'.');
        }
        let start = self.path.len();
        let bad = unescape(key, &mut self.path);
        if self.small
            && let Some(first) = self.path.get_mut(start)
        {
            first.make_ascii_lowercase();
        }
        let at = self.slot();
        match (self.slots[at].1.place, reader.peek()?) {
            (Place::Time(rank), _) => read_time(reader, draft, rank)?,
            (Place::More, b'{') => {
                self.path.truncate(length);
                reader.object(|reader, key| self.member(key, reader, draft, depth))?;
            }
            (_, b'{') if depth <= Self::DEEPEST => {
                reader.object(|reader, key| self.member(key, reader, draft, depth + 1))?;
            }
            _ => {
                let value = reader.value()?;
                self.value(at, value, draft);
            }
        }
        if bad {
            draft.note(ProblemKind::BadText);
        }
        self.path.truncate(length);
        Ok(())
    }

    fn value(&mut self, at: usize, value: Value, draft: &mut Draft) {
        if value.is_empty() {
            return;
        }
        let mut bad = false;
        let text = value.text(&mut self.text, &mut bad);
        self.sign_in.put(&mut self.slots[at].1, text, draft);
        if bad {
            draft.note(ProblemKind::BadText);
        }
    }

    /// The slot of the path at hand.
    #[inline]
    fn slot(&mut self) -> usize {
        let at = self.next;
        let found = match self.slots.get(at) {
            Some((path, _)) if *path == self.path => at,
            _ => self.other_slot(at),
        };
        self.next = found + 1;
        found
    }

    #[cold]
    fn other_slot(&mut self, at: usize) -> usize {
        if let Some(found) = self.slots.iter().position(|(path, _)| *path == self.path) {
            return found;
        }
        if self.slots.len() >= Self::MOST {
            self.slots.clear();
        }
        let at = at.min(self.slots.len());
        self.slots.insert(at, (self.path.clone(), Slot::new(&self.path)));
        at
    }
}

impl RecordMap for SignInReader {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        self.begin(None);
        self.object(reader, draft)?;
        Ok(self.sign_in.end(draft))
    }
}
