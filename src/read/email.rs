//! E-mail messages (RFC 5322 and MIME): a message is a document.

use mail_parser::{Message, MessageParser, PartType};

use super::{Documents, InputFormat, ReadError, Source, headline, local};
use crate::model::{Document, Envelope, Media};

/// E-mail messages.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "email",
    help: "an e-mail message as it was sent (RFC 5322)",
    endings: &["eml"],
    open: |source, _| Box::new(std::iter::once_with(move || read(source))) as Documents,
    unread: None,
};

fn read(mut source: Source) -> Result<Document, ReadError> {
    let bytes = local::bytes(&mut source)?;
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Err(no_message(source.name));
    };
    let document = article(source.name, &message);
    dismantle(message);
    document
}

/// The message as an article.
fn article(name: String, message: &Message<'_>) -> Result<Document, ReadError> {
    if !is_message(message) {
        return Err(no_message(name));
    }
    match body(message) {
        Some((media, text)) => Ok(document(name, message, media, text)),
        None => Err(ReadError::new(
            name,
            "this e-mail message has no text",
            "name the attachment itself, if that is the article",
        )),
    }
}

fn no_message(name: String) -> ReadError {
    let help = "name a file that a mail program saved as `.eml`, header fields first";
    ReadError::new(name, "this is no e-mail message", help)
}

/// Drops a message without recursion: messages can stand in messages as deep as a file is long,
/// and dropping such a one as it is would overflow the stack.
fn dismantle(message: Message<'_>) {
    let mut left = vec![message];
    while let Some(mut message) = left.pop() {
        for part in &mut message.parts {
            if let PartType::Message(inner) = std::mem::take(&mut part.body) {
                left.push(inner);
            }
        }
    }
}

/// Whether there are header fields that only a message has: any text can be read as one.
fn is_message(message: &Message<'_>) -> bool {
    message.from().is_some() || message.date().is_some() || message.message_id().is_some()
}

/// The text that the message shows: HTML, where it has both, since the links stand there.
fn body<'a>(message: &'a Message<'_>) -> Option<(Media, &'a str)> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(text) => Some((Media::Html, text.as_ref())),
        _ => None,
    });
    let plain = || {
        message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some((Media::Text, text.as_ref())),
            _ => None,
        })
    };
    html.or_else(plain)
}

fn document(name: String, message: &Message<'_>, media: Media, text: &str) -> Document {
    let text = headline::put_before(text, message.subject().unwrap_or_default(), media);
    let mut document = Document::new(name, media, text);
    // The text is decoded and so no place in the file; a name of its own says so.
    document.id = Some(message.message_id().unwrap_or("message").to_owned());
    let date = message.header_raw("Date").map(|date| date.trim().to_owned());
    document.envelope = Some(Envelope::Email { date });
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read_bytes(bytes: &[u8]) -> Result<Document, ReadError> {
        read(Source { name: "mail.eml".into(), reader: Box::new(Cursor::new(bytes.to_vec())) })
    }

    fn dated(document: &Document) -> Option<&str> {
        match &document.envelope {
            Some(Envelope::Email { date }) => date.as_deref(),
            _ => None,
        }
    }

    #[test]
    fn the_html_of_a_message_is_its_text() {
        let mail =
            read_bytes(include_bytes!("../../fixtures/feeds/newsletter.eml")).expect("a mail");
        assert_eq!(mail.media, Media::Html);
        assert_eq!(mail.name(), "mail.eml#2018-05-25.news@mail.example");
        assert!(
            mail.text.starts_with("<h1>Die Woche – Mai & more</h1>".replace('&', "&amp;").as_str())
        );
        assert!(
            mail.text.contains("href=\"https://news.example/2018/05/24/grün?a=1\""),
            "{}",
            mail.text
        );
        assert_eq!(dated(&mail), Some("Fri, 25 May 2018 14:03:00 +0200 (CEST)"));
    }

    #[test]
    fn plain_text_keeps_its_headline_once() {
        let head =
            "From: a@mail.example\r\nDate: Fri, 25 May 2018 14:03:00 +0200\r\nSubject: A note\r\n";
        let mail = read_bytes(format!("{head}\r\nSee https://a.example/\r\n").as_bytes());
        let mail = mail.expect("a mail");
        assert_eq!((mail.media, mail.id.as_deref()), (Media::Text, Some("message")));
        assert_eq!(mail.text, "A note\n\nSee https://a.example/\r\n");
        let mail = read_bytes(format!("{head}\r\nA note\r\n\r\nSee.").as_bytes()).expect("a mail");
        assert_eq!(mail.text, "A note\r\n\r\nSee.");
    }

    #[test]
    fn a_charset_is_decoded() {
        let mail = b"From: a@mail.example\nContent-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n\xCF\xF0\xE8\xE2\xE5\xF2";
        assert_eq!(read_bytes(mail).expect("a mail").text, "Привет");
    }

    #[test]
    fn what_is_no_message_is_said_to_be_none() {
        let problem = |bytes: &[u8]| read_bytes(bytes).err().map(|error| error.problem);
        assert_eq!(problem(b"Just words.").as_deref(), Some("this is no e-mail message"));
        assert_eq!(problem(b"").as_deref(), Some("this is no e-mail message"));
        let picture = b"From: a@mail.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA";
        assert_eq!(problem(picture).as_deref(), Some("this e-mail message has no text"));
    }

    #[test]
    fn messages_in_messages_do_not_overflow_the_stack() {
        let inner = "--b\nContent-Type: message/rfc822\n\n".repeat(100_000);
        let outer = "From: a@mail.example\nContent-Type: multipart/mixed; boundary=b\n\n";
        assert!(read_bytes(format!("{outer}{inner}").as_bytes()).is_err());
        let outer = "From: a@mail.example\nContent-Type: message/rfc822\n\n";
        let _ = read_bytes(outer.repeat(100_000).as_bytes());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_bytes(&bytes);
        }

        #[test]
        fn no_message_panics(fields in "(From|Date|Subject|Content-Type|Content-Transfer-Encoding): (multipart/mixed; boundary=b|text/html; charset=[a-z0-9-]{0,9}|base64|quoted-printable|=\\?[a-z0-9-]{1,9}\\?[QB]\\?\\PC{0,9}\\?=|\\PC{0,20})\r?\n", body in "(--b(--)?\r?\n|\\PC{0,20}\r?\n|=[0-9A-F]{1,2}){0,9}") {
            let _ = read_bytes(format!("{fields}From: a@b\nMIME-Version: 1.0\n{fields}\n{body}").as_bytes());
        }
    }
}
