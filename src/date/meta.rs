//! Evidence: `<meta>` elements with a publication or modification date, of every vocabulary.

use super::parse::machine;
use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{Mark, MarkKind, Media, Region, Source};
use crate::text::ascii::holds_numeral;

/// Dates in `<meta>` elements.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("html-meta"),
    summary: "`<meta>` elements: `article:published_time`, `date`, `dc.date`, `parsely-pub-date` and the like",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    // What Markdown states like this is its front matter, which has evidence of its own.
    if subject.document.media == Media::Markdown {
        return;
    }
    for mark in &subject.extract.marks {
        let MarkKind::Meta { name, content } = &mark.kind else { continue };
        // What holds no numeral is no date, whatever it is called.
        if !holds_numeral(content) {
            continue;
        }
        let Some(kind) = kind_of(name).and_then(|kind| placed(kind, name, mark)) else { continue };
        let Some(stated) = machine::date(content, subject.habit) else { continue };
        let quote = format!("{name}: {}", content.trim());
        let witness = Witness::new(kind, stated.date, EVIDENCE.source, quote);
        witnesses.push(witness.or(stated.alternative).at(Some(mark.span)));
    }
}

/// The kind with regard to where the element stands: in the head it speaks for the page; in the
/// body, where only `itemprop` is allowed, it belongs to whatever it stands in.
fn placed(kind: Kind, name: &str, mark: &Mark) -> Option<Kind> {
    let is_property = matches!(name, "datepublished" | "datemodified" | "datecreated");
    Some(match kind {
        Kind::MetaPublished if mark.region.is_furniture() => Kind::TimeFurniture,
        _ if mark.region.is_furniture() => return None,
        Kind::MetaPublished if name == "datecreated" => Kind::PropertyOther,
        // Of schema.org's types only pictures, sound and films are uploaded; in the head it is said
        // of the page.
        Kind::MetaPublished if name == "uploaddate" && mark.region != Region::Head => Kind::LdOther,
        Kind::MetaPublished if is_property => Kind::Property,
        Kind::MetaModified if is_property => Kind::PropertyModified,
        kind => kind,
    })
}

/// Names that do not say what kind of date they give.
const UNSPECIFIC: &[&str] = &[
    "date",
    "dcdate",
    "dctermsdate",
    "pdate",
    "ptime",
    "time",
    "datetime",
    "timestamp",
    "newsdate",
    "articledate",
    "dcdatestart",
    "pagedate",
    "contentdate",
    "postdate",
    "eprintsdate",
    "bepresscitationdate",
    "citationdate",
    "citationyear",
    "dctermstemporal",
    "sailthrudate",
    "metadate",
    "displaydate",
    "dcdatevalid",
    "dctermsavailable",
    "dctermsdateaccepted",
];

/// Parts of names that are dates of something else.
const OTHER: &[&str] = &[
    "expir",
    "unpublish",
    "publisher",
    "event",
    "birth",
    "copyright",
    "verif",
    "start",
    "end_",
    "build",
    "embargo",
    "crawl",
];

/// What a `<meta>` of this name tells; the name is in lower case.
fn kind_of(name: &str) -> Option<Kind> {
    if OTHER.iter().any(|part| name.contains(part)) {
        return None;
    }
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let has = |parts: &[&str]| parts.iter().any(|part| letters.contains(part));
    if has(&["modif", "update", "revis", "lastmod", "changed", "lastedit"]) {
        return Some(Kind::MetaModified);
    }
    if UNSPECIFIC.contains(&letters.as_str()) {
        return Some(if letters == "sailthrudate" { Kind::MetaPublished } else { Kind::MetaDate });
    }
    let dated =
        has(&["date", "time", "issued", "created", "uploaded"]) || letters == "articlepublished";
    let published = has(&[
        "publi",
        "pubdate",
        "pubtime",
        "issued",
        "created",
        "creation",
        "release",
        "posted",
        "original",
        "firstpub",
        "onlinedate",
        "upload",
    ]);
    (dated && published).then_some(Kind::MetaPublished)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_vocabulary_are_known() {
        for name in [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "citation_publication_date",
            "dc.date.issued",
            "dcterms.created",
            "publish-date",
            "publication_date",
            "article.created",
            "bt:pubdate",
            "cxenseparse:recs:publishtime",
            "rnews:datepublished",
            "og:published_time",
            "date_published",
        ] {
            assert_eq!(kind_of(name), Some(Kind::MetaPublished), "{name}");
        }
        for name in [
            "article:modified_time",
            "og:updated_time",
            "last-modified",
            "dcterms.modified",
            "revised",
        ] {
            assert_eq!(kind_of(name), Some(Kind::MetaModified), "{name}");
        }
        for name in ["date", "dc.date", "dcterms.date", "citation_date"] {
            assert_eq!(kind_of(name), Some(Kind::MetaDate), "{name}");
        }
        for name in [
            "article:publisher",
            "expires",
            "article:expiration_time",
            "viewport",
            "event:start_time",
        ] {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }
}
