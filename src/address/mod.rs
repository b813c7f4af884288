//! What an address says by itself, before anything is fetched.

pub mod identifier;
