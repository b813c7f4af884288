//! The JSON schema of the file, for editors.

use clap::Arg;
use serde_json::{Map, Value, json};

use super::TABLES;
use super::options::{check, is_flag, is_list, key_options};
use crate::rules::RULES;

/// The schema (JSON Schema, draft 7), made from the options and the registries.
#[must_use]
pub fn schema() -> Value {
    let command = check();
    let mut properties: Map<String, Value> =
        key_options(&command).map(|(key, arg)| (key.to_owned(), property(arg))).collect();
    for (name, about) in TABLES {
        // What is an option too may be either.
        let property = match properties.remove(name) {
            Some(option) => json!({ "anyOf": [option, table(name, about)] }),
            None => table(name, about),
        };
        properties.insert(name.to_owned(), property);
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dateline.toml",
        "description": "What dateline checks, and how. Every key is an option of `dateline check`.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

#[expect(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that is not there is put in"
)]
fn property(arg: &Arg) -> Value {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut property = if is_flag(arg) {
        json!({ "type": "boolean" })
    } else if is_list(arg) {
        let value = value(arg);
        json!({ "anyOf": [value.clone(), { "type": "array", "items": value }] })
    } else {
        value(arg)
    };
    property["description"] = help.into();
    let default = arg.get_default_values().first().and_then(|value| value.to_str());
    if let Some(default) = default.filter(|_| !is_flag(arg)) {
        let number = default.parse::<i64>().map(Value::from);
        property["default"] = number.unwrap_or_else(|_| default.into());
    }
    property
}

fn value(arg: &Arg) -> Value {
    let possible = arg.get_possible_values();
    if possible.is_empty() {
        json!({ "type": ["string", "number"] })
    } else {
        let names: Vec<&str> =
            possible.iter().map(clap::builder::PossibleValue::get_name).collect();
        json!({ "enum": names })
    }
}

fn table(name: &str, about: &str) -> Value {
    let level = json!({ "enum": ["error", "warning", "note", "off"] });
    if name == "levels" {
        let properties: Map<String, Value> =
            RULES.iter().map(|rule| (rule.id.to_owned(), level.clone())).collect();
        return json!({
            "description": about,
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
    }
    let (required, properties) = match name {
        "allow" => ("reason", with(scope(), &[("reason", reason()), ("expires", day())])),
        "override" => ("level", with(scope(), &[("level", level)])),
        "host" => ("host", host()),
        "archive" => ("name", archive()),
        _ => ("select", furniture()),
    };
    json!({
        "description": about,
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [required],
            "properties": properties,
        },
    })
}

#[expect(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that is not there is put in"
)]
fn with(mut properties: Value, more: &[(&str, Value)]) -> Value {
    for (name, property) in more {
        properties[*name] = property.clone();
    }
    properties
}

fn texts(about: &str) -> Value {
    let list = json!({ "type": "array", "items": { "type": "string" } });
    json!({ "description": about, "anyOf": [{ "type": "string" }, list] })
}

fn scope() -> Value {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let rule = json!({ "enum": rules });
    json!({
        "rule": { "anyOf": [rule, { "type": "array", "items": rule }] },
        "path": texts("Globs of articles; `**` crosses folders."),
        "host": texts("Hosts of links, with all their subdomains."),
        "url": texts("Globs of whole addresses."),
    })
}

fn reason() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn day() -> Value {
    json!({ "type": "string", "description": "The last day, 2027-01-31." })
}

fn host() -> Value {
    let number = json!({ "type": "integer", "minimum": 1, "maximum": 1024 });
    json!({
        "host": { "type": "string", "description": "Its name; the pace holds for all names of its domain." },
        "concurrency": with(number, &[("description", "At most this many requests at once.".into())]),
        "interval": { "type": ["string", "number"], "description": "Time between requests: 100ms, 2s." },
        "header": texts("`Name: value`, sent to https://HOST and nowhere else; `${DATELINE_…}` is a variable of the environment."),
    })
}

fn archive() -> Value {
    let number = json!({ "type": "integer", "minimum": 1, "maximum": 1024 });
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "name": text("What `--archive NAME` chooses it by."),
        "ask": { "type": "boolean", "description": "Whether it is asked, and so told of links, where the command line does not say otherwise." },
        "timemap": text("The address of its TimeMaps (RFC 7089), with {url} for a page's address."),
        "cdx": text("The address of its index (a CDX server), asked in place of TimeMaps, with {url} for a page's address."),
        "timegate": text("The address of its TimeGate, with {url} for a page's address, and with {time} where it wants that in the address and not in Accept-Datetime."),
        "search": text("The address of its index asked for the pages of a {host} captured from {from} to {to} with {slug} in their address: where a redated page was."),
        "raw": text("The address of a capture's own bytes, with {time} for its 14 digits and {url}; without it `id_` is put behind the digits of the address listed."),
        "limit": { "type": "integer", "minimum": 0, "description": "How often it may be asked in one run." },
        "concurrency": with(number, &[("description", "At most this many requests at once.".into())]),
        "interval": { "type": ["string", "number"], "description": "Time between requests: 100ms, 2s." },
    })
}

fn furniture() -> Value {
    json!({
        "path": texts("Globs of articles; `**` crosses folders."),
        "host": texts("Hosts that articles came from, with all their subdomains."),
        "select": texts("CSS selectors: types, .classes, #ids, [attributes], :not(), descendants, children."),
    })
}
