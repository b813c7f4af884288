//! Which of an article's links its reader could follow.

use crate::model::{Case, Checked, Link, LinkKind, Role};

/// The links that a reader can follow out of the article: no metadata, no embedded images, no
/// credit lines, not the article's own address.
pub(crate) fn cited(case: &Case) -> impl Iterator<Item = Checked<'_>> {
    case.outgoing().filter(|checked| {
        !matches!(checked.link.kind, LinkKind::Metadata | LinkKind::Embed)
            && !matches!(checked.link.role, Role::Credit | Role::Media)
    })
}

/// Whether the link belongs to the page's template (menus, boxes, comments) and not to the
/// article.
#[must_use]
pub const fn in_furniture(link: &Link) -> bool {
    link.region.is_furniture()
        || matches!(
            link.role,
            Role::Navigation | Role::Sidebar | Role::Footer | Role::Comment | Role::Share
        )
}

/// The link itself where it stands in furniture, else the one beside it that leads to the same
/// address and does: a teaser's picture and its title are two links, and one thing.
pub(crate) fn furniture<'a>(case: &'a Case, link: &'a Link) -> Option<&'a Link> {
    /// The two stand closer together, in bytes of the source.
    const CLOSE: usize = 4_096;
    if in_furniture(link) {
        return Some(link);
    }
    let links = case.extract.links.as_slice();
    let at = links.partition_point(|other| other.span < link.span);
    let around = links.get(at.saturating_sub(2)..(at + 3).min(links.len()))?;
    around.iter().find(|other| {
        other.url().is_some()
            && other.url() == link.url()
            && other.span.start.abs_diff(link.span.start) <= CLOSE
            && in_furniture(other)
    })
}

/// What the furniture that a link stands in is called.
pub(crate) const fn furniture_name(link: &Link) -> &'static str {
    use crate::model::Region;
    match (link.region, link.role) {
        (Region::Navigation, _) | (_, Role::Navigation) => "the page's navigation",
        (Region::Sidebar, _) | (_, Role::Sidebar) => "a sidebar",
        (Region::Footer, _) | (_, Role::Footer) => "the page's footer",
        (Region::Comment, _) | (_, Role::Comment) => "a reader's comment",
        (Region::Related, _) => "a box of related articles",
        (Region::Share, _) | (_, Role::Share) => "the sharing buttons",
        _ => "the page's template",
    }
}

/// Whether the words of a link can be expected to be its target's headline. Link text within a sentence paraphrases anything, and a template's boxes hold teasers.
pub(crate) fn quotes_a_headline(link: &Link) -> bool {
    !in_furniture(link) && (link.kind != LinkKind::Anchor || link.role == Role::Related)
}
