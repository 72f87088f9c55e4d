use crate::workspace::Workspace;
pub fn test(_: &Workspace, _: Option<&str>, _: bool) -> anyhow::Result<()> {
    Ok(())
}
