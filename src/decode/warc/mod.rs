//! Web archives: records of WARC (ISO 28500:2017 and before) and ARC read from any file that tools
//! make, and written each as a gzip member of its own, so that a reader can begin at any of them and
//! a file that was cut off is good up to there.

mod date;
mod held;
mod reader;
mod record;
#[cfg(test)]
mod tests;
mod unpack;

pub(crate) use date::date;
pub(crate) use reader::{Damage, Found, Place, Reader, Shape, Stored, read_again};

use std::io::{self, Write};

use data_encoding::{BASE32, HEXLOWER};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha1::{Digest, Sha1};

/// Whether a file that begins so is a web archive, packed or not.
pub(crate) fn begins(head: &[u8]) -> bool {
    if head.starts_with(unpack::DICTIONARY) {
        // No other files begin so, and what follows may be longer than the head.
        return true;
    }
    if !unpack::is_packed(head) {
        return record::kind_of(head.trim_ascii_start()).is_some();
    }
    let Ok(mut unpack) = unpack::Unpack::new(head) else { return false };
    let mut bytes = Vec::new();
    // Of a beginning that is cut, what was unpacked of it tells.
    let _ = unpack.step(&mut bytes);
    record::kind_of(bytes.trim_ascii_start()).is_some()
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The named fields in order, without `WARC-Record-ID`, `Content-Length` and digests, which
    /// follow from the rest.
    pub(crate) fields: Vec<(String, String)>,
    /// The block.
    pub(crate) block: Vec<u8>,
}

impl Record {
    /// A record of a type, about an address if it is about one, made at a time.
    #[must_use]
    pub(crate) fn new(
        kind: &str,
        target: Option<&str>,
        at: Timestamp,
        media: &str,
        block: Vec<u8>,
    ) -> Self {
        let mut fields = vec![
            ("WARC-Type".to_owned(), kind.to_owned()),
            ("WARC-Date".to_owned(), format!("{at:.6}")),
            ("Content-Type".to_owned(), media.to_owned()),
        ];
        fields.extend(target.map(|target| ("WARC-Target-URI".to_owned(), target.to_owned())));
        Self { fields, block }
    }

    /// The same record with one more field.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// The value of a field, its name in any case.
    #[must_use]
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether it is a record of that type, in any case.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.get("WARC-Type").is_some_and(|stated| stated.eq_ignore_ascii_case(kind))
    }

    /// The values of a field that may be there more than once.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = move |(field, _): &&(String, String)| field.eq_ignore_ascii_case(name);
        self.fields.iter().filter(of_name).map(|(_, value)| value.as_str())
    }

    /// The address that it is about, without the angle brackets that some tools put around it.
    #[must_use]
    pub(crate) fn target(&self) -> Option<&str> {
        let target = self.get("WARC-Target-URI")?;
        let bare = target.strip_prefix('<').and_then(|target| target.strip_suffix('>'));
        Some(bare.unwrap_or(target))
    }

    /// The identifier, which follows from what the record says and where it stands, so that equal
    /// recordings are equal bytes.
    #[must_use]
    pub(crate) fn id(&self, number: u64) -> String {
        let mut hash = Sha1::new_with_prefix(number.to_be_bytes());
        for (name, value) in &self.fields {
            hash.update(name);
            hash.update(value);
        }
        hash.update(&self.block);
        let mut hex = HEXLOWER.encode(&hash.finalize());
        // Version 8 and the variant of RFC 9562, section 5.8.
        hex.replace_range(12..13, "8");
        hex.replace_range(16..17, "8");
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        let parts =
            [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].map(|(from, to)| part(from, to));
        format!("<urn:uuid:{}>", parts.join("-"))
    }

    /// The record as a gzip member.
    ///
    /// # Errors
    ///
    /// None but those of memory.
    pub(crate) fn to_gzip(&self, number: u64) -> io::Result<Vec<u8>> {
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        write!(member, "WARC/1.1\r\nWARC-Record-ID: {}\r\n", self.id(number))?;
        for (name, value) in &self.fields {
            write!(member, "{name}: {}\r\n", value.replace(['\r', '\n'], " "))?;
        }
        write!(member, "WARC-Block-Digest: sha1:{}\r\n", base32_sha1(&self.block))?;
        if let Some(payload) = self.payload() {
            write!(member, "WARC-Payload-Digest: sha1:{}\r\n", base32_sha1(payload))?;
        }
        write!(member, "Content-Length: {}\r\n\r\n", self.block.len())?;
        member.write_all(&self.block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()
    }

    /// The entity inside the HTTP message of a response; of a resource the block.
    #[must_use]
    pub(crate) fn payload(&self) -> Option<&[u8]> {
        match self.get("WARC-Type") {
            Some("response") => self.block.get(self.head()?.len()..),
            Some("resource") => Some(&self.block),
            _ => None,
        }
    }

    /// The head of the HTTP message in the block, with the empty line that ends it.
    #[must_use]
    pub(crate) fn head(&self) -> Option<&[u8]> {
        let end = memchr::memmem::find(&self.block, b"\r\n\r\n")? + 4;
        self.block.get(..end)
    }
}

/// The digest form that archives use: SHA-1 in base 32 (RFC 4648).
fn base32_sha1(bytes: &[u8]) -> String {
    BASE32.encode(&Sha1::digest(bytes))
}

#[cfg(test)]
mod of_members {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digests_are_in_the_form_of_archives() {
        assert_eq!(base32_sha1(b""), "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn records_are_read_back_one_after_the_other(blocks: Vec<Vec<u8>>) {
            let mut file = Vec::new();
            for (number, block) in (0..).zip(&blocks) {
                let (target, media) = (Some("http://e.com/"), "application/http");
                let at = Timestamp::UNIX_EPOCH;
                let record = Record::new("response", target, at, media, block.clone());
                file.extend(record.to_gzip(number).expect("memory takes all"));
            }
            let mut reader = Reader::new(&file[..]).expect("memory can be read");
            for block in blocks {
                let found = reader.read().expect("good").expect("another record");
                let Found::Record(stored) = found else { panic!("no damage") };
                prop_assert_eq!(&stored.record.block, &block);
                prop_assert_eq!(stored.record.get("warc-target-uri"), Some("http://e.com/"));
            }
            prop_assert_eq!(reader.read().expect("good"), None);
        }
    }
}
