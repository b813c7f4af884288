//! A claim, with what the weighing must know beside it.

use jiff::civil::Date;

use crate::model::{Claim, Confidence, Event, PartialDate, Source, Span};

/// How a claim came about, fine enough that all claims of one kind are about equally reliable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Stated by whoever provided the document.
    Given,
    /// Stated by the feed or the mail that carried it.
    Carried,
    /// The last change, stated by the feed that carried it.
    CarriedModified,
    /// A day in the path of its own address.
    UrlDay,
    /// A day among the words of its address, which may be what the page is about.
    UrlSlug,
    /// A month in its address.
    UrlMonth,
    /// The time inside the identifier that a publishing system put into its address.
    UrlId,
    /// The time inside the identifier that its platform gave a post.
    UrlPost,
    /// Six digits in its address that are a day which something else claims.
    UrlDigits,
    /// `datePublished` of the JSON-LD object that is the article.
    LdArticle,
    /// `datePublished` of a JSON-LD object about the page around it.
    LdPage,
    /// A publication date of another JSON-LD object.
    LdOther,
    /// `dateCreated` or `uploadDate`.
    LdCreated,
    /// `dateModified`.
    LdModified,
    /// `article:published_time` and the like.
    MetaPublished,
    /// `date`, `dc.date`: what kind of date is not said.
    MetaDate,
    /// `article:modified_time` and the like.
    MetaModified,
    /// Microdata or RDFa `datePublished`.
    Property,
    /// Another property that tells a date.
    PropertyOther,
    /// `dateModified` in microdata or RDFa.
    PropertyModified,
    /// `<time>` that is said to be the publication's.
    TimePublished,
    /// The first other `<time>` near the headline.
    TimeNear,
    /// `<time>` elsewhere in the article.
    TimeFar,
    /// `<time>` outside the article.
    TimeFurniture,
    /// `<time>` that is said to be the last change's.
    TimeModified,
    /// A printed date with words that say it is the publication's.
    PrintedPublished,
    /// The same away from the headline.
    PrintedPublishedFar,
    /// A date printed in an element that is named for it, near the headline.
    BylineNear,
    /// The same farther away.
    BylineFar,
    /// The same outside the article.
    BylineFurniture,
    /// A date that stands alone near the headline.
    TextNear,
    /// A date that stands alone elsewhere in the article.
    TextFar,
    /// A date in a sentence of the article.
    TextProse,
    /// A date outside the article.
    TextFurniture,
    /// A printed date with words that say it is the last change's.
    PrintedModified,
    /// The same in the page's footer.
    FooterModified,
    /// A date told by its distance from the time of capture, near the headline.
    Relative,
    /// A publication date in the data that a script carries.
    Script,
    /// A dateline at the top of a plain text.
    Dateline,
    /// A dateline farther down, at the end, or without a year of its own.
    DatelineFar,
    /// The month in the address of the article's picture.
    PictureMonth,
    /// A line at the top of the file, apart from its text.
    FrontMatter,
    /// The day that the same line names as that of the text's beginning.
    FrontMatterCreated,
    /// The last change that front matter states.
    FrontMatterModified,
    /// The day that the file's name begins with, or that of its folders.
    FileName,
    /// A day elsewhere in the file's name, or one that is an event's as likely.
    FileNameAside,
    /// A month in the file's name or folders.
    FileNameMonth,
    /// The publication that a PDF states.
    PdfPublished,
    /// The making of a PDF.
    PdfCreated,
    /// The last change that a PDF states.
    PdfModified,
    /// A header field of the answer.
    Header,
    /// A capture.
    Captured,
}

/// One claim as it came in.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What is claimed.
    pub claim: Claim,
    /// How it came about.
    pub kind: Kind,
    /// The other day that the same words could mean.
    pub alternative: Option<Date>,
}

impl Witness {
    /// A witness for the claim that `date` is when `event` happened.
    #[must_use]
    pub fn new(kind: Kind, date: PartialDate, source: Source, quote: impl Into<String>) -> Self {
        let claim = Claim::new(kind.event(), date, source, kind.confidence(), quote);
        Self { claim, kind, alternative: None }
    }

    /// The same claim, of a kind that counts less.
    #[must_use]
    pub fn weaker(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self.claim.confidence = self.claim.confidence.min(kind.confidence());
        self
    }

    /// The same, with the place of the words.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.claim.span = span;
        self
    }

    /// The same, where the words could mean another day too; that makes it doubtful.
    #[must_use]
    pub fn or(mut self, alternative: Option<Date>) -> Self {
        self.alternative = alternative;
        if alternative.is_some() {
            self.claim.confidence = Confidence::Low;
        }
        self
    }
}

impl Kind {
    /// What claims of this kind say happened.
    #[must_use]
    pub const fn event(self) -> Event {
        match self {
            Self::LdModified
            | Self::MetaModified
            | Self::PropertyModified
            | Self::TimeModified
            | Self::PrintedModified
            | Self::FooterModified
            | Self::CarriedModified
            | Self::PdfModified
            | Self::FrontMatterModified
            | Self::Header => Event::Modified,
            Self::UrlId | Self::UrlPost => Event::Made,
            Self::Captured => Event::ExistedBy,
            _ => Event::Published,
        }
    }

    /// Whether claims of this kind are about the article itself: neither about what stands around
    /// it or on its page, nor about what its sentences tell.
    #[must_use]
    pub const fn is_of_article(self) -> bool {
        !matches!(
            self,
            Self::TimeFurniture
                | Self::BylineFurniture
                | Self::TextFurniture
                | Self::LdOther
                | Self::TextProse
        )
    }

    /// How far a claim of this kind is to be believed on its own.
    #[must_use]
    pub const fn confidence(self) -> Confidence {
        match self {
            Self::Given
            | Self::Carried
            | Self::CarriedModified
            | Self::UrlDay
            | Self::Captured
            | Self::Dateline
            | Self::FrontMatter
            | Self::FrontMatterCreated
            | Self::FrontMatterModified
            | Self::FileName => Confidence::High,
            Self::LdArticle
            | Self::LdModified
            | Self::MetaPublished
            | Self::MetaModified
            | Self::Property
            | Self::PropertyModified
            | Self::TimePublished
            | Self::TimeModified
            | Self::PrintedPublished
            | Self::PrintedModified
            | Self::PdfPublished
            | Self::PdfModified
            | Self::DatelineFar
            | Self::LdPage
            | Self::UrlMonth
            | Self::FileNameMonth => Confidence::Medium,
            _ => Confidence::Low,
        }
    }
}
