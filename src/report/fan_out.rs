//! Several reports of one run, each to its own place.

use std::io;

use super::{Failed, Renderer, Report, Summary};
use crate::model::Judged;

/// Hands everything to each of its reports.
pub struct FanOut(pub Vec<Box<dyn Report>>);

impl Report for FanOut {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.document(judged))
    }

    fn renderer(&self) -> Option<Renderer> {
        Renderer::of_all(self.0.iter().map(|report| report.renderer()))
    }

    fn rendered(&mut self, parts: &mut dyn Iterator<Item = Vec<u8>>) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.rendered(parts))
    }

    fn failed(&mut self, failed: &Failed) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.failed(failed))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.flush())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|report| report.finish(summary))
    }
}
