//! A PROV bundle as PROV-JSON: statements by their kinds, each under a name of its own.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The statements about one document. Kinds come in the order of their names, statements of a kind
/// as they were made.
#[derive(Default)]
pub(super) struct Bundle {
    kinds: BTreeMap<&'static str, Map<String, Value>>,
    relations: usize,
}

/// What is said of an entity, an activity or an agent, in order.
pub(super) type Attributes = Vec<(&'static str, Value)>;

impl Bundle {
    /// States that something is there; what is said of it first stays.
    pub(super) fn state(&mut self, kind: &'static str, id: &str, attributes: Attributes) {
        let statements = self.kinds.entry(kind).or_default();
        if !statements.contains_key(id) {
            statements.insert(id.to_owned(), object(attributes));
        }
    }

    /// States a relation: its roles with the names of what plays them.
    pub(super) fn relate(&mut self, kind: &'static str, roles: &[(&'static str, &str)]) {
        self.relate_with(kind, roles, Vec::new());
    }

    /// States a relation of which there is more to say.
    pub(super) fn relate_with(
        &mut self,
        kind: &'static str,
        roles: &[(&'static str, &str)],
        attributes: Attributes,
    ) {
        self.relations += 1;
        let roles = roles.iter().map(|&(role, id)| (role, Value::from(id)));
        let statement = object(roles.chain(attributes).collect());
        self.kinds.entry(kind).or_default().insert(format!("_:{}", self.relations), statement);
    }

    /// The bundle, in which the prefix `a` stands for `namespace`.
    pub(super) fn into_json(self, namespace: &str) -> Value {
        let mut bundle = Map::new();
        bundle.insert("prefix".to_owned(), json!({ "a": namespace }));
        let kinds = self.kinds.into_iter();
        bundle.extend(kinds.map(|(kind, statements)| (kind.to_owned(), statements.into())));
        Value::Object(bundle)
    }
}

/// An object of what there is to say; what is null is left out.
fn object(attributes: Attributes) -> Value {
    let said = attributes.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(said.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A name of this vocabulary as a value.
pub(super) fn name(local: &str) -> Value {
    reference(&format!("dateline:{local}"))
}

/// Something that has a name, as a value.
pub(super) fn reference(id: &str) -> Value {
    json!({ "$": id, "type": "prov:QUALIFIED_NAME" })
}

/// An address as a value.
pub(super) fn address(url: &str) -> Value {
    json!({ "$": url, "type": "xsd:anyURI" })
}

/// An instant as a value.
pub(super) fn instant(at: Timestamp) -> Value {
    json!({ "$": at.to_string(), "type": "xsd:dateTime" })
}
