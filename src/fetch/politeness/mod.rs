//! Politeness: how fast a host is asked, what its site forbids, and what is worth asking again.

pub(super) mod pace;
pub(super) mod retry;
pub(super) mod robots;
