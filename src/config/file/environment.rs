//! Variables of the environment in the file's headers, so that no secret stands in the file.
//!
//! Whoever can edit the file says where a header goes, so the file alone must not say which secrets
//! are sent: a variable can be used only if its name begins with `DATELINE_`, by which whoever sets
//! it says what it is for, or if the command line names it (`--allow-env`).

/// What every variable that the file may use by itself begins with.
pub const PREFIX: &str = "DATELINE_";

/// The environment, as far as the file may see it.
pub struct Environment<'a> {
    /// The value of a variable that is set.
    pub lookup: &'a dyn Fn(&str) -> Option<String>,
    /// The variables that the command line allows.
    pub allowed: Vec<String>,
}

impl Environment<'_> {
    /// The text with each `${NAME}` replaced by the variable's value.
    pub(super) fn filled(&self, key: &str, text: &str) -> Result<String, String> {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) =
                part.split_once('}').ok_or_else(|| format!("`{key}`: `${{` is never closed"))?;
            filled.push_str(&self.value(key, name)?);
            filled.push_str(rest);
        }
        Ok(filled)
    }

    fn value(&self, key: &str, name: &str) -> Result<String, String> {
        if !name.starts_with(PREFIX) && !self.allowed.iter().any(|allowed| allowed == name) {
            return Err(format!(
                "`{key}`: the variable `{name}` may not be used by a file alone: call it \
                 {PREFIX}{name}, or allow it with --allow-env {name}"
            ));
        }
        let value = (self.lookup)(name);
        value.ok_or_else(|| format!("`{key}`: the environment has no variable `{name}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, String> {
        let lookup = |name: &str| ["DATELINE_A", "B", "C"].contains(&name).then(|| "x".to_owned());
        Environment { lookup: &lookup, allowed: vec!["B".to_owned(), "D".to_owned()] }
            .filled("header", text)
    }

    #[test]
    fn only_variables_that_are_meant_for_it_are_seen() {
        for text in ["1 ${DATELINE_A} 2", "1 ${B} 2"] {
            assert_eq!(filled(text).as_deref(), Ok("1 x 2"));
        }
        assert_eq!(filled("$HOME {C} ~ `C`").as_deref(), Ok("$HOME {C} ~ `C`"));
        for (text, said) in [
            (
                "${C}",
                "`header`: the variable `C` may not be used by a file alone: call it DATELINE_C, or allow it with --allow-env C",
            ),
            ("${DATELINE_B}", "`header`: the environment has no variable `DATELINE_B`"),
            ("${D}", "`header`: the environment has no variable `D`"),
            ("a ${B", "`header`: `${` is never closed"),
        ] {
            assert_eq!(filled(text), Err(said.to_owned()));
        }
    }
}
