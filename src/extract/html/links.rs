//! Which attributes are links, and what each is for by its element alone.

use crate::extract::Scope;
use crate::extract::in_markup::InMarkup;
use crate::model::{Join, Label, LinkKind, Role, Span};

use super::attributes::{Attributes, Known};
use super::tag::Tag;
use super::words::Words;
use crate::html::Value;

/// A link as it was found, before the page's parts are known.
#[derive(Clone, Debug)]
pub(super) struct Found<'t> {
    pub(super) kind: LinkKind,
    /// The URL's bytes.
    pub(super) value: Value<'t>,
    /// What it is for, if its element alone decides that.
    pub(super) role: Option<Role>,
    /// The block that it stands in.
    pub(super) node: u32,
    /// Its anchor text among the gathered words.
    pub(super) words: Span,
    /// The words of a picture inside.
    pub(super) alt: Option<Value<'t>>,
    /// `rel` of the element.
    pub(super) rel: Option<&'t str>,
    /// What the heading of its section says that it is for.
    pub(super) section: Option<Role>,
    /// What few links have.
    pub(super) more: Option<Box<More<'t>>>,
}

/// What few links have, apart, so that the many are small.
#[derive(Clone, Debug, Default)]
pub(super) struct More<'t> {
    /// The address that is meant, where the source writes it otherwise than HTML does.
    pub(super) unescaped: Option<String>,
    /// The words that introduce it, where it stands bare.
    pub(super) label: Option<Label>,
    /// How it was put together, where a line end broke it.
    pub(super) join: Option<Join>,
    /// Why it is no valid address, where its finder knows.
    pub(super) malformed: Option<&'static str>,
    /// When the element says that the capture which this leads to was taken.
    pub(super) captured: Option<&'t str>,
    /// The address that the element says this is a capture of.
    pub(super) original: Option<Value<'t>>,
}

impl<'t> Found<'t> {
    /// A URL that stands bare in a block.
    pub(super) fn in_text(found: InMarkup<'t>, node: u32) -> Self {
        let value = Value { raw: found.raw, span: found.span };
        let more = More {
            unescaped: Some(found.address),
            label: found.label,
            malformed: found.malformed,
            join: found.join,
            ..More::default()
        };
        Self { node, more: Some(Box::new(more)), ..Self::new(found.kind, value, found.role) }
    }

    pub(super) fn new(kind: LinkKind, value: Value<'t>, role: Option<Role>) -> Self {
        Self {
            kind,
            value,
            role,
            node: 0,
            words: Span::new(0, 0),
            alt: None,
            rel: None,
            section: None,
            more: None,
        }
    }

    /// The same, in a text that begins at `offset` of the page.
    pub(super) fn moved(self, offset: usize) -> Self {
        let moved = |value: Value<'t>| Value { span: value.span.moved(offset), ..value };
        let more =
            self.more.map(|more| Box::new(More { original: more.original.map(moved), ..*more }));
        Self { value: moved(self.value), alt: self.alt.map(moved), more, ..self }
    }

    /// Whether it is asked for, given the words before it. Of a target's links only those that can
    /// name its own address are: their element or the words before them say so, or words before
    /// them that end in a colon may.
    pub(super) fn is_within(&self, scope: Scope, words: &Words) -> bool {
        match (scope, self.role) {
            (Scope::Article, role) => self.kind != LinkKind::Metadata || role.is_some(),
            (Scope::Target, Some(role)) => role.is_own_address(),
            (Scope::Target, None) => {
                self.kind == LinkKind::Anchor && words.is_after_colon(self.words.start)
            }
        }
    }
}

/// The links of one start tag.
pub(super) fn of_element<'t>(
    tag: Tag,
    attributes: &Attributes<'t>,
    mut found: impl FnMut(Found<'t>),
) {
    let mut add = |kind, value: Option<Value<'t>>, role| {
        if let Some(value) = value.map(trimmed).filter(|value| leads_somewhere(value.raw)) {
            let rel = attributes.raw(Known::Rel);
            // Of an element's links only the capture is of the date that Robust Links give it.
            let original = match (kind, role) {
                (LinkKind::Anchor, _) => captured_address(attributes, value),
                (_, Some(Role::Archive)) => address_of_version(attributes, value),
                _ => None,
            };
            let is_capture = role == Some(Role::Archive) || original.is_some();
            let captured = attributes.raw(Known::DataVersionDate).filter(|_| is_capture);
            let has_more = captured.is_some() || original.is_some();
            let more = has_more.then(|| Box::new(More { captured, original, ..More::default() }));
            // An area of a picture is named by its own attribute.
            let is_area = tag == Tag::Area && kind == LinkKind::Anchor;
            let alt = attributes.get(Known::Alt).filter(|_| is_area);
            found(Found { alt, rel, more, ..Found::new(kind, value, role) });
        }
    };
    match tag {
        Tag::A | Tag::Area => {
            add(LinkKind::Anchor, attributes.get(Known::Href), None);
            add(LinkKind::Metadata, attributes.get(Known::DataOriginalUrl), Some(Role::Body));
            add(LinkKind::Metadata, attributes.get(Known::DataVersionUrl), Some(Role::Archive));
        }
        Tag::Link => add(
            LinkKind::Metadata,
            attributes.get(Known::Href),
            attributes.get(Known::Rel).and_then(role_of_rel),
        ),
        Tag::Blockquote | Tag::Q | Tag::Ins | Tag::Del => {
            add(LinkKind::Metadata, attributes.get(Known::Cite), Some(Role::Reference));
        }
        Tag::Object => add(LinkKind::Embed, attributes.get(Known::Data), Some(Role::Media)),
        Tag::Img | Tag::Source | Tag::Video | Tag::Audio | Tag::Iframe | Tag::Embed => {
            let media = Some(Role::Media);
            add(LinkKind::Embed, attributes.get(Known::Src), media);
            add(LinkKind::Embed, attributes.get(Known::DataSrc), media);
            add(LinkKind::Embed, attributes.get(Known::Poster), media);
            for candidate in attributes.get(Known::Srcset).into_iter().flat_map(candidates) {
                add(LinkKind::Embed, Some(candidate), media);
            }
        }
        _ => {}
    }
}

