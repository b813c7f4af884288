//! The blocks of reStructuredText, from top to bottom. They are not made a tree: all that matters of
//! a block is where its words end, and whether they are words at all.

use std::ops::Range;

use super::inline::{self, Piece};
use super::line::{self, Line};
use super::names::{self, Address, Names, Target};
use super::table;
use crate::extract::lightweight::{Gathered, New, Run};
use crate::model::{Document, Extract, LinkKind, Region, Role, Span};

/// Tables inside of tables deeper than this are not read.
const DEEPEST: usize = 4;

/// A reference whose name may be explained further down.
struct Reference {
    name: String,
    text: String,
    kind: LinkKind,
    role: Role,
    region: Region,
}

/// What has been read so far.
pub(super) struct Reader<'t> {
    pub(super) source: &'t str,
    pub(super) gathered: Gathered<'t>,
    pub(super) names: Names,
    references: Vec<Reference>,
    /// References without a name, and the targets without one: the first is for the first.
    nameless: (Vec<Reference>, Vec<Target>),
    /// Names that the next target is given to, too.
    pub(super) open: Vec<String>,
    /// Explicit targets, in order.
    pub(super) targets: Vec<(String, Address)>,
    /// The kinds of underlines of headings, by their levels.
    styles: Vec<(u8, bool)>,
    /// The column of the note that is being read.
    note: Option<usize>,
    depth: usize,
}

/// Reads a document.
pub(super) fn read(document: &Document) -> Extract {
    let mut reader = Reader {
        source: &document.text,
        gathered: Gathered::new(document),
        names: Names::default(),
        references: Vec::new(),
        nameless: (Vec::new(), Vec::new()),
        open: Vec::new(),
        targets: Vec::new(),
        styles: Vec::new(),
        note: None,
        depth: 0,
    };
    reader.walk(&mut line::lines(&document.text));
    reader.end()
}

