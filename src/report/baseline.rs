//! The baseline as a report: it is written when all documents have been judged.

use std::io::{self, Write};

use super::{Format, Open, Report, Style, Summary, View};
use crate::model::Judged;
use crate::suppress::baseline::{self, Baseline, Found};

/// The format; it is not one to choose by name, `--write-baseline` does.
pub const FORMAT: Format = Format {
    name: "baseline",
    help: "the findings of this run, to be known in later ones",
    views: &[],
    open: Open::Stream(open),
};

struct Writer {
    out: Box<dyn Write>,
    found: Vec<Found>,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Writer { out, found: Vec::new() })
}

impl Report for Writer {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.found.extend(baseline::found(judged));
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        let baseline = Baseline::of(std::mem::take(&mut self.found));
        self.out.write_all(baseline.text().as_bytes())?;
        self.out.flush()
    }
}
