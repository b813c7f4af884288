//! Evidence: `<meta>` elements with a publication or modification date, of every vocabulary.

use super::kind::{About, Group, Kind, Trait};
use super::witness::Witness;
use super::{Evidence, Subject, json_ld, property, time};
use crate::model::{
    Confidence, Event, Mark, MarkKind, Media, Region, Source, SourceInfo, Speaker, Standing,
};
use crate::text::ascii::holds_numeral;
use crate::text::dates::machine;

/// Dates in `<meta>` elements.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "html-meta",
        label: "HTML meta",
        phrase: "meta tag",
        speaker: Speaker::Page,
        standing: Standing::Own,
    }),
    summary: "`<meta>` elements: `article:published_time`, `date`, `dc.date`, `parsely-pub-date` and the like",
    kinds: &[&PUBLISHED, &UNSAID, &MODIFIED],
    collect,
};

/// `article:published_time` and the like.
pub(super) static PUBLISHED: Kind = Kind {
    name: "meta-published",
    told: "the publication in its metadata",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Metadata,
    first: 290,
    further: 100,
    traits: &[Trait::Tells],
};

/// `date`, `dc.date`: what kind of date is not said.
pub(super) static UNSAID: Kind = Kind {
    name: "meta-date",
    told: "a date of unsaid kind in its metadata",
    event: Event::Published,
    about: About::Article,
    confidence: Confidence::Low,
    group: Group::Metadata,
    first: 200,
    further: 200,
    traits: &[],
};

/// `article:modified_time` and the like.
pub(super) static MODIFIED: Kind = Kind {
    name: "meta-modified",
    told: "the last change in its metadata",
    event: Event::Modified,
    about: About::Article,
    confidence: Confidence::Medium,
    group: Group::Change,
    first: 40,
    further: 40,
    traits: &[],
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
fn placed(kind: &'static Kind, name: &str, mark: &Mark) -> Option<&'static Kind> {
    let is_property = matches!(name, "datepublished" | "datemodified" | "datecreated");
    let (is_published, is_modified) = (kind == &PUBLISHED, kind == &MODIFIED);
    Some(match () {
        () if mark.region.is_furniture() && is_published => &time::FURNITURE,
        () if mark.region.is_furniture() => return None,
        () if is_published && name == "datecreated" => &property::CREATED,
        // Of schema.org's types only pictures, sound and films are uploaded; in the head it is said
        // of the page.
        () if is_published && name == "uploaddate" && mark.region != Region::Head => {
            &json_ld::OTHER
        }
        () if is_published && is_property => &property::PUBLISHED,
        () if is_modified && is_property => &property::MODIFIED,
        () => kind,
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
fn kind_of(name: &str) -> Option<&'static Kind> {
    if OTHER.iter().any(|part| name.contains(part)) {
        return None;
    }
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let has = |parts: &[&str]| parts.iter().any(|part| letters.contains(part));
    if has(&["modif", "update", "revis", "lastmod", "changed", "lastedit"]) {
        return Some(&MODIFIED);
    }
    if UNSPECIFIC.contains(&letters.as_str()) {
        return Some(if letters == "sailthrudate" { &PUBLISHED } else { &UNSAID });
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
    (dated && published).then_some(&PUBLISHED)
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
            assert_eq!(kind_of(name), Some(&PUBLISHED), "{name}");
        }
        for name in [
            "article:modified_time",
            "og:updated_time",
            "last-modified",
            "dcterms.modified",
            "revised",
        ] {
            assert_eq!(kind_of(name), Some(&MODIFIED), "{name}");
        }
        for name in ["date", "dc.date", "dcterms.date", "citation_date"] {
            assert_eq!(kind_of(name), Some(&UNSAID), "{name}");
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
