//! Memory: what came of each address, within a run and from one to the next.

pub(super) mod cache;
mod packed;
pub(super) mod seen;