impl Reader<'_> {
    /// Reads lines that stand below each other.
    pub(super) fn walk(&mut self, lines: &mut [Line]) {
        let mut at = 0;
        while let Some(line) = lines.get(at).copied() {
            if line.is_blank() {
                at += 1;
                continue;
            }
            if self.note.is_some_and(|column| line.indent <= column) {
                self.note = None;
                self.gathered.in_note = false;
            }
            at = self.block(lines, at, line).max(at);
        }
    }

    /// Reads the block that begins with a line; gives back where the next one begins.
    fn block(&mut self, lines: &mut [Line], at: usize, line: Line) -> usize {
        let text = line.text(self.source);
        if text == ".." || text.starts_with(".. ") {
            return self.explicit(lines, at, line);
        }
        if text == "__" || text.starts_with("__ ") {
            return self.nameless_target(lines, at, line.after(self.source, 2), line.indent);
        }
        self.open.clear();
        if let Some(end) = self.heading(lines, at, line) {
            return end;
        }
        if table::is_simple(text) || table::is_grid(text) {
            return self.table(lines, at);
        }
        if text.starts_with(">>>") {
            return skip(lines, at, |line| !line.is_blank());
        }
        if line::ruler(text).is_some_and(|_| text.len() >= 4) {
            return at + 1;
        }
        let mark = line::bullet(text).or_else(|| {
            line::enumerator(text).filter(|_| is_item(self.source, lines, at, line.indent))
        });
        if let Some(mark) = mark {
            if let Some(item) = lines.get_mut(at) {
                *item = line.after(self.source, mark);
            }
            return at;
        }
        if let Some((_, mark)) = line::field(text) {
            let body = line.after(self.source, mark.min(text.len()));
            return self.words(lines, at, body, Some(line.indent), false);
        }
        self.words(lines, at, line, None, false)
    }

    /// Reads a paragraph that begins with `first`. Behind a mark that begins in column `hangs`, its
    /// further lines stand to the right of that.
    pub(super) fn words(
        &mut self,
        lines: &[Line],
        at: usize,
        first: Line,
        hangs: Option<usize>,
        ends_at_options: bool,
    ) -> usize {
        let mut column = if hangs.is_some() { None } else { Some(first.indent) };
        let mut parts: Vec<Span> = vec![first.span()];
        let mut end = at + 1;
        while let Some(line) = lines.get(end).filter(|line| !line.is_blank()) {
            let belongs = match column {
                Some(column) => line.indent == column,
                None => hangs.is_some_and(|mark| line.indent > mark),
            };
            if !belongs || ends_at_options && line::field(line.text(self.source)).is_some() {
                break;
            }
            column = Some(line.indent);
            parts.push(line.span());
            end += 1;
        }
        self.run(&parts);
        let last = parts.last().map_or("", |part| part.of(self.source));
        if last.ends_with("::") {
            return self.after_literal(lines, end, hangs.unwrap_or(first.indent));
        }
        end
    }

    /// Where what follows a `::` ends: lines farther to the right, or lines that all begin with the
    /// same sign.
    fn after_literal(&self, lines: &[Line], at: usize, column: usize) -> usize {
        let begin = skip(lines, at, super::line::Line::is_blank);
        let Some(first) = lines.get(begin) else { return begin };
        if first.indent > column {
            return skip(lines, begin, |line| line.is_blank() || line.indent > column);
        }
        let sign = first.text(self.source).bytes().next().filter(u8::is_ascii_punctuation);
        if begin == at || first.indent != column || sign.is_none() {
            return begin;
        }
        let source = self.source;
        skip(lines, begin, |line| line.text(source).bytes().next() == sign)
    }

    /// Reads words that stand together.
    pub(super) fn run(&mut self, parts: &[Span]) {
        let parts: Vec<Span> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        self.gathered.has_begun = true;
        // Only in a cell something else stands between the lines.
        let whole = [Span::new(first.start, last.end)];
        let run = Run::of(self.source, if self.depth > 0 { &parts } else { &whole });
        self.pieces(&run);
    }

    fn pieces(&mut self, run: &Run<'_>) {
        inline::pieces(&run.text, |piece| match piece {
            Piece::Words(words) => self.gathered.bare(run, words),
            Piece::Phrase { inside, anonymous } => self.phrase(run, inside, anonymous),
            Piece::Name { name, anonymous } => self.reference(run, name, None, anonymous),
        });
    }

    /// `` `words <address>`_ ``, or the name of a target.
    fn phrase(&mut self, run: &Run<'_>, inside: Range<usize>, anonymous: bool) {
        let words = run.text.get(inside.clone()).unwrap_or_default();
        let Some(open) = embedded(words) else {
            return self.reference(run, inside, None, anonymous);
        };
        let text = words.get(..open).unwrap_or_default().trim_end();
        let target = inside.start + open + 1..inside.end - 1;
        let written = run.text.get(target.clone()).unwrap_or_default();
        let name = names::folded(text);
        if let Some(other) = names::alias(written) {
            self.names.add(name, Target::Alias(names::folded(other)));
            let from = target.start + written.find(other).unwrap_or_default();
            return self.reference(run, from..from + other.len(), Some(text), false);
        }
        let (address, span) = (names::address(written), run.place(target));
        self.gathered.link(New {
            kind: LinkKind::Anchor,
            span,
            address: &address,
            text: &unguarded(text),
            role: self.gathered.role(run.text.get(..inside.start - 1).unwrap_or_default()),
            region: self.gathered.region(),
        });
        if !anonymous {
            self.names.add(name, Target::Address(Address { span, address }));
        }
    }

    fn reference(
        &mut self,
        run: &Run<'_>,
        name: Range<usize>,
        text: Option<&str>,
        anonymous: bool,
    ) {
        let written = run.text.get(name.clone()).unwrap_or_default();
        let before = run.text.get(..name.start).unwrap_or_default();
        let before = before.trim_end_matches(['`', '|']);
        let reference = Reference {
            name: names::folded(written),
            text: unguarded(text.unwrap_or(written)),
            kind: LinkKind::Anchor,
            role: self.gathered.role(before),
            region: self.gathered.region(),
        };
        let list = if anonymous { &mut self.nameless.0 } else { &mut self.references };
        list.push(reference);
    }

    /// A picture that leads to what a name stands for.
    pub(super) fn refer(&mut self, name: &str, text: &str) {
        let (role, region) = (self.gathered.role(""), self.gathered.region());
        let (name, text) = (names::folded(name), text.to_owned());
        self.references.push(Reference { name, text, kind: LinkKind::Anchor, role, region });
    }

    /// Takes a target without a name.
    pub(super) fn add_nameless(&mut self, target: Target) {
        self.nameless.1.push(target);
    }

    /// What follows is a note that begins in a column.
    pub(super) fn begin_note(&mut self, column: usize) {
        self.note = Some(column);
        self.gathered.in_note = true;
    }

    /// Reads a heading, if one begins there.
    fn heading(&mut self, lines: &[Line], at: usize, line: Line) -> Option<usize> {
        if line.indent > 0 || self.depth > 0 {
            return None;
        }
        let text = |at: usize| lines.get(at).map(|line| line.text(self.source));
        let own = text(at)?;
        let (words, sign, is_over) = if let Some(sign) = line::ruler(own) {
            let below = text(at + 2).and_then(line::ruler).filter(|other| *other == sign);
            let words = lines.get(at + 1).filter(|words| !words.is_blank())?;
            let fits = own.len() >= 4 || own.len() >= width(words.text(self.source));
            (*words, below.filter(|_| fits)?, true)
        } else {
            let below = lines.get(at + 1).filter(|below| below.indent == 0)?;
            let ruler = below.text(self.source);
            let sign = line::ruler(ruler)?;
            let is_item = line::bullet(own).is_some() || line::field(own).is_some();
            let fits = ruler.len() >= 4 || ruler.len() >= width(own);
            (line, Some(sign).filter(|_| fits && !is_item)?, false)
        };
        let style = (sign, is_over);
        let level = self.styles.iter().position(|known| *known == style);
        let level = level.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let run = Run::of(self.source, &[words.span()]);
        self.gathered.heading(level + 1, &shown(&run.text), words.span(), true);
        self.pieces(&run);
        Some(at + if is_over { 3 } else { 2 })
    }

    fn table(&mut self, lines: &[Line], at: usize) -> usize {
        let (cells, end) = table::read(self.source, lines, at);
        if self.depth < DEEPEST {
            self.depth += 1;
            for mut cell in cells {
                self.walk(&mut cell);
            }
            self.depth -= 1;
        }
        end.max(at + 1)
    }

    /// Resolves what was referred to by name.
    fn end(mut self) -> Extract {
        let (references, targets) = std::mem::take(&mut self.nameless);
        // With a target too few nobody knows which is for which.
        let are_paired = references.len() <= targets.len();
        let paired = if are_paired { references } else { Vec::new() };
        let mut paired = paired.into_iter();
        for target in targets {
            let address = match &target {
                Target::Address(address) => Some(address),
                Target::Alias(name) => self.names.resolve(name),
                Target::Here => None,
            };
            let reference = paired.next();
            if let Some(address) = address {
                take(&mut self.gathered, address, reference.as_ref());
            }
        }
        let mut used = std::collections::HashSet::new();
        for reference in &self.references {
            let Some(address) = self.names.resolve(&reference.name) else { continue };
            used.insert(address.span);
            take(&mut self.gathered, address, Some(reference));
        }
        for (_, address) in self.targets.iter().filter(|(_, a)| !used.contains(&a.span)) {
            take(&mut self.gathered, address, None);
        }
        self.gathered.end()
    }
}

