//! A link-provenance checker: it reads an article, finds every link in it, fetches what the links
//! lead to, works out when the article and each target came into being and who says so, and
//! reports where these do not fit.
//!
//! # Claims, not dates
//!
//! Nobody knows a date; somebody claims it. A [`Claim`](model::Claim) says what happened, when
//! (always an interval, [`When`](model::When)), and who says so, with the place that says it. A
//! [`Rule`](model::Rule) compares claims and fires on what no reading of the intervals excuses. A
//! [`Finding`](model::Finding) carries the claims that convict it, so that a person can check it by
//! hand.
//!
//! # The pipeline
//!
//! ```text
//! read ──> extract ──> fetch ──> date ──> judge ──> report
//! I/O      pure        async     pure     pure      writes to &mut dyn Write
//! ```
//!
//! Values flow one way; no stage calls an earlier one; [`run`] is the one module that names all six.
//! An article and a linked page are the same type, [`Document`](model::Document): the function
//! that dates one dates the other.
//!
//! # Where things are
//!
//! | stage | module | registry | to add one |
//! |---|---|---|---|
//! | read | [`read`] | [`read::FORMATS`] | an input format: copy `src/read/jsonl.rs` |
//! | extract | [`extract`] | [`extract::EXTRACTORS`] | a medium: copy the folder `src/extract/markdown` |
//! | fetch | [`fetch`] | | |
//! | date | [`date`] | [`date::EVIDENCE`] | a kind of evidence: copy `src/date/file_name.rs` |
//! | judge | [`rules`] | [`rules::RULES`] | a rule: copy `src/rules/dead_link.rs` |
//! | report | [`report`] | [`report::FORMATS`] | a format: copy `src/report/jsonl.rs` |
//!
//! [`model`] holds the types that flow through. [`address`] is what an address says by itself,
//! [`text`] what words and texts are compared with, [`decode`] how bytes become a document, `html` the
//! tokenizer. [`config`] is what was typed ([`config::cli`]), what `dateline.toml` adds
//! ([`config::file`]) and what both mean; [`error`] is what ends a run.
//!
//! Between judging and reporting, [`suppress`] sets apart what a comment, an allow-list or a baseline
//! knows, by its [`fingerprint`](suppress::fingerprint). Over finished runs work [`repair`]
//! (`dateline fix`) and [`diff`].
//!
//! # Invariants
//!
//! 1. Only `read`, `fetch`, the report's writer and the program's `main` touch the world. Clippy's
//!    `disallowed-methods` denies the clock, the file system and the network elsewhere.
//! 2. Nothing in `extract`, `date` and `rules` is async or returns an error: bad input gives fewer
//!    claims, never a failure, never a panic.
//! 3. A rule fires only on what no reading of the intervals excuses.
//! 4. Every finding carries its claims.
//! 5. Same inputs, same `--now`, same answers of the network: same bytes out.
//! 6. Memory is bounded by the documents in flight, not by the size of the input: a fetched page is
//!    read, dated and reduced to a [`Page`](model::Page), and its body let go.

pub mod address;
pub mod config;
pub mod date;
pub mod decode;
pub mod diff;
pub mod error;
pub mod extract;
pub mod fetch;
mod html;
mod lang;
pub mod model;
pub mod read;
pub mod repair;
pub mod report;
pub mod rules;
pub mod run;
pub mod suppress;
pub mod text;
