//! Explicit markup of reStructuredText, which two dots begin: targets, notes, substitutions,
//! directives and comments.

use super::directive::{self, Kind};
use super::line::{self, Line};
use super::names::{self, Address, Target};
use super::reader::{Reader, skip};
use crate::extract::lightweight::New;
use crate::model::{LinkKind, Role, Span};

impl Reader<'_> {
    /// Reads the block that two dots begin.
    pub(super) fn explicit(&mut self, lines: &mut [Line], at: usize, line: Line) -> usize {
        let inside = line.after(self.source, 2);
        let text = inside.text(self.source);
        if let Some(rest) = text.strip_prefix('_').filter(|rest| !rest.starts_with(' ')) {
            if rest.starts_with("_:") {
                return self.nameless_target(lines, at, inside.after(self.source, 3), line.indent);
            }
            return self.target(lines, at, inside, line.indent);
        }
        self.open.clear();
        if let Some(mark) = note(text) {
            self.begin_note(line.indent);
            let body = inside.after(self.source, mark);
            return self.words(lines, at, body, Some(line.indent), false);
        }
        let (inside, name) = match substitution(text) {
            Some((name, mark)) => (inside.after(self.source, mark), Some(name)),
            None => (inside, None),
        };
        match directive::named(inside.text(self.source)) {
            Some((directive, mark)) => {
                let argument = inside.after(self.source, mark);
                self.directive(lines, at, line.indent, directive::kind(directive), argument)
            }
            // What is empty does not take in the lines below it.
            None if text.is_empty() && lines.get(at + 1).is_none_or(Line::is_blank) => at + 1,
            None if name.is_some() => at + 1,
            None => below(lines, at, line.indent),
        }
    }

    /// `.. _name: address`, over more than one line, or the name of what follows.
    fn target(&mut self, lines: &[Line], at: usize, inside: Line, column: usize) -> usize {
        let text = inside.text(self.source);
        let Some((name, mark)) = target_name(text) else { return below(lines, at, column) };
        let name = names::folded(name);
        let (target, end) = self.target_of(lines, at, inside.after(self.source, mark), column);
        let names = match &target {
            Target::Here => {
                self.open.push(name.clone());
                vec![name]
            }
            _ => std::mem::take(&mut self.open).into_iter().chain([name]).collect(),
        };
        if let Target::Address(address) = &target {
            self.targets.push((names.last().cloned().unwrap_or_default(), address.clone()));
            // Names that stood above are of this place until now.
            for name in &names {
                self.names.replace_here(name, &target);
            }
        }
        for name in names {
            self.names.add(name, target.clone());
        }
        end
    }

    /// `__ address`, `.. __: address`.
    pub(super) fn nameless_target(
        &mut self,
        lines: &[Line],
        at: usize,
        inside: Line,
        column: usize,
    ) -> usize {
        let (target, end) = self.target_of(lines, at, inside, column);
        self.add_nameless(target);
        end
    }

    /// What a target leads to, up to an empty line, and where it ends.
    fn target_of(&self, lines: &[Line], at: usize, first: Line, column: usize) -> (Target, usize) {
        let end = skip(lines, at + 1, |line| !line.is_blank() && line.indent > column);
        let rest = lines.get(at + 1..end).unwrap_or_default();
        let mut parts = std::iter::once(&first).chain(rest).filter(|line| !line.is_blank());
        let Some(start) = parts.next() else { return (Target::Here, end) };
        let span = Span::new(start.start, parts.next_back().unwrap_or(start).end);
        let written = span.of(self.source);
        let target = match names::reference(written) {
            Some(name) => Target::Alias(names::folded(name)),
            None => Target::Address(Address { span, address: names::address(written) }),
        };
        (target, end)
    }

    fn directive(
        &mut self,
        lines: &[Line],
        at: usize,
        column: usize,
        kind: Kind,
        argument: Line,
    ) -> usize {
        match kind {
            Kind::Literal => below(lines, at, column),
            Kind::Raw => {
                let end = below(lines, at, column);
                let is_html = argument.text(self.source).to_ascii_lowercase().contains("html");
                let inside = lines.get(at + 1..end).unwrap_or_default();
                if let (Some(first), Some(last), true) = (inside.first(), inside.last(), is_html) {
                    self.gathered.html(first.start..last.end);
                }
                end
            }
            Kind::Picture => self.picture(lines, at, column, argument),
            Kind::Button => {
                let parts = [argument.span()];
                self.run(&parts);
                self.options(lines, at + 1, column)
            }
            Kind::Words if !argument.is_blank() => {
                let end = self.words(lines, at, argument, Some(column), true);
                self.options(lines, end, column)
            }
            Kind::Words | Kind::Body => self.options(lines, at + 1, column),
        }
    }

    /// Reads the options of a directive; of what they say only the address of a card is a link.
    fn options(&mut self, lines: &[Line], at: usize, column: usize) -> usize {
        let mut at = at;
        while let Some(line) = lines.get(at).filter(|l| !l.is_blank() && l.indent > column) {
            let Some((name, mark)) = line::field(line.text(self.source)) else { break };
            let value = line.after(self.source, mark.min(line.end - line.start));
            if matches!(name, "link" | "url") && value.text(self.source).starts_with("http") {
                self.run(&[value.span()]);
            }
            at = skip(lines, at + 1, |next| !next.is_blank() && next.indent > line.indent);
        }
        at
    }

    /// A picture: its address over all lines up to the options, what it shows, where it leads.
    fn picture(&mut self, lines: &[Line], at: usize, column: usize, argument: Line) -> usize {
        let source = self.source;
        let belongs = |line: &Line| !line.is_blank() && line.indent > column;
        let is_option = |line: &Line| line::field(line.text(source)).is_some();
        let options = skip(lines, at + 1, |line| belongs(line) && !is_option(line));
        let end = skip(lines, at + 1, belongs);
        let further = lines.get(at + 1..options).unwrap_or_default();
        let mut parts = std::iter::once(&argument).chain(further).filter(|line| !line.is_blank());
        let (mut target, mut words) = (None, String::new());
        let mut option = options;
        while let Some(line) = lines.get(option).filter(|_| option < end) {
            let next = skip(lines, option + 1, |next| belongs(next) && next.indent > line.indent);
            if let Some((name, mark)) = line::field(line.text(source)) {
                let value = line.after(source, mark.min(line.end - line.start));
                let last = lines.get(next - 1).map_or(value.end, |last| last.end);
                let value = Span::new(value.start, last.max(value.start));
                match name {
                    "alt" => value.of(source).clone_into(&mut words),
                    "target" => target = Some(value),
                    _ => {}
                }
            }
            option = next;
        }
        if let Some(first) = parts.next() {
            let span = Span::new(first.start, parts.next_back().unwrap_or(first).end);
            // `picture.*` is whichever file fits.
            let address = names::address(span.of(source));
            if !address.contains('*') {
                self.take(LinkKind::Embed, span, &address, &words);
            }
        }
        if let Some(span) = target.filter(|span| !span.is_empty()) {
            match names::reference(span.of(source)) {
                Some(name) => self.refer(name, &words),
                None => self.take(LinkKind::Anchor, span, &names::address(span.of(source)), &words),
            }
        }
        end
    }

    fn take(&mut self, kind: LinkKind, span: Span, address: &str, text: &str) {
        let region = self.gathered.region();
        let role = if kind == LinkKind::Embed { Role::Media } else { self.gathered.role("") };
        self.gathered.link(New { kind, span, address, text, role, region });
    }
}