/// The address that a Robust Link's `href` is a capture of: the element names it (`data-originalurl`)
/// and no other capture (`data-versionurl`).
fn captured_address<'t>(attributes: &Attributes<'t>, href: Value<'t>) -> Option<Value<'t>> {
    let original = attributes.get(Known::DataOriginalUrl).map(trimmed)?;
    let other = attributes.get(Known::DataVersionUrl).map(trimmed);
    let is_capture = original.raw != href.raw && other.is_none_or(|other| other.raw == href.raw);
    (is_capture && leads_somewhere(original.raw)).then_some(original)
}

/// The address that a Robust Link's other version (`data-versionurl`) is a capture of: the one that
/// the element names, or else its `href`.
fn address_of_version<'t>(attributes: &Attributes<'t>, version: Value<'t>) -> Option<Value<'t>> {
    let original = attributes.get(Known::DataOriginalUrl).or(attributes.get(Known::Href))?;
    let original = trimmed(original);
    (original.raw != version.raw && leads_somewhere(original.raw)).then_some(original)
}

/// The links of a `meta` element.
pub(super) fn of_meta<'t>(name: &str, content: Value<'t>, node: u32) -> Option<Found<'t>> {
    let (value, role) = match name {
        "og:url" => (content, Some(Role::Canonical)),
        _ => (refresh_target(content)?, Some(Role::Body)),
    };
    let value = trimmed(value);
    leads_somewhere(value.raw)
        .then(|| Found { node, ..Found::new(LinkKind::Metadata, value, role) })
}

/// What a `link` element is for; those of stylesheets, icons and the like are no links to judge.
fn role_of_rel(rel: Value<'_>) -> Option<Role> {
    rel.raw.split_ascii_whitespace().find_map(|rel| {
        Some(match rel.to_ascii_lowercase().as_str() {
            "canonical" | "amphtml" | "shortlink" => Role::Canonical,
            "alternate" | "archives" => Role::Navigation,
            _ => return None,
        })
    })
}

/// Schemes of addresses that are no pages.
const ELSEWHERE: &[&str] = &[
    "javascript",
    "mailto",
    "tel",
    "data",
    "about",
    "sms",
    "blob",
    "whatsapp",
    "fb-messenger",
    "callto",
    "skype",
    "viber",
    "tg",
    "intent",
    "void(0)",
    "vbscript",
    "cid",
    "mid",
];

/// Whether an address leads to another page: script, mail and telephone links and mere fragments
/// do not.
pub(in crate::extract) fn leads_somewhere(raw: &str) -> bool {
    if raw.starts_with('/') || raw.starts_with("http") {
        return true;
    }
    let scheme = raw.split(':').next().unwrap_or_default().trim_ascii();
    let is = |other: &str| scheme.len() < raw.len() && scheme.eq_ignore_ascii_case(other);
    !raw.is_empty() && !raw.starts_with('#') && !ELSEWHERE.iter().any(|other| is(other))
}

/// The value without the white space that browsers strip.
fn trimmed(value: Value<'_>) -> Value<'_> {
    let start = value.raw.len() - value.raw.trim_ascii_start().len();
    part(value, start, start + value.raw.trim_ascii().len())
}

/// A part of a value, by offsets in it.
fn part(value: Value<'_>, start: usize, end: usize) -> Value<'_> {
    Value {
        raw: value.raw.get(start..end).unwrap_or_default(),
        span: Span::new(value.span.start + start, value.span.start + end.max(start)),
    }
}

/// The addresses of a `srcset`: each up to white space, after a descriptor up to a comma.
fn candidates(value: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = value.raw.get(at..)?;
        let skipped = rest.len()
            - rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace()).len();
        let start = at + skipped;
        let rest = value.raw.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = rest.get(..length)?.trim_end_matches(',');
        // Without a comma at the address's end a descriptor follows, up to the next comma.
        let follows = if address.len() < length {
            0
        } else {
            rest.get(length..)?.find(',').unwrap_or(rest.len() - length)
        };
        at = start + length + follows;
        Some(part(value, start, start + address.len()))
    })
}

/// The address of a `meta refresh`, read as browsers do: `5; url=…`, or `5; …`.
fn refresh_target(content: Value<'_>) -> Option<Value<'_>> {
    let rest = content.raw.trim_ascii_start();
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let signs = |c: char| matches!(c, ';' | ',') || c.is_ascii_whitespace();
    if after.len() == rest.len() || !after.starts_with(signs) {
        return None;
    }
    let rest = after.trim_ascii_start().trim_start_matches([';', ',']).trim_ascii_start();
    let named = rest.split_at_checked(3).filter(|(name, _)| name.eq_ignore_ascii_case("url"));
    let named = named.and_then(|(_, rest)| rest.trim_ascii_start().strip_prefix('='));
    let inside = named.unwrap_or(rest).trim_ascii_start();
    let start = content.raw.len() - inside.len();
    let (start, end) = match inside.as_bytes().first()? {
        &quote @ (b'"' | b'\'') => {
            let end =
                inside.get(1..)?.find(quote as char).map_or(content.raw.len(), |at| start + 1 + at);
            (start + 1, end)
        }
        _ => (start, content.raw.len()),
    };
    Some(part(content, start, end))
}
