//! The section that is being read, where its heading says what all links below it are for.

use crate::extract::labels;
use crate::model::Role;

/// The section that what is read now stands in.
#[derive(Debug, Default)]
pub(super) struct Section(Option<Headed>);

/// A section whose heading tells.
#[derive(Clone, Copy, Debug)]
struct Headed {
    role: Role,
    level: u8,
    /// How many elements are open around it.
    depth: usize,
    /// Whether no block has followed its heading yet.
    is_empty: bool,
}

impl Section {
    /// A heading has been read inside so many open elements: it begins a section, and ends one of
    /// its own level or below.
    pub(super) fn begin(&mut self, level: u8, heading: &str, depth: usize) {
        match (labels::role_of_section(heading), self.0) {
            (Some(role), _) => self.0 = Some(Headed { role, level, depth, is_empty: true }),
            (None, Some(headed)) if level <= headed.level => self.0 = None,
            (None, _) => {}
        }
    }

    /// A block begins.
    pub(super) fn fill(&mut self) {
        if let Some(headed) = &mut self.0 {
            headed.is_empty = false;
        }
    }

    /// An element has ended, and so many are open still: a section ends with the element that holds
    /// it. An element that holds a heading alone is a part of it.
    pub(super) fn leave(&mut self, depth: usize) {
        if let Some(headed) = self.0.as_mut().filter(|headed| depth < headed.depth) {
            headed.depth = depth;
            self.0 = self.0.filter(|headed| headed.is_empty);
        }
    }

    /// The element that stands inside so many has ended, those inside it not.
    pub(super) fn close_around(&mut self, at: usize) {
        if let Some(headed) = self.0.as_mut().filter(|headed| at < headed.depth) {
            headed.depth -= 1;
        }
    }

    /// What its heading says that its links are for.
    pub(super) fn role(&self) -> Option<Role> {
        self.0.map(|headed| headed.role)
    }
}
