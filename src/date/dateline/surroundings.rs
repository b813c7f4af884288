//! What a line stands in: an item of a list, a row of a table, a quotation, the header of a quoted
//! mail, the lines that tell of an event. A date there is another thing's.

use super::line::Form;
use crate::date::front_matter::is_key_of_event;
use crate::model::{Media, Span};

/// What a line is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Item,
    Row,
    Quotation,
    /// The heading of a section, which may be of another day than the whole.
    Heading,
    /// A program, its output, a difference between two files, the head of an answer.
    Code,
}

/// What the lines next to it belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Mail,
    Event,
    /// Lines of one label.
    Records,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    part: Option<Part>,
    block: Option<Block>,
}

/// Names of the fields of a mail, as programs for mail write them into quoted ones.
const MAIL: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "sent",
    "reply-to",
    "message-id",
    "von",
    "an",
    "betreff",
    "gesendet",
    "de",
    "à",
    "objet",
    "envoyé",
    "para",
    "asunto",
    "enviado",
    "da",
    "a",
    "oggetto",
    "inviato",
    "от",
    "кому",
    "тема",
    "отправлено",
    "差出人",
    "宛先",
    "件名",
    "发件人",
    "收件人",
    "主题",
];

/// Lines farther away than this many do not belong to a line.
const NEAR: usize = 4;

impl Place {
    /// The surroundings of the line at `span`, marks of emphasis around it left out.
    pub(super) fn of(media: Media, text: &str, span: Span) -> Self {
        let start =
            text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text
            .get(span.end..)
            .and_then(|after| after.find('\n'))
            .map_or(text.len(), |at| span.end + at);
        let line = text.get(start..end).unwrap_or_default().trim();
        let before = text.get(..start).unwrap_or_default().lines().rev();
        let after = text.get(end..).unwrap_or_default().lines().skip(1);
        let own = key(line);
        let mut keys = adjoining(before).chain(adjoining(after)).map_while(key);
        let block = keys.find_map(|key| block(&key, own.as_deref()));
        let is_code = media == Media::Markdown && is_code(text, start);
        let next = text.get(end..).unwrap_or_default().lines().nth(1).unwrap_or_default().trim();
        let is_heading = line.starts_with('#') && media == Media::Markdown
            || next.len() > 2
                && next.starts_with(['=', '-', '~', '^'])
                && next.bytes().all(|byte| Some(&byte) == next.as_bytes().first());
        let part = match part(line) {
            _ if is_code => Some(Part::Code),
            None if is_heading => Some(Part::Heading),
            part => part,
        };
        Self { part, block }
    }

    /// Whether a date in that form is another thing's here.
    pub(super) fn is_anothers(self, form: Form, is_top: bool) -> bool {
        match self.part {
            Some(Part::Code) => return true,
            Some(Part::Heading) => return !is_top && form != Form::Modified,
            _ => {}
        }
        match form {
            // A change of the text is named in its lists, too.
            Form::Modified => self.part == Some(Part::Quotation) || self.block == Some(Block::Mail),
            Form::Published => {
                matches!(self.part, Some(Part::Row | Part::Quotation)) || self.block.is_some()
            }
            Form::Alone | Form::Wire => {
                self.part.is_some() || matches!(self.block, Some(Block::Mail | Block::Event))
            }
        }
    }
}

/// Whether the line that begins at `start` stands in Markdown's code: between fences, in `<pre>`, or
/// in lines that are all indented.
fn is_code(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let (mut fenced, mut held) = (false, false);
    for line in before.lines() {
        let line = line.trim_start();
        fenced ^= line.starts_with("```") || line.starts_with("~~~");
        if line.contains("<pre") {
            held = true;
        }
        if line.contains("</pre") {
            held = false;
        }
    }
    let is_indented = |line: &str| line.starts_with("    ") || line.starts_with('\t');
    let own = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut lines = before.lines().rev().take_while(|line| !line.trim().is_empty());
    fenced || held || is_indented(own) && lines.all(is_indented)
}

fn block(key: &str, own: Option<&str>) -> Option<Block> {
    if MAIL.contains(&key) {
        Some(Block::Mail)
    } else if is_key_of_event(key) {
        Some(Block::Event)
    } else {
        (own == Some(key)).then_some(Block::Records)
    }
}

/// What a line is a part of; a dash at both ends is an ornament.
fn part(line: &str) -> Option<Part> {
    let is_item = ["- ", "* ", "+ ", "• "].iter().any(|mark| line.starts_with(mark));
    match line.chars().next()? {
        '|' => Some(Part::Row),
        '>' => Some(Part::Quotation),
        _ => (is_item && !line.ends_with('-')).then_some(Part::Item),
    }
}

/// The lines next to one, up to an empty line.
fn adjoining<'t>(lines: impl Iterator<Item = &'t str>) -> impl Iterator<Item = &'t str> {
    lines.take(NEAR).take_while(|line| !line.trim().is_empty())
}

/// The word before a colon, in lower case.
fn key(line: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let line = line.trim_start_matches(['*', '-', '>', '_', ' ', '\t']);
    let line = line.get(..line.floor_char_boundary(LONGEST))?;
    let (key, _) = line.split_once([':', '：'])?;
    Some(key.trim_matches(['*', '_', ' ']).to_lowercase()).filter(|key| !key.is_empty())
}
