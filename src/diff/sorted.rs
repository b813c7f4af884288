//! Records in order, however many: what does not fit into a little memory lies in sorted runs on the disk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::vec;

/// A record: what it is sorted by, its number, by which those that are alike are sorted, and what it says.
pub(super) type Record = [u64; 3];

const WIDTH: usize = size_of::<Record>();

/// So many are held in memory: 6 MiB.
const HELD: usize = 1 << 18;

/// So many of each run are read at a time.
const AHEAD: u64 = 1 << 10;

/// Takes in records in any order.
#[derive(Debug)]
pub(super) struct Sorter {
    most: usize,
    held: Vec<Record>,
    /// The sorted runs, one behind the other, and how many records each has.
    file: Option<File>,
    lengths: Vec<u64>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self { most: HELD, held: Vec::new(), file: None, lengths: Vec::new() }
    }
}

impl Sorter {
    pub(super) fn push(&mut self, record: Record) -> io::Result<()> {
        if self.held.len() >= self.most {
            self.spill()?;
        }
        self.held.push(record);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(super::store::file()?),
        };
        let mut out = BufWriter::new(file);
        for number in self.held.iter().flatten() {
            out.write_all(&number.to_ne_bytes())?;
        }
        out.flush()?;
        self.lengths.push(self.held.len() as u64);
        self.held.clear();
        Ok(())
    }

    /// All records, in order.
    pub(super) fn finish(mut self) -> io::Result<Sorted> {
        self.held.sort_unstable();
        let mut runs = vec![Run { at: 0, left: 0, ahead: self.held.into_iter() }];
        let mut at = 0;
        for left in self.lengths {
            runs.push(Run { at, left, ahead: Vec::new().into_iter() });
            at += left * WIDTH as u64;
        }
        let mut sorted = Sorted { file: self.file, runs, heap: BinaryHeap::new(), peeked: None };
        for number in 0..sorted.runs.len() {
            sorted.refill(number)?;
        }
        Ok(sorted)
    }
}

/// Hands over records in order.
#[derive(Debug)]
pub(super) struct Sorted {
    file: Option<File>,
    runs: Vec<Run>,
    /// The next record of each run.
    heap: BinaryHeap<Reverse<(Record, usize)>>,
    peeked: Option<Record>,
}

#[derive(Debug)]
struct Run {
    at: u64,
    left: u64,
    ahead: vec::IntoIter<Record>,
}

impl Run {
    fn next(&mut self, file: Option<&mut File>) -> io::Result<Option<Record>> {
        if let (0, 1.., Some(file)) = (self.ahead.len(), self.left, file) {
            let records = self.left.min(AHEAD);
            let length = records * WIDTH as u64;
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(self.at))?;
            file.take(length).read_to_end(&mut bytes)?;
            let (numbers, _) = bytes.as_chunks().0.as_chunks();
            let record = |numbers: &[[u8; 8]; 3]| numbers.map(u64::from_ne_bytes);
            self.ahead = numbers.iter().map(record).collect::<Vec<_>>().into_iter();
            self.at += length;
            self.left -= records;
        }
        Ok(self.ahead.next())
    }
}

impl Sorted {
    fn refill(&mut self, number: usize) -> io::Result<()> {
        if let Some(run) = self.runs.get_mut(number) {
            let next = run.next(self.file.as_mut())?;
            self.heap.extend(next.map(|record| Reverse((record, number))));
        }
        Ok(())
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        if let Some(record) = self.peeked.take() {
            return Ok(Some(record));
        }
        let Some(Reverse((record, number))) = self.heap.pop() else { return Ok(None) };
        self.refill(number)?;
        Ok(Some(record))
    }

    /// The next record, which stays the next.
    pub(super) fn peek(&mut self) -> io::Result<Option<Record>> {
        self.peeked = self.next()?;
        Ok(self.peeked)
    }

    /// The next record if it is sorted by `key`.
    pub(super) fn next_of(&mut self, key: u64) -> io::Result<Option<Record>> {
        let is_of = self.peek()?.is_some_and(|[of, ..]| of == key);
        if is_of { self.next() } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn records_come_in_order_whatever_fits_into_memory(
            most in 1_usize..9,
            records in proptest::collection::vec(proptest::array::uniform3(0_u64..20), 0..60),
        ) {
            let mut sorter = Sorter { most, ..Sorter::default() };
            for record in &records {
                sorter.push(*record).expect("a disk");
            }
            let mut sorted = sorter.finish().expect("a disk");
            let mut all = Vec::new();
            while let Some(record) = sorted.next().expect("a disk") {
                all.push(record);
            }
            let mut wanted = records;
            wanted.sort_unstable();
            proptest::prop_assert_eq!(all, wanted);
        }
    }
}
