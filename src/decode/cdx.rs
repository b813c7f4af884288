//! CDX and CDXJ: the rows in which indexes of web archives, and servers of such, name captures.
//!
//! A row only leads to a capture: what it is of, and from when, the capture says itself.

use serde::Deserialize;
use serde_json::Value;

use super::warc;
use crate::model::PartialDate;

/// The fields of rows of so many values where no line names them: of a Wayback Machine's server, and
/// of the two common kinds of files.
const USUAL: [&str; 4] =
    ["N b a m s k S", "N b a m s k r V g", "N b a m s k r M V g", "N b a m s k r M S V g"];

/// A row, as far as it leads to a capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The address that was captured, as the row spells it.
    pub url: String,
    /// When it was.
    pub captured: Option<PartialDate>,
    /// The media type; `warc/revisit` where the record only stands for another.
    pub media: Option<String>,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Where the record begins, and in which file, where the row is one of an index beside it.
    pub place: Option<(u64, String)>,
}

/// The JSON of a row; numbers are often written as text.
#[derive(Deserialize)]
struct Members {
    #[serde(alias = "original")]
    url: String,
    timestamp: Option<String>,
    #[serde(alias = "mimetype")]
    mime: Option<String>,
    #[serde(alias = "statuscode")]
    status: Option<Value>,
    offset: Option<Value>,
    filename: Option<String>,
}

fn number<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.to_string().parse().ok(),
    }
}

impl Row {
    /// `key time {"url": …}`, or the braces alone with the time inside, as servers write them.
    pub(crate) fn of_json(line: &str) -> Option<Self> {
        let (time, json) = if line.starts_with('{') {
            (None, line)
        } else {
            let (_, rest) = line.split_once(' ')?;
            let (time, json) = rest.split_once(' ')?;
            (Some(time), json)
        };
        let members: Members = serde_json::from_str(json.trim()).ok()?;
        let offset = members.offset.as_ref().and_then(number);
        Some(Self {
            captured: warc::date(time.or(members.timestamp.as_deref())?),
            status: members.status.as_ref().and_then(number),
            media: members.mime,
            place: offset.zip(members.filename),
            url: members.url,
        })
    }

    /// Fields between blanks, in the order that the letters name.
    pub(crate) fn of_fields(line: &str, letters: Option<&str>) -> Option<Self> {
        let values: Vec<&str> = line.split(' ').collect();
        let is_usual = |names: &&&str| names.split(' ').count() == values.len();
        let letters = letters.or_else(|| USUAL.iter().find(is_usual).copied())?;
        let of = |letter: &str| {
            let place = letters.split(' ').position(|name| name == letter)?;
            values.get(place).copied().filter(|value| *value != "-")
        };
        let offset = of("V").and_then(|offset| offset.parse().ok());
        Some(Self {
            url: of("a")?.to_owned(),
            captured: of("b").and_then(warc::date),
            media: of("m").map(str::to_owned),
            status: of("s").and_then(|status| status.parse().ok()),
            place: offset.zip(of("g").map(str::to_owned)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            url: "http://e.com/a".into(),
            captured: "2018-05-25T12:00:00Z".parse().ok(),
            media: Some("text/html".into()),
            status: Some(200),
            place: Some((17, "a.warc.gz".into())),
        }
    }

    #[test]
    fn rows_of_files_lead_to_records() {
        let row = Some(row());
        let json = r#"com,e)/a 20180525120000 {"url": "http://e.com/a", "mime": "text/html", "status": "200", "offset": "17", "filename": "a.warc.gz"}"#;
        let numbers = json.replace("\"200\"", "200").replace("\"17\"", "17");
        assert_eq!(Row::of_json(json), row);
        assert_eq!(Row::of_json(&numbers), row);
        let long = json.replace("20180525120000", "20180525120000123");
        assert_eq!(Row::of_json(&long), row);
        for fields in [
            "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM - - 9 17 a.warc.gz",
            "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM - - 17 a.warc.gz",
            "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM - 17 a.warc.gz",
        ] {
            assert_eq!(Row::of_fields(fields, None), row, "{fields}");
        }
        let named = "http://e.com/a 20180525120000 200 text/html 17 a.warc.gz";
        assert_eq!(Row::of_fields(named, Some("a b s m V g")), row);
        assert_eq!(Row::of_json("com,e)/a 20180525120000 {}"), None);
        assert_eq!(Row::of_fields("a b", None), None);
    }

    #[test]
    fn rows_of_servers_lead_to_captures() {
        let row = Some(Row { place: None, ..row() });
        let seven = "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM 9";
        assert_eq!(Row::of_fields(seven, None), row);
        let json = r#"{"urlkey": "com,e)/a", "timestamp": "20180525120000", "url": "http://e.com/a", "mime": "text/html", "status": "200"}"#;
        assert_eq!(Row::of_json(json), row);
    }
}
