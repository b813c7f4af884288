//! URLs made unclickable on purpose, as reports on malware and phishing write them: `hxxp` for the
//! scheme, brackets around dots and colons.

use super::extent::{self, Extent};
use super::{Bare, host};
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
    let near =
        before.get(before.len().saturating_sub(8)..).unwrap_or_default().to_ascii_lowercase();
    let (written, scheme) = SCHEMES.iter().find(|(written, _)| near.ends_with(written))?;
    let mark = AFTER_SCHEME.iter().find(|mark| after.starts_with(**mark))?;
    let start = separator - written.len();
    let from = separator + mark.len();
    let (name, end, dots) = host_at(text, from);
    let is_defanged = written != scheme || dots || *mark != "://";
    if !is_defanged || name.is_empty() || *mark == ":\\\\" && written == scheme {
        return None;
    }
    finish(text, start, end, format!("{scheme}://{name}"))
}

/// Reads a defanged host without a scheme around the dot of `[.]`.
pub(super) fn at_dot(text: &str, floor: usize, dot: usize) -> Option<Bare> {
    let before = text.get(floor..dot)?.trim_end_matches(['[', '(', '{']);
    let label = before.rfind(|c| !host::is_host_char(c)).map_or(0, |at| {
        at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let dotted = |c: char| c == '.' || host::is_host_char(c);
    let start = before.rfind(|c| !dotted(c)).map_or(label, |_| label.min(before.len()));
    let start = floor + start;
    let (name, end, dots) = host_at(text, start);
    let plausible = dots && end > dot && name.contains('.') && host::is_known(&name);
    plausible.then(|| finish(text, start, end, name))?
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

fn finish(text: &str, start: usize, end: usize, address: String) -> Option<Bare> {
    let extent = extent::measure(text, end, None);
    let rest = Span::new(end, extent.end).of(text);
    let extent = Extent { end: extent.end.max(end), ..extent };
    let mut found = Bare::new(start, extent, LinkKind::Defanged);
    let path = DOTS.iter().take(3).fold(rest.to_owned(), |path, dot| path.replace(dot, "."));
    found.refanged = Some(address + &path);
    Some(found)
}
