//! What reports say in words, the same in every format.

use std::cmp::Reverse;

use crate::model::{Claim, Event, Source, Speaker};
use crate::report::Summary;
use crate::text::were;
pub(super) use crate::text::{count, grouped};

/// What a claim says, in a few words.
pub(super) fn said(claim: &Claim) -> String {
    let event = event_in_words(claim.event);
    let date = claim.date.to_day_precision();
    match claim.source.speaker() {
        Speaker::Provider => format!("{event} {date}, as stated beside the article"),
        // That is no witness: what is judged is there when it is judged.
        Speaker::Program if claim.source == Source::TIME_OF_JUDGING => {
            format!("{event} {date}, the {}", claim.source.label())
        }
        _ => format!("{event} {date}, says the {}", claim.source.label()),
    }
}

/// What a claim says, and the words that say so, where there are any.
pub(super) fn quoted(claim: &Claim) -> String {
    match claim.quote.trim() {
        "" => said(claim),
        quote => format!("{}: “{quote}”", said(claim)),
    }
}

/// What is said to have happened, as words before a date.
pub(super) const fn event_in_words(event: Event) -> &'static str {
    match event {
        Event::Published => "published",
        Event::Modified => "modified",
        Event::Made => "made",
        Event::ExistedBy => "there by",
    }
}

/// Where a rule's docs stand on the web, if `repository` is known: a manifest that was not filled in
/// names none.
pub(super) fn docs_address(repository: &str, rule: &str) -> Option<String> {
    let is_known = !repository.is_empty() && !repository.contains("/OWNER/");
    is_known.then(|| format!("{repository}/blob/main/docs/rules.md#{rule}"))
}

/// How many findings each rule made, the most first: `by rule: 12 dead-link, 3 broken-url`.
pub(super) fn by_rule(summary: &Summary) -> Option<String> {
    let mut rules: Vec<_> = summary.rules.iter().collect();
    rules.sort_by_key(|&(_, number)| Reverse(*number));
    let counts: Vec<String> =
        rules.iter().map(|(rule, number)| format!("{number} {rule}")).collect();
    (!counts.is_empty()).then(|| format!("by rule: {}", counts.join(", ")))
}

/// How many findings are known and so do not count.
pub(super) fn known(summary: &Summary) -> Option<String> {
    let known = summary.suppressed;
    let shown = if known == 1 { "does not count" } else { "do not count" };
    (known > 0).then(|| {
        format!(
            "{} {shown}: a comment, the allow-list or the baseline knows of {}",
            count(known, "more finding"),
            if known == 1 { "it" } else { "them" }
        )
    })
}

/// What the reader should know about links that were not fetched, and why they were not.
#[must_use]
pub fn unfetched_remark(unfetched: usize, why: Option<&str>) -> String {
    let links = were(unfetched, "link");
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    format!(
        "{links} not fetched{why}, and judged only by what the articles and the addresses \
         themselves say"
    )
}

/// What the reader should know about links of which nothing is said, for the run did not get to
/// them or its recording does not hold them.
pub(super) fn silence_remarks(summary: &Summary) -> Vec<String> {
    let Summary { excluded, unrecorded, untried, .. } = *summary;
    let left_out = format!(
        "{} left out (--exclude-url, --include-url): not asked, and judged only by what the articles \
         and the addresses themselves say",
        were(excluded, "link")
    );
    let untried_links = were(untried, "link");
    let unrecorded_links = count(unrecorded, "link");
    let stand = if unrecorded == 1 { "does" } else { "do" };
    [
        (excluded, left_out),
        (
            untried,
            format!(
                "{untried_links} not fetched before the run ended, and nothing is said of them"
            ),
        ),
        (
            unrecorded,
            format!(
                "{unrecorded_links} {stand} not stand in the recording, and nothing is said of them"
            ),
        ),
    ]
    .into_iter()
    .filter_map(|(number, said)| (number > 0).then_some(said))
    .collect()
}

/// `3 documents with 40 links`, and how many of them were not fetched.
pub(super) fn about(summary: &Summary) -> String {
    let documents = count(summary.documents, "document");
    let not = match summary.not_fetched() {
        0 => String::new(),
        number => format!(", {} not fetched", grouped(number)),
    };
    format!("{documents} with {}{not}", count(summary.links, "link"))
}

/// What a run comes to: `1 error, 2 warnings in 3 documents with 40 links`.
pub(super) fn result(summary: &Summary) -> String {
    let counts =
        [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let found: Vec<String> = counts
        .into_iter()
        .filter(|&(number, _)| number > 0)
        .map(|(number, name)| count(number, name))
        .collect();
    let found = if found.is_empty() { "everything fits".to_owned() } else { found.join(", ") };
    format!("{found} in {}", about(summary))
}
/// How many documents no rule about time could judge.
pub(super) fn undated(summary: &Summary) -> Option<String> {
    let (verb, them) = if summary.undated == 1 { ("is", "it") } else { ("are", "them") };
    let documents = count(summary.undated, "document");
    (summary.undated > 0).then(|| {
        format!("{documents} {verb} undated: links that came later are not found in {them} (-v names {them})")
    })
}
