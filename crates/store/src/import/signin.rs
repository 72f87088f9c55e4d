//! What all exports of sign-ins have in common: how the values of one sign-in become an event.
//!
//! Sources: the headers of the portal's downloads (55, 57 and 22 columns), Microsoft Graph reference,
//! `signIn`, v1.0 and beta, and Azure Monitor's table reference, `SigninLogs` and the tables beside it.

use super::{
    draft::Draft,
    json_read::Reader,
    signin_slot::{Place, Slot},
};
use crate::model::{Column, Log, TargetColumn};

/// The user's id where no user signs in.
const NOBODY: &[u8] = b"00000000-0000-0000-0000-000000000000";

/// The values of one sign-in that depend on each other.
#[derive(Default)]
pub(super) struct SignIn {
    log: Option<Log>,
    application: Named,
    resource: Named,
    principal: Vec<u8>,
    status: Vec<u8>,
    code: Vec<u8>,
    interactive: Option<bool>,
}

/// A name and an id.
#[derive(Default)]
struct Named {
    name: Vec<u8>,
    id: Vec<u8>,
}

impl Named {
    fn put(&mut self, column: TargetColumn, text: &[u8]) {
        text.clone_into(if column == TargetColumn::Id { &mut self.id } else { &mut self.name });
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.id.is_empty()
    }

    fn write(&self, kind: &[u8], draft: &mut Draft) {
        draft.event.begin_target();
        draft.event.set_target(TargetColumn::Type, kind);
        draft.event.set_target(TargetColumn::Name, &self.name);
        draft.event.set_target(TargetColumn::Id, &self.id);
    }
}

impl SignIn {
    /// Begins a sign-in of a log, if that is known.
    pub(super) fn begin(&mut self, log: Option<Log>) {
        self.log = log;
        self.interactive = None;
        let Self { application, resource, principal, status, code, .. } = self;
        for text in
            [&mut application.name, &mut application.id, &mut resource.name, &mut resource.id, principal, status, code]
        {
            text.clear();
        }
    }

    /// Says which log it is of, once that is known.
    pub(super) fn set_log(&mut self, log: Option<Log>) {
        self.log = log;
    }

    /// Takes a value that is not empty.
    #[inline]
    pub(super) fn put(&mut self, slot: &mut Slot, text: &[u8], draft: &mut Draft) {
        match slot.place {
            Place::Detail | Place::More => slot.detail(text, draft),
            Place::Set(Column::ActorId) if text == NOBODY => slot.detail(text, draft),
            Place::Set(column) => draft.set(column, text),
            Place::Time(rank) => draft.time(rank, text),
            Place::UserType => draft.set(Column::ActorUserType, user_type(text)),
            Place::Application(column) => self.application.put(column, text),
            Place::Resource(column) => self.resource.put(column, text),
            Place::PrincipalName => text.clone_into(&mut self.principal),
            Place::Status => text.clone_into(&mut self.status),
            Place::ErrorCode => {
                text.clone_into(&mut self.code);
                slot.detail(text, draft);
            }
            Place::EventTypes => match first_of(text) {
                Some((first, alone)) => {
                    draft.set(Column::Category, first);
                    if !alone {
                        slot.detail(text, draft);
                    }
                }
                None => draft.set(Column::Category, text),
            },
            Place::IsInteractive => {
                self.interactive = Some(text.eq_ignore_ascii_case(b"true"));
                slot.detail(text, draft);
            }
        }
    }

    /// Takes the error code that stands around the sign-in, if it has none itself; whether its own is
    /// another.
    pub(super) fn outer_code(&mut self, text: &[u8], draft: &mut Draft) -> bool {
        if self.code.is_empty() && !text.is_empty() {
            text.clone_into(&mut self.code);
            draft.event.detail(b"Sign-in error code", text);
        }
        self.code != text
    }

