//! `cargo xtask serve`: the page on a local address, with the headers a host should send.

use crate::{build, workspace::Workspace};
use anyhow::{Context, Result};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    thread,
    time::Duration,
};

/// `Connection-Allowlist: ()` allows no connection at all, where a browser knows it; the page itself
/// carries its policy in a `<meta>`.
const HEADERS: &str = "\
X-Content-Type-Options: nosniff\r\n\
Referrer-Policy: no-referrer\r\n\
Connection-Allowlist: ()\r\n\
Cache-Control: no-store\r\n\
Connection: close\r\n";

pub fn serve(workspace: &Workspace, port: u16, dev: bool) -> Result<()> {
    let file = build::build(workspace, &build::Options { dev, ..build::Options::default() })?;
    let listener =
        TcpListener::bind(("127.0.0.1", port)).with_context(|| format!("port {port} (choose another by --port)"))?;
    let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    println!("\n  http://127.0.0.1:{}/   (Ctrl+C ends it)", listener.local_addr()?.port());
    println!("  or open the file itself: {}\n", file.display());
    let dist = workspace.dist();
    for stream in listener.incoming() {
        let (stream, dist, name) = (stream?, dist.clone(), name.clone());
        // A browser opens connections it may never use; they must not keep others waiting.
        thread::spawn(move || answer(&stream, &dist, &name));
    }
    Ok(())
}

fn answer(mut stream: &TcpStream, dist: &Path, index: &str) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().context("an empty request")??;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = file_for(dist, path, index).and_then(|file| Some((fs::read(&file).ok()?, content_type(&file))));
    let (status, kind, body) = match found {
        _ if method != "GET" && method != "HEAD" => ("405 Method Not Allowed", "text/plain", b"GET only".to_vec()),
        Some((body, kind)) => ("200 OK", kind, body),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{HEADERS}\r\n", body.len())?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    Ok(stream.flush()?)
}

/// Only plain names below `dist`: no `..`, no absolute path.
fn file_for(dist: &Path, path: &str, index: &str) -> Option<PathBuf> {
    let path = path.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { index } else { path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| dist.join(path))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("sha256") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_above_the_folder_is_served() {
        let file = |path| file_for(Path::new("dist"), path, "guestlens.html");
        assert_eq!(file("/"), Some("dist/guestlens.html".into()));
        assert_eq!(file("/?x#y"), Some("dist/guestlens.html".into()));
        assert_eq!(file("/a.html"), Some("dist/a.html".into()));
        for bad in ["/../Cargo.toml", "//etc/passwd", "a", "/a/../../b"] {
            assert_eq!(file(bad), None, "{bad}");
        }
    }
}
