//! `credentials-in-url`: a user name, a password or a token stands in the URL.

use url::Url;

use crate::address::secret::{has_user_info, secret_parameters, without_secrets};
use crate::model::{Case, Confidence, Finding, Link, LinkKind, Suggestion, Tuning};

use super::support::finding::on_link;
use super::support::literal::{Code, is_example_host, is_named_secret};

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
    /// `https://editor:hunter2@news.example/draft`.
    ///
    /// ## Stays silent
    ///
    /// `https://social.example/@editor` and `mailto:editor@news.example`; an address in code or in
    /// quotation marks, and one that only names its parts: `http://user:pass@host/`.
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
    let code = Code::new(case);
    case.links()
        .filter_map(|checked| {
            let url = checked.link.url().filter(|url| is_secret_of_some_kind(url))?;
            if code.is_example(checked.link) {
                return None;
            }
            user_info(checked.link, url).or_else(|| token(checked.link, url))
        })
        .collect()
}

fn is_secret_of_some_kind(url: &Url) -> bool {
    has_user_info(url) || secret_parameters(url).next().is_some()
}

fn user_info(link: &Link, url: &Url) -> Option<Finding> {
    let is_followed = matches!(url.scheme(), "http" | "https" | "ftp" | "ftps");
    if !has_user_info(url) || !is_followed || is_example_host(url) {
        return None;
    }
    // A password that is called one is none, and neither is one that is the name.
    if url
        .password()
        .is_some_and(|password| is_named_secret(password) || password == url.username())
    {
        return None;
    }
    let password = url.password().is_some();
    let what = if password { "a user name and a password" } else { "a user name" };
    let message =
        format!("{} has {what} before its host, for every reader to use.", without_secrets(url));
    let help = "take it out of the URL, and change the password where there is one";
    // A bare name may be meant for show; a password never is.
    let confidence = if password { Confidence::High } else { Confidence::Medium };
    let suggestion = password.then(|| without_user_info(link, url)).flatten();
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
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2023-11-03").link("https://editor:hunter2@news.example/draft?x=1").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2023-11-03")
            .link("https://social.example/@editor?a=b@c")
            .link("mailto:editor@news.example")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn examples_are_silent_and_left_as_they_are() {
        for (before, url) in [
            ("See ", "http://user:pass@host/repo"),
            ("See ", "https://user:pass@news.example/"),
            ("See ", "http://login-on-proxy:passwd-on-proxy@proxy-host.org:8080"),
            ("See ", "https://bob:hunter2@example.com/"),
            ("See ", "http://bob:hunter2@10.10.1.10:1080"),
            ("See ", "https://a:b@news.example/"),
            ("See ", "https://admin:admin@news.example/"),
            ("export HTTPS_PROXY=", "http://bob:hunter2@news.example"),
            ("`git clone ", "https://bob:hunter2@news.example/x"),
            ("new URL('", "https://bob:hunter2@news.example/x"),
        ] {
            let case = Sample::article("2023-11-03").after(before).link(url).case();
            assert_eq!(check(&case, &Tuning::default()), [], "{before}{url}");
        }
        let name_alone = Sample::article("2023-11-03").link("https://editor@news.example/").case();
        let found = check(&name_alone, &Tuning::default());
        assert_eq!((found[0].confidence, &found[0].suggestion), (Confidence::Medium, &None));
    }

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
