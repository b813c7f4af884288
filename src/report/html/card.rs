//! One finding: what does not fit, the two claims against each other, the marked source, and what to
//! do. What is excused and of one kind is one line each, folded together.

use std::collections::HashMap;

use url::Url;

use super::entry::Address;
use super::excerpt::{Lines, excerpt};
use super::gaps::Gap;
use super::sides::{Sides, shortened, title_of_target};
use super::strip::Strip;
use crate::address::shown::{Shown, whole};
use crate::model::{Confidence, Finding, Judged, Level, LineIndex, Link, Outcome, RuleId};
use crate::report::words::{count, said};
use crate::rules::{furniture, furniture_name};

/// What is newer and excused by what the article says, each in its own words.
const EXCUSED: &str = "newer pages, each excused by what the article says";
/// From how many on notes of one kind are folded.
const FOLDED: usize = 3;

/// One finding.
pub(super) struct Card {
    pub(super) number: usize,
    pub(super) rule: RuleId,
    pub(super) level: &'static str,
    pub(super) confidence: String,
    pub(super) host: String,
    pub(super) title: String,
    /// What else there is to say in words: all, where no picture tells it.
    pub(super) message: String,
    /// In pieces: words, and whether they are code.
    pub(super) help: Vec<(String, bool)>,
    pub(super) place: String,
    pub(super) address: Option<Address>,
    /// What the link leads to, by its title.
    pub(super) target: String,
    /// The days that it is found by: the article's, and that of what is newer.
    pub(super) at: String,
    pub(super) to: String,
    pub(super) sides: Option<Sides>,
    pub(super) strip: Option<Strip>,
    pub(super) excerpt: Vec<Lines>,
    /// What claims say that stand on neither side.
    pub(super) claims: Vec<(String, String)>,
    pub(super) suggestion: Option<(String, String)>,
}

/// Findings in the order in which they are shown: one, or several of one kind.
pub(super) enum Group {
    One(Box<Card>),
    Folded(Fold),
}

/// Findings of one kind.
pub(super) struct Fold {
    /// What they are, after their number.
    pub(super) label: String,
    pub(super) cards: Vec<Card>,
}

/// What a document's findings are made of.
pub(super) struct Source<'a> {
    pub(super) judged: &'a Judged,
    pub(super) lines: &'a LineIndex,
    /// The number of the document, and that of its first finding.
    pub(super) document: usize,
    pub(super) first: usize,
}

impl Source<'_> {
    /// The findings, worst and surest first, and the gaps among them.
    pub(super) fn groups(&self, title: &str) -> (Vec<Group>, Vec<Gap>) {
        let mut gaps = Vec::new();
        let mut found: Vec<(&Finding, Option<String>, Card)> = Vec::new();
        for (finding, number) in self.judged.findings.iter().zip(self.first..) {
            let link = self.link(finding);
            let card = self.card(finding, number, link);
            gaps.extend(self.gap(&card, finding, title));
            found.push((finding, self.kind(finding, link.map(|(link, _)| link), &card), card));
        }
        found.sort_by_key(|(finding, _, _)| std::cmp::Reverse((finding.level, finding.confidence)));
        (grouped(found), gaps)
    }

    /// The link that a finding is about, with what it led to.
    fn link(&self, finding: &Finding) -> Option<(&Link, Option<&Outcome>)> {
        let case = &self.judged.case;
        let span = finding.span?;
        let at = case.extract.links.partition_point(|link| link.span < span);
        let link = case.extract.links.get(at).filter(|link| link.span == span)?;
        Some((link, case.statuses.get(at)?.outcome()))
    }

    fn card(
        &self,
        finding: &Finding,
        number: usize,
        link: Option<(&Link, Option<&Outcome>)>,
    ) -> Card {
        let case = &self.judged.case;
        let text = &case.article.text;
        let place = finding.span.map(|span| self.lines.position(text, span.start));
        let pages = case.article.pages.as_ref();
        let page = pages.zip(finding.span).and_then(|(pages, span)| pages.line_at(span.start));
        let on_page = page.map_or_else(String::new, |line| format!("page {}, ", line.page));
        let sides = Sides::of(finding, case);
        let later = sides.as_ref().filter(|sides| sides.is_later());
        let published = case.dating.published.as_ref().map(|published| published.date.first_day());
        let claims = if sides.is_some() { &[][..] } else { finding.because.as_slice() };
        Card {
            number,
            rule: finding.rule.clone(),
            level: finding.level.as_str(),
            confidence: finding.confidence.to_string(),
            host: finding.url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned(),
            title: capitalised(&Shown(&finding.title).to_string()),
            message: match &sides {
                Some(_) => rest(&whole(&finding.message)).to_owned(),
                None => capitalised(&whole(&finding.message)),
            },
            help: with_code(&capitalised(whole(&finding.help).trim_end_matches('.'))),
            place: place
                .map_or_else(String::new, |at| format!("{on_page}line {}:{}", at.line, at.column)),
            address: finding.url.as_ref().map(Address::new),
            target: link.map_or_else(String::new, |(link, outcome)| title_of_target(link, outcome)),
            at: later
                .map(|sides| sides.left.day())
                .or(published)
                .map_or_else(String::new, |day| day.to_string()),
            to: later.map_or_else(String::new, |sides| sides.right.day().to_string()),
            strip: sides.as_ref().and_then(|sides| Strip::new(sides, case.now)),
            sides,
            excerpt: excerpt(finding, text, self.lines),
            claims: claims
                .iter()
                .map(|claim| (said(claim), Shown(claim.quote.trim()).to_string()))
                .collect(),
            suggestion: finding
                .suggestion
                .as_ref()
                .map(|repair| (capitalised(&whole(&repair.title)), whole(&repair.replacement))),
        }
    }

    fn gap(&self, card: &Card, finding: &Finding, article: &str) -> Option<Gap> {
        let sides = card.sides.as_ref().filter(|sides| sides.is_later())?;
        Some(Gap {
            level: finding.level,
            seconds: sides.seconds,
            apart: sides.gap.clone(),
            document: self.document,
            finding: card.number,
            article: article.to_owned(),
            article_day: sides.left.day(),
            article_date: sides.left.in_words(),
            article_when: sides.left.when,
            target: shortened(&card.target, 90),
            target_day: sides.right.day(),
            target_date: sides.right.in_words(),
            target_when: sides.right.when,
        })
    }

    /// What a note has in common with others, where it can be folded with them.
    fn kind(&self, finding: &Finding, link: Option<&Link>, card: &Card) -> Option<String> {
        if finding.level > Level::Note {
            return None;
        }
        let furniture = link.and_then(|link| furniture(&self.judged.case, link));
        match (card.sides.as_ref().filter(|sides| sides.is_later()), furniture) {
            (Some(_), Some(link)) => {
                Some(format!("newer pages linked in {}", furniture_name(link)))
            }
            (Some(_), None) => Some(EXCUSED.to_owned()),
            (None, _) => Some(Shown(&finding.title).to_string()),
        }
    }
}

