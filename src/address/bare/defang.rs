//! URLs made unclickable on purpose, as reports on malware and phishing write them: `hxxp` for the
//! scheme, brackets around dots and colons.

use super::extent::{self, Extent};
use super::{Bare, Odd, host};
use crate::model::{LinkKind, Span};

/// Ways to write a dot.
const DOTS: &[&str] = &["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[.", ".]"];
/// Ways to write what follows the scheme.
const AFTER_SCHEME: &[&str] = &["://", "[:]//", "[://]", "(:)//", "[:]/", ":\\\\"];
/// Ways to write a scheme, and the real one.
const SCHEMES: &[(&str, &str)] = &[
    ("hxxps", "https"),
    ("hxxp", "http"),
    ("h**ps", "https"),
    ("h**p", "http"),
    ("fxp", "ftp"),
    ("meow", "http"),
    ("https", "https"),
    ("http", "http"),
    ("ftp", "ftp"),
];

/// Reads a defanged URL with a scheme around a colon.
pub(super) fn at_colon(text: &str, floor: usize, colon: usize) -> Option<Bare> {
    let open = text.get(..colon)?.ends_with(['[', '(']);
    let separator = colon - usize::from(open);
    let after = text.get(separator..)?;
    let before = text.get(floor..separator)?;
    // Most addresses are written as they are meant.
    let is_plain =
        after.starts_with("://") && (before.ends_with("https") || before.ends_with("http"));
    if is_plain && !has_odd_dot(text, separator + 3) {
        return None;
    }
    let ends = |written: &str| {
        let end = before.len().checked_sub(written.len()).and_then(|at| before.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(written))
    };
    let (written, scheme) = SCHEMES.iter().find(|(written, _)| ends(written))?;
    if written == scheme && after.starts_with("://") && !has_odd_dot(text, separator + 3) {
        return None;
    }
    let mark = AFTER_SCHEME.iter().find(|mark| after.starts_with(**mark))?;
    let start = separator - written.len();
    let from = separator + mark.len();
    let (name, end, dots) = host_at(text, from);
    let is_defanged = written != scheme || dots || *mark != "://";
    if !is_defanged || name.is_empty() || *mark == ":\\\\" && written == scheme {
        return None;
    }
    Some(finish(text, start, end, &format!("{scheme}://{name}")))
}

/// Whether a bracket stands right after the host characters at `from`: a dot may be written so.
fn has_odd_dot(text: &str, from: usize) -> bool {
    let host =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | 0x80..);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter().find(|byte| !host(byte)).is_some_and(|byte| b"[({]".contains(byte))
}

/// Reads a defanged host without a scheme around the dot of `[.]`.
pub(super) fn at_dot(text: &str, floor: usize, dot: usize) -> Option<Bare> {
    let before = text.get(floor..dot)?.trim_end_matches(['[', '(', '{']);
    let outside = before.char_indices().rev().find(|&(_, c)| c != '.' && !host::is_host_char(c));
    let start = floor + outside.map_or(0, |(at, c)| at + c.len_utf8());
    let (name, end, dots) = host_at(text, start);
    let plausible = dots && end > dot && name.contains('.') && host::is_known(&name);
    plausible.then(|| finish(text, start, end, &name))
}

/// The host at `from` with its dots put right, the offset after it, and whether any dot was
/// written otherwise.
fn host_at(text: &str, from: usize) -> (String, usize, bool) {
    let (mut name, mut at, mut odd) = (String::new(), from, false);
    while let Some(rest) = text.get(at..).filter(|_| name.len() < 256) {
        if let Some(c) = rest.chars().next().filter(|&c| host::is_host_char(c)) {
            name.push(c);
            at += c.len_utf8();
            continue;
        }
        let dot = DOTS.iter().find(|dot| rest.starts_with(**dot)).copied();
        let Some(dot) = dot.or_else(|| rest.starts_with('.').then_some(".")) else { break };
        let follows = rest.get(dot.len()..).and_then(|rest| rest.chars().next());
        if !follows.is_some_and(host::is_host_char) || name.is_empty() {
            break;
        }
        odd |= dot.len() > 1;
        name.push('.');
        at += dot.len();
    }
    (name, at, odd)
}

fn finish(text: &str, start: usize, end: usize, address: &str) -> Bare {
    let extent = extent::measure(text, end, None);
    let rest = Span::new(end, extent.end).of(text);
    let extent = Extent { end: extent.end.max(end), ..extent };
    let path = DOTS.iter().take(3).fold(rest.to_owned(), |path, dot| path.replace(dot, "."));
    let odd = Odd { refanged: Some(format!("{address}{path}")), malformed: None };
    Bare { odd: Some(Box::new(odd)), ..Bare::new(start, extent, LinkKind::Defanged) }
}
