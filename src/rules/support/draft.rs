//! Makes findings. Every address that a finding shows passes here, so that none shows a secret.

use url::Url;

use crate::model::{Confidence, Finding, Link, Rule, Span};

/// A finding about a link: at the link, with its address, certain, without claims.
pub fn on_link(rule: &Rule, link: &Link, message: String, help: impl Into<String>) -> Finding {
    let url = link.url().map(masked);
    Finding { url, ..on_article(rule, Some(link.span), message, help) }
}

/// A finding about the article itself.
pub fn on_article(
    rule: &Rule,
    span: Option<Span>,
    message: String,
    help: impl Into<String>,
) -> Finding {
    Finding {
        rule: rule.id,
        level: rule.level,
        confidence: Confidence::High,
        title: rule.summary.to_owned(),
        message,
        help: help.into(),
        url: None,
        span,
        because: Vec::new(),
        suggestion: None,
    }
}

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// The address without its secrets: user name, password and tokens are masked.
#[must_use]
pub fn masked(url: &Url) -> Url {
    let mut shown = url.clone();
    if has_user_info(url) {
        // Both fail only for addresses that cannot have user information.
        let _ = shown.set_password(None);
        let _ = shown.set_username(MASK);
    }
    if secret_parameters(url).next().is_some() {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let value = if is_secret(&name, &value) { MASK.into() } else { value };
                (name.into_owned(), value.into_owned())
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    shown
}

/// Whether a user name or password stands before the host.
pub fn has_user_info(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// The names of the query parameters that carry a secret.
pub fn secret_parameters(url: &Url) -> impl Iterator<Item = String> + '_ {
    url.query_pairs()
        .filter(|(name, value)| is_secret(name, value))
        .map(|(name, _)| name.into_owned())
}

/// Whether a query parameter's name says that its value is a secret, and the value is long and
/// mixed enough to be one.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    const NAMES: [&str; 18] = [
        "access_token",
        "accesstoken",
        "api_key",
        "apikey",
        "auth_token",
        "authtoken",
        "client_secret",
        "id_token",
        "jwt",
        "passwd",
        "password",
        "private_token",
        "pwd",
        "refresh_token",
        "secret",
        "session_token",
        "sig",
        "x_amz_signature",
    ];
    let Some(secret) = NAMES.iter().find(|secret| is_spelt(name, secret)) else { return false };
    let password = matches!(*secret, "password" | "passwd" | "pwd");
    password && !value.is_empty() || looks_random(value)
}

/// Whether a name is another but for its case and for hyphens in place of underscores.
fn is_spelt(name: &str, as_other: &str) -> bool {
    let folded = name.bytes().map(|byte| if byte == b'-' { b'_' } else { byte });
    name.len() == as_other.len()
        && folded.zip(as_other.bytes()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// A value of at least sixteen characters with letters and digits mixed.
fn looks_random(value: &str) -> bool {
    value.len() >= 16
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The link's address as messages show it: as it was meant, secrets masked.
pub fn shown(link: &Link) -> String {
    match link.url() {
        Some(url) if has_user_info(url) || secret_parameters(url).next().is_some() => {
            masked(url).to_string()
        }
        // A relative reference says nothing to who does not have the page before them.
        Some(url) if !link.joined().contains("://") => url.to_string(),
        _ => link.joined().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(url: &str) -> String {
        masked(&Url::parse(url).expect("a URL")).to_string()
    }

    #[test]
    fn secrets_are_masked_and_nothing_else_changes() {
        assert_eq!(mask("https://editor:hunter2@a.example/x?y=1"), "https://***@a.example/x?y=1");
        assert_eq!(mask("https://:hunter2@a.example/"), "https://***@a.example/");
        assert_eq!(
            mask("https://a.example/x?access_token=0123456789abcdef0&y=1"),
            "https://a.example/x?access_token=***&y=1"
        );
        for plain in ["https://a.example/x?sig=short&y=%20", "mailto:a@b.example", "data:text,x"] {
            assert_eq!(mask(plain), plain);
        }
    }
}
