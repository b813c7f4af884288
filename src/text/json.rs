//! JSON that is not quite JSON, as pages hold it in their scripts, read as far as it goes.
//!
//! Pages cut it short, forget commas, leave line breaks in strings and wrap it in comments. Every
//! string keeps its place in the source.

use std::borrow::Cow;

/// Values nested deeper are not looked into.
const MAX_DEPTH: usize = 128;

/// A value, as far as it matters here.
#[derive(Debug)]
pub(crate) enum Json<'t> {
    /// A string.
    Text(Text<'t>),
    /// An array.
    List(Vec<Json<'t>>),
    /// An object's members, in the order of the source.
    Object(Vec<(&'t str, Json<'t>)>),
    /// A number, a word, or nothing that can be read.
    Other,
}

/// A string without its quotes, escapes and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text<'t> {
    /// It as it is written.
    pub(crate) raw: &'t str,
    /// Where it begins in the script.
    pub(crate) start: usize,
}

/// What a script holds.
#[derive(Debug)]
pub(crate) struct Script<'t> {
    /// Its value; a list where several stand one after another.
    pub(crate) value: Json<'t>,
    /// Whether nothing of it had to be passed over, so that each value is known to be what its name
    /// says.
    pub(crate) is_sound: bool,
}

/// Reads a script, up to the first value that cannot be read.
pub(crate) fn read(text: &str) -> Script<'_> {
    let mut reader = Reader { text, at: beginning(text), is_sound: true };
    let first = reader.value(0);
    let is_sound = reader.is_sound;
    let mut values = vec![first];
    while reader.is_sound && matches!(reader.peek(), Some(b'{' | b'[')) {
        let value = reader.value(0);
        values.extend(reader.is_sound.then_some(value));
    }
    let value = if values.len() > 1 { Json::List(values) } else { values.swap_remove(0) };
    Script { value, is_sound }
}

/// Where the first value begins, after the comment or CDATA section that old pages wrap scripts in.
fn beginning(text: &str) -> usize {
    const SECTION: &str = "CDATA[";
    let first = |from: usize| {
        let rest = text.as_bytes().get(from..)?;
        memchr::memchr2(b'{', b'[', rest).map(|at| from + at)
    };
    let start = first(0).unwrap_or(0);
    let is_section = text.get(start + 1..).is_some_and(|rest| rest.starts_with(SECTION));
    if is_section { first(start + 1 + SECTION.len()).unwrap_or(start) } else { start }
}

impl<'t> Json<'t> {
    /// An object's member; the last of several of one name, as JavaScript has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// An object's members.
    pub(crate) fn members(&self) -> &[(&'t str, Self)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// An array's values, or the value itself.
    pub(crate) fn each(&self) -> &[Self] {
        if let Self::List(list) = self { list } else { std::slice::from_ref(self) }
    }

    /// A string.
    pub(crate) fn as_text(&self) -> Option<Text<'t>> {
        if let Self::Text(text) = self { Some(*text) } else { None }
    }
}

impl<'t> Text<'t> {
    /// It with its escapes taken out; what is no escape stays as it is.
    pub(crate) fn unescaped(self) -> Cow<'t, str> {
        if !self.raw.contains('\\') {
            return Cow::Borrowed(self.raw);
        }
        let quoted = format!("\"{}\"", self.raw.replace(|c: char| c.is_control(), " "));
        let read = serde_json::from_str(&quoted);
        Cow::Owned(read.unwrap_or_else(|_| self.raw.replace("\\/", "/")))
    }
}

/// A reader that takes what comes: a fault ends the value it is in, not the script.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    is_sound: bool,
}

