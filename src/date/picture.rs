//! Evidence: the month in the address of the article's picture (`/uploads/2018/05/`).
//!
//! Content systems file pictures by the month in which they came in, most often that of the
//! article. Weak, but from another hand than the template that writes the metadata.

use url::Url;

use super::witness::{Kind, Witness};
use super::{Evidence, Subject};
use crate::model::{MarkKind, Source};

/// The month of the picture.
pub const EVIDENCE: Evidence = Evidence {
    source: Source::new("picture-url"),
    summary: "the month in the address of the picture that stands for the article",
    collect,
};

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    for mark in &subject.extract.marks {
        let MarkKind::Meta { name, content } = &mark.kind else { continue };
        if !matches!(
            name.as_str(),
            "og:image" | "twitter:image" | "og:image:url" | "twitter:image:src"
        ) {
            continue;
        }
        let claim = Url::parse(content.trim()).ok().as_ref().and_then(super::date_in_url);
        witnesses.extend(claim.map(|claim| {
            Witness::new(Kind::PictureMonth, claim.date, EVIDENCE.source, claim.quote)
                .at(Some(mark.span))
        }));
    }
}
