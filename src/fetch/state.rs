//! State that many tasks share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The state behind a lock, which stays whole whoever panicked while holding it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
