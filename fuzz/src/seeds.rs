//! What fuzzing begins with: the scenarios of the tests and the examples of the page, the policies
//! in them, their links, and the patterns of those policies.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use organization::{ContextValue, PolicyKind, Scalar, Scenario};
use policy::{ActionPattern, Document, Kind, Pattern, ResourcePattern};

use crate::policy::kind_character;

/// Where scenarios are, from the root of the repository.
const FOLDERS: [&str; 2] = ["tests/scenarios", "crates/playground/examples"];
/// A link that was once given away.
const GOLDEN_LINK: &str = "crates/playground/tests/golden/first-release.link";

/// A target and its inputs.
pub type Seeds = (&'static str, BTreeSet<String>);

/// The inputs of every target.
///
/// # Errors
/// Those of reading the repository, and a scenario that cannot be read.
pub fn all(repository: &Path) -> io::Result<Vec<Seeds>> {
    let (mut scenarios, mut links) = (BTreeSet::new(), BTreeSet::new());
    let (mut policies, mut globs) = (BTreeSet::new(), BTreeSet::new());
    let golden = fs::read_to_string(repository.join(GOLDEN_LINK))?;
    links.insert(golden.trim_end().to_owned());
    for folder in FOLDERS {
        for entry in fs::read_dir(repository.join(folder))? {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            let scenario = organization::file::read(&text)
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?
                .scenario;
            links.insert(playground::link::encode(&scenario));
            scenarios.insert(organization::file::write_compact(&scenario));
            of_policies(&scenario, &mut policies, &mut globs);
            links.insert(text.clone());
            scenarios.insert(text);
        }
    }
    Ok(vec![
        ("policy", policies),
        ("scenario", scenarios),
        ("link", links),
        ("glob", globs),
    ])
}

fn of_policies(scenario: &Scenario, policies: &mut BTreeSet<String>, globs: &mut BTreeSet<String>) {
    for policy in &scenario.policies {
        let PolicyKind::Known(kind) = policy.kind else {
            continue;
        };
        policies.insert(format!("{}{}", kind_character(kind), policy.text));
        let document = ::policy::parse(&policy.text, kind).document;
        patterns(&document, scenario, kind, globs);
    }
}

/// The patterns of a document, each with the texts that the requests hold against it.
fn patterns(document: &Document, scenario: &Scenario, kind: Kind, globs: &mut BTreeSet<String>) {
    if kind == Kind::Trust {
        return;
    }
    let mut add = |place: char, pattern: &str, text: &str| {
        for place in [place, place.to_ascii_uppercase()] {
            globs.insert(format!("{place}{pattern}\n{text}"));
        }
    };
    for request in &scenario.requests {
        let name = request.action.split_once(':').map_or("", |(_, name)| name);
        for statement in &document.statements {
            for entry in statement.action.iter().flat_map(|it| &it.entries) {
                if let ActionPattern::Named { name: pattern, .. } = &entry.value {
                    add('a', &pattern.text, name);
                }
            }
            for condition in &statement.conditions {
                let key = &condition.key.value;
                let values = request
                    .context
                    .iter()
                    .filter(|(name, _)| name.eq_ignore_ascii_case(key))
                    .flat_map(|(_, value)| texts(value));
                for value in values {
                    for Pattern { text: pattern, .. } in condition.values.iter().map(|it| &it.value)
                    {
                        add('s', pattern, value);
                        add('l', pattern, value);
                    }
                }
            }
        }
        for resource in &request.resources {
            let Some(text) = resource.arn.strip_prefix("arn:aws:") else {
                continue;
            };
            let scopes = document.statements.iter().flat_map(|it| &it.resource);
            for entry in scopes.flat_map(|it| &it.entries) {
                if let ResourcePattern::Arn { head, resource } = &entry.value {
                    let parts: Vec<&str> = (head.iter().skip(1))
                        .chain(resource)
                        .map(|part| part.text.as_str())
                        .collect();
                    add('r', &parts.join(":"), text);
                }
            }
            add('l', "arn:*:s3:::*", &resource.arn);
        }
    }
}

fn texts(value: &ContextValue) -> Vec<&str> {
    fn text(scalar: &Scalar) -> &str {
        match scalar {
            Scalar::Text(text) | Scalar::Number(text) => text,
            Scalar::Bool(true) => "true",
            Scalar::Bool(false) => "false",
        }
    }
    match value {
        ContextValue::One(scalar) => vec![text(scalar)],
        ContextValue::Many(scalars) => scalars.iter().map(text).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::all;
    use crate::{glob, link, policy, scenario};

    #[test]
    fn the_checks_hold_for_their_seeds() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for (target, inputs) in all(repository).unwrap() {
            let check = match target {
                "policy" => policy::check,
                "scenario" => scenario::check,
                "link" => link::check,
                "glob" => glob::check,
                other => panic!("no target {other}"),
            };
            let useful = inputs.iter().filter(|input| check(input)).count();
            assert!(
                useful >= 20 && useful * 4 >= inputs.len(),
                "{target}: {useful} of {} seeds are of use",
                inputs.len()
            );
        }
    }
}
