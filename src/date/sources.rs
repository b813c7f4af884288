//! The kinds of evidence by their names: how a claim that was written down finds its kind again.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use super::EVIDENCE;
use crate::address::site_clock;
use crate::model::Source;

impl Source {
    /// The kind of evidence of that name; one of another version of this program is known by its
    /// name alone.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let evidence = EVIDENCE.iter().map(|evidence| evidence.source.clone());
        let mut known = evidence.chain([site_clock::SOURCE]).chain(Self::BESIDE_EVIDENCE);
        known.find(|source| source.as_str() == name).unwrap_or_else(|| Self::unknown(name))
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer).map(|name| Self::named(&name))
    }
}
