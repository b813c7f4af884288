//! `unverifiable-link`: the target could not be judged, which is not the same as dead.

use crate::model::{Case, Checked, Failure, FailureKind, Finding, Need, Tuning};

use super::support::finding::{on_link, shown};

declare_rule! {
    /// ## What it finds
    ///
    /// A link that was followed without an answer that says whether its target is there: 401, 403,
    /// 429 or 5xx, a time-out, a certificate that does not hold, an answer that is no HTTP.
    ///
    /// ## Why it matters
    ///
    /// Many sites refuse programs and serve people; calling them dead would be wrong. Someone
    /// should look with a browser.
    ///
    /// ## Fires
    ///
    /// `https://news.example/paywalled`, which answers `403 Forbidden`.
    ///
    /// ## Stays silent
    ///
    /// A page that answers 404 (`dead-link`), and every link when the run is offline.
    ///
    /// ## How to silence it
    ///
    /// It is a note and shown in profile `audit` only; or run with `--ignore unverifiable-link`.
    RULE {
        id: "unverifiable-link",
        summary: "the target could not be judged: refused to programs, overloaded, too slow, or untrusted",
        level: Note,
        needs: &[Need::Page],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    case.links()
        .filter_map(|checked| {
            let failure = checked.status.outcome()?.result.as_ref().err()?;
            reason(failure.kind).map(|reason| finding(&checked, failure, reason))
        })
        .collect()
}

fn finding(checked: &Checked<'_>, failure: &Failure, reason: &str) -> Finding {
    let detail =
        if failure.detail.is_empty() { String::new() } else { format!(" ({})", failure.detail) };
    let message = format!(
        "{} could not be judged: {reason}{detail}. That does not mean that it is dead.",
        shown(checked.link)
    );
    on_link(&RULE, checked.link, message, "look at it in a browser, or try again later")
}

/// Why it could not be judged; none for what is dead, loops, or was never asked.
const fn reason(kind: FailureKind) -> Option<&'static str> {
    Some(match kind {
        FailureKind::Denied => {
            "its site answers only those who are signed in or look like a browser"
        }
        FailureKind::LoginWall => "its site sends every visitor to a page to sign in",
        FailureKind::Unresolved => {
            "its host name could not be looked up, which says nothing about it"
        }
        FailureKind::RateLimited => "its site asks for fewer requests",
        FailureKind::ServerError => "its site has an error of its own",
        FailureKind::UnexpectedStatus => "its site gave an answer that says neither yes nor no",
        FailureKind::Timeout => "it took too long to answer",
        FailureKind::Tls => "its certificate or its encryption does not hold",
        FailureKind::Protocol => "the connection broke, or the answer was no HTTP",
        FailureKind::Blocked => "its address may not be connected to from here",
        FailureKind::Undecodable => "its answer could not be decoded",
        FailureKind::DisallowedByRobots => "its robots.txt asks programs to stay away",
        FailureKind::NotFound
        | FailureKind::Gone
        | FailureKind::NoSuchHost
        | FailureKind::Refused
        | FailureKind::RedirectLoop
        | FailureKind::TooManyRedirects
        | FailureKind::NoNetwork
        | FailureKind::NotRecorded
        | FailureKind::NotTried => return None,
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, FailureKind};

    const URL: &str = "https://news.example/paywalled";

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25").link(URL).failed(FailureKind::Denied, "403 Forbidden").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link(URL)
            .failed(FailureKind::Gone, "410 Gone")
            .link(URL)
            .failed(FailureKind::NotRecorded, "")
            .link(URL)
            .case()
    }
}
