//! What every link is for, once the page's parts are known.
//!
//! The element decides first (an image is media), then the part of the page, then the shape around
//! the link: what stands in a sentence is the author's own, a row of cards is not.

use std::borrow::Cow;

use foldhash::{HashMap, HashSet};
use url::Url;

use crate::address::inside::look_inside;
use crate::extract::{Scope, labels};
use crate::html::Value;
use crate::model::{Capture, Link, LinkKind, Region, Role};

use super::links::Found;
use super::page::{Page, region_of};
use super::shape::{Shape, Shapes};
use super::words::{cut, decoded, folded};

/// Longer anchor texts are cut.
const MAX_TEXT: usize = 1000;

/// From so many links on a list that stands apart is one of the site's boxes.
const BOX: usize = 3;

/// The page's links in the order of their spans.
pub(super) fn links(
    page: &Page<'_>,
    regions: &[Region],
    shapes: &Shapes,
    headline: Option<u32>,
    address: Option<&Url>,
    scope: Scope,
) -> Vec<Link> {
    let base = base(page, address);
    let mut links: Vec<Link> = page
        .links
        .iter()
        .map(|found| link(page, found, region_of(regions, found.node), base.as_ref()))
        .collect();
    let site = Site { base: base.as_ref(), headline };
    let lists = Lists::new(&links, page.links.iter().map(|found| shapes.of(found.node)), site);
    for (link, found) in links.iter_mut().zip(&page.links) {
        judge(link, found, shapes.of(found.node), site, &lists);
        by_section(link, found.section);
        by_label(link, page.words.line_before(found.words.start));
        look_inside(link, base.as_ref());
        state_capture(link, found, base.as_ref());
    }
    if scope == Scope::Target {
        links.retain(|link| link.role.is_own_address());
    }
    links.sort_by_key(|link| link.span);
    links
}

/// What the page's references resolve against: its `base`, its address, or what it calls its own
/// address.
fn base(page: &Page<'_>, address: Option<&Url>) -> Option<Url> {
    let own = || {
        let mut canonical = page.links.iter().filter(|found| found.role == Some(Role::Canonical));
        canonical.find_map(|found| Url::parse(joined(found).trim()).ok())
    };
    let address = address.cloned().or_else(own);
    let base = page.base.map(decoded);
    match (base, address) {
        (Some(base), Some(address)) => address.join(base.trim()).ok().or(Some(address)),
        (Some(base), None) => Url::parse(base.trim()).ok(),
        (None, address) => address,
    }
}

/// The address that was meant.
fn joined<'f>(found: &'f Found<'_>) -> Cow<'f, str> {
    let unescaped = found.more.as_ref().and_then(|more| more.unescaped.as_deref());
    unescaped.map_or_else(|| decoded(found.value.raw), Cow::Borrowed)
}

fn link(page: &Page<'_>, found: &Found<'_>, region: Region, base: Option<&Url>) -> Link {
    let Value { raw, span } = found.value;
    let mut link = Link::new(found.kind, span, raw, &joined(found), base);
    let words = cut(page.words.of(found.words), MAX_TEXT);
    let words: Box<str> =
        if words.contains('\n') { words.replace('\n', " ").into() } else { words.into() };
    let alt = || found.alt.map(|alt| folded(alt.raw)).filter(|alt| !alt.is_empty());
    link.text = Some(words).filter(|words| !words.is_empty()).or_else(|| alt().map(Into::into));
    let more = found.more.as_deref();
    link.label = more.and_then(|more| more.label.clone()).map(Box::new);
    link.region = region;
    // Introducing words count for the author's own links only.
    let is_templates =
        region.is_furniture() && !matches!(found.kind, LinkKind::Metadata | LinkKind::Embed);
    link.role = found.role.filter(|_| !is_templates).unwrap_or_else(|| role_of(region));
    link.join = more.and_then(|more| more.join.clone()).map(Box::new);
    if let Some(problem) = more.and_then(|more| more.malformed) {
        link.malformed.get_or_insert_with(|| problem.into());
    }
    link
}

