use crate::workspace::Workspace;
pub fn serve(_: &Workspace, _: u16, _: bool) -> anyhow::Result<()> {
    Ok(())
}
