//! Verdict: what a status or an error says about a link, so that rules can tell dead from
//! unverifiable.

use std::error::Error;
use std::io;

use super::exchange::{Answer, retry_after};
use super::network::Told;
use super::tls;
use crate::model::{Failure, FailureKind};

/// The failure that an answer stands for; none for 2xx. A 503 that asks for time is a matter of
/// pace. The reason phrase is the server's to choose and tells nothing, so that it is left out.
#[must_use]
pub(crate) fn of_answer(answer: &Answer) -> Option<Failure> {
    let mut failure = of_status(answer.status)?;
    if answer.status == 404 && is_link_format(answer.headers.get("content-type")) {
        NOTHING_LISTED.clone_into(&mut failure.detail);
    }
    let asks_for_time =
        || answer.headers.get("retry-after").and_then(|value| retry_after(value, answer.at));
    if answer.status == 503 && asks_for_time().is_some() {
        failure.kind = FailureKind::RateLimited;
    }
    Some(failure)
}

/// What is said of an archive's list that is not there because it would hold nothing: pywb 2.10
/// answers so for an address that it has no capture of, and with HTML where there is no archive.
pub(crate) const NOTHING_LISTED: &str = "404 Not Found, a list that holds nothing";

/// Whether an answer is in link-format (RFC 6690).
fn is_link_format(content_type: Option<&str>) -> bool {
    content_type
        .and_then(|field| field.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/link-format"))
}

fn of_status(status: u16) -> Option<Failure> {
    let kind = match status {
        200..=299 => return None,
        404 => FailureKind::NotFound,
        410 => FailureKind::Gone,
        401 | 402 | 403 | 407 | 451 | 999 => FailureKind::Denied,
        429 => FailureKind::RateLimited,
        500..=599 => FailureKind::ServerError,
        _ => FailureKind::UnexpectedStatus,
    };
    let name = http::StatusCode::from_u16(status).ok().and_then(|code| code.canonical_reason());
    let detail = name.map_or_else(|| status.to_string(), |name| format!("{status} {name}"));
    Some(Failure::new(kind, detail))
}

/// What an error of the client came from.
#[must_use]
pub(crate) fn of_error(error: &reqwest::Error) -> Failure {
    let kind = |kind, detail: &str| Failure::new(kind, detail);
    if let Some(told) = cause::<Told>(error) {
        return told.0.clone();
    }
    if let Some(error) = tls_cause(error) {
        return Failure::new(FailureKind::Tls, tls::reason(error));
    }
    if error.is_timeout() {
        let step = if error.is_connect() { "no connection came about in time" } else { SILENT };
        return kind(FailureKind::Timeout, step);
    }
    // The outer ones only wrap the one that tells.
    let io = causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .find(|io| io.kind() != io::ErrorKind::Other);
    if error.is_connect() && io.is_some_and(|e| e.kind() == io::ErrorKind::UnexpectedEof) {
        return kind(FailureKind::Tls, "the host ended the connection in the TLS handshake");
    }
    if let Some(failure) = io.and_then(of_io) {
        return failure;
    }
    match cause::<hyper::Error>(error) {
        Some(error) if error.is_incomplete_message() => {
            kind(FailureKind::Protocol, "the connection was closed before the answer was complete")
        }
        // Only servers may ask the crate itself whether it is that.
        Some(error) if error.to_string().ends_with("too large") => {
            kind(FailureKind::Protocol, TOO_LARGE)
        }
        Some(error) if error.is_parse() => kind(FailureKind::Protocol, MALFORMED),
        _ if error.is_connect() => kind(FailureKind::Protocol, "no connection came about"),
        _ => kind(FailureKind::Protocol, "the exchange broke the rules of HTTP"),
    }
}

/// What is said of an answer that another try would not make better.
pub(crate) const MALFORMED: &str = "the answer is not valid HTTP";

/// What is said of an answer whose header has no end in sight.
pub(crate) const TOO_LARGE: &str = "the answer's header is larger than this program reads";

/// What is said of a host that lets a limit of time pass.
pub(crate) const SILENT: &str = "nothing came in time";

/// Whether an error is a body that ended before its stated length, as against a broken line.
#[must_use]
pub(crate) fn is_short_body(error: &reqwest::Error) -> bool {
    cause::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message)
        || cause::<io::Error>(error).is_some_and(|e| e.kind() == io::ErrorKind::UnexpectedEof)
}

/// Whether a failure means that the server gave no sign of itself at all.
#[must_use]
pub(crate) fn is_silence(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Timeout | FailureKind::Refused | FailureKind::NoSuchHost)
}

/// The error codes of Unix for too many open files, in this process and on this machine.
const TOO_MANY_FILES: [i32; 2] = [24, 23];

fn of_io(error: &io::Error) -> Option<Failure> {
    if cfg!(unix) && error.raw_os_error().is_some_and(|code| TOO_MANY_FILES.contains(&code)) {
        let detail = "this machine lets no more connections be open";
        return Some(Failure::new(FailureKind::NotTried, detail));
    }
    let (kind, detail) = match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            (FailureKind::Refused, "the host refuses the connection")
        }
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => (FailureKind::Protocol, "the connection was broken off"),
        io::ErrorKind::UnexpectedEof => {
            (FailureKind::Protocol, "the connection was closed before the answer was complete")
        }
        io::ErrorKind::TimedOut => (FailureKind::Timeout, "no connection came about in time"),
        // No route at all is this machine's lack; no way to one host may be the host's.
        io::ErrorKind::NetworkUnreachable => {
            (FailureKind::NoNetwork, "this machine has no route to that network")
        }
        io::ErrorKind::HostUnreachable => (FailureKind::Protocol, "no way leads to the host"),
        _ => return None,
    };
    Some(Failure::new(kind, detail))
}

/// The first error of a type in a chain of causes, looked for inside I/O errors as well.
fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref::<E>())
}

fn tls_cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    cause::<rustls::Error>(error)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // An I/O error's `source` passes over the error that it wraps.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn Error + 'static));
        wrapped.or_else(|| error.source())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_tell_dead_from_unverifiable() {
        let kind = |status| of_status(status).map(|failure| failure.kind);
        assert_eq!(kind(204), None);
        assert_eq!(kind(404), Some(FailureKind::NotFound));
        assert_eq!(kind(410), Some(FailureKind::Gone));
        for status in [101, 302, 400, 401, 403, 408, 418, 429, 451, 500, 503, 999] {
            assert!(kind(status).is_some_and(|kind| !kind.is_dead()), "{status}");
        }
        assert_eq!(of_status(404).map(|failure| failure.detail).as_deref(), Some("404 Not Found"));
    }
}
