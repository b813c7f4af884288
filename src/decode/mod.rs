//! Decode: bytes to documents, wherever they come from: their character encoding, their media type,
//! records of web archives, the envelope of a PDF.
//!
//! *Architecture invariant:* nothing here touches the world, and no bytes make it fail.

pub mod charset;
pub(crate) mod media;
pub(crate) mod pdf;
pub(crate) mod warc;
