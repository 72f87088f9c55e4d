//! Writes the files of the sample tenant into a folder:
//! `cargo run -p guestlens-core --example sample-tenant -- <folder> [seed]`.

use guestlens_core::sample;
use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: sample-tenant <folder> [seed]");
        return ExitCode::FAILURE;
    };
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(sample::SEED);
    for file in sample::files(seed) {
        let path = Path::new(&folder).join(&file.name);
        if let Err(error) = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &file.bytes)) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
        println!("{:>10} bytes  {:?}  {}", file.bytes.len(), file.kind, path.display());
    }
    ExitCode::SUCCESS
}
