//! `credentials-in-url`: a user name, a password or a token stands in the URL.

use url::Url;

use crate::address::secret::{has_user_info, secret_parameters, without_secrets};
use crate::model::{Case, Confidence, Finding, Link, LinkKind, Suggestion, Tuning};

use super::support::finding::on_link;

declare_rule! {
    /// ## What it finds
    ///
    /// A URL that carries a user name, a password or an access token. Reports show it masked.
    ///
    /// ## Why it matters
    ///
    /// Whoever reads the article can use them; search engines and archives keep them. A name before
    /// an `@` is also a way to make one site look like another.
    ///
    /// ## Fires
    ///
    /// `https://editor:secret@news.example/draft`.
    ///
    /// ## Stays silent
    ///
    /// `https://social.example/@editor` and `mailto:editor@news.example`.
    ///
    /// ## How to silence it
    ///
    /// Take them out of the URL and change the password, or run with
    /// `--ignore credentials-in-url`.
    RULE {
        id: "credentials-in-url",
        summary: "a user name, a password or a token stands in the URL",
        level: Error,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    case.links()
        .filter_map(|checked| {
            let url = checked.link.url()?;
            user_info(checked.link, url).or_else(|| token(checked.link, url))
        })
        .collect()
}

fn user_info(link: &Link, url: &Url) -> Option<Finding> {
    if !has_user_info(url) || !matches!(url.scheme(), "http" | "https" | "ftp" | "ftps") {
        return None;
    }
    let password = url.password().is_some();
    let what = if password { "a user name and a password" } else { "a user name" };
    let message =
        format!("{} has {what} before its host, for every reader to use.", without_secrets(url));
    let help = "take it out of the URL, and change the password where there is one";
    // A bare name may be meant for show; a password never is.
    let confidence = if password { Confidence::High } else { Confidence::Medium };
    let suggestion = without_user_info(link, url);
    Some(Finding { confidence, suggestion, ..on_link(&RULE, link, message, help) })
}

/// The same bytes without what stands between the scheme and the host, so that nothing else
/// changes.
fn without_user_info(link: &Link, url: &Url) -> Option<Suggestion> {
    let (scheme, rest) = link.raw().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (_, host) = authority.rsplit_once('@')?;
    let after = rest.get(authority.len()..)?;
    let replacement = format!("{scheme}://{host}{after}");
    let bare = Url::parse(&replacement).ok()?;
    (bare.host() == url.host() && !has_user_info(&bare)).then(|| Suggestion {
        title: "take the user name and password out".to_owned(),
        span: link.span,
        replacement,
    })
}

fn token(link: &Link, url: &Url) -> Option<Finding> {
    // The parts of a page are signed for everyone who loads it.
    if matches!(link.kind, LinkKind::Embed | LinkKind::Metadata) {
        return None;
    }
    let name = secret_parameters(url).next()?;
    let message = format!(
        "{} carries a secret in its query parameter “{name}”, for every reader to use.",
        without_secrets(url)
    );
    let help = "link without it, and have the secret replaced";
    Some(Finding { confidence: Confidence::Medium, ..on_link(&RULE, link, message, help) })
}

#[cfg(test)]
pub mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2023-11-03").link("https://editor:hunter2@news.example/draft?x=1").case()
    }

    pub fn near_miss() -> Case {
        Sample::article("2023-11-03")
            .link("https://social.example/@editor?a=b@c")
            .link("mailto:editor@news.example")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_finding_shows_the_secret() {
        let found = check(&samples::fires(), &Tuning::default());
        let shown = format!("{found:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("editor"), "{shown}");
        assert!(found[0].message.contains("https://***@news.example/draft?x=1"));
        let suggestion = found[0].suggestion.as_ref().expect("a mechanical repair");
        assert_eq!(suggestion.replacement, "https://news.example/draft?x=1");
    }
}
