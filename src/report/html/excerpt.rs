//! The source lines of a finding, with what it is about marked.

use crate::model::{Finding, LineIndex, Speaker};
use crate::report::human::excerpt::{Excerpt, Mark, cut_all};
use crate::report::words::said;

/// Some consecutive lines.
pub(super) struct Lines {
    /// The number of the first, from one.
    pub(super) first: usize,
    /// Their text in pieces.
    pub(super) pieces: Vec<Piece>,
}

/// A piece of a text.
pub(super) struct Piece {
    /// The words.
    pub(super) text: String,
    /// What is marked here, if it is marked: `link` or `claim`.
    pub(super) mark: Option<&'static str>,
    /// What is said about it, where something is.
    pub(super) label: String,
}

/// The lines around a finding's place and around the first claim that is printed in the text: what it
/// is about, and what it is held against.
pub(super) fn excerpt(finding: &Finding, text: &str, lines: &LineIndex) -> Vec<Lines> {
    let own = finding.span.map(|span| Mark { span, label: String::new(), primary: true });
    let claims = || {
        finding
            .because
            .iter()
            .filter(|claim| claim.span.is_some_and(|span| Some(span) != finding.span))
    };
    let printed = claims().find(|claim| claim.source.speaker() != Speaker::Address);
    let claims = printed.or_else(|| claims().next()).into_iter();
    let claims = claims
        .filter_map(|claim| Some(Mark { span: claim.span?, label: said(claim), primary: false }));
    cut_all(text, lines, own.into_iter().chain(claims).collect()).into_iter().map(cut).collect()
}

fn cut(excerpt: Excerpt) -> Lines {
    let Excerpt { line, source, mut marks } = excerpt;
    marks.sort_by_key(|(range, _, primary)| (range.start, !primary));
    let piece = |range: std::ops::Range<usize>, mark, label| Piece {
        text: source.get(range).unwrap_or_default().to_owned(),
        mark,
        label,
    };
    let mut pieces = Vec::new();
    let mut done = 0;
    for (range, label, primary) in marks {
        // A mark inside another is left out: elements cannot cross.
        if range.start < done || range.is_empty() {
            continue;
        }
        pieces.push(piece(done..range.start, None, String::new()));
        done = range.end.min(source.len());
        pieces.push(piece(range.start..done, Some(if primary { "link" } else { "claim" }), label));
    }
    pieces.push(piece(done..source.len(), None, String::new()));
    pieces.retain(|piece| !piece.text.is_empty());
    Lines { first: line, pieces }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::hostile;

    #[test]
    fn the_pieces_are_the_lines() {
        for judged in hostile() {
            let text = &judged.case.article.text;
            let index = LineIndex::new(text);
            for finding in &judged.findings {
                for lines in excerpt(finding, text, &index) {
                    let marked = lines.pieces.iter().filter(|piece| piece.mark.is_some()).count();
                    assert!(marked > 0);
                }
            }
        }
    }
}
