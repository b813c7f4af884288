//! What can be read of JSON-LD whose values cannot be told from one another.

use super::objects::Object;
use crate::model::Mark;

/// What can be read of a script of which something had to be passed over: its first dates, as those of one
/// object of unknown type.
pub(super) fn salvage<'a>(text: &str, mark: &'a Mark) -> Option<Object<'a>> {
    let dates: Vec<(&'static str, String)> = ["datePublished", "dateModified"]
        .into_iter()
        .filter_map(|name| Some((name, first_value(text, name)?.to_owned())))
        .collect();
    let article = memchr::memmem::find(text.as_bytes(), b"Article\"").is_some()
        || memchr::memmem::find(text.as_bytes(), b"BlogPosting\"").is_some();
    let rank = if article { 2 } else { 1 };
    (!dates.is_empty()).then(|| Object {
        mark,
        rank,
        is_page: false,
        headline: String::new(),
        addresses: Vec::new(),
        dates,
    })
}

/// The string after the first `"name":`.
fn first_value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let at = memchr::memmem::find(text.as_bytes(), name.as_bytes())?;
    let rest = text.get(at + name.len()..)?.trim_start_matches(['"', '\'']).trim_start();
    let rest = rest.strip_prefix(':')?.trim_start().trim_start_matches('[').trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest.get(1..)?;
    value.get(..value.find(quote)?)
}
