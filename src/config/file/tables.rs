//! The tables of the file that are no options.

use std::ffi::OsString;
use std::time::Duration;

use jiff::civil::Date;
use toml::{Table, Value};

use super::place::{InKey as _, Wrong};
use super::{Environment, Furniture, options, unknown};
use crate::config::cli::{BoundHeader, FetchArgs};
use crate::extract::furniture as selectors;
use crate::fetch::{Addresses, Archive, ArchiveChoice, HostPace};
use crate::model::Level;
use crate::rules::RULES;
use crate::suppress::allow::{Allow, Override, Scope, glob};

/// `[levels]`: the same as `--level RULE=LEVEL`.
pub(super) fn levels(levels: &Table) -> Result<Vec<(String, OsString)>, Wrong> {
    levels
        .iter()
        .map(|(rule, level)| {
            known_rule(rule).in_key(rule)?;
            let level = level.as_str().unwrap_or_default();
            let argument = OsString::from(format!("--level={rule}={level}"));
            options::accepted("levels", &argument).in_key(rule)?;
            Ok((format!("levels.{rule}"), argument))
        })
        .collect()
}

/// `[[allow]]`
pub(super) fn allow(entry: &Value) -> Result<Allow, Wrong> {
    let table = table("allow", entry, &["rule", "path", "host", "url", "reason", "expires"])?;
    let reason = table.get("reason").and_then(Value::as_str).unwrap_or_default().trim();
    if reason.is_empty() {
        return Err("an entry of `allow` needs a `reason`".to_owned().into());
    }
    let expires = table.get("expires").map(day).transpose().in_key("expires")?;
    Ok(Allow { scope: scope(table)?, reason: reason.to_owned(), expires })
}

/// `[[override]]`
pub(super) fn over(entry: &Value) -> Result<Override, Wrong> {
    let table = table("override", entry, &["rule", "path", "host", "url", "level"])?;
    if !["path", "host", "url"].iter().any(|key| table.contains_key(*key)) {
        return Err("an entry of `override` names `path`, `host` or `url`; for a rule \
                    everywhere there is [levels]"
            .to_owned()
            .into());
    }
    Ok(Override { scope: scope(table)?, level: level(table.get("level")).in_key("level")? })
}

/// `[[furniture]]`
pub(super) fn furniture(entry: &Value) -> Result<Furniture, Wrong> {
    let table = table("furniture", entry, &["path", "host", "select"])?;
    let select = texts(table, "select")?;
    if select.is_empty() {
        return Err("an entry of `furniture` needs a `select`, such as \".related\""
            .to_owned()
            .into());
    }
    each(&select, "select", |selector| {
        selectors::check(selector).map_err(|problem| format!("`select`: {problem}"))
    })?;
    Ok(Furniture { scope: scope(table)?, select })
}

/// `[[host]]`: its pace, and the header fields that go to it alone, over TLS.
pub(super) fn host(
    entry: &Value,
    environment: &Environment<'_>,
) -> Result<(HostPace, Vec<BoundHeader>), Wrong> {
    let table = table("host", entry, &["host", "concurrency", "interval", "header"])?;
    let host = table.get("host").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    if host.is_empty() {
        return Err("an entry of `host` needs a `host`, such as \"example.com\"".to_owned().into());
    }
    if url::Host::parse(&host).is_err() {
        let said = format!("`host`: `{host}` is no host; write its name alone, \"example.com\"");
        return Err(said).in_key("host");
    }
    let (concurrency, interval) = pace(table)?;
    let headers =
        each(&texts(table, "header")?, "header", |field| header(&host, field, environment))?;
    Ok((HostPace { host, concurrency, interval }, headers))
}

/// A web archive as an entry describes it.
pub(super) struct Described {
    /// The archive, with its name.
    pub(super) archive: (String, Archive),
    /// The pace of its host, where it has one of its own.
    pub(super) pace: Option<HostPace>,
    /// Whether it is asked where the command line does not say otherwise.
    pub(super) is_asked: bool,
}

