//! Texts and words: what is cheap to know of bytes, whether words belong together, what the main text
//! of a page is and whether two of them are versions of one. Pure, like the stages that use it.

pub(crate) mod ascii;
pub(crate) mod bloom;
pub(crate) mod dates;
pub(crate) mod directive;
pub(crate) mod edit;
pub(crate) mod fnv;
pub(crate) mod json;
pub(crate) mod letters;
pub(crate) mod main_text;
mod plural;
pub(crate) mod slug;
pub(crate) mod words;

pub use plural::{count, grouped, were};
