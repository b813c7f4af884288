//! Compare: whether words, texts, hosts and addresses belong together. Pure, like the rules that
//! use it.

pub(crate) mod fnv;
pub mod hosts;
pub mod shape;
pub mod text;
pub mod words;
