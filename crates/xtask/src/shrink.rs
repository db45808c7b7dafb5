//! Makes what the release page fetches first smaller: one style sheet in the place of many, and
//! scripts and styles without what only people read.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;

/// Hand-written scripts that the page loads as they are.
const SCRIPTS: [&str; 2] = ["boot.js", "palette.js"];
/// How Trunk links a style sheet.
const LINK: (&str, &str) = ("<link rel=\"stylesheet\" href=\"./", "\"/>");

/// Shrinks a staged page; `glue` is wasm-bindgen's script. Gives the page's HTML.
pub(crate) fn shrink(project: &Project, staging: &Path, html: &str, glue: &str) -> Result<String> {
    for name in SCRIPTS.into_iter().chain([glue]) {
        minify(project, &staging.join(name))?;
    }
    let (mut page, names) = without_styles(html)?;
    let mut sheet = String::new();
    for name in &names {
        let path = staging.join(name);
        let text =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        sheet.push_str(&text);
        fs::remove_file(&path).map_err(|error| Failure::file("remove", &path, &error))?;
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(sheet.as_bytes());
    let name = format!("page-{:016x}.css", hasher.finish());
    let path = staging.join(&name);
    fs::write(&path, sheet).map_err(|error| Failure::file("write", &path, &error))?;
    minify(project, &path)?;
    page = page.replacen(
        "</head>",
        &format!("{}{name}{}\n</head>", LINK.0, LINK.1),
        1,
    );
    Ok(page)
}

/// The names of the style sheets of a staged page, in order.
pub(crate) fn styles(html: &str) -> Result<Vec<String>> {
    without_styles(html).map(|(_, names)| names)
}

/// The page without its style sheets, and their names in order.
fn without_styles(html: &str) -> Result<(String, Vec<String>)> {
    let mut parts = html.split(LINK.0);
    let mut page = parts.next().unwrap_or_default().to_owned();
    let mut names = Vec::new();
    for part in parts {
        let (name, rest) = part
            .split_once(LINK.1)
            .ok_or_else(|| Failure::new("index.html links a style sheet in an unknown way"))?;
        names.push(name.to_owned());
        page.push_str(rest.trim_start());
    }
    if names.is_empty() {
        return Err(Failure::new("index.html has no style sheets"));
    }
    Ok((page, names))
}

/// Minifies a script or a style sheet in its place.
pub(crate) fn minify(project: &Project, path: &Path) -> Result<()> {
    Run::new(project, "esbuild")?
        .args([path])
        .args(["--minify", "--allow-overwrite", "--log-level=warning"])
        .args([format!("--outfile={}", path.display())])
        .run()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_taken_out_in_their_order() {
        let html = "<head>\n<link rel=\"stylesheet\" href=\"./a-1.css\"/>\n<link rel=\"stylesheet\" href=\"./b-2.css\"/>\n<script></script></head>";
        let (page, names) = without_styles(html).unwrap();
        assert_eq!(page, "<head>\n<script></script></head>");
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert!(without_styles("<head></head>").is_err());
    }
}
