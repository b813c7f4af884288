//! What is unpacked of a file and not yet let go, and the members that it came from.

use std::io::{self, BufRead};

use super::super::unpack::{Packing, Step};
use super::{MEMBERS, Member, Place, Reader, SPENT, State};

impl<R: BufRead> Reader<R> {
    /// Passes over what may stand between records: empty lines.
    pub(super) fn skip_blank(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.from(self.at);
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_all = blank == bytes.len();
            self.at += blank;
            self.let_go();
            if !is_all || !self.more()? {
                return Ok(());
            }
        }
    }

    /// The unpacked bytes from a place on.
    pub(super) fn from(&self, at: usize) -> &[u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    /// How many unpacked bytes were passed.
    pub(super) fn passed(&self) -> u64 {
        self.gone + self.at as u64
    }

    pub(super) fn ensure(&mut self, end: usize) -> io::Result<()> {
        while self.bytes.len() < end && self.more()? {}
        Ok(())
    }

    /// Unpacks more; says whether there is more.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        loop {
            if matches!(self.state, State::Ended | State::Broken { .. }) {
                return Ok(false);
            }
            let had = self.bytes.len();
            let step = self.unpack.step(&mut self.bytes)?;
            let grew = self.bytes.len() > had;
            if self.state == State::Between && grew && self.members.len() < MEMBERS {
                let offset = self.unpack.member();
                self.members.push_back(Member { index: had, offset, within: 0 });
            }
            // A member is begun with its first bytes, so that empty ones leave no trace.
            self.state = match (step, self.state) {
                (Step::Bytes, _) => State::Inside,
                (Step::End, _) => State::Between,
                (Step::Eof, _) => State::Ended,
                (Step::Broken(why), _) => State::Broken { member: self.unpack.member(), why },
            };
            if grew {
                return Ok(true);
            }
        }
    }

    /// Where the record that begins at an index of the unpacked bytes stands.
    pub(super) fn place(&self, index: usize) -> Place {
        let member = self.members.iter().rev().find(|member| member.index <= index);
        let Some(member) = member else { return Place::default() };
        let within = member.within + (index - member.index) as u64;
        match self.unpack.packing() {
            Packing::Plain => Place { member: member.offset + within, within: 0 },
            _ => Place { member: member.offset, within },
        }
    }

    /// Lets go the bytes that were read, seldom, so that each is moved but a few times.
    pub(super) fn let_go(&mut self) {
        if self.at < self.bytes.len() && self.at < SPENT.max(self.bytes.len() / 2) {
            return;
        }
        let gone = std::mem::take(&mut self.at);
        self.bytes.drain(..gone);
        self.gone += gone as u64;
        while self.members.get(1).is_some_and(|next| next.index <= gone) {
            self.members.pop_front();
        }
        for member in &mut self.members {
            member.within += gone.saturating_sub(member.index) as u64;
            member.index = member.index.saturating_sub(gone);
        }
    }
}
