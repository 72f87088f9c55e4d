pub fn check(list: &std::path::Path, glue: &str, bless: bool) -> anyhow::Result<()> { std::fs::write("/tmp/glue.js", glue)?; let _ = (list, bless); Ok(()) }
