//! dateline.

pub mod date;
pub mod extract;
pub mod model;
pub mod rules;
