//! The widest gaps of a run: what is newest against its article.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::civil::Date;

use crate::model::{Level, When};

/// How many gaps lead the page, one an article.
const LEADING: usize = 10;
/// How many are kept, for the table beneath.
const KEPT: usize = 100;
/// How many of one article are kept.
const OF_ONE: usize = 10;

/// A link that is newer than its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) level: Level,
    /// The least that lies between, in seconds.
    pub(super) seconds: i64,
    /// The same in words.
    pub(super) apart: String,
    /// The number of the document, and of the finding.
    pub(super) document: usize,
    pub(super) finding: usize,
    pub(super) article: String,
    pub(super) article_day: Date,
    pub(super) article_date: String,
    pub(super) article_when: When,
    pub(super) target: String,
    pub(super) target_day: Date,
    pub(super) target_date: String,
    pub(super) target_when: When,
}

impl Gap {
    /// What nothing excuses comes first, then what is wider, then what came first.
    fn rank(&self) -> (bool, i64, Reverse<usize>) {
        (self.level > Level::Note, self.seconds, Reverse(self.finding))
    }
}

impl PartialOrd for Gap {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Gap {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// The widest gaps so far.
#[derive(Default)]
pub(super) struct Gaps {
    widest: BinaryHeap<Reverse<Gap>>,
    total: usize,
}

/// The widest gaps, in their order.
pub(super) struct Widest {
    /// One an article, and how many more its article has among those that are kept.
    pub(super) leading: Vec<Gap>,
    /// All that are kept.
    pub(super) kept: Vec<Gap>,
    /// How many there are in all.
    pub(super) total: usize,
}

impl Gaps {
    /// Adds those of one document.
    pub(super) fn add(&mut self, mut gaps: Vec<Gap>) {
        self.total += gaps.len();
        gaps.sort_by(|one, other| other.cmp(one));
        for gap in gaps.into_iter().take(OF_ONE) {
            self.widest.push(Reverse(gap));
            if self.widest.len() > KEPT {
                self.widest.pop();
            }
        }
    }

    /// The widest of all.
    pub(super) fn widest(&self) -> Widest {
        let mut kept: Vec<Gap> = self.widest.iter().map(|Reverse(gap)| gap.clone()).collect();
        kept.sort_by(|one, other| other.cmp(one));
        let mut leading: Vec<Gap> = Vec::new();
        for gap in &kept {
            if leading.len() < LEADING && !leading.iter().any(|it| it.document == gap.document) {
                leading.push(gap.clone());
            }
        }
        Widest { leading, kept, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn gap(document: usize, finding: usize, level: Level, seconds: i64) -> Gap {
        let when = When { earliest: Timestamp::UNIX_EPOCH, before: Timestamp::UNIX_EPOCH };
        Gap {
            level,
            seconds,
            apart: String::new(),
            document,
            finding,
            article: String::new(),
            article_day: date(2018, 5, 25),
            article_date: String::new(),
            article_when: when,
            target: String::new(),
            target_day: date(2025, 10, 17),
            target_date: String::new(),
            target_when: when,
        }
    }

    #[test]
    fn what_nothing_excuses_leads_and_no_article_fills_the_list() {
        let mut gaps = Gaps::default();
        gaps.add((0..300).map(|number| gap(1, number, Level::Note, 900)).collect());
        gaps.add(vec![gap(2, 300, Level::Error, 5), gap(2, 301, Level::Error, 7)]);
        for number in 0..40 {
            gaps.add(vec![gap(3 + number, 400 + number, Level::Note, 10)]);
        }
        let widest = gaps.widest();
        let order: Vec<_> = widest.leading.iter().map(|gap| (gap.document, gap.finding)).collect();
        assert_eq!(order[..3], [(2, 301), (1, 0), (3, 400)]);
        assert_eq!((widest.leading.len(), widest.kept.len(), widest.total), (10, 52, 342));
    }
}
