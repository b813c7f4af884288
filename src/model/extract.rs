//! What one pass over a document's text yields: its links, its titles, and the marks that date it.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Fragment, Link, Span};

/// The part of the page that something stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// The article itself, or a text without parts.
    #[default]
    Body,
    /// The document's head: metadata that no reader sees.
    Head,
    /// The page's or the article's header: masthead, headline, byline.
    Header,
    /// Menus, breadcrumbs, tag lists, paging.
    Navigation,
    /// Columns beside the article.
    Sidebar,
    /// The page's footer.
    Footer,
    /// Readers' comments.
    Comment,
    /// Boxes that recommend other articles.
    Related,
    /// Buttons for sharing and following.
    Share,
    /// Footnotes and bibliographies.
    Reference,
}

impl Region {
    /// Whether what stands here belongs to the page's template and not to the article, so that it
    /// can be newer than the article with nothing wrong.
    #[must_use]
    pub const fn is_furniture(self) -> bool {
        match self {
            Self::Navigation
            | Self::Sidebar
            | Self::Footer
            | Self::Comment
            | Self::Related
            | Self::Share => true,
            Self::Body | Self::Head | Self::Header | Self::Reference => false,
        }
    }
}

/// Where a title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleKind {
    /// A first-level heading, or the first lines of a plain text.
    Headline,
    /// `og:title`, `twitter:title` or a JSON-LD `headline`.
    Metadata,
    /// The `title` element, which often carries the site's name too.
    Document,
}

/// A name that the document gives itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Where it comes from.
    pub kind: TitleKind,
    /// The words, entities decoded, white space folded.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// Something in the markup or the text that may tell a date, not yet read as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// The bytes that it stands at.
    pub span: Span,
    /// The part of the page that it stands in.
    pub region: Region,
}

/// What the names of an element begin with whose words the page shows to nobody.
pub const UNSEEN: &str = "unseen ";

/// The kinds of marks; all strings have their entities decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum MarkKind {
    /// `<meta name|property|itemprop|http-equiv=… content=…>`; the name is in lower case.
    Meta {
        /// The name in lower case.
        name: String,
        /// The content as written.
        content: String,
    },
    /// The text of a `<script type="application/ld+json">`.
    JsonLd {
        /// The script's text.
        text: String,
    },
    /// A `<time>` element.
    Time {
        /// The `datetime` attribute.
        datetime: Option<String>,
        /// The words inside.
        text: String,
        /// `class`, `id`, `itemprop` and `pubdate` of the element and its parent, in lower case.
        hint: String,
    },
    /// An element with an `itemprop` or RDFa `property`, other than `meta` and `time`.
    Property {
        /// The property's name in lower case, with any prefix taken off.
        name: String,
        /// Its `content` or `datetime` attribute, or the words inside.
        value: String,
    },
    /// Words in an element whose class or id speaks of dates, bylines or publication.
    Dated {
        /// `class` and `id` in lower case.
        hint: String,
        /// The words inside.
        text: String,
    },
    /// A heading.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// The words inside.
        text: String,
    },
    /// A short run of visible text that holds a digit.
    Text {
        /// The words.
        text: String,
    },
}

/// All that a document's text yields in one pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// The names that the document gives itself, best first.
    pub titles: Vec<Title>,
    /// The language it declares (BCP 47), in lower case.
    pub language: Option<String>,
    /// Every link, in the order of their spans.
    pub links: Vec<Link>,
    /// What may tell a date, in document order. Plain text has none: its words are read as they
    /// are.
    pub marks: Vec<Mark>,
    /// The links to places inside of the text itself.
    #[serde(default)]
    pub fragments: Vec<Fragment>,
}

impl Extract {
    /// The document's headline, as well as it is known.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.titles.first().map(|title| title.text.as_str())
    }

    /// The document's own address, where its text or its markup states one.
    #[must_use]
    pub fn own_address(&self) -> Option<&Url> {
        self.links.iter().filter(|link| link.role.is_own_address()).find_map(Link::url)
    }
}
