//! The width of a text around its breaks, from lines that are measured once each.

use std::collections::VecDeque;

use super::lines::{self, LINES, NEAR};

/// The lines near the break that was asked about last, measured. Breaks are asked about in document
/// order, so that the next one's lines are mostly among them.
#[derive(Debug, Default)]
pub(super) struct Edges {
    lines: VecDeque<Line>,
    /// Where the first of the lines begins.
    from: usize,
    /// Where the next one begins.
    next: usize,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    /// The offset of its line end.
    end: usize,
    edge: usize,
}

impl Edges {
    /// How far to the right the lines near an offset reach: the text's own width.
    ///
    /// The widest line but one in eight is taken, since a table or a code line may stick out.
    pub(super) fn width(&mut self, text: &str, at: usize) -> usize {
        let mut widest = [0; 1 + 2 * LINES / 8];
        let mut count = 0;
        self.each_near(text, at, |mut edge| {
            count += usize::from(edge > 0);
            // Most lines are none of the widest.
            if widest.last().is_some_and(|least| edge > *least) {
                for wide in &mut widest {
                    if edge > *wide {
                        std::mem::swap(wide, &mut edge);
                    }
                }
            }
        });
        widest.get(count / 8).copied().unwrap_or_default()
    }

    /// Goes over the lines near an offset, the nearest on either side of its own.
    fn each_near(&mut self, text: &str, at: usize, mut note: impl FnMut(usize)) {
        let floor = text.floor_char_boundary(at.saturating_sub(NEAR));
        let ceiling = text.floor_char_boundary((at + NEAR).min(text.len()));
        self.read(text, floor, ceiling);
        let edge = |start: usize, end: usize| {
            lines::edge(text.get(start.max(floor)..end.min(ceiling)).unwrap_or_default())
        };
        let near = |line: &Line| {
            let is_whole = line.start >= floor && line.end <= ceiling;
            if is_whole { line.edge } else { edge(line.start, line.end) }
        };
        let own = self.lines.partition_point(|line| line.end < at);
        self.lines.range(..own).rev().take(LINES).map(near).for_each(&mut note);
        let after = self.lines.range((own + 1).min(self.lines.len())..);
        let whole = after.len();
        after.take(LINES).map(near).for_each(&mut note);
        // The last line may end further away, or not at all.
        if own < self.lines.len() && whole < LINES {
            note(edge(self.next, ceiling));
        }
    }

    /// Reads the lines between two offsets, and forgets those before.
    fn read(&mut self, text: &str, floor: usize, ceiling: usize) {
        if floor < self.from || floor > self.next {
            *self = Self { lines: VecDeque::new(), from: floor, next: floor };
        }
        while let Some(line) = self.lines.front().filter(|line| line.end < floor) {
            self.from = line.end + 1;
            self.lines.pop_front();
        }
        let bytes = text.as_bytes().get(..ceiling).unwrap_or_default();
        while let Some(length) = bytes.get(self.next..).and_then(|rest| memchr::memchr(b'\n', rest))
        {
            let (start, end) = (self.next, self.next + length);
            let edge = lines::edge(text.get(start..end).unwrap_or_default());
            self.lines.push_back(Line { start, end, edge });
            self.next = end + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is remembered of earlier breaks does not change the width.
    fn measured_anew(text: &str, at: usize) -> usize {
        let floor = text.floor_char_boundary(at.saturating_sub(NEAR));
        let ceiling = text.floor_char_boundary((at + NEAR).min(text.len()));
        let before = text[floor..at].rsplit('\n').skip(1).take(LINES);
        let after = text[at..ceiling].split('\n').skip(1).take(LINES);
        let mut edges: Vec<usize> =
            before.chain(after).map(lines::edge).filter(|&edge| edge > 0).collect();
        edges.sort_unstable();
        edges.len().checked_sub(1 + edges.len() / 8).map_or(0, |at| edges[at])
    }

    proptest! {
        #[test]
        fn the_width_is_that_of_the_lines_near(
            lines in proptest::collection::vec(("[ aé]{0,9}", 1_usize..400), 0..60),
            asked in proptest::collection::vec(any::<proptest::sample::Index>(), 1..9),
            sorted: bool,
        ) {
            let text: String =
                lines.iter().map(|(line, times)| format!("{}\n", line.repeat(*times))).collect();
            let mut asked: Vec<usize> = asked
                .into_iter()
                .map(|place| text.floor_char_boundary(place.index(text.len() + 1)))
                .collect();
            if sorted {
                asked.sort_unstable();
            }
            let mut edges = Edges::default();
            for at in asked {
                prop_assert_eq!(edges.width(&text, at), measured_anew(&text, at));
            }
        }
    }
}
