//! Which addresses are asked for a link.

use url::Url;

use super::{Link, LinkKind, Role};

impl Link {
    /// Whether it is one to fetch at an address: not the article's own, a credit, a statement in the
    /// markup, a host that only looks like a link, or one made unclickable on purpose.
    #[must_use]
    pub(crate) fn is_followed_to(&self, url: &Url) -> bool {
        let leads_out = !self.role.is_own_address() && self.role != Role::Credit;
        let meant_to_be_followed = match self.kind {
            LinkKind::Anchor | LinkKind::Bare | LinkKind::Embed => true,
            LinkKind::Schemeless => self.raw().starts_with("www."),
            LinkKind::Defanged | LinkKind::Metadata => false,
        };
        leads_out && meant_to_be_followed && matches!(url.scheme(), "http" | "https")
    }

    /// Every way to read a broken URL that has more than one, the likeliest first; but never one made
    /// unclickable on purpose.
    #[must_use]
    pub(crate) fn readings(&self) -> Vec<Url> {
        let join = self.join.as_ref().filter(|_| self.kind == LinkKind::Bare);
        let Some(join) = join.filter(|join| !join.alternatives.is_empty()) else {
            return Vec::new();
        };
        let others = join.alternatives.iter().filter_map(|other| Url::parse(other).ok());
        self.url().into_iter().cloned().chain(others).collect()
    }

    /// The addresses that are asked for it.
    #[must_use]
    pub(crate) fn asked(&self) -> Vec<Url> {
        let own = self.url().filter(|url| self.is_followed_to(url)).cloned();
        let others = self.readings().into_iter().filter(|url| Some(url) != own.as_ref());
        own.iter().cloned().chain(others).collect()
    }
}
