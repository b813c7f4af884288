//! Which elements end with a tag: by their own end tags, or unsaid, as far as that matters here.

use super::Page;
use crate::extract::html::tag::Tag;
use crate::html;

impl<'t> Page<'t> {
    /// Ends the elements that a start tag ends without an end tag.
    pub(super) fn end_unsaid(&mut self, next: Tag, place: usize) {
        // Nothing is ended by what runs on in a line.
        if !next.is_block() && next != Tag::A {
            return;
        }
        let mut crosses_block = false;
        for at in (0..self.open.len()).rev() {
            let Some(tag) = self.open.get(at).map(|open| open.tag) else { return };
            if tag.is_ended_by(next) {
                if crosses_block && tag == Tag::A {
                    self.close_only(at, place);
                } else {
                    self.close_from(at, place);
                }
                continue;
            }
            crosses_block |= tag.is_block();
            let stops = match next {
                Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody => tag == Tag::Table,
                Tag::Li | Tag::Dd | Tag::Dt => {
                    tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P)
                }
                Tag::A => tag.is_scope(),
                _ => tag.is_block(),
            };
            if stops {
                return;
            }
        }
    }

    pub(super) fn end_tag(&mut self, end: html::Tag<'t>) {
        let (tag, place) = (Tag::of(end.packed), end.span.start);
        let mut crosses_block = false;
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { return };
            if open.tag == tag && open.name.eq_ignore_ascii_case(end.name) {
                if crosses_block && !tag.is_block() {
                    self.close_only(at, place);
                } else {
                    self.close_from(at, place);
                }
                return;
            }
            if open.tag.is_scope() && !matches!(tag, Tag::Table | Tag::Tbody | Tag::Tr) {
                return;
            }
            crosses_block |= open.tag.is_block();
        }
    }

    /// Ends one element out of turn: `<b><p></b>`.
    fn close_only(&mut self, at: usize, place: usize) {
        let open = self.open.remove(at);
        self.section.close_around(at);
        self.finish(open, place);
    }

    /// Ends an element and all that is still open inside it.
    pub(super) fn close_from(&mut self, at: usize, end: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.last() else { return };
            if open.tag.is_block() {
                self.end_run();
            }
            let Some(open) = self.open.pop() else { return };
            self.section.leave(self.open.len());
            self.finish(open, end);
        }
        if at == 0 {
            self.end_run();
        }
    }
}
