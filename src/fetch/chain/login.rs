//! Login: a way that ends at a login form instead of the page that was linked to.

use url::Url;

/// Path segments that name a login.
const LOGIN_SEGMENTS: [&str; 12] = [
    "login",
    "log-in",
    "log_in",
    "signin",
    "sign-in",
    "sign_in",
    "sso",
    "oauth",
    "oauth2",
    "saml",
    "wp-login",
    "authorize",
];

/// Query parameters that hold the way back to the page.
const WAY_BACK: [&str; 12] = [
    "next",
    "return",
    "returnto",
    "return_to",
    "returnurl",
    "redirect",
    "redirect_to",
    "redirecturl",
    "redirect_uri",
    "continue",
    "service",
    "relaystate",
];

/// How much of a page is searched for a password's field.
const HEAD_BYTES: usize = 32 * 1024;

/// Whether a link to `asked` that ended at `landed` with this page ended at a login.
#[must_use]
pub(super) fn is_wall(asked: &Url, landed: &Url, html: &[u8]) -> bool {
    asked != landed
        && names_login(landed)
        && !names_login(asked)
        && (holds_way_back(landed) || asks_for_password(html))
}

fn names_login(url: &Url) -> bool {
    url.path().split('/').any(|segment| {
        let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
        LOGIN_SEGMENTS.contains(&stem.as_str())
    })
}

fn holds_way_back(url: &Url) -> bool {
    url.query_pairs().any(|(name, _)| WAY_BACK.contains(&name.to_ascii_lowercase().as_str()))
}

fn asks_for_password(html: &[u8]) -> bool {
    let head = html.get(..HEAD_BYTES).unwrap_or(html).to_ascii_lowercase();
    ["type=password", "type=\"password\"", "type='password'"]
        .iter()
        .any(|field| memchr::memmem::find(&head, field.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(asked: &str, landed: &str, text: &str) -> bool {
        is_wall(&asked.parse().expect("a URL"), &landed.parse().expect("a URL"), text.as_bytes())
    }

    #[test]
    fn a_redirect_to_a_login_is_a_wall() {
        assert!(wall("http://e.com/a", "http://e.com/login?next=/a", ""));
        assert!(wall("http://e.com/a", "http://id.e.com/sign-in.php", "<input TYPE=password>"));
    }

    #[test]
    fn a_link_to_a_login_and_an_article_about_logins_are_none() {
        let form = "<input type=password>";
        assert!(!wall("http://e.com/login", "http://www.e.com/login", form));
        assert!(!wall("http://e.com/a", "http://e.com/why-login-forms-fail", form));
        assert!(!wall("http://e.com/login?next=/", "http://e.com/login?next=/", form));
    }
}
