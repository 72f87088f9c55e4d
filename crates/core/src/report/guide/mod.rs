//! What to export next: for each kind of data that a view may lack, where it is found, who may export it,
//! under which licence, and lines to copy. Plain data; a view says what it lacks with [`guide`].

mod recipes;

use super::blocks::{Note, Tone};
use crate::{
    model::{Attribute, EntityKind, Log, Origin},
    store::{SourceInfo, Store},
};

/// A kind of data that a view may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// Users: who is a guest, who is the sponsor, when somebody signed in last.
    Users,
    /// The directory's audit log.
    AuditLogs,
    /// Interactive and non-interactive sign-ins.
    SignIns,
    /// Access package assignments.
    Assignments,
    /// Access package requests.
    Requests,
    /// Access packages and catalogs.
    Packages,
    /// Assignment policies.
    Policies,
    /// Connected organizations.
    Organizations,
    /// Decisions of access reviews.
    Reviews,
    /// The audit log of an Azure AD B2C tenant.
    B2c,
    /// What access packages give: groups, applications, sites.
    Resources,
}

/// How to get a kind of data.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// What it is, as a heading.
    pub title: &'static str,
    /// What it answers that nothing else does.
    pub answers: &'static str,
    /// The least role that may export it.
    pub role: &'static str,
    /// The licence that the tenant needs.
    pub licence: &'static str,
    /// The way in the portal, step by step.
    pub steps: &'static [&'static str],
    /// What Graph asks consent for.
    pub scopes: &'static str,
    /// What to ask Graph for: what it is, and the address behind `https://graph.microsoft.com/`.
    pub queries: &'static [(&'static str, &'static str)],
    /// The name of the file that the PowerShell lines write.
    pub file: &'static str,
    /// Microsoft's pages that say so.
    pub sources: &'static [&'static str],
}

impl Need {
    /// In the order in which they answer most.
    pub const ALL: [Self; 11] = [
        Self::AuditLogs,
        Self::Users,
        Self::SignIns,
        Self::Assignments,
        Self::Requests,
        Self::Packages,
        Self::Policies,
        Self::Resources,
        Self::Organizations,
        Self::Reviews,
        Self::B2c,
    ];

    /// The stable kebab-case name, `data-kind` of its instruction.
    pub fn id(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::AuditLogs => "audit",
            Self::SignIns => "sign-ins",
            Self::Assignments => "assignments",
            Self::Requests => "requests",
            Self::Packages => "packages",
            Self::Policies => "policies",
            Self::Organizations => "connected-organizations",
            Self::Reviews => "review-decisions",
            Self::B2c => "b2c",
            Self::Resources => "resources",
        }
    }

    /// How to get it.
    pub fn recipe(self) -> &'static Recipe {
        recipes::of(self)
    }

    /// Whether the loaded files hold any of it: for entities, a record about them and not a mere mention.
    pub fn is_met(self, store: &Store) -> bool {
        match self.kinds() {
            [] => self.is_met_by(&store.sources),
            kinds => kinds.iter().any(|kind| {
                let table = store.entity_table(*kind);
                // Packages tell of the resources they give.
                let is_given = |row| *kind == EntityKind::Resource && table.code(row, Attribute::PackageId) != 0;
                (0..table.len()).any(|row| table.origin(row) == Origin::Own || is_given(row))
            }),
        }
    }

    /// The same by what is known of the files alone: of a file with records of several kinds, by most of them.
    pub fn is_met_by(self, sources: &[SourceInfo]) -> bool {
        let mut logs = sources.iter().flat_map(|source| &source.logs);
        match self {
            Self::AuditLogs => logs
                .any(|log| log.records > log.b2c && (log.log == Log::Audit.label() || log.log == Log::Unified.label())),
            // Ordinary tenants have records of the service B2C, about what guests used, and no consumers.
            Self::B2c => logs.any(|log| log.records > 0 && log.b2c == log.records),
            Self::SignIns => {
                let of_users = [Log::Interactive.label(), Log::NonInteractive.label()];
                logs.any(|log| of_users.contains(&log.log.as_str()))
            }
            _ => sources.iter().any(|source| {
                let is_of = |kind: &EntityKind| source.kind.split(' ').any(|word| word == kind.plural());
                source.entity_records + source.duplicates > 0 && self.kinds().iter().any(is_of)
            }),
        }
    }

    /// The entities that it is about; none where it is a log.
    fn kinds(self) -> &'static [EntityKind] {
        match self {
            Self::AuditLogs | Self::B2c | Self::SignIns => &[],
            Self::Users => &[EntityKind::Person],
            Self::Assignments => &[EntityKind::Assignment],
            Self::Requests => &[EntityKind::Request],
            Self::Packages => &[EntityKind::Package],
            Self::Policies => &[EntityKind::Policy],
            Self::Organizations => &[EntityKind::Organization],
            Self::Reviews => &[EntityKind::Decision],
            Self::Resources => &[EntityKind::Resource, EntityKind::ResourceAssignment],
        }
    }
}

