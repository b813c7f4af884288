//! Hosts without a scheme (`www.example.org/a`, `Kremlin.ru`), told apart from file names, mail
//! addresses, code and sentences that lack a space.

use super::Bare;
use super::extent::{self, Extent};
use super::host;
use super::spaceless::is_spaceless;
use crate::address::wrapper;
use crate::model::{LinkKind, Span};
use crate::text::ascii::ByteSet;

/// Endings that are country codes or domains and, far more often in a text, the ending of a file
/// or a name in a program.
const FILE_ENDINGS: &[&str] = &[
    "ac",
    "ai",
    "am",
    "app",
    "as",
    "bar",
    "bat",
    "bz",
    "cab",
    "cat",
    "cc",
    "cfg",
    "cl",
    "cpp",
    "cs",
    "dat",
    "dev",
    "ec",
    "foo",
    "gd",
    "gz",
    "in",
    "info",
    "java",
    "js",
    "la",
    "lib",
    "link",
    "ly",
    "map",
    "md",
    "mk",
    "ml",
    "mm",
    "mo",
    "mov",
    "mp",
    "ms",
    "name",
    "now",
    "open",
    "ph",
    "pl",
    "pm",
    "po",
    "prof",
    "properties",
    "ps",
    "pub",
    "py",
    "read",
    "rs",
    "run",
    "sc",
    "sh",
    "so",
    "st",
    "sty",
    "sv",
    "tf",
    "to",
    "top",
    "tt",
    "vi",
    "zip",
    "zone",
];

/// Domains that schemeless mentions end with, beside the country codes.
const COMMON: &[&str] = &["com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "news"];

/// The run of host characters and dots around a dot, not before `floor`.
pub(super) fn run(text: &str, floor: usize, dot: usize) -> Span {
    let bytes = text.as_bytes();
    let mut start = dot;
    while start > floor && bytes.get(start - 1).is_some_and(|&byte| is_plain(byte)) {
        start -= 1;
    }
    if start > floor && bytes.get(start - 1).is_some_and(|byte| !byte.is_ascii()) {
        let before = text.get(floor..start).unwrap_or_default();
        // Text without spaces ends where an address in ASCII begins: `请看www.example.cn`.
        let is_address = |next: Option<&u8>| next.is_some_and(u8::is_ascii_alphanumeric);
        let is_text = before.ends_with(is_spaceless) && is_address(bytes.get(start));
        let inside = before.trim_end_matches(|c| !is_outside(c));
        start = if is_text { start } else { floor + inside.len() };
    }
    Span::new(start, end_of_run(text, dot))
}

fn end_of_run(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let plain = rest.bytes().take_while(|&byte| is_plain(byte)).count();
    if rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return from + plain;
    }
    from + rest.find(is_outside).unwrap_or(rest.len())
}

/// Whether a byte is a character of a run by itself.
fn is_plain(byte: u8) -> bool {
    PLAIN.has(byte)
}

/// The bytes that are; looked up, since nearly every letter beside a dot is asked about.
static PLAIN: ByteSet = ByteSet::alphanumeric_and(b".+-_");

fn is_outside(c: char) -> bool {
    c != '.' && c != '+' && !host::is_host_char(c)
}

/// Reads a run as a host with what follows it.
pub(super) fn read(text: &str, run: Span, before: Option<char>) -> Option<Bare> {
    let (name, after) = (run.of(text), text.get(run.end..)?);
    let host = name.trim_end_matches('.');
    // Most runs are initials, numbers, and sentences that lack a space.
    if !host::may_be_known(host) {
        return None;
    }
    if let Some(found) = without_colon(text, run, host) {
        return Some(found);
    }
    if !is_apart(text, run.start, after) || !is_shaped(host) {
        return None;
    }
    let meant = meant(host)?;
    let end = run.start + host.len();
    let extent = extent::measure(text, port(text, end), before);
    let has_path = extent.end > end;
    let found = Bare::new(run.start, reach(text, end, extent), LinkKind::Schemeless);
    (has_path || meant == Meant::Anyway).then_some(found)
}

/// `http//example.org`, `https;//example.org`: the colon was left out, or another sign put.
fn without_colon(text: &str, run: Span, host: &str) -> Option<Bare> {
    let before = text.get(..run.start)?.strip_suffix("//")?.trim_end_matches([';', ',', '.']);
    let scheme = ["https", "http"].iter().find(|scheme| before.ends_with(*scheme))?;
    let start = before.len() - scheme.len();
    let bounded =
        !before.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == '.');
    if !bounded || !host::is_known(host) {
        return None;
    }
    let extent = extent::measure(text, run.start + host.len(), None);
    let problem = Some("the colon after its scheme is missing");
    Some(Bare::new(start, extent, LinkKind::Bare).with_problem(problem))
}

/// What stands right before or after tells paths, mail addresses, variables and calls.
fn is_apart(text: &str, start: usize, after: &str) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let joined =
        matches!(before, Some('@' | '/' | '\\' | '$' | '#' | '~' | '%' | '&' | '=' | '-' | '*'))
            || before.is_some_and(|c| c.is_alphanumeric() && !is_spaceless(c));
    !joined && !after.starts_with(['@', '(', '=', '\\', '{', '$', '&', '*'])
}

fn is_shaped(host: &str) -> bool {
    let labels = host.split('.');
    host.len() <= 253
        && !host.contains(['_', '+'])
        && labels.clone().count() >= 2
        && labels.into_iter().all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'))
}

/// When a host without a scheme is meant as an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Anyway,
    WithPath,
}

/// Whether a host is meant as an address: `www.` or a path tell, an ending that is common does, an
/// ending that files have does not.
fn meant(host: &str) -> Option<Meant> {
    let lower = host::lower(host);
    let (first, last) = (lower.split('.').next()?, lower.rsplit('.').next()?);
    let suffix = psl::suffix(lower.as_bytes()).filter(psl::Suffix::is_known)?;
    // Before the public suffix stands at least one label.
    if lower.len() < suffix.as_bytes().len() + 2 {
        return None;
    }
    if first == "www" {
        return (lower.split('.').count() > 2).then_some(Meant::Anyway);
    }
    let main = lower.get(..lower.len() - last.len() - 1).unwrap_or_default();
    if wrapper::is_shortener(&lower) || (main.len() == 1 && ["com", "me"].contains(&last)) {
        return Some(Meant::WithPath);
    }
    let reversed = ["com", "org", "net", "edu", "io"].contains(&first);
    if reversed || FILE_ENDINGS.contains(&last) || !main.contains(char::is_alphabetic) {
        return None;
    }
    // `end.The` is a sentence that lacks a space; an ending is written in one case.
    let ending = host.get(host.len() - last.len()..).unwrap_or_default();
    let sentence = ending.starts_with(char::is_uppercase) && host.contains(char::is_lowercase);
    if sentence || main.len() < 2 {
        return None;
    }
    let is_common = last.len() == 2 || !last.is_ascii() || COMMON.contains(&last);
    Some(if is_common { Meant::Anyway } else { Meant::WithPath })
}

fn port(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let digits =
        rest.strip_prefix(':').map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
    let follows = rest.get(1 + digits..).unwrap_or_default();
    if (2..=5).contains(&digits)
        && (follows.is_empty() || follows.starts_with(['/', ' ', '\n', '?', '#']))
    {
        end + 1 + digits
    } else {
        end
    }
}

/// A dot before a line end may be the host's own.
fn reach(text: &str, end: usize, extent: Extent) -> Extent {
    let dotted = extent.end == end && text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    Extent { reach: if dotted { end + 1 } else { extent.reach }, ..extent }
}
