//! Addresses that are written in normal form already, taken apart without a parser's work.
//!
//! Most addresses are written as the parser would write them out again (WHATWG URL): scheme and
//! host in lower case, no segment of dots, nothing to be escaped. Their parts lie between the first
//! signs of each kind, and `Url::deserialize_internal` takes them as they are. Every other address
//! is left to the parser.

use serde::Deserializer;
use serde::de::value::{Error, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use url::{Position, Url};

use crate::text::ascii::{ByteSet, dotted};

/// Longer addresses are rare, and their offsets need care.
const LONGEST: usize = 4_096;

/// Reads an absolute address.
///
/// # Errors
///
/// What the parser says.
pub(crate) fn parse(address: &str) -> Result<Url, url::ParseError> {
    read(address).map_or_else(|| Url::parse(address), Ok)
}

/// Reads an address in normal form; nothing where the parser has to look at it.
fn read(address: &str) -> Option<Url> {
    let scheme = ["https", "http"].into_iter().find(|scheme| address.starts_with(scheme))?;
    let rest = address.get(scheme.len()..)?.strip_prefix("://")?;
    if address.len() > LONGEST {
        return None;
    }
    let length = host_length(rest.as_bytes())?;
    let (host, after) = rest.split_at_checked(length)?;
    let start = address.len() - rest.len();
    let path = start + length;
    let (query, fragment) = marks(after.as_bytes())?;
    let at = |mark: Option<usize>| mark.map(|at| path + at);
    let (query, fragment) = (at(query), at(fragment));
    let parts =
        Parts { address, scheme: scheme.len(), host: start, path, query, fragment, next: 0 };
    let url = Url::deserialize_internal(SeqAccessDeserializer::new(parts)).ok()?;
    // The layout is the crate's own: if it ever changes, the parser reads all addresses.
    let is_whole = url.host_str() == Some(host) && url.path().len() <= after.len().max(1);
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

/// The length of the host at the beginning, if it is none that the parser changes or refuses: an IP
/// address, a Punycode name.
fn host_length(rest: &[u8]) -> Option<usize> {
    let is_plain = |label: &[u8]| !label.is_empty() && !label.starts_with(b"xn--");
    let length = dotted(rest, &IN_HOST, is_plain)?;
    let last = rest.get(..length)?.rsplit(|&byte| byte == b'.').next()?;
    last.first()?.is_ascii_lowercase().then_some(length)
}

/// What a host in normal form is made of.
static IN_HOST: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyz0123456789-.");

/// Where query and fragment begin in what follows the host, if it holds nothing that the parser
/// would write otherwise.
fn marks(rest: &[u8]) -> Option<(Option<usize>, Option<usize>)> {
    let (mut query, mut fragment) = (None, None);
    let mut before = b'/';
    for (at, &byte) in rest.iter().enumerate() {
        if !PLAIN.has(byte) {
            match byte {
                // Segments of dots are resolved.
                b'.' if before != b'/' => {}
                b'?' if query.is_none() && fragment.is_none() => query = Some(at),
                b'#' if fragment.is_none() => fragment = Some(at),
                b'?' | b'#' => {}
                _ => return None,
            }
        }
        before = byte;
    }
    rest.first().is_none_or(|&byte| byte == b'/').then_some((query, fragment))
}

/// What stands unescaped in path, query and fragment alike, and begins none of them. A percent sign
/// may begin a dot.
static PLAIN: ByteSet = ByteSet::alphanumeric_and(b"-_~!$&()*+,;=:@/");

/// What an address in normal form is made of, in the order of the crate's fields.
struct Parts<'a> {
    address: &'a str,
    /// Where each part begins, or the scheme ends.
    scheme: usize,
    host: usize,
    path: usize,
    query: Option<usize>,
    fragment: Option<usize>,
    /// The number of the field that comes next.
    next: usize,
}

impl Parts<'_> {
    /// The address as the crate keeps it.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.address.len() + 1);
        text.push_str(self.address);
        if text.len() == self.path {
            text.push('/');
        }
        text
    }
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let optional = |at: Option<usize>| at.map_or(Part::Absent, Part::Perhaps);
        let part = match self.next {
            0 => Part::Text(self.text()),
            1 => Part::At(self.scheme),
            2 | 3 => Part::At(self.host),
            4 | 7 => Part::At(self.path),
            5 => Part::Domain,
            6 => Part::Absent,
            8 => optional(self.query),
            9 => optional(self.fragment),
            _ => return Ok(None),
        };
        self.next += 1;
        seed.deserialize(part).map(Some)
    }
}

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
