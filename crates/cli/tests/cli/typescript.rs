//! The types of `docs/wire.md` describe what the program prints, and agree with those of the
//! JavaScript package.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::{repository, run, run_with};

/// The `interface`s and `type`s of a TypeScript text.
struct Types {
    interfaces: BTreeMap<String, BTreeMap<String, Field>>,
    aliases: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Field {
    optional: bool,
    of: String,
}

impl Types {
    fn read(text: &str) -> Self {
        let text = without_comments(text);
        let mut types = Self {
            interfaces: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        let mut rest = text.as_str();
        while let Some((at, word)) = ["interface ", "type "]
            .into_iter()
            .filter_map(|word| Some((rest.find(word)?, word)))
            .min()
        {
            rest = &rest[at + word.len()..];
            if word == "interface " {
                let Some((name, body)) = rest.split_once('{') else {
                    break;
                };
                let (body, after) = body.split_once("\n}").expect("an interface is closed");
                let name = name.split_whitespace().next().expect("a name").to_owned();
                types.interfaces.insert(name, fields(body));
                rest = after;
            } else {
                let (definition, after) = rest.split_once(";\n").expect("a type is closed");
                if let Some((name, of)) = definition.split_once(" =") {
                    types.aliases.insert(name.to_owned(), of.trim().to_owned());
                }
                rest = after;
            }
        }
        types
    }

    /// What is wrong with a value of a type; empty if nothing is.
    fn check(&self, value: &Value, of: &str, at: &str) -> Vec<String> {
        let of = of.trim().trim_start_matches('|').trim();
        let parts = split(of, '|');
        if parts.len() > 1 {
            let mut wrong = Vec::new();
            for part in &parts {
                let found = self.check(value, part, at);
                if found.is_empty() {
                    return found;
                }
                wrong.extend(found);
            }
            return wrong;
        }
        if let Some(item) = of.strip_suffix("[]") {
            let item = item
                .strip_prefix('(')
                .and_then(|it| it.strip_suffix(')'))
                .unwrap_or(item);
            let Value::Array(items) = value else {
                return vec![format!("{at}: no array")];
            };
            let items = items.iter().enumerate();
            return items
                .flat_map(|(index, one)| self.check(one, item, &format!("{at}[{index}]")))
                .collect();
        }
        if let Some(body) = of.strip_prefix('{') {
            let body = body.strip_suffix('}').expect("an object is closed");
            return self.object(value, &fields(body), at);
        }
        if let Some(fields) = self.interfaces.get(of) {
            return self.object(value, fields, at);
        }
        if let Some(alias) = self.aliases.get(of) {
            return self.check(value, alias, at);
        }
        let fits = match of {
            "string" => value.is_string(),
            "number" => value.is_u64(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            literal => serde_json::from_str(literal).is_ok_and(|literal: Value| literal == *value),
        };
        if fits {
            Vec::new()
        } else {
            vec![format!("{at}: {value} is no {of}")]
        }
    }

    fn object(&self, value: &Value, fields: &BTreeMap<String, Field>, at: &str) -> Vec<String> {
        let Value::Object(object) = value else {
            return vec![format!("{at}: no object")];
        };
        let mut wrong = Vec::new();
        for (name, field) in fields {
            match object.get(name) {
                Some(value) => wrong.extend(self.check(value, &field.of, &format!("{at}.{name}"))),
                None if field.optional => {}
                None => wrong.push(format!("{at}.{name} is missing")),
            }
        }
        for name in object.keys().filter(|name| !fields.contains_key(*name)) {
            wrong.push(format!("{at}.{name} is not described"));
        }
        wrong
    }
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/**") {
        out.push_str(before);
        rest = comment.split_once("*/").expect("a comment is closed").1;
    }
    out.push_str(rest);
    let lines = out
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

fn fields(body: &str) -> BTreeMap<String, Field> {
    split(body, ';')
        .into_iter()
        .filter(|field| !field.trim().is_empty())
        .map(|field| {
            let (name, of) = field.split_once(':').expect("a field has a type");
            let name = name.trim().trim_start_matches("readonly ");
            let field = Field {
                optional: name.ends_with('?'),
                of: of.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            (name.trim_end_matches('?').to_owned(), field)
        })
        .collect()
}

/// The parts between separators that are not inside brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' | '[' | '<' => depth += 1,
            '}' | ')' | ']' | '>' => depth -= 1,
            c if c == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn documented() -> Types {
    let text = fs::read_to_string(repository().join("docs/wire.md")).expect("the document");
    let blocks: Vec<&str> = text
        .split("```ts\n")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("```")?.0))
        .collect();
    Types::read(&blocks.join("\n"))
}

#[test]
fn what_is_printed_is_what_is_documented() {
    let types = documented();
    let example = "#example/region-guardrail";
    let mut evaluated = vec!["eval", "--format=json", "crates/playground/examples"];
    evaluated.extend([
        "tests/scenarios/every-account.json",
        "tests/scenarios/fixed-rules.json",
        "tests/scenarios/missing-parts.json",
        "tests/scenarios/refused-scp.json",
        "tests/scenarios/unknown-owner.json",
        "tests/scenarios/unknown-values.json",
    ]);
    let stricter = run(&["open", example])
        .out
        .replace("role/BreakGlass\"", "role/Glass\"");
    for (printed, of) in [
        (run(&evaluated), "EvalReport"),
        (run_with(&["eval", "-", "-f", "json"], "{"), "EvalReport"),
        (
            run(&["test", "tests/scenarios", example, "-f", "json"]),
            "TestReport",
        ),
        (run_with(&["test", "-", "-f", "json"], "{"), "TestReport"),
        (
            run(&["lint", "tests/scenarios", "no.json", "-f", "json"]),
            "LintReport",
        ),
        (
            run_with(&["diff", example, "-", "-f", "json"], &stricter),
            "DiffReport",
        ),
    ] {
        let wrong = types.check(&printed.json(), of, of);
        assert!(
            wrong.is_empty(),
            "{:#?}",
            wrong.iter().take(10).collect::<Vec<_>>()
        );
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let types = documented();
    let wrong = |json: &str, of: &str| {
        let value: Value = serde_json::from_str(json).expect("JSON");
        types.check(&value, of, "x")
    };
    assert_eq!(
        wrong(r#"{ "style": "text", "text": "a" }"#, "Piece"),
        Vec::<String>::new()
    );
    assert_eq!(
        wrong(r#"{ "style": "text" }"#, "Piece"),
        ["x.text is missing"]
    );
    assert_eq!(
        wrong(r#"{ "style": "text", "text": "a", "more": 1 }"#, "Piece"),
        ["x.more is not described"]
    );
    assert!(!wrong(r#"{ "style": "bold", "text": "a" }"#, "Piece").is_empty());
    assert!(!wrong("\"maybe\"", "Verdict").is_empty());
}

/// That the package declares everything is tested where it is built.
#[test]
fn what_the_javascript_package_declares_is_documented() {
    let path = repository().join("crates/wasm/package/guardrail.d.ts");
    let package = Types::read(&fs::read_to_string(path).expect("the types of the package"));
    let mut compared = 0;
    for (name, fields) in &documented().interfaces {
        let Some(declared) = package.interfaces.get(name) else {
            continue;
        };
        compared += 1;
        for (field, declared) in declared {
            let documented = fields.get(field).map(|documented| documented.optional);
            assert_eq!(documented, Some(declared.optional), "{name}.{field}");
        }
    }
    assert!(compared >= 20, "only {compared} types have the same name");
}
