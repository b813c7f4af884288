//! dateline.

pub mod date;
pub mod extract;
pub mod fetch;
pub mod model;
pub mod read;
pub mod rules;
