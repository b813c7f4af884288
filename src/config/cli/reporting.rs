//! Arguments of the commands that read the rows of earlier runs.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ReportTo, Rows, format_names, report_to};
use crate::report::View;

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// Reports of `dateline check --format jsonl`, read together; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub rows: Vec<PathBuf>,

    /// The report's format
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format_names(View::Check), help_heading = "Output")]
    pub format: String,

    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Write another report, in that format, to that file; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_to, help_heading = "Output")]
    pub report: Vec<ReportTo>,

    /// Which rows `jsonl` and `json` write
    #[arg(
        long = "rows",
        value_enum,
        value_name = "ROWS",
        default_value_t,
        help_heading = "Output"
    )]
    pub rows_as: Rows,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// A report of `dateline check --format jsonl`
    pub old: PathBuf,

    /// A later one over the same documents
    pub new: PathBuf,

    /// How the differences are written
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormat,
}

/// How differences are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    #[default]
    Human,
    /// Tables for a comment or a wiki
    Markdown,
    /// One JSON object
    Json,
}

/// What is done with the clocks of sites.
#[derive(Debug, Subcommand)]
pub enum ClocksCommand {
    /// Learn clocks from the rows (`--format jsonl`) of earlier runs
    ///
    /// A publishing system counts its articles upwards, and many put the number into the address
    /// (`…-a61572`, `/id/48291033`). Of every site and shape of address with at least 30 articles or
    /// links whose day is certain, the curve of number against day is kept, if the numbers follow the
    /// days. `dateline check --clocks FILE` and `dateline date --clocks FILE` use it.
    Learn(LearnArgs),
}

/// Arguments of `clocks learn`.
#[derive(Args, Debug)]
pub struct LearnArgs {
    /// Reports of `dateline check --format jsonl`, read together; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub rows: Vec<PathBuf>,

    /// Write the clocks to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}
