//! Memory: what came of each address, within a run and from one to the next.

pub mod cache;
mod packed;
pub mod seen;