/// Takes the time of a capture and the address that was captured from its element
/// (`data-versiondate` and `data-originalurl` of Robust Links), where the capture's address does not
/// tell them; an archive without a name is called by its host.
fn state_capture(link: &mut Link, found: &Found<'_>, base: Option<&Url>) {
    let Some(more) = &found.more else { return };
    let captured = more.captured.and_then(|date| date.parse().ok());
    let target = more.original.map(|original| resolved(&decoded(original.raw), base));
    if captured.is_none() && target.is_none() {
        return;
    }
    let Some(host) = link.url().and_then(Url::host_str) else { return };
    let archive = host.to_owned();
    let unknown = || Box::new(Capture { archive, target: None, captured: None });
    let capture = link.capture.get_or_insert_with(unknown);
    capture.captured = capture.captured.or(captured);
    if let Some(target) = target {
        capture.target.get_or_insert(target);
        if matches!(link.role, Role::Body | Role::Credit) {
            link.role = Role::Archive;
        }
    }
}

/// A reference resolved, or as it is written where it cannot be.
fn resolved(reference: &str, base: Option<&Url>) -> String {
    let url = Url::options().base_url(base).parse(reference);
    url.map_or_else(|_| reference.to_owned(), String::from)
}

/// What a link is for by the part of the page alone.
const fn role_of(region: Region) -> Role {
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

/// Whose page it is.
#[derive(Clone, Copy, Debug)]
struct Site<'a> {
    base: Option<&'a Url>,
    /// The block of the headline.
    headline: Option<u32>,
}

impl Site<'_> {
    /// Whether a link stays on the site.
    fn holds(self, link: &Link) -> bool {
        let Some(url) = link.url() else { return !link.raw().contains("//") };
        let host = self.base.and_then(Url::host_str);
        url.host_str() == host
            || domain(url.host_str()).is_some_and(|own| domain(host) == Some(own))
    }
}

fn domain(host: Option<&str>) -> Option<&str> {
    host.and_then(psl::domain_str)
}

/// What the links that stand apart in the article's part of the page have in common.
#[derive(Debug, Default)]
struct Lists {
    lists: HashMap<u32, List>,
    /// The addresses that headings lead to, on the same site.
    cards: HashSet<Url>,
}

#[derive(Debug, Default)]
struct List {
    links: usize,
    own_site: usize,
    words: usize,
}

impl Lists {
    fn new(links: &[Link], shapes: impl Iterator<Item = Shape>, site: Site<'_>) -> Self {
        let mut lists = Self::default();
        for (link, shape) in links.iter().zip(shapes) {
            match shape {
                _ if link.kind != LinkKind::Anchor || link.region.is_furniture() => {}
                Shape::List(list) => {
                    let list = lists.lists.entry(list).or_default();
                    list.links += 1;
                    list.own_site += usize::from(site.holds(link));
                    list.words += link.text.as_deref().map_or(0, |text| text.split(' ').count());
                }
                Shape::Heading if site.holds(link) => lists.cards.extend(link.url().cloned()),
                _ => {}
            }
        }
        lists
    }

    /// What a list is: the site's own links are a box, few words each are tags or a menu; other
    /// sites' links are the author's.
    fn part(&self, list: u32) -> Option<(Role, Region)> {
        let list = self.lists.get(&list).filter(|list| list.own_site * 2 > list.links)?;
        Some(match (list.links >= BOX, list.words > 2 * list.links) {
            (true, true) => (Role::Related, Region::Related),
            (false, true) => (Role::Related, Region::Body),
            (_, false) => (Role::Navigation, Region::Navigation),
        })
    }

    fn is_card(&self, link: &Link) -> bool {
        self.cards.len() > 1 && link.url().is_some_and(|url| self.cards.contains(url))
    }
}

/// Settles what a link of the article's part of the page is for.
fn judge(link: &mut Link, found: &Found<'_>, shape: Shape, site: Site<'_>, lists: &Lists) {
    if found.role.is_some() || link.region.is_furniture() {
        return;
    }
    let settled = if is_picture(link) {
        Some((Role::Media, link.region))
    } else if is_share(link) {
        Some((Role::Share, Region::Share))
    } else if found.rel.is_some_and(is_of_template) {
        Some((Role::Navigation, Region::Navigation))
    } else if matches!(link.region, Region::Body | Region::Header) {
        by_shape(link, found, shape, site, lists)
    } else {
        None
    };
    if let Some((role, region)) = settled {
        (link.role, link.region) = (role, region);
    }
}

/// Settles what one of the author's links is for by the heading above it.
fn by_section(link: &mut Link, section: Option<Role>) {
    if link.region.is_furniture() || matches!(link.kind, LinkKind::Metadata | LinkKind::Embed) {
        return;
    }
    match (section, link.role) {
        (Some(Role::Reference), Role::Body | Role::Related | Role::Credit) => {
            (link.role, link.region) = (Role::Reference, Region::Reference);
        }
        (Some(role), Role::Body) => link.role = role,
        _ => {}
    }
}

