//! The baseline as a report: it is written when all documents have been judged.

use std::io::{self, Write};

use super::{Format, Open, Report, Style, Summary, View};
use crate::model::Judged;

/// The format; it is not one to choose by name, `--write-baseline` does.
pub const FORMAT: Format = Format {
    name: "baseline",
    help: "the findings of this run, to be known in later ones",
    views: &[],
    tells_remarks: false,
    open: Open::Stream(open),
};

struct Writer {
    out: Box<dyn Write>,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Writer { out })
}

impl Report for Writer {
    fn document(&mut self, _judged: &Judged) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if let Some(baseline) = &summary.baseline {
            baseline.write(&mut self.out)?;
        }
        self.out.flush()
    }
}
