//! Retry: what is worth another try, and after what wait.

use std::time::Duration;

use jiff::Timestamp;

use crate::fetch::client::exchange::retry_after;
use crate::fetch::client::verdict;
use crate::model::{Failure, FailureKind, Headers};

/// Tries again after a host asked for time and said how much.
const MAX_ASKED_WAITS: u32 = 10;

/// Tries again after a 429 or 5xx that says nothing about time.
const MAX_BACKOFFS: u32 = 2;

/// The first wait of its own accord; it doubles with each try.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);

/// What to do after one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Take it as it is.
    Accept,
    /// Leave the whole host alone for a while, and try again.
    PauseHost(Duration),
    /// Try this one again after a while.
    Again(Duration),
}

/// What to do about an answer, after `tries` tries that came to nothing.
#[must_use]
pub(crate) fn after_answer(status: u16, headers: &Headers, tries: u32, now: Timestamp) -> Next {
    let asked = headers.get("retry-after").and_then(|value| retry_after(value, now));
    match (status, asked) {
        (429 | 503, Some(wait)) if tries < MAX_ASKED_WAITS => Next::PauseHost(wait),
        (429, None) if tries < MAX_BACKOFFS => Next::PauseHost(backoff(tries) * 2),
        (500 | 502..=504, None) if tries < MAX_BACKOFFS => Next::Again(backoff(tries)),
        _ => Next::Accept,
    }
}

/// What to do about a failure: one more try where chance may have had a part in it.
#[must_use]
pub(crate) fn after_failure(failure: &Failure, tries: u32) -> Next {
    match failure.kind {
        FailureKind::Protocol
            if tries == 0
                && failure.detail != verdict::MALFORMED
                && failure.detail != verdict::TOO_LARGE =>
        {
            Next::Again(backoff(tries))
        }
        FailureKind::Refused | FailureKind::Unresolved if tries == 0 => Next::Again(backoff(tries)),
        // Connections of our own were in the way, and will be closed.
        FailureKind::NotTried if tries < MAX_ASKED_WAITS => Next::Again(backoff(tries.min(3))),
        _ => Next::Accept,
    }
}

fn backoff(tries: u32) -> Duration {
    FIRST_BACKOFF.mul_f64(f64::from(1_u32 << tries.min(8)) * (1.0 + fastrand::f64() / 4.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2018-05-25T12:00:00Z".parse().expect("a time")
    }

    #[test]
    fn seconds_and_dates_are_read_and_junk_is_ignored() {
        let seconds = |value: &str| retry_after(value, now()).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Fri, 25 May 2018 12:00:30 GMT"), Some(30));
        assert_eq!(seconds("Fri, 25 May 2018 11:00:00 GMT"), Some(0));
        assert_eq!(seconds("18446744073709551616"), Some(u32::MAX.into()));
        for junk in ["", "-1", "-1e999", "1.5", "soon", "١"] {
            assert_eq!(seconds(junk), None, "{junk}");
        }
    }

    #[test]
    fn another_try_is_made_only_where_it_may_help() {
        let none = Headers::default();
        let wait = Headers(vec![("retry-after".into(), "2".into())]);
        let two = Duration::from_secs(2);
        assert_eq!(after_answer(429, &wait, 3, now()), Next::PauseHost(two));
        assert_eq!(after_answer(429, &none, MAX_BACKOFFS, now()), Next::Accept);
        assert!(matches!(after_answer(503, &none, 0, now()), Next::Again(_)));
        for status in [200, 301, 404, 403, 501] {
            assert_eq!(after_answer(status, &wait, 0, now()), Next::Accept, "{status}");
        }
        let failure = Failure::new(FailureKind::Timeout, "");
        assert_eq!(after_failure(&failure, 0), Next::Accept);
    }

    proptest! {
        #[test]
        fn any_value_is_read_without_panic(value in ".{0,40}") {
            let _ = retry_after(&value, now());
        }
    }
}