/// Settles what one of the author's links is for by the words before it: `Related article: …`.
fn by_label(link: &mut Link, before: &str) {
    let is_own = matches!(link.role, Role::Body | Role::Related) && !link.region.is_furniture();
    if !is_own || link.kind != LinkKind::Anchor {
        return;
    }
    let before = before.trim_end();
    let said = labels::introduction_before(before).map(|introduction| introduction.role);
    // Other words than those that recommend introduce a link only if they end in a colon: `This
    // article <a>…` does not name the article's own address.
    if let Some(role) = said.filter(|role| *role == Role::Related || before.ends_with([':', '：']))
    {
        link.role = role;
    }
}

fn by_shape(
    link: &Link,
    found: &Found<'_>,
    shape: Shape,
    site: Site<'_>,
    lists: &Lists,
) -> Option<(Role, Region)> {
    let own_site = site.holds(link);
    match shape {
        Shape::Sentence => Some((Role::Body, link.region)),
        _ if site.headline == Some(found.node) => {
            let role = if own_site { Role::Navigation } else { Role::Body };
            Some((role, Region::Header))
        }
        _ if lists.is_card(link) => Some((Role::Related, Region::Related)),
        Shape::List(list) => lists.part(list),
        Shape::Heading | Shape::Alone if own_site && names_its_target(link) => {
            Some((Role::Related, link.region))
        }
        Shape::Heading | Shape::Alone => None,
    }
}

/// Whether the anchor text is the headline that the address is made of.
fn names_its_target(link: &Link) -> bool {
    let (Some(url), Some(text)) = (link.url(), link.text.as_deref()) else { return false };
    let path = url.path().to_lowercase();
    let slug: HashSet<&str> = path.split(|c: char| !c.is_alphanumeric()).take(64).collect();
    let text = deunicode::deunicode(cut(text, 300)).to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let shared = words.iter().filter(|word| slug.contains(*word)).count();
    words.len() >= 3 && shared * 2 >= words.len()
}

/// Whether a link leads to a picture, which is looked at, not read.
fn is_picture(link: &Link) -> bool {
    let path = link.url().map_or(link.joined(), Url::path);
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif"]
        .iter()
        .any(|picture| ending.eq_ignore_ascii_case(picture))
}

/// Where sharing buttons lead: hosts and the beginning of their paths.
const SHARING: &[(&str, &str)] = &[
    ("facebook.com", "/sharer"),
    ("facebook.com", "/share"),
    ("facebook.com", "/dialog"),
    ("twitter.com", "/intent"),
    ("twitter.com", "/share"),
    ("x.com", "/intent"),
    ("pinterest.com", "/pin/create"),
    ("linkedin.com", "/share"),
    ("linkedin.com", "/cws"),
    ("whatsapp.com", "/send"),
    ("wa.me", "/"),
    ("t.me", "/share"),
    ("telegram.me", "/share"),
    ("reddit.com", "/submit"),
    ("tumblr.com", "/share"),
    ("tumblr.com", "/widgets/share"),
    ("vk.com", "/share"),
    ("xing.com", "/spi/shares"),
    ("getpocket.com", "/save"),
    ("line.me", "/R/msg"),
    ("plus.google.com", "/share"),
    ("ok.ru", "/offer"),
    ("connect.ok.ru", "/"),
    ("flipboard.com", "/bookmarklet"),
    ("news.ycombinator.com", "/submitlink"),
    ("weibo.com", "/share"),
    ("buffer.com", "/add"),
    ("digg.com", "/submit"),
    ("addtoany.com", "/"),
];

fn is_share(link: &Link) -> bool {
    let Some(url) = link.url() else { return false };
    let host = url.host_str().unwrap_or_default();
    SHARING.iter().any(|(site, path)| {
        let on_site =
            host.strip_suffix(site).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        on_site && url.path().starts_with(path)
    })
}

/// Whether `rel` says that the theme put the link there.
fn is_of_template(rel: &str) -> bool {
    rel.split_ascii_whitespace().any(|rel| {
        ["tag", "category", "author", "prev", "next", "home", "index", "up", "search"]
            .iter()
            .any(|own| rel.eq_ignore_ascii_case(own))
    })
}
