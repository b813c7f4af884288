//! Read: inputs become documents. Encodings are settled here.

pub mod charset;
