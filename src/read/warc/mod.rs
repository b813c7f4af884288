//! Web archives (WARC and ARC, packed or not): each page that is held is a document, with its
//! address, the time of its capture and its record.
//!
//! A page is what a GET was answered with 200, whether it stands in the record or, where that tells
//! of an earlier one with the same bytes, in the other. What else is held is counted.

mod originals;
mod page;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::BufRead;

use super::{Documents, InputFormat, ReadError, local};
use crate::decode::http;
use crate::decode::warc::{Damage, Found, Reader, Record, Stored};
use crate::model::Document;

pub(crate) use originals::Originals;
pub(super) use page::Making;
pub(crate) use page::Other;

/// Web archives.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "warc",
    help: "a web archive (WARC or ARC, also gzip or zstd), a document a page",
    endings: &[
        "warc",
        "warc.gz",
        "warc.zst",
        "warc.open",
        "warc.gz.open",
        "arc",
        "arc.gz",
        "wet",
        "wet.gz",
    ],
    open: |source, options| pages(source.reader, Making::new(source.name, options)),
    unread: None,
};

/// How many damaged places of one file are told one by one.
const TOLD: usize = 20;

/// The pages of a web archive.
pub(super) fn pages(reader: Box<dyn BufRead + Send>, making: Making) -> Documents {
    match Reader::new(reader) {
        Ok(reader) => Box::new(Pages {
            making,
            reader,
            ready: VecDeque::new(),
            waiting: None,
            request: None,
            damages: 0,
            ended: false,
        }),
        Err(error) => Box::new(std::iter::once(Err(local::unreadable(&making.input, &error)))),
    }
}

/// The pages of one file.
struct Pages<R> {
    making: Making,
    reader: Reader<R>,
    /// What is read and was not given yet.
    ready: VecDeque<Result<Document, ReadError>>,
    /// An answer of which it is not known yet what it answers: its request may stand behind it.
    waiting: Option<Stored>,
    /// The request that stands before, which may be that of the answer that comes next.
    request: Option<Record>,
    damages: usize,
    ended: bool,
}

impl<R: BufRead> Iterator for Pages<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.ended {
                return None;
            }
            match self.reader.read() {
                Ok(Some(Found::Record(stored))) => self.take(stored),
                Ok(Some(Found::Damage(damage))) => self.tell(damage),
                Ok(None) => self.end(),
                Err(error) => {
                    self.end();
                    let error = local::unreadable(&self.making.input, &error);
                    self.ready.push_back(Err(error));
                }
            }
        }
    }
}

impl<R: BufRead> Pages<R> {
    fn take(&mut self, stored: Stored) {
        let is = |kind: &str| stored.record.is(kind);
        if is("request") {
            let answered = self.waiting.take_if(|waiting| belong(&waiting.record, &stored.record));
            match answered {
                Some(answer) => self.answer(&answer, http::method(&stored.record.block)),
                None => self.request = Some(stored.record),
            }
            return;
        }
        self.flush();
        let request = self.request.take();
        if is("response") || is("revisit") {
            match request.filter(|request| belong(&stored.record, request)) {
                Some(request) => self.answer(&stored, http::method(&request.block)),
                None => self.waiting = Some(stored),
            }
        } else if is("resource") || is("conversion") {
            let shape = self.reader.shape();
            self.making.as_it_is(&stored, &shape, &mut self.ready);
        }
    }

    /// An answer whose request did not come.
    fn flush(&mut self) {
        if let Some(answer) = self.waiting.take() {
            self.answer(&answer, None);
        }
    }

    fn answer(&mut self, stored: &Stored, method: Option<&str>) {
        if method.is_some_and(|method| method != "GET") {
            self.making.pass_over(Other::Method);
        } else {
            let shape = self.reader.shape();
            self.making.answer(stored, &shape, &mut self.ready);
        }
    }

    fn end(&mut self) {
        self.flush();
        self.ended = true;
        if self.damages > TOLD {
            let problem = format!("it is damaged in {} more places", self.damages - TOLD);
            self.ready.push_back(Err(self.making.error(&problem, HELP)));
        }
        if self.reader.records() == 0 && self.damages == 0 {
            self.ready.push_back(Err(self.making.error("it holds no record", HELP)));
        }
    }

    fn tell(&mut self, damage: Damage) {
        self.flush();
        self.damages += 1;
        if self.damages <= TOLD {
            self.ready.push_back(Err(self.making.error(&told(&damage), HELP)));
        }
    }
}

const HELP: &str = "the other records are read; fetch the archive again if what is lost is needed";

fn told(damage: &Damage) -> String {
    let Damage { place, lost, is_last, why } = damage;
    let place = match place.within {
        0 => format!("byte {}", place.member),
        within => format!("byte {} ({within} bytes into what is packed there)", place.member),
    };
    let lost = if *is_last {
        format!("the {lost} bytes from there to the end are lost")
    } else {
        format!("{lost} bytes are lost up to the next good record")
    };
    format!("it is damaged at {place}: {why}; {lost}")
}

/// Whether an answer is that to a request: one names the other, or they stand side by side and are
/// about the same address.
fn belong(answer: &Record, request: &Record) -> bool {
    let names = |one: &Record, other: &Record| {
        let id = other.get("WARC-Record-ID");
        id.map(|id| one.all("WARC-Concurrent-To").any(|named| named == id))
    };
    let is_named = [names(answer, request), names(request, answer)];
    let has_names =
        [answer, request].iter().any(|record| record.get("WARC-Concurrent-To").is_some());
    if has_names { is_named.contains(&Some(true)) } else { answer.target() == request.target() }
}
