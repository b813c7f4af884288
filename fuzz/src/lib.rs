//! What the targets share: the way of a document through the pure stages.

use dateline::model::{Case, Document, Media, Profile, Status, Tuning};
use dateline::read::charset;
use dateline::{date, extract, rules};

/// Takes bytes from decoding to judgement and checks what must hold of every document.
///
/// # Panics
///
/// Where it does not hold.
pub fn whole_way(bytes: &[u8], media: Media) {
    let article = Document::new("fuzz", media, charset::decode(bytes.to_vec(), None, media == Media::Html));
    let extract = extract::extract(&article);
    for link in &extract.links {
        assert_eq!(link.span.of(&article.text), link.raw(), "a link's source is its raw text");
    }
    let dating = date::date(&article, &extract);
    for claim in &dating.claims {
        assert!(claim.when.earliest < claim.when.before, "a claim allows some instant");
        if let Some(span) = claim.span {
            assert!(article.text.get(span.start..span.end).is_some(), "a claim stands in the text");
        }
    }
    let statuses = vec![Status::Offline; extract.links.len()];
    let case = Case { article, extract, dating, statuses, now: jiff::Timestamp::UNIX_EPOCH };
    let all: Vec<_> = rules::RULES.iter().collect();
    let tuning = Tuning { profile: Profile::Audit, ..Tuning::default() };
    for finding in rules::judge(&case, &all, &tuning) {
        assert!(!finding.message.is_empty(), "{} says nothing", finding.rule);
    }
}