fn grouped(found: Vec<(&Finding, Option<String>, Card)>) -> Vec<Group> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for kind in found.iter().filter_map(|(_, kind, _)| kind.as_ref()) {
        *numbers.entry(kind.clone()).or_default() += 1;
    }
    let mut folds: Vec<Fold> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for (_, kind, card) in found {
        let kind = kind.filter(|kind| numbers.get(kind).is_some_and(|&number| number >= FOLDED));
        let Some(label) = kind else {
            groups.push(Group::One(Box::new(card)));
            continue;
        };
        match folds.iter_mut().find(|fold| fold.label == label) {
            Some(fold) => fold.cards.push(card),
            None => folds.push(Fold { label, cards: vec![card] }),
        }
    }
    groups.extend(folds.into_iter().map(Group::Folded));
    groups
}

impl Fold {
    /// Whether their kind does not say why each is only a note.
    pub(super) fn is_told_each(&self) -> bool {
        self.label == EXCUSED
    }

    /// How many there are, and of what kind.
    pub(super) fn summary(&self) -> String {
        format!("{}: {}", count(self.cards.len(), "note"), self.label)
    }
}

impl Group {
    /// How sure a document's first finding is, and how bad, for the order of documents.
    pub(super) fn rank(judged: &Judged) -> Option<(Level, Confidence)> {
        judged.findings.iter().map(|finding| (finding.level, finding.confidence)).max()
    }
}

/// What follows the first sentence, which says what the two sides show: a message begins with both
/// claims. Marks of quotation hide the stops between them.
fn rest(message: &str) -> &str {
    let mut depth = 0_usize;
    let mut stop = false;
    for (at, character) in message.char_indices() {
        match character {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && stop && character == ' ' {
            return message.get(at..).unwrap_or_default().trim();
        }
        stop = matches!(character, '.' | '?' | '!');
    }
    ""
}

/// The pieces between marks of code: every second one is code.
pub(super) fn with_code(text: &str) -> Vec<(String, bool)> {
    text.split('`').map(str::to_owned).zip([false, true].into_iter().cycle()).collect()
}

/// A sentence begins with a capital, but not where it begins with an address or a name.
pub(super) fn capitalised(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if first.contains(['/', '.', ':']) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_told_by_the_picture() {
        for (message, left) in [
            ("this is “a. b” and c. It can be.", "It can be."),
            ("only one.", ""),
            (
                "it is at https://a.example/x.html now: 2 years later. Its text is “x”.",
                "Its text is “x”.",
            ),
            ("", ""),
            ("“never closed. And more.", ""),
        ] {
            assert_eq!(rest(message), left);
        }
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(capitalised("étude"), "Étude");
        assert_eq!(capitalised("https://a.example/ is"), "https://a.example/ is");
        assert_eq!(capitalised(""), "");
    }
}
