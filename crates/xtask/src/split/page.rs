//! Puts the two halves of the app into the release page.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use super::{LOADER, Split, split};
use crate::failure::{Failure, Result};

/// What comes later: paths, one a line.
const LATER: &str = include_str!("../../../../web/later.txt");
/// Where wasm-bindgen's JavaScript lists what the module imports.
const IMPORTS: &str = "return {\n        __proto__: null,\n";

/// Splits the app of a staged page and names its files by their content. Gives the page's HTML, and
/// the new name of wasm-bindgen's script.
pub(crate) fn split_app(staging: &Path, html: &str) -> Result<(String, String)> {
    let (wasm, glue) = (attribute(html, "data-wasm")?, attribute(html, "data-js")?);
    let in_staging = |name: &str| staging.join(name.trim_start_matches("./"));
    let module = read(&in_staging(wasm))?;
    let script = String::from_utf8(read(&in_staging(glue))?)
        .map_err(|_| Failure::new(format!("{glue} is not text")))?;
    let Some(Split { first, later }) = split(&module, &paths(LATER))? else {
        return Err(Failure::new(
            "the app's WebAssembly has none of the names in web/later.txt: does wasm-opt keep them (-g)?",
        ));
    };
    let script = with_loader(&script)?;
    let mut hasher = DefaultHasher::new();
    for part in [&first, &later, script.as_bytes()] {
        hasher.write(part);
    }
    let name = format!("app-{:016x}", hasher.finish());
    let mut page = html.replace(
        "data-later=\"\"",
        &format!("data-later=\"./{name}-later.wasm\""),
    );
    if page == html {
        return Err(Failure::new("index.html has no place for data-later"));
    }
    for (old, new, content) in [
        (wasm, format!("./{name}.wasm"), &*first),
        (glue, format!("./{name}.js"), script.as_bytes()),
    ] {
        write(&in_staging(&new), content)?;
        let path = in_staging(old);
        fs::remove_file(&path).map_err(|error| Failure::file("remove", &path, &error))?;
        page = page.replace(old, &new);
    }
    write(&in_staging(&format!("{name}-later.wasm")), &later)?;
    Ok((page, format!("{name}.js")))
}

fn paths(list: &str) -> Vec<&str> {
    let lines = list.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The value of an attribute that only one element of the page has.
pub(crate) fn attribute<'h>(html: &'h str, name: &str) -> Result<&'h str> {
    let rest = html.split_once(&format!("{name}=\""));
    rest.and_then(|(_, rest)| rest.split_once('"'))
        .map(|(value, _)| value)
        .ok_or_else(|| Failure::new(format!("index.html has no {name}")))
}

/// The import of the first module that wasm-bindgen does not know.
fn with_loader(script: &str) -> Result<String> {
    if script.matches(IMPORTS).count() != 1 {
        return Err(Failure::new(
            "wasm-bindgen's JavaScript does not list its imports where they are expected",
        ));
    }
    let loader =
        format!("{IMPORTS}        {LOADER}: {{ load: () => globalThis.guardrailLater(wasm) }},\n");
    Ok(script.replace(IMPORTS, &loader))
}

fn read(path: &PathBuf) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Failure::file("read", path, &error))
}

fn write(path: &PathBuf, content: &[u8]) -> Result<()> {
    fs::write(path, content).map_err(|error| Failure::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_stands_among_the_imports() {
        let script = format!("    {IMPORTS}        \"./x.js\": import0,\n    }};\n");
        let page = with_loader(&script).unwrap();
        assert!(page.contains(
            "later: { load: () => globalThis.guardrailLater(wasm) },\n        \"./x.js\""
        ));
        assert!(with_loader("no imports").is_err());
    }

    #[test]
    fn remarks_are_no_paths() {
        assert_eq!(paths("# why\n\n a::b \nc\n"), ["a::b", "c"]);
    }
}
