//! Files: how many connections this machine lets one process have.

/// What is left for other things than connections: input, output, cache, name servers.
const RESERVE: u64 = 24;

/// Raises the limit on open files as far as this process may, and gives how many connections can
/// be open within it.
#[must_use]
pub(super) fn connections() -> usize {
    usize::try_from(open_files().saturating_sub(RESERVE) / 2).unwrap_or(usize::MAX).max(1)
}

#[cfg(unix)]
fn open_files() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    // Where it may not be raised, it stays as it is.
    let _ = setrlimit(Resource::Nofile, raised);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
const fn open_files() -> u64 {
    4096
}
