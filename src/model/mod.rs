//! The types that flow through the pipeline, with no logic beyond their own laws.
//!
//! Every stage's output is serialisable, so that a stage can run on its own, be fed from another
//! process, or be read back from a cache.
//!
//! *Architecture invariant:* nothing here reads a clock, a file or the network, and nothing here
//! knows a particular rule, format, input or kind of evidence.

mod asked;
mod case;
mod claim;
mod document;
mod extract;
mod finding;
mod left_out;
mod link;
mod local;
mod outcome;
mod pages;
mod partial_date;
mod plain_url;
mod rule;
mod site_clock;
mod source;
mod span;
mod when;

pub use case::{Case, Checked, Judged, Status};
pub use claim::{Claim, Conclusion, Confidence, Dating, Event};
pub use document::{ArchiveRecord, Document, Envelope, Headers, Media, plain_path};
pub use extract::{Extract, Mark, MarkKind, Region, Title, TitleKind, UNSEEN};
pub use finding::{Finding, Level, RuleId, Suggestion, Suppressed, SuppressedBy};
pub use left_out::{LeftOut, LinkCount};
pub(crate) use link::DayClue;
pub use link::{Capture, Join, Label, Link, LinkKind, Role};
pub use local::{Anchors, Found, Fragment, Local, LocalFile, Missing, Whereabouts};
pub use outcome::{
    Captures, Failure, FailureKind, Former, Hop, MainText, Memento, Outcome, Page, Visited,
};
pub use pages::{PageLine, PageLink, Pages};
pub use partial_date::PartialDate;
pub(crate) use plain_url::parse as parse_url;
pub use rule::{Need, Profile, Rule, Tuning};
pub use site_clock::{Around, Neighbours, SiteClock, SiteClocks, Step};
pub use source::{Source, SourceInfo, Speaker, Standing};
pub use span::{LineIndex, Position, Span};
pub use when::When;
