//! Makes findings. Every address that a finding shows passes here, so that none shows a secret.

use crate::address::secret::{has_user_info, secret_parameters, without_secrets};
use crate::model::{Confidence, Finding, Link, Rule, Span};

/// A finding about a link: at the link, with its address, certain, without claims.
pub(crate) fn on_link(
    rule: &Rule,
    link: &Link,
    message: String,
    help: impl Into<String>,
) -> Finding {
    let url = link.url().map(without_secrets);
    Finding { url, ..on_article(rule, Some(link.span), message, help) }
}

/// A finding about the article itself.
pub(crate) fn on_article(
    rule: &Rule,
    span: Option<Span>,
    message: String,
    help: impl Into<String>,
) -> Finding {
    Finding {
        rule: rule.id.into(),
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

/// The link's address as messages show it: as it was meant, secrets masked.
pub(crate) fn shown(link: &Link) -> String {
    match link.url() {
        Some(url) if has_user_info(url) || secret_parameters(url).next().is_some() => {
            without_secrets(url).to_string()
        }
        // A relative reference says nothing to who does not have the page before them.
        Some(url) if !link.joined().contains("://") => url.to_string(),
        _ => link.joined().to_owned(),
    }
}
