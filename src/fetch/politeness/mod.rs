//! Politeness: how fast a host is asked, what its site forbids, and what is worth asking again.

pub mod pace;
pub mod retry;
pub mod robots;