/// `[[archive]]`
pub(super) fn archive(entry: &Value) -> Result<Described, Wrong> {
    let keys = [
        "name",
        "ask",
        "timemap",
        "cdx",
        "timegate",
        "search",
        "raw",
        "limit",
        "concurrency",
        "interval",
    ];
    let table = table("archive", entry, &keys)?;
    let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::trim);
    let name = text("name").unwrap_or_default();
    if !matches!(name.parse(), Ok(ArchiveChoice::Named(_) | ArchiveChoice::At(_))) {
        let said = "an entry of `archive` needs a `name` of letters, digits and hyphens, such as \
                    \"national-library\"; `--archive NAME` chooses it";
        return Err(said.to_owned()).in_key("name");
    }
    let limit = match table.get("limit") {
        None => None,
        Some(limit) => {
            let count = limit.as_integer().and_then(|limit| usize::try_from(limit).ok());
            let said = || "`limit` is how often it may be asked in one run, such as 500".to_owned();
            Some(count.ok_or_else(said).in_key("limit")?)
        }
    };
    let addresses = Addresses {
        timemap: text("timemap"),
        cdx: text("cdx"),
        timegate: text("timegate"),
        search: text("search"),
        raw: text("raw"),
    };
    let archive = Archive::described(&addresses, limit);
    let archive = archive.or_else(|(key, said)| Err(said).in_key(key))?;
    let (concurrency, interval) = pace(table)?;
    let has_pace = concurrency.is_some() || interval.is_some();
    let pace = archive.host().filter(|_| has_pace);
    let pace = pace.map(|host| HostPace { host, concurrency, interval });
    let is_asked = match table.get("ask") {
        None => false,
        Some(Value::Boolean(ask)) => *ask,
        Some(_) => return Err("`ask` is true or false".to_owned()).in_key("ask"),
    };
    Ok(Described { archive: (name.to_owned(), archive), pace, is_asked })
}

/// How often a host is asked; the command line's own parser judges the values.
fn pace(table: &Table) -> Result<(Option<usize>, Option<Duration>), Wrong> {
    let option = |key: &str| -> Result<Option<String>, Wrong> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let value = options::scalar(key, value).in_key(key)?;
        options::accepted(key, &format!("--host-{key}={value}").into()).in_key(key)?;
        Ok(Some(value))
    };
    let concurrency = option("concurrency")?.and_then(|number| number.parse().ok());
    let interval = option("interval")?.and_then(|text| FetchArgs::interval(&text).ok());
    Ok((concurrency, interval))
}

fn header(host: &str, field: &str, environment: &Environment<'_>) -> Result<BoundHeader, String> {
    let field = environment.filled("header", field)?;
    format!("https://{host} {field}").parse().map_err(|_| {
        // What was written may hold a secret, and so is not shown.
        format!("`header` of `{host}`: write the field alone: \"Name: value\"")
    })
}

fn table<'v>(name: &str, entry: &'v Value, keys: &[&str]) -> Result<&'v Table, Wrong> {
    let table = entry.as_table().ok_or_else(|| format!("`{name}` is a list of tables"))?;
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => {
            let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
            Err(unknown("key", key, &keys)).in_key(key)
        }
        None => Ok(table),
    }
}

fn scope(table: &Table) -> Result<Scope, Wrong> {
    let rules = texts(table, "rule")?;
    each(&rules, "rule", known_rule)?;
    let globs = |key: &str| each(&texts(table, key)?, key, glob);
    let hosts = texts(table, "host")?.iter().map(|host| host.to_ascii_lowercase()).collect();
    Ok(Scope { rules, paths: globs("path")?, hosts, urls: globs("url")? })
}

/// Makes something of each text of a key; what is wrong is told with its place in the list.
fn each<T>(
    texts: &[String],
    key: &str,
    make: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Wrong> {
    let all = texts.iter().enumerate().map(|(number, text)| {
        make(text).map_err(|said| Wrong::from(said).within_entry(number).within_key(key))
    });
    all.collect()
}

/// One text, or a list of them.
fn texts(table: &Table, key: &str) -> Result<Vec<String>, Wrong> {
    let wrong = || format!("`{key}` is a text or a list of texts");
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(wrong);
    let texts = match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(values)) => values.iter().map(text).collect(),
        Some(value) => text(value).map(|text| vec![text]),
    };
    texts.in_key(key)
}

fn known_rule(rule: &str) -> Result<(), String> {
    if RULES.iter().any(|known| known.id == rule) {
        return Ok(());
    }
    let known: Vec<String> = RULES.iter().map(|known| known.id.to_owned()).collect();
    Err(unknown("rule", rule, &known))
}

fn level(value: Option<&Value>) -> Result<Option<Level>, String> {
    match value.and_then(Value::as_str) {
        Some("error") => Ok(Some(Level::Error)),
        Some("warning") => Ok(Some(Level::Warning)),
        Some("note") => Ok(Some(Level::Note)),
        Some("off") => Ok(None),
        _ => Err("`level` is \"error\", \"warning\", \"note\" or \"off\"".to_owned()),
    }
}

/// A day, as text or as TOML's own.
fn day(value: &Value) -> Result<Date, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    text.parse().map_err(|_| "`expires` is a day, such as \"2027-01-31\"".to_owned())
}
