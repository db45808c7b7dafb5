//! Makes a failing scenario small: takes away whatever is not needed to fail.

use serde_json::Value;

/// The smallest file that still fails, by taking away members and entries one at a time.
pub(crate) fn shrink(file: &Value, fails: &dyn Fn(&Value) -> bool) -> Value {
    let mut file = file.clone();
    loop {
        let before = file.to_string().len();
        let mut paths = Vec::new();
        collect(&file, String::new(), &mut paths);
        // What is outside goes first, and from behind, so that other positions stay.
        paths.sort_by_key(|path: &String| path.matches('/').count());
        let mut tried = std::collections::BTreeSet::new();
        for path in paths.iter().rev().chain(&paths) {
            if !tried.insert((path, file.to_string().len())) {
                continue;
            }
            let mut smaller = file.clone();
            if remove(&mut smaller, path) && fails(&smaller) {
                file = smaller;
            }
        }
        if file.to_string().len() == before {
            return file;
        }
    }
}

/// The places of all members and entries, as JSON pointers.
fn collect(value: &Value, at: String, paths: &mut Vec<String>) {
    let mut below = |name: String, value: &Value| {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        let path = format!("{at}/{escaped}");
        paths.push(path.clone());
        collect(value, path, paths);
    };
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                below(name.clone(), value);
            }
        }
        Value::Array(entries) => {
            for (at, value) in entries.iter().enumerate() {
                below(at.to_string(), value);
            }
        }
        _ => {}
    }
}

/// Takes away what is at a place; false if nothing is there.
fn remove(value: &mut Value, path: &str) -> bool {
    let Some((parent, name)) = path.rsplit_once('/') else {
        return false;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(members)) => members.shift_remove(&name).is_some(),
        Some(Value::Array(entries)) => match name.parse::<usize>() {
            Ok(at) if at < entries.len() => {
                entries.remove(at);
                true
            }
            _ => false,
        },
        _ => false,
    }
}