/// How to get what is missing, as a remark of a view.
pub fn guide(need: Need) -> Note {
    let recipe = need.recipe();
    let graph =
        |(what, query): &(&str, &str)| (format!("Graph: {what}"), format!("GET https://graph.microsoft.com/{query}"));
    let mut code: Vec<(String, String)> = recipe.queries.iter().map(graph).collect();
    if let Some((_, query)) = recipe.queries.first() {
        code.push(("PowerShell: sign in".into(), format!("Connect-MgGraph -Scopes {}", quoted(recipe.scopes))));
        code.push(("PowerShell: save every page".into(), powershell(query, recipe.file)));
    }
    Note {
        id: format!("export-{}", need.id()),
        tone: Tone::Unknown,
        title: format!("Not loaded: {}", recipe.title),
        text: format!("{} Role: {}. Licence: {}.", recipe.answers, recipe.role, recipe.licence),
        steps: recipe.steps.iter().map(|step| (*step).to_owned()).collect(),
        code,
        door: None,
    }
}

fn quoted(scopes: &str) -> String {
    scopes.split(", ").map(|scope| format!("'{scope}'")).collect::<Vec<_>>().join(", ")
}

/// One line that writes all pages of an answer into a file, as Graph sends them: what names the kind of
/// record stays in, which `ConvertTo-Json` of objects would lose.
fn powershell(query: &str, file: &str) -> String {
    let query = query.replace('\'', "''");
    format!(
        "$u = 'https://graph.microsoft.com/{query}'; while ($u) {{ $p = Invoke-MgGraphRequest -Method GET -Uri $u \
         -OutputType Json; $p | Out-File {file} -Append -Encoding utf8; $u = ($p | ConvertFrom-Json).'@odata.nextLink' }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Import;
    use std::collections::HashSet;

    #[test]
    fn every_need_has_an_instruction_of_its_own() {
        let mut ids = HashSet::new();
        for need in Need::ALL {
            let note = guide(need);
            assert!(ids.insert(note.id.clone()), "{}", note.id);
            assert!(note.text.contains("Role: ") && note.text.contains("Licence: "), "{}", note.id);
            assert!(!note.steps.is_empty() && !note.code.is_empty(), "{}", note.id);
            assert!(!need.recipe().sources.is_empty(), "{}", note.id);
            let dotted = |text: &str| text.contains("..") || text.contains('!');
            assert!(!dotted(&note.text) && !note.steps.iter().any(|step| dotted(step)), "{}", note.id);
            for (_, line) in &note.code {
                assert_eq!(line.matches('\'').count() % 2, 0, "{line}");
                assert!(!line.contains('\n'), "{line}");
            }
        }
        assert_eq!(ids.len(), Need::ALL.len());
    }

    #[test]
    fn quotes_of_a_query_are_doubled_in_powershell() {
        let line = powershell("beta/x?$filter=a eq 'b'", "x.json");
        assert!(line.starts_with("$u = 'https://graph.microsoft.com/beta/x?$filter=a eq ''b'''; while"), "{line}");
    }

    #[test]
    fn knows_what_is_loaded() {
        let load = |text: &str| {
            let mut store = Store::default();
            store.sources.push(SourceInfo::default());
            let mut import = Import::new(0);
            import.push(text.as_bytes(), &mut store);
            import.finish(&mut store);
            let met: Vec<_> = Need::ALL.into_iter().filter(|need| need.is_met(&store)).collect();
            assert!(met.iter().all(|need| need.is_met_by(&store.sources)));
            met
        };
        assert_eq!(load("userPrincipalName,displayName,userType\na@contoso.example,A,Guest\n"), [Need::Users]);
        let assignments = r#"{"@odata.context":"x#identityGovernance/entitlementManagement/assignments","value":[
            {"id":"1","state":"delivered","target":{"id":"2","objectId":"3"},"accessPackage":{"id":"4"}}]}"#;
        // Whom an assignment mentions is not an export of users.
        assert_eq!(load(assignments), [Need::Assignments]);
        let b2c = r#"[{"id":"B2C_1","category":"B2C","loggedByService":"B2C","activityDisplayName":"x",
            "activityDateTime":"2026-06-01T00:00:00Z","correlationId":"c","result":"success"}]"#;
        assert_eq!(load(b2c), [Need::B2c]);
        assert_eq!(load(&b2c.replace("\"B2C\"", "\"Core Directory\"")), [Need::AuditLogs]);
        assert_eq!(load(""), []);
    }
}
