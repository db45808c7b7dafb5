//! Puts the two halves of the app into the release page.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use super::profile::Profile;
use super::{IMPORTS, LOADER, Split, split};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// Where wasm-bindgen's JavaScript lists what the module imports.
const LIST: &str = "return {\n        __proto__: null,\n";

/// Splits the app of a staged page and names its files by their content. Gives the page's HTML, and
/// the new name of wasm-bindgen's script.
pub(crate) fn split_app(project: &Project, staging: &Path, html: &str) -> Result<(String, String)> {
    let (wasm, glue) = (attribute(html, "data-wasm")?, attribute(html, "data-js")?);
    let in_staging = |name: &str| staging.join(name.trim_start_matches("./"));
    let module = read(&in_staging(wasm))?;
    let script = String::from_utf8(read(&in_staging(glue))?)
        .map_err(|_| Failure::new(format!("{glue} is not text")))?;
    let list = String::from_utf8(read(&project.first())?)
        .map_err(|_| Failure::new("web/first.txt is not text"))?;
    let Split {
        first,
        later,
        imports,
    } = split(&module, &Profile::parse(&list)?)?;
    let script = with_loader(&with_numbers(&script, &imports)?)?;
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

/// The value of an attribute that only one element of the page has.
pub(crate) fn attribute<'h>(html: &'h str, name: &str) -> Result<&'h str> {
    let rest = html.split_once(&format!("{name}=\""));
    rest.and_then(|(_, rest)| rest.split_once('"'))
        .map(|(value, _)| value)
        .ok_or_else(|| Failure::new(format!("index.html has no {name}")))
}

/// The script with numbers for the names of what the module imports.
fn with_numbers(script: &str, imports: &[(String, String)]) -> Result<String> {
    let mut numbered = script.to_owned();
    let modules = imports
        .first()
        .map(|(module, _)| (format!("{module:?}: "), format!("{IMPORTS}: ")));
    let names = imports.iter().enumerate();
    let names = names.map(|(number, (_, name))| {
        (
            format!("        {name}: function"),
            format!("        {number}: function"),
        )
    });
    for (old, new) in modules.into_iter().chain(names) {
        if numbered.matches(&old).count() != 1 {
            return Err(Failure::new(format!(
                "wasm-bindgen's JavaScript should have `{}` once",
                old.trim()
            )));
        }
        numbered = numbered.replace(&old, &new);
    }
    Ok(numbered)
}

/// The import of the first module that wasm-bindgen does not know.
fn with_loader(script: &str) -> Result<String> {
    if script.matches(LIST).count() != 1 {
        return Err(Failure::new(
            "wasm-bindgen's JavaScript does not list its imports where they are expected",
        ));
    }
    let loader =
        format!("{LIST}        {LOADER}: {{ load: () => globalThis.guardrailLater(wasm) }},\n");
    Ok(script.replace(LIST, &loader))
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
        let script = format!("    {LIST}        \"./x.js\": import0,\n    }};\n");
        let page = with_loader(&script).unwrap();
        assert!(page.contains(
            "later: { load: () => globalThis.guardrailLater(wasm) },\n        \"./x.js\""
        ));
        assert!(with_loader("no imports").is_err());
    }
}
