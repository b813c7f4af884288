//! Reading dates: what machines write ([`machine`]) and what people print ([`printed`]).

pub(super) mod calendar;
pub(super) mod digits;
pub(super) mod machine;
pub(super) mod names;
pub(super) mod printed;
pub(super) mod tokens;
