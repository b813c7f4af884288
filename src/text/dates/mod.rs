//! Dates as they are written: what machines write ([`machine`]), what people print ([`printed`]), and what
//! neither means as a day ([`no_day`]).

pub(crate) mod calendar;
pub(crate) mod digits;
mod habit;
pub(crate) mod machine;
mod named_day;
pub(crate) mod names;
pub(crate) mod no_day;
pub(crate) mod printed;
pub(crate) mod tokens;

pub(crate) use named_day::names_day;
