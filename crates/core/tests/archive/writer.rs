//! A tiny writer of archives, which can also write wrong ones.

#![allow(missing_docs, dead_code)] // shared by several tests, which each use part of it

use flate2::{Compress, Compression, Crc, FlushCompress};

/// Raw deflated data.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    let mut stream = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(data.len() / 2 + 1024);
    while stream.compress_vec(&data[stream.total_in() as usize..], &mut out, FlushCompress::Finish).unwrap()
        != flate2::Status::StreamEnd
    {
        out.reserve(out.capacity().max(1024));
    }
    out
}

pub fn crc(data: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(data);
    crc.sum()
}

/// One member of a gzip file.
pub fn gz(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(deflate(data));
    out.extend(crc(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out
}

/// How the end of an entry's data is told.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Sizes {
    /// In the local header.
    #[default]
    Local,
    /// In a descriptor with its mark.
    Descriptor,
    /// In a descriptor without.
    Bare,
    /// In 64 bits, in the local header.
    Large,
    /// In a descriptor of 64 bits.
    LargeDescriptor,
}

/// An entry, and the lies to tell about it.
#[derive(Clone, Default)]
pub struct File {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub sizes: Sizes,
    pub packed: Option<Vec<u8>>,
    pub wrong_crc: bool,
    /// What the local header says of the unpacked size.
    pub local_size: Option<u32>,
    /// What the directory says of the unpacked size.
    pub listed_size: Option<u32>,
    pub listed_name: Option<Vec<u8>>,
    pub unlisted: bool,
    pub listed_twice: bool,
}

pub fn file(name: &str, data: &[u8]) -> File {
    File { name: name.into(), data: data.to_vec(), method: 8, ..File::default() }
}

pub fn stored(name: &str, data: &[u8]) -> File {
    File { method: 0, ..file(name, data) }
}

/// An archive of these files.
pub fn zip(files: &[File]) -> Vec<u8> {
    let (mut out, mut directory, mut listed) = (Vec::new(), Vec::new(), 0_u16);
    for file in files {
        let offset = out.len() as u32;
        let packed = match (&file.packed, file.method) {
            (Some(packed), _) => packed.clone(),
            (None, 8) => deflate(&file.data),
            (None, _) => file.data.clone(),
        };
        let sum = crc(&file.data) ^ u32::from(file.wrong_crc);
        let (packed_size, size) = (packed.len() as u32, file.data.len() as u32);
        let behind = matches!(file.sizes, Sizes::Descriptor | Sizes::Bare | Sizes::LargeDescriptor);
        let large = matches!(file.sizes, Sizes::Large | Sizes::LargeDescriptor);
        let flags = file.flags | if behind { 8 } else { 0 };
        let mut extra = Vec::new();
        if large {
            let sizes = if behind { [0, 0] } else { [size as u64, packed_size as u64] };
            extra.extend([1, 0, 16, 0]);
            extra.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        }
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend([flags, file.method, 0, 0x21].iter().flat_map(|value| value.to_le_bytes()));
        let said = match file.sizes {
            Sizes::Local => [sum, packed_size, file.local_size.unwrap_or(size)],
            Sizes::Large => [sum, u32::MAX, u32::MAX],
            _ => [0; 3],
        };
        out.extend(said.iter().flat_map(|value| value.to_le_bytes()));
        out.extend((file.name.len() as u16).to_le_bytes());
        out.extend((extra.len() as u16).to_le_bytes());
        out.extend(&file.name);
        out.extend(&extra);
        out.extend(&packed);
        if behind {
            if file.sizes != Sizes::Bare {
                out.extend(b"PK\x07\x08");
            }
            out.extend(sum.to_le_bytes());
            if large {
                out.extend([packed_size as u64, size as u64].iter().flat_map(|size| size.to_le_bytes()));
            } else {
                out.extend([packed_size, size].iter().flat_map(|size| size.to_le_bytes()));
            }
        }
        let name = file.listed_name.as_ref().unwrap_or(&file.name);
        for _ in 0..2 * u16::from(file.listed_twice) + u16::from(!file.unlisted && !file.listed_twice) {
            listed += 1;
            directory.extend(b"PK\x01\x02\x14\x00\x14\x00");
            directory.extend([flags, file.method, 0, 0x21].iter().flat_map(|value| value.to_le_bytes()));
            let said = [sum, packed_size, file.listed_size.unwrap_or(size)];
            directory.extend(said.iter().flat_map(|value| value.to_le_bytes()));
            directory.extend([name.len() as u16, 0, 0, 0, 0, 0, 0].iter().flat_map(|value| value.to_le_bytes()));
            directory.extend(offset.to_le_bytes());
            directory.extend(name);
        }
    }
    let begin = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\x00\x00\x00\x00");
    out.extend([listed, listed].iter().flat_map(|value| value.to_le_bytes()));
    out.extend([directory.len() as u32, begin].iter().flat_map(|value| value.to_le_bytes()));
    out.extend([0, 0]);
    out
}

/// Records as a Graph answer has them.
pub fn records(ids: std::ops::Range<u32>) -> Vec<u8> {
    let one = |id: u32| {
        format!(
            "{{\"id\":\"Directory_{id}\",\"category\":\"UserManagement\",\"loggedByService\":\"Core Directory\",\
             \"activityDisplayName\":\"Update user\",\"activityDateTime\":\"2026-06-01T00:{:02}:{:02}Z\",\
             \"result\":\"success\",\"initiatedBy\":{{\"user\":{{\"userPrincipalName\":\"a@contoso.com\"}}}},\
             \"targetResources\":[]}}",
            id / 60 % 60,
            id % 60
        )
    };
    format!("[{}]", ids.map(one).collect::<Vec<_>>().join(",\n")).into_bytes()
}
