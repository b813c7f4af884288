//! Reads JSON-LD that is not quite JSON, as far as it goes.

use serde_json::Value;

use super::objects::Object;
use crate::model::Mark;

/// The script as JSON: as it is, else with the usual mistakes mended.
pub fn parse(text: &str) -> Option<Value> {
    let text = unwrapped(text);
    serde_json::from_str(text).ok().or_else(|| several(&mended(text)))
}

/// Takes off the comment or CDATA section that old pages wrap scripts in.
fn unwrapped(text: &str) -> &str {
    let start = text.find(['{', '[']).unwrap_or(0);
    let start = if text.get(..start).is_some_and(|before| before.contains("CDATA")) {
        text.find("CDATA[").map_or(start, |at| at + 6)
    } else {
        start
    };
    let end = text.rfind(['}', ']']).map_or(text.len(), |at| at + 1);
    let end = if text.get(..end).is_some_and(|text| text.ends_with("]]")) && text.contains("CDATA[")
    {
        end - 2
    } else {
        end
    };
    text.get(start..end).unwrap_or_default().trim()
}

/// Values written one after another, up to the first that cannot be read.
fn several(text: &str) -> Option<Value> {
    let values: Vec<Value> =
        serde_json::Deserializer::from_str(text).into_iter().map_while(Result::ok).collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// Mends raw control characters in strings and commas before a closing bracket.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if quoted {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            quoted = !ends;
            out.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        quoted = c == '"';
        out.push(c);
    }
    out
}

/// What can be read of a script that no mending makes JSON: its first dates, as those of one
/// object of unknown type.
pub fn salvage<'a>(text: &str, mark: &'a Mark) -> Option<Object<'a>> {
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
