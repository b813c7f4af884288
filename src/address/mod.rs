//! What an address says by itself, wherever it stands: which capture of which page it names, what a
//! redirector wraps in it, whose host it is, when it was made, how it is shaped and numbered, how far it
//! reaches in running text, and what in it is a secret.
//!
//! *Architecture invariant:* nothing here looks at more than an address and what is right around it,
//! and no stage is named here: all of them use it.

pub(crate) mod archive;
pub(crate) mod bare;
pub mod day;
pub(crate) mod fragment;
pub(crate) mod hosts;
pub mod identifier;
pub(crate) mod inside;
pub(crate) mod numbered;
pub(crate) mod pattern;
pub(crate) mod resource;
pub mod secret;
pub(crate) mod shape;
pub mod shown;
pub(crate) mod site_clock;
pub(crate) mod typo;
pub(crate) mod wrapper;

use url::Url;

pub use pattern::Addresses;

/// The address that an input is, if it is one.
#[must_use]
pub fn web_address(input: &str) -> Option<Url> {
    Url::parse(input).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}