    /// Ends the sign-in; whether it is one.
    pub(super) fn end(&mut self, draft: &mut Draft) -> bool {
        let event = &draft.event;
        let user = [Column::ActorUpn, Column::ActorName, Column::ActorId].into_iter().any(|column| event.has(column));
        let principal = !self.principal.is_empty() || event.has(Column::ActorServicePrincipalId);
        if !user && !principal && self.application.is_empty() && self.resource.is_empty() {
            return false;
        }
        let log = self.log.unwrap_or_else(|| self.log_of(draft, !user && principal));
        draft.log = log;
        let (category, of_user) = match log {
            Log::NonInteractive => (&b"nonInteractiveUser"[..], true),
            Log::Application | Log::MicrosoftApplication => (&b"servicePrincipal"[..], false),
            Log::ManagedIdentity => (&b"managedIdentity"[..], false),
            Log::Interactive | Log::Audit | Log::Unified => (&b"interactiveUser"[..], true),
        };
        draft.set_missing(Column::Category, category);
        draft.set(Column::Service, b"Sign-ins");
        draft.set(Column::Activity, b"Sign-in");
        if of_user && user {
            draft.set(Column::ActorType, b"User");
        } else if principal || !of_user {
            draft.set(Column::ActorType, b"Application");
            draft.set_missing(Column::ActorAppId, &self.application.id);
        }
        if !self.principal.is_empty() {
            let free = !of_user && !draft.event.has(Column::ActorName);
            let column = if free { Column::ActorName } else { Column::ActorServicePrincipalName };
            draft.set(column, &self.principal);
        }
        self.result(draft);
        self.targets(draft);
        true
    }

    /// The log of a sign-in that does not come under the name of one.
    fn log_of(&self, draft: &Draft, of_principal: bool) -> Log {
        let is = |text: &[u8]| draft.event.is(Column::Category, text);
        match (self.interactive, draft.event.has(Column::Category)) {
            (_, true) if is(b"nonInteractiveUser") => Log::NonInteractive,
            (_, true) if is(b"servicePrincipal") => Log::Application,
            (_, true) if is(b"managedIdentity") => Log::ManagedIdentity,
            (_, false) if of_principal => Log::Application,
            (Some(false), false) => Log::NonInteractive,
            _ => Log::Interactive,
        }
    }

    fn result(&self, draft: &mut Draft) {
        const WORDS: [&[u8]; 3] = [b"success", b"failure", b"interrupted"];
        let known = WORDS.iter().any(|word| word.eq_ignore_ascii_case(&self.status));
        let result: &[u8] = match (&self.status[..], &self.code[..]) {
            (status, _) if known => status,
            (_, b"0") => b"success",
            (b"", b"") => b"",
            (b"", _) => b"failure",
            // In another language.
            (status, _) => status,
        };
        draft.set(Column::Result, result);
    }

    /// The resource is a target of its own where it is not the application itself.
    fn targets(&self, draft: &mut Draft) {
        let Self { application, resource, .. } = self;
        if !application.is_empty() {
            application.write(b"Application", draft);
        }
        let says_more = |own: &[u8], other: &[u8]| !own.is_empty() && own != other;
        if says_more(&resource.name, &application.name) || says_more(&resource.id, &application.id) {
            resource.write(b"Resource", draft);
        }
    }
}

/// `Member` and `Guest` as the audit log writes them.
fn user_type(text: &[u8]) -> &[u8] {
    const TYPES: [&[u8]; 2] = [b"Member", b"Guest"];
    TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(text)).unwrap_or(text)
}

/// The first text of a list, and whether it is the only one.
fn first_of(list: &[u8]) -> Option<(&[u8], bool)> {
    let mut reader = Reader::new(list);
    let (mut first, mut count) = (None, 0);
    let read = reader.peek().and_then(|_| {
        reader.array(|reader| {
            let (text, escaped) = reader.string()?;
            first = first.or((!escaped).then_some(text));
            count += 1;
            Ok(())
        })
    });
    read.ok().and(first).map(|first| (first, count == 1))
}

/// The log that a diagnostic category or a table is, for example `SignInLogs` or
/// `AADServicePrincipalSignInLogs`. Sign-ins at AD FS are sign-ins of users.
pub(super) fn log_of(name: &[u8]) -> Option<Log> {
    let name = name.to_ascii_lowercase();
    Some(match name.strip_prefix(b"aad").unwrap_or(&name) {
        b"signinlogs" | b"adfssigninlogs" => Log::Interactive,
        b"noninteractiveusersigninlogs" => Log::NonInteractive,
        b"serviceprincipalsigninlogs" => Log::Application,
        b"managedidentitysigninlogs" => Log::ManagedIdentity,
        b"microsoftserviceprincipalsigninlogs" => Log::MicrosoftApplication,
        _ => return None,
    })
}
