//! What claims come to together.

use super::*;
