//! What an address says by itself, wherever it stands: which capture of which page it names, what a
//! redirector wraps in it, whose host it is, when it was made, how it is shaped and numbered, how far it
//! reaches in running text, and what in it is a secret.
//!
//! *Architecture invariant:* nothing here looks at more than an address and what is right around it,
//! and no stage is named here: all of them use it.

pub mod archive;
pub mod bare;
pub mod fragment;
pub mod hosts;
pub mod identifier;
pub(crate) mod inside;
pub mod numbered;
pub mod pattern;
pub mod resource;
pub mod secret;
pub mod shape;
pub(crate) mod typo;
pub mod wrapper;
