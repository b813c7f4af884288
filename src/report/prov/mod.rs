//! The provenance record: W3C PROV as PROV-JSON, a bundle a document.
//!
//! A document, its links, what was fetched, each claim and each finding are entities; fetching,
//! dating and judging are activities; the program, the sites that claim and the archives that keep
//! captures are agents. What follows from what is a derivation: a finding from its claims, a claim
//! from the page that makes it. See the PROV data model (W3C Recommendation, 2013) and PROV-JSON
//! (W3C Member Submission, 2013).
//!
//! PROV-JSON lists everything by its kind, so that one flat object would have to be held until its
//! end. A bundle is a set of statements of its own, and so the record is written document by
//! document, in the memory that one takes. Names are unique in it: those of a document have its
//! number and a digest of its name and the time of judging in them; a page of the web is called by
//! the digest of its address, the same in every bundle.

mod bundle;
mod findings;
mod record;

use std::io::{self, Write};

use serde_json::json;

use super::{Format, Open, Report, Style, Summary, View, safe_json};
use crate::model::Judged;
use crate::suppress::fingerprint::digest;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "prov",
    help: "the provenance record: W3C PROV as PROV-JSON, a bundle a document",
    views: &[View::Check],
    tells_remarks: false,
    open: Open::Stream(open),
};

/// What all names begin with.
const NAMESPACE: &str = "urn:x-dateline:";

struct Prov {
    out: Box<dyn Write>,
    documents: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Prov { out, documents: 0 })
}

impl Prov {
    /// Everything before the first bundle.
    fn begin(&mut self) -> io::Result<()> {
        let prefixes = json!({
            "dateline": format!("{NAMESPACE}term:"),
            "document": format!("{NAMESPACE}document:"),
            "resource": format!("{NAMESPACE}resource:"),
            "site": format!("{NAMESPACE}site:"),
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        });
        self.out.write_all(b"{\"prefix\":")?;
        safe_json::write(&mut self.out, &prefixes)?;
        self.out.write_all(b",\"bundle\":{")
    }
}

impl Report for Prov {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        if self.documents == 0 {
            self.begin()?;
        }
        self.out.write_all(if self.documents == 0 { b"\n" } else { b",\n" })?;
        self.documents += 1;
        let case = &judged.case;
        let known_by = digest(&[&case.article.name(), &case.now.to_string()]);
        let id = format!("{}-{known_by}", self.documents);
        safe_json::write(&mut self.out, &format!("document:{id}"))?;
        self.out.write_all(b":")?;
        let namespace = format!("{NAMESPACE}document:{id}:");
        safe_json::write(&mut self.out, &record::of(judged).into_json(&namespace))
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        if self.documents == 0 {
            self.begin()?;
        }
        self.out.write_all(b"\n}}\n")?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;
    use crate::model::Role;
    use crate::report::samples::{fetched, hostile, written};

    /// The names that a relation's roles may have, and which kind of thing each names.
    const ROLES: &[(&str, &str)] = &[
        ("prov:activity", "activity"),
        ("prov:agent", "agent"),
        ("prov:entity", "entity"),
        ("prov:generalEntity", "entity"),
        ("prov:generatedEntity", "entity"),
        ("prov:specificEntity", "entity"),
        ("prov:usedEntity", "entity"),
    ];

    fn bundles(documents: &[Judged]) -> serde_json::Map<String, Value> {
        let report = written(&FORMAT, documents, &[]);
        let mut record: Value = serde_json::from_str(&report).expect("it is JSON");
        match record["bundle"].take() {
            Value::Object(bundles) => bundles,
            other => panic!("no bundles: {other}"),
        }
    }

    #[test]
    fn every_name_in_a_relation_is_stated_in_its_bundle() {
        let documents = [hostile(), fetched()].concat();
        let bundles = bundles(&documents);
        assert_eq!(bundles.len(), documents.len());
        for bundle in bundles.values() {
            let names = |kind: &str| -> HashSet<&str> {
                bundle[kind].as_object().into_iter().flatten().map(|(id, _)| id.as_str()).collect()
            };
            let relations = bundle.as_object().expect("a bundle").iter().filter(|(kind, _)| {
                !["prefix", "entity", "activity", "agent"].contains(&kind.as_str())
            });
            for (kind, statements) in relations {
                for (role, name) in statements
                    .as_object()
                    .expect("statements")
                    .values()
                    .flat_map(|statement| statement.as_object().expect("a statement"))
                {
                    let Some((_, of)) = ROLES.iter().find(|(known, _)| known == role) else {
                        assert!(["prov:time", "prov:type"].contains(&role.as_str()), "{kind}");
                        continue;
                    };
                    let name = name.as_str().expect("a name");
                    assert!(names(of).contains(name), "{kind} names the unknown {of} {name}");
                }
            }
        }
    }

    #[test]
    fn a_finding_is_derived_from_the_claims_that_convict_it() {
        let bundles = bundles(&hostile()[..1]);
        let bundle = bundles.values().next().expect("a bundle");
        let derived = bundle["wasDerivedFrom"].as_object().expect("derivations");
        let of_first = derived.values().filter(|it| it["prov:generatedEntity"] == "a:finding1");
        let claims: Vec<&str> = of_first.filter_map(|it| it["prov:usedEntity"].as_str()).collect();
        assert!(claims.contains(&"a:claim1") && claims.contains(&"a:claim2"), "{claims:?}");
    }

    #[test]
    fn a_resource_is_related_to_what_links_to_it() {
        let mut judged = fetched().remove(0);
        let roles = [Role::Canonical, Role::Original, Role::Body];
        for (link, role) in judged.case.extract.links.iter_mut().zip(roles) {
            link.role = role;
        }
        let bundles = bundles(&[judged]);
        let bundle = bundles.values().next().expect("a bundle");
        let pairs = |kind: &str, one: &str, other: &str| -> Vec<(String, bool)> {
            let statements = bundle[kind].as_object().into_iter().flatten();
            statements
                .filter(|(_, it)| it[other].as_str().is_some_and(|id| id.starts_with("resource:")))
                .map(|(_, it)| (it[one].to_string(), it["prov:type"]["$"] == "prov:PrimarySource"))
                .collect()
        };
        let derived = pairs("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity");
        assert_eq!(
            derived,
            [("\"a:article\"".to_owned(), true), ("\"a:link3\"".to_owned(), false)]
        );
        let special = pairs("specializationOf", "prov:specificEntity", "prov:generalEntity");
        assert!(special.iter().filter(|(one, _)| one == "\"a:article\"").count() >= 2);
    }

    #[test]
    fn documents_of_one_name_have_names_of_their_own() {
        let twice = [hostile()[0].clone(), hostile()[0].clone()];
        assert_eq!(bundles(&twice).len(), 2);
    }
}
