//! Packed: outcomes as they are kept in files, JSON that is compressed as quickly as can be.

use std::io;

use zstd::bulk::{Compressor, Decompressor};

use crate::model::Outcome;

/// How hard the JSON is compressed (zstd).
const COMPRESSION: i32 = 1;

/// The longest JSON of one outcome, in bytes, as a guard against a damaged file.
const MAX_OUTCOME_BYTES: usize = 64 << 20;

/// An outcome packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// The compressed JSON.
    pub bytes: Vec<u8>,
    /// The length of the JSON, in bytes.
    pub size: u32,
}

/// Packs outcomes, one after another.
pub(super) struct Packer {
    compressor: Compressor<'static>,
    json: Vec<u8>,
}

impl Packer {
    /// # Errors
    ///
    /// There is no memory for it.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { compressor: Compressor::new(COMPRESSION)?, json: Vec::new() })
    }

    /// Packs an outcome; nothing where it cannot be, which no outcome has shown yet.
    pub(super) fn pack(&mut self, outcome: &Outcome) -> Option<Packed> {
        self.pack_lines([outcome])
    }

    /// Packs several as one, which takes less time and room: a line of JSON for each.
    pub(super) fn pack_lines<'o>(
        &mut self,
        outcomes: impl IntoIterator<Item = &'o Outcome>,
    ) -> Option<Packed> {
        self.json.clear();
        for outcome in outcomes {
            if !self.json.is_empty() {
                self.json.push(b'\n');
            }
            serde_json::to_writer(&mut self.json, outcome).ok()?;
        }
        let size = u32::try_from(self.json.len()).ok()?;
        let bytes = self.compressor.compress(&self.json).ok()?;
        Some(Packed { bytes, size })
    }
}

/// Unpacks outcomes, one after another.
pub(super) struct Unpacker(Decompressor<'static>);

impl Unpacker {
    /// # Errors
    ///
    /// There is no memory for it.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(Decompressor::new()?))
    }

    /// The JSON whose length was noted as `size`; nothing of what is damaged.
    pub(super) fn json(&mut self, packed: &[u8], size: u32) -> Vec<u8> {
        let size = usize::try_from(size).unwrap_or(MAX_OUTCOME_BYTES).min(MAX_OUTCOME_BYTES);
        self.0.decompress(packed, size).unwrap_or_default()
    }
}
