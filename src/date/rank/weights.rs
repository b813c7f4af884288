//! What is weighed beside the kinds of evidence, which have their own weights
//! ([`Kind::first`](crate::date::Kind::first)).
//!
//! All weights are hundredths of a natural log-odds. They began as a regularised fit to real pages
//! with checked dates (the public htmldate evaluation), were rounded, and were then set by hand for
//! kinds of errors seen there: they are fitted to those pages, and not cross-validated as they
//! stand.
//!
//! They were held against a fit of the same model by penalised maximum likelihood (a softmax over
//! the days of a page and `none of them`, these weights as the prior), in ten folds that keep the
//! pages of a site together, on whole pages and on the same pages without their JSON-LD, metadata,
//! `<time>` and own address. The fit did no better on the folds left out, so the weights stayed; and
//! so did the penalty that it was offered for a publication that repeats a change: it does harm.

/// Hundredths of a group's further members that count beside its strongest.
pub(super) const SHARE_OF_FURTHER: i32 = 40;

/// Hundredths of a neighbouring day's metadata that count for a day that print or the address
/// names: a moment in another zone is the same claim.
pub(super) const SHARE_OF_NEIGHBOUR: i32 = 80;

/// What a date loses that lies after a stated last change, that is older than the web, or that
/// lies after the copy was taken.
pub(super) const AFTER_CHANGE: i32 = 100;
pub(super) const BEFORE_WEB: i32 = 400;
pub(super) const AFTER_CAPTURE: i32 = 1_000;

/// What the day of a change loses where metadata and the address agree on an earlier publication: a
/// page that is put out anew prints the new day, but keeps its address.
pub(super) const REDATED: i32 = 150;

/// What the first date printed near the headline gains over the others there.
pub(super) const FIRST_PRINTED: i32 = 40;

/// What the first of January loses where metadata name it without a time: systems put it where
/// they know the year alone.
pub(super) const FIRST_OF_YEAR: i32 = 60;

/// What an ambiguous reading loses, and its other reading.
pub(super) const AMBIGUOUS: i32 = 30;
pub(super) const OTHER_READING: i32 = 100;
