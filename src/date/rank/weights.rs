//! How much each kind of evidence weighs.
//!
//! The weights are hundredths of a natural log-odds. They began as a regularised fit to real pages
//! with checked dates (the public htmldate evaluation), were rounded, and were then set by hand for
//! kinds of errors seen there: they are fitted to those pages, and not cross-validated as they
//! stand.
//!
//! They were held against a fit of the same model by penalised maximum likelihood (a softmax over
//! the days of a page and `none of them`, these weights as the prior), in ten folds that keep the
//! pages of a site together, on whole pages and on the same pages without their JSON-LD, metadata,
//! `<time>` and own address. The fit did no better on the folds left out, so the weights stayed; and
//! so did the penalty that it was offered for a publication that repeats a change: it does harm.

use crate::date::Kind;

/// Evidence whose members copy each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Stated from outside.
    Given,
    /// The feed or the mail that carried it.
    Carrier,
    /// The document's address.
    Address,
    /// What the content system writes for machines.
    Metadata,
    /// What is printed for readers.
    Print,
    /// What is said of the last change.
    Change,
    /// The article's picture.
    Picture,
    /// What stands outside the article.
    Furniture,
}

/// The group that a kind belongs to.
pub const fn group(kind: Kind) -> Group {
    match kind {
        Kind::Given => Group::Given,
        Kind::Carried => Group::Carrier,
        Kind::UrlDay
        | Kind::UrlSlug
        | Kind::UrlMonth
        | Kind::UrlId
        | Kind::UrlPost
        | Kind::UrlDigits
        | Kind::FileName
        | Kind::FileNameAside
        | Kind::FileNameMonth => Group::Address,
        Kind::LdArticle
        | Kind::LdPage
        | Kind::LdOther
        | Kind::LdCreated
        | Kind::MetaPublished
        | Kind::MetaDate
        | Kind::Property
        | Kind::PropertyOther
        | Kind::TimePublished
        | Kind::TimeNear
        | Kind::TimeFar
        | Kind::FrontMatter
        | Kind::FrontMatterCreated
        | Kind::PdfPublished
        | Kind::PdfCreated
        | Kind::Script => Group::Metadata,
        Kind::PrintedPublished
        | Kind::PrintedPublishedFar
        | Kind::Relative
        | Kind::BylineNear
        | Kind::BylineFar
        | Kind::TextNear
        | Kind::TextFar
        | Kind::TextProse
        | Kind::Dateline
        | Kind::DatelineFar => Group::Print,
        Kind::LdModified
        | Kind::MetaModified
        | Kind::PropertyModified
        | Kind::TimeModified
        | Kind::PrintedModified
        | Kind::FooterModified
        | Kind::CarriedModified
        | Kind::PdfModified
        | Kind::FrontMatterModified
        | Kind::Header
        | Kind::Captured => Group::Change,
        Kind::PictureMonth => Group::Picture,
        Kind::TimeFurniture | Kind::BylineFurniture | Kind::TextFurniture => Group::Furniture,
    }
}

/// What the first date of a kind weighs, in document order.
pub const fn first(kind: Kind) -> i32 {
    match kind {
        Kind::Given => 2_000,
        // An author writes front matter to say just this.
        Kind::FrontMatter => 900,
        Kind::FrontMatterCreated => 600,
        Kind::UrlDay | Kind::FileName => 560,
        Kind::Carried => 400,
        Kind::Dateline => 380,
        Kind::MetaPublished | Kind::LdArticle => 290,
        Kind::UrlPost => 300,
        Kind::PrintedPublished | Kind::LdPage | Kind::TextNear | Kind::PdfPublished => 260,
        Kind::TimePublished => 250,
        Kind::Property => 230,
        Kind::MetaDate | Kind::TimeNear | Kind::DatelineFar | Kind::UrlDigits => 200,
        Kind::BylineNear => 170,
        Kind::PropertyOther | Kind::UrlMonth | Kind::FileNameMonth | Kind::Relative => 150,
        Kind::UrlSlug | Kind::FileNameAside => 140,
        Kind::PrintedPublishedFar => 180,
        Kind::Script => 120,
        Kind::LdCreated | Kind::PdfCreated => 100,
        Kind::CarriedModified => 95,
        Kind::LdModified | Kind::PrintedModified => 90,
        Kind::FooterModified
        | Kind::TimeFar
        | Kind::PictureMonth
        | Kind::TimeModified
        | Kind::PdfModified => 70,
        Kind::TextFar | Kind::UrlId | Kind::FrontMatterModified => 60,
        Kind::LdOther | Kind::PropertyModified => 50,
        Kind::BylineFar | Kind::MetaModified => 40,
        Kind::TextProse => 30,
        Kind::BylineFurniture | Kind::TextFurniture | Kind::TimeFurniture => 20,
        Kind::Header | Kind::Captured => 0,
    }
}

/// What another date of a kind weighs, after one that differs.
pub const fn further(kind: Kind) -> i32 {
    match kind {
        Kind::MetaPublished | Kind::TimePublished | Kind::LdArticle | Kind::LdPage => 100,
        Kind::PrintedPublished | Kind::PrintedPublishedFar => 40,
        Kind::BylineNear | Kind::TimeNear | Kind::TextNear => 30,
        Kind::TextFar | Kind::TimeFar => 20,
        Kind::LdOther | Kind::BylineFar | Kind::TextProse => 10,
        Kind::BylineFurniture | Kind::TextFurniture | Kind::TimeFurniture => 0,
        _ => first(kind),
    }
}

/// Hundredths of a group's further members that count beside its strongest.
pub const SHARE_OF_FURTHER: i32 = 40;

/// Hundredths of a neighbouring day's metadata that count for a day that print or the address
/// names: a moment in another zone is the same claim.
pub const SHARE_OF_NEIGHBOUR: i32 = 80;

/// What a date loses that lies after a stated last change, that is older than the web, or that
/// lies after the copy was taken.
pub const AFTER_CHANGE: i32 = 100;
pub const BEFORE_WEB: i32 = 400;
pub const AFTER_CAPTURE: i32 = 1_000;

/// What the day of a change loses where metadata and the address agree on an earlier publication: a
/// page that is put out anew prints the new day, but keeps its address.
pub const REDATED: i32 = 150;

/// What the first date printed near the headline gains over the others there.
pub const FIRST_PRINTED: i32 = 40;

/// What the first of January loses where metadata name it without a time: systems put it where
/// they know the year alone.
pub const FIRST_OF_YEAR: i32 = 60;

/// What an ambiguous reading loses, and its other reading.
pub const AMBIGUOUS: i32 = 30;
pub const OTHER_READING: i32 = 100;