/// Takes the link that a reference is, or a target that nothing here refers to.
fn take(gathered: &mut Gathered<'_>, address: &Address, reference: Option<&Reference>) {
    gathered.link(New {
        kind: reference.map_or(LinkKind::Anchor, |reference| reference.kind),
        span: address.span,
        address: &address.address,
        text: reference.map_or("", |reference| reference.text.as_str()),
        role: reference.map_or(Role::Body, |reference| reference.role),
        region: reference.map_or(Region::Body, |reference| reference.region),
    });
}

/// Where the angle bracket stands that opens the address in a phrase: `words <address>`.
fn embedded(words: &str) -> Option<usize> {
    let inside = words.strip_suffix('>').filter(|inside| !inside.ends_with('\\'))?;
    let open = inside.rfind('<')?;
    let before = inside.get(..open)?;
    let target = inside.get(open + 1..)?;
    let is_parted = before.is_empty() || before.ends_with(char::is_whitespace);
    (is_parted && !target.trim().is_empty() && !target.contains('>')).then_some(open)
}

/// Words without the backslashes that guard signs in them.
fn unguarded(words: &str) -> String {
    words.replace('\\', "")
}

/// The words of a heading as they are shown.
fn shown(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    let mut at = 0;
    inline::pieces(words, |piece| {
        if let Piece::Phrase { inside, .. } = piece {
            let phrase = words.get(inside.clone()).unwrap_or_default();
            shown.push_str(words.get(at..inside.start).unwrap_or_default());
            shown.push_str(
                phrase.get(..embedded(phrase).unwrap_or(phrase.len())).unwrap_or_default(),
            );
            let after = words.get(inside.end..).unwrap_or_default();
            let mark = after.strip_prefix('`').unwrap_or(after).trim_start_matches('_');
            at = words.len() - mark.len();
        }
    });
    shown.push_str(words.get(at..).unwrap_or_default());
    shown.replace(['`', '\\'], "")
}

/// The columns that words take.
fn width(words: &str) -> usize {
    words.chars().count()
}

/// The first line from `at` on for which something does not hold.
pub(super) fn skip(lines: &[Line], at: usize, holds: impl Fn(&Line) -> bool) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    rest.iter().position(|line| !holds(line)).map_or(lines.len(), |found| at + found)
}

/// Whether a number begins an item: the next line is blank, stands to the right, or begins another.
fn is_item(source: &str, lines: &[Line], at: usize, indent: usize) -> bool {
    lines.get(at + 1).is_none_or(|next| {
        next.is_blank()
            || next.indent > indent
            || next.indent < indent
            || line::enumerator(next.text(source)).is_some()
    })
}
