//! Addresses that are written in normal form already, taken apart without a parser's work.
//!
//! Most addresses are written as the parser would write them out again (WHATWG URL): scheme and
//! host in lower case, no segment of dots, nothing to be escaped. Their parts lie between the first
//! signs of each kind, and `Url::deserialize_internal` takes them as they are. Every other address
//! is left to the parser.

use std::array;

use serde::Deserializer;
use serde::de::value::{Error, SeqDeserializer};
use serde::de::{IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use url::{Position, Url};

use crate::ascii::alphanumeric_and;

/// Longer addresses are rare, and their offsets need care.
const LONGEST: usize = 4_096;

/// Reads an address in normal form; nothing where the parser has to look at it.
pub(super) fn read(address: &str) -> Option<Url> {
    let scheme = ["https", "http"].into_iter().find(|scheme| address.starts_with(scheme))?;
    let start = scheme.len() + "://".len();
    if address.len() > LONGEST || address.get(scheme.len()..start)? != "://" {
        return None;
    }
    let rest = address.get(start..)?;
    let length = rest.bytes().take_while(|&byte| is_of_host(byte)).count();
    let (host, path) = rest.split_at_checked(length)?;
    if !is_plain_host(host) || !path.is_empty() && !is_plain_path(path.as_bytes()) {
        return None;
    }
    let end = start + length;
    let url = Url::deserialize_internal(parts(address, scheme.len(), start, end)).ok()?;
    // The layout is the crate's own: if it ever changes, the parser reads all addresses.
    let is_whole = url.host_str() == Some(host) && url.path().len() <= path.len().max(1);
    (is_whole && url.scheme() == scheme).then_some(url)
}

/// Resolves a reference that begins with a path or a host against an address; nothing where the
/// parser has to look at either.
pub(super) fn join(base: &Url, reference: &str) -> Option<Url> {
    if !reference.starts_with('/') || reference.len() > LONGEST {
        return None;
    }
    let is_host = reference.as_bytes().get(1) == Some(&b'/');
    let kept = if is_host { Position::AfterScheme } else { Position::BeforePath };
    let before = &base[..kept];
    let mut address = String::with_capacity(before.len() + 1 + reference.len());
    address.push_str(before);
    if is_host {
        address.push(':');
    }
    address.push_str(reference);
    read(&address)
}

/// What an address in normal form is made of, in the order of the crate's fields.
fn parts(
    address: &str,
    scheme: usize,
    host: usize,
    path: usize,
) -> SeqDeserializer<array::IntoIter<Part, 10>, Error> {
    let mut text = String::with_capacity(address.len() + 1);
    text.push_str(address);
    if text.len() == path {
        text.push('/');
    }
    let after = address.as_bytes().get(path..).unwrap_or_default();
    let fragment = memchr::memchr(b'#', after);
    let query = memchr::memchr(b'?', after).filter(|&at| fragment.is_none_or(|end| at < end));
    let optional = |at: Option<usize>| at.map_or(Part::Absent, |at| Part::Perhaps(path + at));
    let fields = [
        Part::Text(text),
        Part::At(scheme),
        Part::At(host),
        Part::At(host),
        Part::At(path),
        Part::Domain,
        Part::Absent,
        Part::At(path),
        optional(query),
        optional(fragment),
    ];
    SeqDeserializer::new(fields.into_iter())
}

const fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
}

/// Whether a host is none that the parser changes or refuses: an IP address, a Punycode name.
fn is_plain_host(host: &str) -> bool {
    let is_plain = |label: &str| !label.is_empty() && !label.starts_with("xn--");
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|c: char| c.is_ascii_alphabetic()) && host.split('.').all(is_plain)
}

/// Whether path, query and fragment hold nothing that the parser would write otherwise.
fn is_plain_path(path: &[u8]) -> bool {
    path.starts_with(b"/")
        && path.iter().all(|&byte| PLAIN[usize::from(byte)])
        && !memchr::memchr_iter(b'/', path).any(|at| path.get(at + 1) == Some(&b'.'))
}

/// What stands unescaped in path, query and fragment alike. A percent sign may begin a dot.
static PLAIN: [bool; 256] = alphanumeric_and(b"-._~!$&()*+,;=:@/?#");

/// One of the crate's fields.
enum Part {
    Text(String),
    At(usize),
    Perhaps(usize),
    Absent,
    /// The kind of host.
    Domain,
}

impl IntoDeserializer<'_, Error> for Part {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        match self {
            Self::Text(text) => visitor.visit_string(text),
            Self::At(at) => visitor.visit_u32(offset(at)),
            Self::Perhaps(at) => visitor.visit_some(offset(at).into_deserializer()),
            Self::Absent => visitor.visit_none(),
            Self::Domain => visitor.visit_enum("Domain".into_deserializer()),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offsets(url: &Url) -> Vec<&str> {
        use Position::{
            AfterFragment, AfterHost, AfterPassword, AfterPath, AfterPort, AfterQuery, AfterScheme,
            AfterUsername, BeforeHost, BeforePath,
        };
        [
            AfterScheme,
            AfterUsername,
            AfterPassword,
            BeforeHost,
            AfterHost,
            AfterPort,
            BeforePath,
            AfterPath,
            AfterQuery,
            AfterFragment,
        ]
        .map(|position| &url[..position])
        .to_vec()
    }

    #[test]
    fn plain_addresses_are_taken_as_they_are() {
        for address in [
            "https://example.org",
            "http://www.example.org/",
            "https://example.org/2018/05/25/a-slug-a61572",
            "https://a-b.example/x?y=1&z=a/b#c?d",
            "https://example.org/#a#b",
        ] {
            let url = read(address).expect(address);
            let parsed = Url::parse(address).expect(address);
            assert_eq!(offsets(&url), offsets(&parsed));
            assert_eq!((url.host(), url.port()), (parsed.host(), parsed.port()));
        }
    }

    #[test]
    fn what_the_parser_would_change_is_left_to_it() {
        for address in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://Example.org/",
            "http://example.org:80/",
            "http://a@example.org/",
            "http://xn--a.example/",
            "http://example.org/a/../b",
            "http://example.org/%2e%2e/b",
            "http://example.org/a b",
            "http://example.org?a",
            "ftp://example.org/",
            "http:/example.org/",
            "http://é.example/",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_parser_reads(
            host in "[a-z0-9.-]{0,9}",
            end in "[a-z.]{0,4}",
            rest in "[/?#]?[a-z0-9/?#.&=%'@:;|^-]{0,16}",
        ) {
            let address = format!("http://{host}{end}{rest}");
            if let Some(url) = read(&address) {
                let parsed = Url::parse(&address).expect("an address");
                prop_assert_eq!(offsets(&url), offsets(&parsed));
                prop_assert_eq!(url.host(), parsed.host());
            }
        }

        #[test]
        fn what_is_joined_is_what_the_parser_joins(
            base in "(https?|ftp)://(a@)?[a-z0-9.]{1,6}(:8)?(/[a-z./]{0,6})?(\\?b)?(#c)?",
            reference in "[/?#]{0,2}[a-z0-9/?#.&=%'@:;|^\\\\ -]{0,16}",
        ) {
            let Ok(base) = Url::parse(&base) else { return Ok(()) };
            if let Some(url) = join(&base, &reference) {
                let parsed = base.join(&reference).expect("an address");
                prop_assert_eq!(offsets(&url), offsets(&parsed));
                prop_assert_eq!(url.host(), parsed.host());
            }
        }
    }
}
