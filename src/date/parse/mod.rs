//! Reading dates: what machines write ([`machine`]) and what people print ([`printed`]).

pub mod calendar;
pub mod digits;
pub mod machine;
pub mod names;
pub mod printed;
pub mod tokens;