/// Where the lines end that stand to the right of a column, below the line at `at`.
fn below(lines: &[Line], at: usize, column: usize) -> usize {
    skip(lines, at + 1, |line| line.is_blank() || line.indent > column)
}

/// The name of a target, and the length of its mark: `_name:`, `` _`a: b`: ``.
fn target_name(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('_')?;
    let (from, end) = if let Some(quoted) = rest.strip_prefix('`') {
        (2, 2 + quoted.find("`:")?)
    } else {
        let bytes = rest.as_bytes();
        let end = memchr::memchr_iter(b':', bytes).find(|at| {
            let guarded = at.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\\');
            !guarded && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
        })?;
        (1, 1 + end)
    };
    let mark = end + if from == 2 { 2 } else { 1 };
    Some((text.get(from..end)?, mark))
}

/// The length of the mark of a footnote or a citation: `[1]`, `[#name]`, `[*]`, `[Knuth1984]`.
fn note(text: &str) -> Option<usize> {
    let name = text.strip_prefix('[')?;
    let end = name.find(']')?;
    let label = name.get(..end)?;
    let is_sign =
        |c: char| c.is_alphanumeric() || matches!(c, '#' | '*' | '-' | '_' | '.' | '+' | ':');
    let after = name.get(end + 1..)?;
    let is_note = !label.is_empty() && label.chars().all(is_sign);
    (is_note && (after.is_empty() || after.starts_with(' '))).then_some(end + 2)
}

/// The name of a substitution, and the length of its mark: `|name|`.
fn substitution(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('|').filter(|rest| !rest.starts_with([' ', '|']))?;
    let end = rest.find('|')?;
    Some((rest.get(..end)?, end + 2))
}
