//! Where the identifiers of publishers and archives of papers stand in their addresses.

#![allow(
    clippy::unnested_or_patterns,
    clippy::match_same_arms,
    clippy::manual_let_else,
    reason = "each form of an address stands on a line of its own"
)]

use std::borrow::Cow;

use super::place::{Place, before, number, written};
use super::posts::Id;
use super::shape::last_uuid;

/// The number at the end of the last segment's words.
fn at_end<'u>(place: &Place<'u>) -> Option<&'u str> {
    let last = place.last()?;
    let last = last.strip_suffix(".html").unwrap_or(last);
    let (words, number) = last.rsplit_once('-')?;
    (!words.is_empty()).then_some(number)
}

/// `/articles/words-1534519043`, Unix seconds.
pub(super) fn wsj_seconds<'u>(place: &Place<'u>) -> Id<'u> {
    at_end(place).and_then(|id| number(id, 10..=10)).map(written)
}

/// `/articles/words-11668697503`, the same behind a one.
pub(super) fn wsj_eleven<'u>(place: &Place<'u>) -> Id<'u> {
    let id = at_end(place).and_then(|id| number(id, 11..=11))?;
    id.starts_with('1').then(|| written(id))
}

/// The same behind a five.
pub(super) fn barrons_eleven<'u>(place: &Place<'u>) -> Id<'u> {
    let id = at_end(place).and_then(|id| number(id, 11..=11))?;
    id.starts_with(['1', '5']).then(|| written(id))
}

/// `/article/SB123735124997967063.html`: milliseconds and five digits. The longer numbers that begin
/// with `SB1000142405` are another system's.
pub(super) fn wsj_milliseconds<'u>(place: &Place<'u>) -> Id<'u> {
    let digits = before(place.last()?.strip_prefix("SB")?, &['.', '-']);
    number(digits, 18..=18).filter(|id| id.starts_with('1')).map(written)
}

/// `…-idUSKBN1NV2FV`: `id`, the edition, a prefix and six characters, then at most the day.
pub(super) fn reuters<'u>(place: &Place<'u>) -> Id<'u> {
    place.segments().iter().rev().find_map(|segment| {
        let at = segment
            .rfind("id")
            .filter(|&at| at == 0 || segment.get(..at).is_some_and(|words| words.ends_with('-')))?;
        let code = segment.get(at + 2..)?;
        // A site's lower-case addresses lead to the same.
        let is = |letter: fn(&u8) -> bool| code.bytes().all(|b| b.is_ascii_digit() || letter(&b));
        let is_code = is(u8::is_ascii_uppercase) || is(u8::is_ascii_lowercase);
        let code = match code.len() {
            19.. => code.get(..code.len() - 8).filter(|_| day_at_end(code)),
            _ => Some(code),
        };
        let code = code.filter(|_| is_code)?;
        // The edition has two letters, and three in some languages.
        let code =
            [2, 3].into_iter().find_map(|edition| code.get(edition..).filter(|c| c.len() == 9))?;
        let has_digit = code.get(3..)?.bytes().any(|byte| byte.is_ascii_digit());
        let is_one = has_digit && is_prefix(&code.get(..3)?.to_ascii_uppercase());
        is_one.then(|| written(code))
    })
}

fn day_at_end(code: &str) -> bool {
    code.get(code.len().saturating_sub(8)..)
        .is_some_and(|day| day.starts_with("20") && number(day, 8..=8).is_some())
}

fn is_prefix(prefix: &str) -> bool {
    match prefix.as_bytes() {
        [b'L' | b'N', digit, b'N'] => digit.is_ascii_digit(),
        _ => matches!(prefix, "TRE" | "BRE" | "LNE" | "KBN" | "KCN" | "FWN"),
    }
}

/// `/news/terminal/T1OBK8GPWCGA`
pub(super) fn bloomberg<'u>(place: &Place<'u>) -> Id<'u> {
    let id = match *place.segments() {
        ["news", "terminal", id] => id,
        _ => return None,
    };
    let is_one = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    (id.len() == 12 && id.bytes().all(is_one)).then(|| written(id))
}

/// A sequential GUID of SQL Server.
pub(super) fn any_uuid<'u>(place: &Place<'u>) -> Id<'u> {
    last_uuid(place.path).map(written)
}

/// `/abs/1709.03221v2`, `/pdf/hep-th/9711200`, a DOI, and the same behind other sites' words.
pub(super) fn arxiv<'u>(place: &Place<'u>) -> Id<'u> {
    let last = place.last()?;
    let last = last.strip_suffix(".pdf").unwrap_or(last);
    let id = without_version(without_name(last));
    if let Some((month, count)) = id.split_once('.') {
        number(month, 4..=4)?;
        number(count, 4..=5)?;
        return place.path.contains('/').then(|| written(id));
    }
    let archive = place.segments().iter().rev().nth(1)?;
    let is_archive = archive.len() >= 4
        && archive.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.'))
        && is_archive(before(archive, &['.']));
    number(id, 7..=7).filter(|_| is_archive)?;
    Some(Cow::Owned(format!("{archive}/{id}")))
}

/// Without `arXiv:` or, as in a DOI, `arXiv.`, in whatever case.
fn without_name(id: &str) -> &str {
    const NAME: &str = "arxiv";
    match id.split_at_checked(NAME.len()) {
        Some((name, rest)) if name.eq_ignore_ascii_case(NAME) => {
            rest.strip_prefix([':', '.']).unwrap_or(id)
        }
        _ => id,
    }
}

/// The archives that numbered their own papers until March 2007.
fn is_archive(name: &str) -> bool {
    const ARCHIVES: [&str; 34] = [
        "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an",
        "chao-dyn", "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an",
        "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin",
        "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph",
        "solv-int", "supr-con",
    ];
    ARCHIVES.contains(&name)
}

fn without_version(id: &str) -> &str {
    match id.rsplit_once('v') {
        Some((number, version))
            if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            number
        }
        _ => id,
    }
}

/// `10.1101/2020.04.07.20057075` and the same with its version, as DOI or on the server itself.
pub(super) fn biorxiv<'u>(place: &Place<'u>) -> Id<'u> {
    let id = place.after(&["10.1101", "10.64898"])?;
    let mut parts = id.split('.');
    let day = [parts.next()?, parts.next()?, parts.next()?];
    let count = before(parts.next()?, &['v']);
    day.iter().all(|part| number(part, 2..=4).is_some()).then_some(())?;
    number(count, 6..=8).map(|_| written(id))
}

/// A DOI's resolver leads to papers of either kind.
pub(super) fn arxiv_doi<'u>(place: &Place<'u>) -> Id<'u> {
    place.after(&["10.48550"])?;
    arxiv(place)
}
