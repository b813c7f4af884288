//! Shards: the part of all documents that one of many machines judges.
//!
//! Which shard a document belongs to is told by what it is, not by its place in a listing: two
//! machines whose folders differ by one file would otherwise count all files behind it differently,
//! and documents would be judged twice or never, in silence. The number of a file is the first eight
//! bytes of the SHA-256 of its name below the input that was named, with `/` (of a file that was
//! named itself: its own name), whatever folder that stands in. The n-th document in a file, from
//! zero, has the file's number plus n; modulo the number of shards that is its shard. A file whose
//! name says that it holds one document is not even opened for another shard.

use std::path::Path;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::{InputFormat, by_ending};

/// One of so many parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from zero.
    number: u64,
    of: u64,
}

/// What of a file belongs to a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing: it need not be opened.
    None,
    /// All of it.
    All,
    /// Those documents whose number, counted on from the file's, is the shard's.
    Counted(Shard, u64),
}

/// The formats that hold many documents.
const MANY: [&str; 6] = ["jsonl", "feed", "email", "warc", "wacz", "cdx"];

impl Shard {
    /// What of a file, or of an address, belongs here.
    pub(super) fn part(self, name: &str, format: Option<&InputFormat>) -> Part {
        let first = Sha256::digest(name.as_bytes()).into_iter().take(8);
        let number = first.fold(0, |number, byte| (number << 8) | u64::from(byte));
        let is_one = format.or_else(|| by_ending(name)).is_some_and(|it| !MANY.contains(&it.name));
        match is_one {
            true if number % self.of == self.number => Part::All,
            true => Part::None,
            false => Part::Counted(self, number),
        }
    }
}

impl Part {
    /// Whether the n-th document of the file belongs to it.
    pub(super) fn takes(self, n: u64) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Counted(shard, number) => number.wrapping_add(n) % shard.of == shard.number,
        }
    }
}

/// The name of a file by which its shard is told: below the folder of the input that it stands in.
pub(super) fn name(file: &Path, folder: &Path) -> String {
    let below = file.strip_prefix(folder).ok().filter(|below| below.file_name().is_some());
    let own = || Path::new(file.file_name().unwrap_or(file.as_os_str()));
    let parts = below.unwrap_or_else(own).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse::<u64>().ok()?, of.parse::<u64>().ok()?);
            (1..=of).contains(&number).then(|| Self { number: number - 1, of })
        });
        parsed.ok_or_else(|| "write NUMBER/SHARDS, such as 3/16: the third of sixteen".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shards(of: u64) -> Vec<Shard> {
        (1..=of).map(|number| format!("{number}/{of}").parse().expect("a shard")).collect()
    }

    #[test]
    fn every_document_belongs_to_one_shard() {
        let mut sizes = [0; 16];
        for file in 0..2000 {
            let name = format!("2018/{file}.{}", if file % 5 == 0 { "jsonl.gz" } else { "html" });
            let documents = if file % 5 == 0 { 7 } else { 1 };
            let parts: Vec<Part> = shards(16).iter().map(|it| it.part(&name, None)).collect();
            for n in 0..documents {
                let takers = (0..16).filter(|&at| parts[at].takes(n)).collect::<Vec<_>>();
                assert_eq!(takers.len(), 1, "{name} {n}");
                sizes[takers[0]] += 1;
            }
        }
        assert!(sizes.iter().all(|&size| (200..350).contains(&size)), "{sizes:?}");
    }

    #[test]
    fn a_file_is_called_alike_wherever_its_folder_stands() {
        for (file, folder, called) in [
            ("/mnt/a/news/2018/x.html", "/mnt/a/news", "2018/x.html"),
            ("news/2018/x.html", "news/", "2018/x.html"),
            ("./x.html", ".", "x.html"),
            ("/srv/x.html", "/srv/x.html", "x.html"),
            ("x.html", "x.html", "x.html"),
        ] {
            assert_eq!(name(Path::new(file), Path::new(folder)), called, "{file}");
        }
        // The same on every machine and in every version.
        assert_eq!(shards(16)[7].part("2018/x.html", None), Part::All);
        assert_eq!(shards(16)[8].part("2018/x.html", None), Part::None);
        for wrong in ["", "3", "0/16", "17/16", "a/b", "1/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
