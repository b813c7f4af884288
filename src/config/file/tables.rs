//! The tables of the file that are no options.

use std::ffi::OsString;

use globset::GlobMatcher;
use jiff::civil::Date;
use toml::{Table, Value};

use super::{Environment, Furniture, options, unknown};
use crate::config::cli::{BoundHeader, FetchArgs};
use crate::extract::furniture as selectors;
use crate::fetch::HostPace;
use crate::model::Level;
use crate::rules::RULES;
use crate::suppress::allow::{Allow, Override, Scope, glob};

/// `[levels]`: the same as `--level RULE=LEVEL`.
pub(super) fn levels(levels: &Table) -> Result<Vec<(String, OsString)>, String> {
    levels
        .iter()
        .map(|(rule, level)| {
            let level = level.as_str().unwrap_or_default();
            known_rule(rule)?;
            let argument = OsString::from(format!("--level={rule}={level}"));
            options::accepted("levels", &argument)?;
            Ok((format!("levels.{rule}"), argument))
        })
        .collect()
}

/// `[[allow]]`
pub(super) fn allow(entry: &Value) -> Result<Allow, String> {
    let table = table("allow", entry, &["rule", "path", "host", "url", "reason", "expires"])?;
    let reason = table.get("reason").and_then(Value::as_str).unwrap_or_default().trim();
    if reason.is_empty() {
        return Err("an entry of `allow` needs a `reason`".to_owned());
    }
    let expires = table.get("expires").map(day).transpose()?;
    Ok(Allow { scope: scope(table)?, reason: reason.to_owned(), expires })
}

/// `[[override]]`
pub(super) fn over(entry: &Value) -> Result<Override, String> {
    let table = table("override", entry, &["rule", "path", "host", "url", "level"])?;
    if !["path", "host", "url"].iter().any(|key| table.contains_key(*key)) {
        return Err("an entry of `override` names `path`, `host` or `url`; for a rule \
                    everywhere there is [levels]"
            .to_owned());
    }
    Ok(Override { scope: scope(table)?, level: level(table.get("level"))? })
}

/// `[[furniture]]`
pub(super) fn furniture(entry: &Value) -> Result<Furniture, String> {
    let table = table("furniture", entry, &["path", "host", "select"])?;
    let select = texts(table, "select")?;
    if select.is_empty() {
        return Err("an entry of `furniture` needs a `select`, such as \".related\"".to_owned());
    }
    for selector in &select {
        selectors::check(selector).map_err(|problem| format!("`select`: {problem}"))?;
    }
    Ok(Furniture { scope: scope(table)?, select })
}

/// `[[host]]`: its pace, and the header fields that go to it alone, over TLS.
pub(super) fn host(
    entry: &Value,
    environment: &Environment<'_>,
) -> Result<(HostPace, Vec<BoundHeader>), String> {
    let table = table("host", entry, &["host", "concurrency", "interval", "header"])?;
    let host = table.get("host").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    if host.is_empty() {
        return Err("an entry of `host` needs a `host`, such as \"example.com\"".to_owned());
    }
    if url::Host::parse(&host).is_err() {
        return Err(format!("`host`: `{host}` is no host; write its name alone, \"example.com\""));
    }
    // The command line's own parser judges the values.
    let option = |key: &str| -> Result<Option<String>, String> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let value = options::scalar(key, value)?;
        options::accepted(key, &format!("--host-{key}={value}").into())?;
        Ok(Some(value))
    };
    let concurrency = option("concurrency")?.and_then(|number| number.parse().ok());
    let interval = option("interval")?.and_then(|text| FetchArgs::interval(&text).ok());
    let headers = texts(table, "header")?;
    let headers = headers.iter().map(|field| header(&host, field, environment));
    Ok((HostPace { host: host.clone(), concurrency, interval }, headers.collect::<Result<_, _>>()?))
}

fn header(host: &str, field: &str, environment: &Environment<'_>) -> Result<BoundHeader, String> {
    let field = environment.filled("header", field)?;
    format!("https://{host} {field}").parse().map_err(|_| {
        // What was written may hold a secret, and so is not shown.
        format!("`header` of `{host}`: write the field alone: \"Name: value\"")
    })
}

fn table<'v>(name: &str, entry: &'v Value, keys: &[&str]) -> Result<&'v Table, String> {
    let table = entry.as_table().ok_or_else(|| format!("`{name}` is a list of tables"))?;
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => {
            let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
            Err(unknown("key", key, &keys))
        }
        None => Ok(table),
    }
}

fn scope(table: &Table) -> Result<Scope, String> {
    let rules = texts(table, "rule")?;
    rules.iter().try_for_each(|rule| known_rule(rule))?;
    let globs = |key: &str| -> Result<Vec<GlobMatcher>, String> {
        texts(table, key)?.iter().map(|pattern| glob(pattern)).collect()
    };
    let hosts = texts(table, "host")?.iter().map(|host| host.to_ascii_lowercase()).collect();
    Ok(Scope { rules, paths: globs("path")?, hosts, urls: globs("url")? })
}

/// One text, or a list of them.
fn texts(table: &Table, key: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{key}` is a text or a list of texts");
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(wrong);
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(values)) => values.iter().map(text).collect(),
        Some(value) => text(value).map(|text| vec![text]),
    }
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
