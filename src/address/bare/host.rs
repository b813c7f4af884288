//! The authority of a URL in running text: user information, host and port.

use std::borrow::Cow;

use crate::text::ascii::{ByteSet, dotted};

/// A host and what stands around it, measured from the offset after `//`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Authority {
    /// Offset of the host's first byte.
    pub host: usize,
    /// Offset just after the host, without a trailing dot.
    pub host_end: usize,
    /// Offset just after the port, or after the host where there is none.
    pub end: usize,
    /// What is wrong with it.
    pub problem: Option<&'static str>,
}

/// Labels of an internationalised host in running text hold letters, digits, marks and symbols.
pub(super) fn is_host_char(c: char) -> bool {
    match c {
        '-' | '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        // Joiners, variation selectors, symbols and emoji.
        '\u{200C}'
        | '\u{200D}'
        | '\u{FE0F}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{1F000}'..='\u{1FAFF}' => true,
        _ => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
    }
}

/// Reads the authority at `from`; nothing where no host stands there at all.
pub(super) fn read(text: &str, from: usize) -> Option<Authority> {
    let rest = text.get(from..)?;
    // Most authorities are a sound host by itself.
    if let Some(length) = length_of_plain(rest.as_bytes()) {
        let end = from + length;
        return Some(Authority { host: from, host_end: end, end, problem: None });
    }
    let host = from + user_info(rest);
    let rest = text.get(host..)?;
    if let Some(length) = ip_literal(rest) {
        return Some(with_port(text, host, host + length, None));
    }
    let run = length_of_run(rest);
    let run = glued(rest.get(..run)?, rest.get(run..)?);
    let name = run.trim_end_matches('.');
    if name.is_empty() {
        return None;
    }
    let host_end = host + name.len();
    // A trailing dot belongs to the host only where a path follows it.
    let dotted = run.len() == name.len() + 1 && starts_part(text, host + run.len());
    let end = if dotted { host + run.len() } else { host_end };
    Some(with_port(text, host, end, problem(name)))
}

/// The length of the host that the text begins with, if it is plainly all of the authority.
fn length_of_plain(rest: &[u8]) -> Option<usize> {
    let is_sound = |label: &[u8]| {
        let hyphen = [label.first(), label.last()].contains(&Some(&b'-'));
        (1..64).contains(&label.len()) && !hyphen
    };
    let length = dotted(rest, &IN_HOST, is_sound).filter(|&length| length < 256)?;
    // What follows may make user information of it, or be a port or more of a host.
    let goes_on = |&byte: &u8| USER_INFO.has(byte) || byte == b'@' || !byte.is_ascii();
    (!rest.get(length).is_some_and(goes_on)).then_some(length)
}

/// What nearly all hosts are made of.
static IN_HOST: ByteSet = ByteSet::alphanumeric_and(b"-.");

/// The length of the host characters and dots that the text begins with.
fn length_of_run(rest: &str) -> usize {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let plain = rest.bytes().take_while(is_plain).count();
    if rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    rest.find(|c| c != '.' && !is_host_char(c)).unwrap_or(rest.len())
}

/// The length of `user:password@`, or zero.
fn user_info(rest: &str) -> usize {
    // Nothing longer is meant as user information, and a bound keeps the search linear.
    let near = rest.as_bytes().get(..rest.len().min(256)).unwrap_or_default();
    let is_part = |byte: &u8| USER_INFO.has(*byte);
    let inside = memchr::memchr(b'@', near).and_then(|at| near.get(..at));
    inside.filter(|inside| inside.iter().all(is_part)).map_or(0, |inside| inside.len() + 1)
}

/// What user information is made of.
static USER_INFO: ByteSet = ByteSet::alphanumeric_and(b"-._~%!$&'*+,;=:");

/// The length of `[::1]`, if the text begins with one.
fn ip_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let length = inside.bytes().take(64).position(|byte| byte == b']')?;
    inside.get(..length)?.parse::<std::net::Ipv6Addr>().ok().map(|_| length + 2)
}

/// Leaves off the scheme of a URL that was put right after this one, and text without spaces that
/// was put right after a known ending (`example.com的网站`).
fn glued<'t>(run: &'t str, after: &str) -> &'t str {
    if after.starts_with("://") {
        for scheme in ["https", "http", "ftp"] {
            if let Some(rest) = run.strip_suffix(scheme).filter(|rest| rest.contains('.')) {
                return rest;
            }
        }
    }
    if run.is_ascii() {
        return run;
    }
    let last = run.trim_end_matches('.').rsplit('.').next().unwrap_or(run);
    let ascii = last.find(|c: char| !c.is_ascii()).filter(|&at| at > 0);
    match ascii.and_then(|at| run.get(..run.len() - (last.len() - at))) {
        Some(cut)
            if run.ends_with(last) && cut.contains('.') && !is_known(run) && is_known(cut) =>
        {
            cut
        }
        _ => run,
    }
}

/// Whether the public suffix list knows the host's ending.
pub(super) fn is_known(host: &str) -> bool {
    may_be_known(host)
        && psl::suffix(lower(host).as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Whether the list can know the host's ending, by its shape: every top-level domain in it is a
/// word of two letters or more, or internationalised.
pub(super) fn may_be_known(host: &str) -> bool {
    let bytes = host.as_bytes();
    let label = memchr::memrchr(b'.', bytes).map_or(0, |dot| dot + 1);
    let last = bytes.get(label..).unwrap_or_default();
    last.len() > 1 && last.iter().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
        || last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"))
}

/// The host in lower case.
pub(super) fn lower(host: &str) -> Cow<'_, str> {
    if host.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        Cow::Owned(host.to_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}

fn starts_part(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(['/', '?', '#', ':']))
}

/// Adds the port. A colon without digits is punctuation.
fn with_port(text: &str, host: usize, host_end: usize, problem: Option<&'static str>) -> Authority {
    let none = Authority { host, host_end, end: host_end, problem };
    let Some(rest) = text.get(host_end..).and_then(|rest| rest.strip_prefix(':')) else {
        return none;
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let followed = rest
        .as_bytes()
        .get(digits)
        .is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii());
    if digits == 0 || followed {
        return none;
    }
    let fits = rest.get(..digits).is_some_and(|port| port.parse::<u16>().is_ok());
    let bad = (!fits).then_some("its port is no number up to 65535");
    Authority { end: host_end + 1 + digits, problem: problem.or(bad), ..none }
}

/// Why a name cannot be a host (RFC 1123, and RFC 5890 for what is not ASCII).
fn problem(name: &str) -> Option<&'static str> {
    if name.len() > 1_000 {
        return Some("its host is too long");
    }
    // Most names are short labels of letters and digits.
    let is_plain = |label: &[u8]| {
        (1..64).contains(&label.len()) && label.iter().all(u8::is_ascii_alphanumeric)
    };
    if name.as_bytes().split(|&byte| byte == b'.').all(is_plain) {
        return None;
    }
    let mut hyphen = false;
    let mut long = false;
    let mut last = name;
    for label in name.split('.') {
        if label.is_empty() {
            return Some("its host has an empty label");
        }
        hyphen |= label.starts_with('-') || label.ends_with('-');
        long |= label.len() > 63 && label.is_ascii();
        last = label;
    }
    if hyphen {
        Some("a label of its host begins or ends with a hyphen")
    } else if last.contains('_') {
        Some("its host ends with an underscore in its last label")
    } else if long {
        Some("a label of its host is longer than 63 characters")
    } else {
        None
    }
}
