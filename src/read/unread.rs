//! Bytes of which a document is still to be made, on whatever thread has the time.

use std::fmt;

use super::ReadError;
use crate::model::Document;

type Make = Box<dyn FnOnce() -> Result<Document, ReadError> + Send>;

/// The bytes of a document.
pub struct Unread {
    /// The input that they come from, as the user named it.
    pub input: String,
    /// How many there are.
    pub bytes: usize,
    make: Make,
}

impl Unread {
    /// Bytes of an input, and what makes a document of them.
    pub(super) fn new(
        input: String,
        bytes: Vec<u8>,
        make: impl FnOnce(String, Vec<u8>) -> Result<Document, ReadError> + Send + 'static,
    ) -> Self {
        let (name, length) = (input.clone(), bytes.len());
        Self { input, bytes: length, make: Box::new(move || make(name, bytes)) }
    }

    /// The same, with a change to what is made of them.
    pub(super) fn then(self, change: impl FnOnce(Document) -> Document + Send + 'static) -> Self {
        let Self { input, bytes, make } = self;
        Self { input, bytes, make: Box::new(move || make().map(change)) }
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// Says why the bytes are none.
    pub fn document(self) -> Result<Document, ReadError> {
        (self.make)()
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { input, bytes, make: _ } = self;
        f.debug_struct("Unread").field("input", input).field("bytes", bytes).finish_non_exhaustive()
    }
}