impl<'t> Reader<'t> {
    /// The next byte that is no white space nor separator.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let skipped = rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b':' | b';'));
        self.at += skipped.unwrap_or(rest.len());
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Json<'t> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Json::Text(self.text()),
            Some(b'}' | b']') | None => {
                self.is_sound = false;
                Json::Other
            }
            Some(_) => self.word(),
        }
    }

    /// A number, `true`, `null` or something that should not be there.
    fn word(&mut self) -> Json<'t> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b':');
        let length = rest.iter().skip(1).position(ends).map_or(rest.len(), |at| at + 1);
        let word = rest.get(..length).unwrap_or_default().trim_ascii();
        self.is_sound &= matches!(word, b"true" | b"false" | b"null" | b"undefined" | b"NaN")
            || word.iter().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte));
        self.at += length;
        Json::Other
    }

    /// Passes over a byte that should not be there.
    fn pass(&mut self) {
        self.is_sound = false;
        self.at += 1;
    }

    fn object(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') if depth < MAX_DEPTH => {
                    let name = self.text().raw;
                    members.push((name, self.value(depth + 1)));
                }
                None => {
                    self.is_sound = false;
                    break;
                }
                Some(_) => self.pass(),
            }
        }
        Json::Object(members)
    }

    fn list(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                // The list was not closed, but what it stands in was.
                Some(b'}') | None => {
                    self.is_sound = false;
                    break;
                }
                Some(_) if depth < MAX_DEPTH => list.push(self.value(depth + 1)),
                Some(_) => self.pass(),
            }
        }
        Json::List(list)
    }

    /// The string that begins here.
    fn text(&mut self) -> Text<'t> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        while let Some(found) = bytes.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
        {
            end += found;
            if bytes.get(end) == Some(&b'"') {
                break;
            }
            end += 2;
        }
        let is_closed = bytes.get(end) == Some(&b'"');
        self.is_sound &= is_closed;
        let end = if is_closed { end } else { bytes.len() };
        self.at = (end + 1).min(bytes.len());
        let start = start.min(end);
        Text { raw: self.text.get(start..end).unwrap_or_default(), start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What was read as other readers have it; numbers and words are none here.
    fn plain(json: &Json<'_>) -> Value {
        match json {
            Json::Text(text) => Value::String(text.unescaped().into_owned()),
            Json::List(list) => list.iter().map(plain).collect(),
            Json::Object(members) => {
                members.iter().map(|(name, value)| ((*name).to_owned(), plain(value))).collect()
            }
            Json::Other => Value::Null,
        }
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes_and_said_to_be() {
        for (text, expected, is_sound) in [
            ("<!-- {\"a\": \"b\"} -->", "{\"a\":\"b\"}", true),
            ("//<![CDATA[\n[\"a\"]\n//]]>", "[\"a\"]", true),
            ("{\"a\": \"b\nc\", \"d\": [\"e\",],}", "{\"a\":\"b\\nc\",\"d\":[\"e\"]}", true),
            ("{\"a\": 1 \"b\": NaN}", "{\"a\":null,\"b\":null}", true),
            ("{\"a\": \"b\"}\n{\"c\": \"d\"}", "[{\"a\":\"b\"},{\"c\":\"d\"}]", true),
            ("{\"a\": \"b\"} {\"broken", "{\"a\":\"b\"}", true),
            (
                "{\"a\": \"say \"hi\"\", \"b\": \"c\"}",
                "{\"a\":\"say \",\"\":\"b\",\"c\":null}",
                false,
            ),
            ("{\"a\": [\"b\", {}, \"cut", "{\"a\":[\"b\",{},\"cut\"]}", false),
            ("{'a': 'b'}", "{}", false),
            ("{\"a\": 'it, \"b\": \"c\"}", "{\"a\":null,\"b\":\"c\"}", false),
            ("{\"a\": \"\\u00e9\\/\"}", "{\"a\":\"é/\"}", true),
        ] {
            let script = read(text);
            assert_eq!(plain(&script.value).to_string(), expected, "{text}");
            assert_eq!(script.is_sound, is_sound, "{text}");
        }
        for text in ["", "{", "[", "\"", "\"\\", "{\"a\"", "{{{{", "[}", "{]", "nul"] {
            assert!(!read(text).is_sound, "{text}");
        }
        let deep = "[".repeat(100_000) + &"{\"a\":".repeat(100_000);
        assert!(!read(&deep).is_sound);
    }

    fn value() -> impl proptest::strategy::Strategy<Value = Value> {
        use proptest::prelude::*;
        let leaf = prop_oneof![Just(Value::Null), "\\PC{0,9}".prop_map(Value::String)];
        let member = "[a-z@\"\\\\]{1,3}";
        leaf.prop_recursive(4, 32, 4, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                proptest::collection::vec((member, inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest::proptest! {
        #[test]
        fn whole_json_is_read_as_it_is(value in proptest::collection::vec(value(), 1..3)) {
            let value = Value::Array(value);
            // Names are compared as they are written.
            let text = value.to_string();
            proptest::prop_assume!(!text.contains("\\\":") && !text.contains("\\\\"));
            let script = read(&text);
            proptest::prop_assert!(script.is_sound);
            if !text.contains('\\') {
                proptest::prop_assert_eq!(plain(&script.value), value);
            }
        }

        #[test]
        fn no_script_panics_and_every_string_keeps_its_place(text in "[\\[\\]{}\",:/ a\\\\@é<>!CDATA-]{0,60}") {
            fn check(text: &str, json: &Json<'_>) {
                if let Some(string) = json.as_text() {
                    assert!(text[string.start..].starts_with(string.raw));
                }
                for (_, value) in json.members() {
                    check(text, value);
                }
                if let Json::List(list) = json {
                    for value in list {
                        check(text, value);
                    }
                }
            }
            check(&text, &read(&text).value);
        }
    }
}
