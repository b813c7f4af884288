//! What every link is for, once the page's parts are known.

use url::Url;

use crate::model::{Link, LinkKind, Region, Role};

use super::links::Found;
use super::page::{Page, region_of};
use super::words::{cut, decoded, folded};

/// Longer anchor texts are cut.
const MAX_TEXT: usize = 1000;

/// The page's links in the order of their spans.
pub(super) fn links(page: &Page<'_>, regions: &[Region], address: Option<&Url>) -> Vec<Link> {
    let base = base(page, address);
    let kept =
        page.links.iter().filter(|found| found.kind != LinkKind::Metadata || found.role.is_some());
    let mut links: Vec<Link> = kept
        .map(|found| link(page, found, region_of(regions, found.node), base.as_ref()))
        .collect();
    links.sort_by_key(|link| link.span);
    links
}

/// What the page's references resolve against: its `base`, its address, or what it calls its own
/// address.
fn base(page: &Page<'_>, address: Option<&Url>) -> Option<Url> {
    let own = || {
        let mut canonical = page.links.iter().filter(|found| found.role == Some(Role::Canonical));
        canonical.find_map(|found| Url::parse(&decoded(found.value.raw)).ok())
    };
    let address = address.cloned().or_else(own);
    let base = page.base.map(decoded);
    match (base, address) {
        (Some(base), Some(address)) => address.join(base.trim()).ok().or(Some(address)),
        (Some(base), None) => Url::parse(base.trim()).ok(),
        (None, address) => address,
    }
}

fn link(page: &Page<'_>, found: &Found<'_>, region: Region, base: Option<&Url>) -> Link {
    let joined = decoded(found.value.raw).into_owned();
    let mut link = Link::new(found.kind, found.value.span, found.value.raw, joined, base);
    let words = cut(page.words.of(found.words), MAX_TEXT).replace('\n', " ");
    let alt = || found.alt.map(|alt| folded(alt.raw)).filter(|alt| !alt.is_empty());
    link.text = Some(words).filter(|words| !words.is_empty()).or_else(alt);
    link.region = region;
    link.role = found.role.unwrap_or_else(|| role_of(region));
    link
}

fn role_of(region: Region) -> Role {
    match region {
        Region::Body => Role::Body,
        Region::Head | Region::Header | Region::Navigation => Role::Navigation,
        Region::Sidebar => Role::Sidebar,
        Region::Footer => Role::Footer,
        Region::Comment => Role::Comment,
        Region::Related => Role::Related,
        Region::Share => Role::Share,
        Region::Reference => Role::Reference,
    }
}
