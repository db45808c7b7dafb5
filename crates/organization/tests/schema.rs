//! The published JSON Schema is the one that the types give, and it and the reader agree.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use std::fmt::Write as _;
use std::path::Path;

use organization::file::{FileWarningKind, read, write, write_compact};
use serde_json::{Value, json};

#[test]
fn published_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/scenario-1.schema.json");
    let mut generated = serde_json::to_string_pretty(&organization::file::schema()).unwrap();
    writeln!(generated).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &generated).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap();
    assert!(
        published == generated,
        "{} is out of date: run this test once with UPDATE=1",
        path.display()
    );
}

/// Whether a value is as the schema says; fields that the schema does not name are refused.
fn check(schema: &Value, root: &Value, value: &Value, path: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return check(target, root, value, path);
    }
    let alternatives = ["anyOf", "oneOf"].map(|word| schema[word].as_array());
    for (list, exactly_one) in alternatives.into_iter().zip([false, true]) {
        let Some(list) = list else { continue };
        // `required` alone says nothing about the fields.
        let matching = list.iter().filter(|one| match one.as_object() {
            Some(members) if members.len() == 1 && members.contains_key("required") => {
                one["required"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            _ => check(one, root, value, path).is_ok(),
        });
        let count = matching.count();
        if count == 0 || exactly_one && count > 1 {
            return Err(format!("{path}: {count} alternatives match {value}"));
        }
    }
    if let Some(constant) = schema.get("const") {
        return if constant == value {
            Ok(())
        } else {
            Err(format!("{path}: {value}"))
        };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) {
            Ok(())
        } else {
            Err(format!("{path}: {value}"))
        };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect(),
        _ => return Ok(()),
    };
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if types.contains(&"integer") && number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&found) {
        return Err(format!("{path}: {found}, not {types:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        check(&schema["items"], root, item, &format!("{path}[{index}]"))?;
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        match (
            schema["properties"].get(key),
            schema.get("additionalProperties"),
        ) {
            (Some(known), _) => check(known, root, item, &path)?,
            (None, Some(other)) => check(other, root, item, &path)?,
            (None, None) => return Err(format!("{path} is not in the schema")),
        }
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        if value.get(name).is_none() {
            return Err(format!("{path}.{name} is missing"));
        }
    }
    Ok(())
}

#[test]
fn what_the_reader_takes_is_in_the_schema() {
    let schema = organization::file::schema();
    let full: Value = serde_json::from_str(include_str!("data/full.json")).unwrap();
    assert_eq!(check(&schema, &schema, &full, ""), Ok(()));
    let scenario = read(include_str!("data/full.json")).unwrap().scenario;
    for text in [write(&scenario), write_compact(&scenario)] {
        let written = serde_json::from_str(&text).unwrap();
        assert_eq!(check(&schema, &schema, &written, ""), Ok(()));
    }
}

/// Values that have every field of the schema; several where there are alternatives.
fn samples(schema: &Value, root: &Value, depth: usize) -> Vec<Value> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return samples(target, root, depth);
    }
    if let Some(constant) = schema.get("const") {
        return vec![constant.clone()];
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.clone();
    }
    for word in ["anyOf", "oneOf"] {
        if let Some(list) = schema[word].as_array()
            && schema.get("properties").is_none()
        {
            return list
                .iter()
                .flat_map(|one| samples(one, root, depth))
                .collect();
        }
    }
    let kind = match &schema["type"] {
        Value::Array(several) => several[0].as_str(),
        one => one.as_str(),
    };
    match kind {
        Some("string") => vec![json!("x")],
        Some("boolean") => vec![json!(true)],
        Some("number" | "integer") => vec![json!(1)],
        Some("array") if depth == 0 => vec![json!([])],
        Some("array") => vec![Value::Array(samples(&schema["items"], root, depth - 1))],
        Some("object") => objects(schema, root, depth),
        // `null`, and values of which nothing is said.
        _ => vec![],
    }
}

/// As many objects as the field with the most samples has; the others repeat theirs.
fn objects(schema: &Value, root: &Value, depth: usize) -> Vec<Value> {
    let fields: Vec<(&String, Vec<Value>)> = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, field)| (key, samples(field, root, depth)))
        .filter(|(_, samples)| !samples.is_empty())
        .collect();
    let count = fields
        .iter()
        .map(|(_, samples)| samples.len())
        .max()
        .unwrap_or(1);
    (0..count)
        .map(|n| {
            let members = fields.iter().map(|(key, samples)| {
                let mut value = samples[n % samples.len()].clone();
                if *key == "id" && value == "x" {
                    // Ids are taken once.
                    value = json!(format!("x{n}"));
                }
                ((*key).clone(), value)
            });
            let mut object: serde_json::Map<String, Value> = members.collect();
            // Fields that exclude each other.
            for (one, other) in [("document", "source"), ("resource", "resources")] {
                if object.contains_key(one) && object.contains_key(other) {
                    object.shift_remove(if n % 2 == 0 { one } else { other });
                }
            }
            Value::Object(object)
        })
        .collect()
}

#[test]
fn every_field_of_the_schema_is_one_that_the_reader_knows() {
    let schema = organization::file::schema();
    let samples = objects(&schema, &schema, 2);
    assert!(!samples.is_empty());
    for sample in samples {
        let mut sample = sample;
        // Each principal has the fields of all three types, and each node those of both.
        for principal in sample["principals"].as_array_mut().unwrap() {
            let fields: &[&str] = match principal["type"].as_str().unwrap() {
                "user" => &["trustPolicy"],
                "group" => &[
                    "path",
                    "groups",
                    "permissionsBoundary",
                    "trustPolicy",
                    "tags",
                ],
                "role" => &["groups"],
                _ => &[],
            };
            for field in fields {
                assert!(
                    principal
                        .as_object_mut()
                        .unwrap()
                        .shift_remove(*field)
                        .is_some()
                );
            }
        }
        for node in sample["organization"]["root"]["children"]
            .as_array_mut()
            .unwrap()
        {
            let field = match node["type"].as_str().unwrap() {
                "ou" => "tags",
                _ => "children",
            };
            assert!(node.as_object_mut().unwrap().shift_remove(field).is_some());
            if let Some(children) = node.get_mut("children") {
                // The same nodes once more, with the same ids.
                *children = json!([]);
            }
        }
        sample["organization"]["root"]["id"] = json!("r-x");
        for account in sample["externalAccounts"].as_array_mut().unwrap() {
            account["id"] = json!(format!("external-{}", account["id"]));
        }
        let loaded = read(&sample.to_string()).unwrap_or_else(|error| panic!("{error}: {sample}"));
        for warning in &loaded.warnings {
            assert!(
                warning.kind != FileWarningKind::UnknownField,
                "{warning} in {sample}"
            );
        }
    }
}
