//! `cargo xtask hook …`: what Trunk runs before and after each build.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup;

/// What a release page may do: its own files, WebAssembly, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/// Copied files whose names get a hash of their content, so that a page never meets an old one in a cache.
const HASHED: [&str; 2] = ["boot", "editor"];

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    match arguments {
        [name] if name == "editor" => bundle_editor(project),
        [name] if name == "page" => finish_page(),
        _ => Err(Failure::new(
            "`hook` is for Trunk: `hook editor` or `hook page`",
        )),
    }
}

/// Whether the file is a page that [`finish_page`] has finished.
pub(crate) fn is_release_page(index: &Path) -> bool {
    fs::read_to_string(index).is_ok_and(|html| html.contains(POLICY))
}

/// Bundles the editor where it is older than what it is made of.
fn bundle_editor(project: &Project) -> Result<()> {
    setup::ensure_packages(project)?;
    let js = project.js();
    let bundled = modified(&js.join("dist/editor.js"));
    let newest = sources(&js)?.iter().filter_map(|path| modified(path)).max();
    if bundled.is_some() && bundled > newest {
        return Ok(());
    }
    Run::new(project, "npm")?
        .args(["run", "--silent", "build"])
        .in_dir(&js)
        .run()
}

fn sources(js: &Path) -> Result<Vec<PathBuf>> {
    let folder = js.join("src");
    let mut paths = vec![js.join("package.json"), js.join("package-lock.json")];
    for entry in fs::read_dir(&folder).map_err(|error| Failure::file("read", &folder, &error))? {
        paths.push(
            entry
                .map_err(|error| Failure::file("read", &folder, &error))?
                .path(),
        );
    }
    Ok(paths)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// Turns what Trunk staged into a release page. A page that is served for development is left
/// alone: Trunk's reload script in it is inline, which the policy refuses.
fn finish_page() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("`hook page` is run by Trunk, which sets TRUNK_STAGING_DIR"))?;
    let index = staging.join("index.html");
    let html = fs::read_to_string(&index).map_err(|error| Failure::file("read", &index, &error))?;
    if env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "release") || is_served(&html) {
        return Ok(());
    }
    let html = with_policy(&hash_names(&staging, html)?)?;
    check_nothing_inline(&html)?;
    fs::write(&index, html).map_err(|error| Failure::file("write", &index, &error))
}

fn is_served(html: &str) -> bool {
    html.contains("WebSocket")
}

fn hash_names(staging: &Path, mut html: String) -> Result<String> {
    for name in HASHED {
        let old = format!("{name}.js");
        let path = staging.join(&old);
        let content = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
        let mut hasher = DefaultHasher::new();
        hasher.write(&content);
        let new = format!("{name}-{:016x}.js", hasher.finish());
        if !html.contains(&old) {
            return Err(Failure::new(format!("index.html does not mention {old}")));
        }
        html = html.replace(&old, &new);
        let renamed = staging.join(&new);
        fs::rename(&path, &renamed).map_err(|error| Failure::file("write", &renamed, &error))?;
    }
    Ok(html)
}

/// The policy stands before everything that it governs.
fn with_policy(html: &str) -> Result<String> {
    let (before, after) = html
        .split_once("<head>")
        .ok_or_else(|| Failure::new("index.html has no <head>"))?;
    Ok(format!(
        "{before}<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">{after}"
    ))
}

/// What the policy would refuse is found here rather than in a browser.
fn check_nothing_inline(html: &str) -> Result<()> {
    let inline_script = html.split("<script").skip(1).any(|rest| {
        !rest
            .split('>')
            .next()
            .is_some_and(|tag| tag.contains(" src="))
    });
    let found = if inline_script {
        "an inline script"
    } else if html.contains("<style") || html.contains(" style=") {
        "an inline style"
    } else {
        return Ok(());
    };
    Err(Failure::new(format!(
        "index.html has {found}, which the page's Content-Security-Policy refuses"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_first_thing_in_the_head() {
        let page = with_policy("<html><head><title>x</title></head></html>").unwrap();
        assert!(page.starts_with("<html><head>\n<meta http-equiv=\"Content-Security-Policy\""));
        assert!(page.ends_with("<title>x</title></head></html>"));
        assert!(with_policy("<html></html>").is_err());
    }

    #[test]
    fn what_the_policy_refuses_is_found() {
        assert!(
            check_nothing_inline("<script type=module src=a.js></script><link rel=stylesheet>")
                .is_ok()
        );
        assert!(check_nothing_inline("<script src=a.js></script><script>x()</script>").is_err());
        assert!(check_nothing_inline("<style>p{}</style>").is_err());
        assert!(check_nothing_inline("<p style=\"color:red\">").is_err());
    }
}
