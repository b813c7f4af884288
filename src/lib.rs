//! dateline.

pub mod cli;
pub mod config;
pub mod date;
pub mod error;
pub mod extract;
pub mod model;
pub mod read;
pub mod report;
pub mod rules;
pub mod run;
