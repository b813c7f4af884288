//! Exchange: one request and its answer, whether from the network or from a recording.

use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use url::Url;

use crate::decode::coding::{Cut, Flow, Intake, Limits, Undecodable};
use crate::decode::http::field_text;
use crate::decode::{MAX_FILE_BYTES, media};
use crate::model::{Failure, FailureKind, Headers, Media, When};

/// How much is read of a body that nobody will look at, so that its connection can be used again.
const DRAIN: Limits = Limits { decoded: 64 * 1024, wire: 64 * 1024 };

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The link that led here, without credentials and fragment.
    pub link: Url,
    /// The address, without credentials and fragment.
    pub url: Url,
    /// When the article was written that the link stands in: of several captures the nearest answers.
    pub near: Option<When>,
    /// Header fields beyond those of every request.
    pub fields: Vec<(HeaderName, HeaderValue)>,
}

/// What is known of one try, whatever it came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    /// The status, if one came.
    pub status: Option<u16>,
    /// When it ended; none where nothing was asked.
    pub at: Option<Timestamp>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status code.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The decoded body, as far as it was read.
    pub body: Vec<u8>,
    /// Why the body ended before its end, if it did.
    pub cut: Option<Cut>,
    /// When the answer was complete.
    pub at: Timestamp,
}

impl Answer {
    /// The address that a redirect leads to, as it stands in the header.
    #[must_use]
    pub(crate) fn location(&self) -> Option<&str> {
        matches!(self.status, 301 | 302 | 303 | 307 | 308).then(|| self.headers.get("location"))?
    }
}

/// What is to be done with a body, decided from the head of its answer.
pub(crate) enum Reading {
    /// It is a page: read it.
    Page(Intake),
    /// It is a file that is read as far as it can be: one that cannot is no failure of the link.
    File(Intake),
    /// Its bytes are of no use: read a little to end it well, and keep nothing.
    Drain(Intake),
}

impl Reading {
    /// Decides what to do with the body of an answer.
    ///
    /// # Errors
    ///
    /// The page's content coding cannot be undone.
    pub(crate) fn of(
        status: u16,
        headers: &Headers,
        url: &Url,
        page: Limits,
    ) -> Result<Self, Undecodable> {
        let content_type = headers.get("content-type");
        let coding = content_encoding(headers);
        let is_success = (200..300).contains(&status);
        if is_success && media::stated(content_type, url) != Media::Other {
            let announced = headers.get("content-length").and_then(|length| length.parse().ok());
            let intake = Intake::new(coding.as_deref(), page)?;
            return Ok(Self::Page(intake.expecting(announced.unwrap_or_default())));
        }
        if is_success && media::is_file(content_type, url) {
            let limits = Limits { decoded: MAX_FILE_BYTES, wire: page.wire.min(MAX_FILE_BYTES) };
            if let Ok(intake) = Intake::new(coding.as_deref(), limits) {
                return Ok(Self::File(intake));
            }
        }
        Intake::new(None, DRAIN).map(Self::Drain)
    }

    /// Takes in a chunk.
    ///
    /// # Errors
    ///
    /// The bytes of a page are not what its coding says. Of other bodies that is no matter.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<Flow, Undecodable> {
        match self {
            Self::Page(intake) => intake.push(chunk),
            Self::File(intake) | Self::Drain(intake) => {
                Ok(intake.push(chunk).unwrap_or(Flow::Enough))
            }
        }
    }

    /// Ends the body.
    ///
    /// # Errors
    ///
    /// The page's content coding could not be undone.
    pub(crate) fn finish(self, broke_off: bool) -> Result<(Vec<u8>, Option<Cut>), Undecodable> {
        match self {
            Self::Page(intake) => intake.finish(broke_off),
            Self::File(intake) => Ok(intake.finish(broke_off).unwrap_or_default()),
            Self::Drain(_) => Ok((Vec::new(), None)),
        }
    }
}

/// All `Content-Encoding` fields as one, since they may stand on several lines.
fn content_encoding(headers: &Headers) -> Option<String> {
    let fields = headers.0.iter().filter(|(name, _)| name == "content-encoding");
    let values: Vec<_> = fields.map(|(_, value)| value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The failure that undecodable bytes are.
impl From<Undecodable> for Failure {
    fn from(Undecodable(why): Undecodable) -> Self {
        Self::new(FailureKind::Undecodable, why)
    }
}

/// Header fields as text.
#[must_use]
pub(crate) fn headers_of(map: &HeaderMap) -> Headers {
    let field = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), field_text(value.as_bytes()))
    };
    Headers(map.iter().map(field).collect())
}

/// What says whether a page is still the one that was fetched before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    /// The address that answered.
    pub url: String,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// The present, no finer than a recording keeps it.
#[expect(clippy::disallowed_methods, reason = "an answer is stamped with the time it came")]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

/// Reads `Retry-After` (RFC 9110, section 10.2.3): seconds or a date. What is neither is ignored.
#[must_use]
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u32::MAX).into()));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    let now = SystemTime::try_from(now).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

/// An address without what is not sent: credentials and fragment.
#[must_use]
pub fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // Fails only for addresses that cannot hold credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}
