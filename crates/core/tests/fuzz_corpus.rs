//! The stored corpus of the fuzzers and so many seeded mutations of it. The fuzzers themselves are in
//! the folder `fuzz`.

#[path = "../../../fuzz/accounted.rs"]
mod accounted;
#[path = "archive/writer.rs"]
mod writer;

use std::{
    fs,
    path::{Path, PathBuf},
};
use writer::{File, Sizes, file, gz, records, stored, zip};

/// Mutations of each file.
const MUTATIONS: u64 = 250;

fn corpus(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| (path.clone(), fs::read(path).unwrap());
    paths.into_iter().map(read).collect()
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// What has a meaning somewhere.
const WORDS: [&[u8]; 16] = [
    b"\"",
    b",",
    b"\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\u",
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xff\xff\xff",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x07\x08",
];

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(out.len() + 1);
        let end = (at + random.below(20)).min(out.len());
        match random.below(7) {
            0 if at < out.len() => out[at] ^= 1 << random.below(8),
            1 if at < out.len() => out[at] = random.below(256) as u8,
            2 => drop(out.drain(at..end)),
            3 => {
                let again = out[at..end].to_vec();
                out.splice(at..at, again);
            }
            4 => out.truncate(at),
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                let end = if random.below(2) == 0 { at } else { (at + word.len()).min(out.len()) };
                out.splice(at..end, word.iter().copied());
            }
        }
    }
    out
}

fn run(folder: &str, read: fn(&[u8], usize) -> guestlens_core::store::Store) {
    let files = corpus(folder);
    assert!(files.len() >= 8);
    for (_, bytes) in &files {
        for step in [1, 7, usize::MAX] {
            read(bytes, step);
        }
    }
    let mut random = Random(20_260_601);
    for round in 0..MUTATIONS {
        for (path, bytes) in &files {
            let mutated = mutate(bytes, &mut random);
            let step = [usize::MAX, 1 + random.below(200)][random.below(2)];
            let fine = std::panic::catch_unwind(|| read(&mutated, step)).is_ok();
            assert!(fine, "{} round {round} step {step}: {:?}", path.display(), String::from_utf8_lossy(&mutated));
        }
    }
}

#[test]
fn texts_never_panic_and_are_accounted_for() {
    run("import", accounted::import);
}

/// A format without a file here would not be fuzzed at all.
#[test]
fn the_corpus_has_every_format() {
    let formats = |(_, bytes): &(PathBuf, Vec<u8>)| accounted::import(bytes, usize::MAX).sources[0].format.clone();
    let found: Vec<String> = corpus("import").iter().map(formats).collect();
    let missing = guestlens_core::import::FORMATS.iter().filter(|format| !found.iter().any(|found| found == format.id));
    assert_eq!(missing.map(|format| format.id).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn archives_never_panic_and_are_accounted_for() {
    run("archive", accounted::file);
}

/// Writes the archives of the corpus anew: `cargo test -p guestlens-core --test fuzz_corpus -- --ignored`.
#[test]
#[ignore = "writes files"]
fn write_the_archives() {
    let text = records(0..2);
    let zeros = vec![b' '; 1_300_000];
    let archives: [(&str, Vec<u8>); 15] = [
        ("plain.gz", gz(&text)),
        ("members.gz", [gz(&text), gz(&records(2..3)), vec![0; 9]].concat()),
        ("bomb.gz", gz(&zeros)),
        ("gz-in-gz.gz", gz(&gz(&text))),
        ("deflate.zip", zip(&[file("a/b.json", &text)])),
        ("stored.zip", zip(&[stored("a.json", &text), file("folder/", b"")])),
        ("descriptor.zip", zip(&[File { sizes: Sizes::Descriptor, ..file("a.json", &text) }])),
        ("bare.zip", zip(&[File { sizes: Sizes::Bare, ..file("a.json", &text) }])),
        ("zip64.zip", zip(&[File { sizes: Sizes::Large, ..file("a.json", &text) }])),
        ("zip64-descriptor.zip", zip(&[File { sizes: Sizes::LargeDescriptor, ..file("a.json", &text) }])),
        ("stored-descriptor.zip", zip(&[File { sizes: Sizes::Descriptor, ..stored("a.json", &text) }])),
        ("bomb.zip", zip(&[file("a.csv", &zeros), File { sizes: Sizes::Descriptor, ..file("b", &zeros) }])),
        ("nested.zip", zip(&[file("b.zip", &zip(&[file("c.json", &text)]))])),
        ("encrypted.zip", zip(&[File { flags: 9, sizes: Sizes::Descriptor, ..file("a.json", &text) }])),
        ("names.zip", zip(&[File { listed_twice: true, ..file("../\u{202e}=a\n.json", b"[]") }, file("", b"")])),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/archive");
    for (name, bytes) in archives {
        fs::write(folder.join(name), bytes).unwrap();
    }
}
