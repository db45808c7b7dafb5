//! `cargo xtask hook …`: what Trunk runs before and after each build.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::Run;
use crate::embed::{self, Build};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup;
use crate::shrink::shrink;
use crate::split::split_app;

/// What a release page may do: its own files, WebAssembly, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/// Copied files whose names get a hash of their content, so that a page never meets an old one in a cache.
const HASHED: [(&str, &str); 5] = [
    ("boot", "js"),
    ("editor", "js"),
    ("map", "js"),
    ("palette", "js"),
    ("texts-de", "txt"),
];
/// The languages beside English, each with its catalogue.
const LANGUAGES: &[(&str, &str)] = &[("de", texts::GERMAN_FILE)];
/// The service worker. Its name stays the same, since a browser asks for a new one by it.
const WORKER: &str = "sw.js";
/// Names the address at which the page will stand, for readers of its meta data.
const ADDRESS: &str = "GUARDRAIL_URL";
/// The picture for those who show a card for a link; the page itself does not need it.
const CARD: &str = "card.png";
/// Where the page is embedded: none of the worker's business.
const EMBEDDED: &str = "v1/";
/// Set where a page is to stay in one piece, for [`crate::first`].
pub(crate) const WHOLE: &str = "GUARDRAIL_WHOLE";
/// What `npm run build` writes: the editor, and the map with the matrix.
const BUNDLES: [&str; 2] = ["dist/editor.js", "dist/map.js"];

pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    match arguments {
        [name] if name == "editor" => {
            bundle_editor(project)?;
            write_languages(project)
        }
        [name] if name == "page" => finish_page(project),
        _ => Err(Failure::new(
            "`hook` is for Trunk: `hook editor` or `hook page`",
        )),
    }
}

/// Whether the file is a page that [`finish_page`] has finished.
pub(crate) fn is_release_page(index: &Path) -> bool {
    fs::read_to_string(index).is_ok_and(|html| html.contains(POLICY))
}

/// Bundles the custom elements where a bundle is older than what it is made of.
fn bundle_editor(project: &Project) -> Result<()> {
    setup::ensure_packages(project)?;
    let js = project.js();
    let oldest = BUNDLES
        .map(|name| modified(&js.join(name)))
        .into_iter()
        .min();
    let newest = sources(&js)?.iter().filter_map(|path| modified(path)).max();
    if oldest
        .flatten()
        .is_some_and(|bundled| Some(bundled) > newest)
    {
        return Ok(());
    }
    Run::new(project, "npm")?
        .args(["run", "--silent", "build"])
        .in_dir(&js)
        .run()
}

/// Writes the texts of each language beside the bundles, in the form in which the page fetches them.
fn write_languages(project: &Project) -> Result<()> {
    for (word, catalogue) in LANGUAGES {
        let lines = embed::lines(word, catalogue)?;
        let path = project.js().join(format!("dist/texts-{word}.txt"));
        fs::write(&path, lines).map_err(|error| Failure::file("write", &path, &error))?;
    }
    Ok(())
}

/// What the bundles are made of.
fn sources(js: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = vec![js.join("package.json"), js.join("package-lock.json")];
    let mut folders = vec![js.join("src")];
    while let Some(folder) = folders.pop() {
        let unread = |error| Failure::file("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    Ok(paths)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// What becomes of a page that Trunk has staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finish {
    /// It stays as it is.
    Nothing,
    /// It gets the embedded page beside it.
    Embed,
    /// It becomes the release page.
    Release,
}

impl Finish {
    /// A page that is served stays whole: Trunk's reload script in it is inline, which the policy of
    /// a release page refuses.
    fn of(release: bool, whole: bool, served: bool) -> Self {
        match (release, whole, served) {
            (_, true, _) => Self::Nothing,
            (true, false, false) => Self::Release,
            _ => Self::Embed,
        }
    }
}

/// Turns what Trunk staged into what it is to be.
fn finish_page(project: &Project) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("`hook page` is run by Trunk, which sets TRUNK_STAGING_DIR"))?;
    let index = staging.join("index.html");
    let html = fs::read_to_string(&index).map_err(|error| Failure::file("read", &index, &error))?;
    let release = env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let build = match release {
        true => Build::Release,
        false => Build::Development,
    };
    let finish = Finish::of(release, env::var_os(WHOLE).is_some(), is_served(&html));
    if finish != Finish::Nothing {
        embed::stage(project, &staging, &html, build)?;
    }
    if finish != Finish::Release {
        return Ok(());
    }
    let (html, glue) = split_app(project, &staging, &html)?;
    let html = shrink(project, &staging, &html, &glue)?;
    let html = with_policy(&hash_names(&staging, html)?)?;
    let html = html.replace("data-worker=\"\"", &format!("data-worker=\"./{WORKER}\""));
    let html = with_address(&html, env::var(ADDRESS).ok().as_deref())?;
    check_nothing_inline(&html)?;
    fs::write(&index, html).map_err(|error| Failure::file("write", &index, &error))?;
    finish_worker(&staging)
}

/// Tells the service worker the files of this build, and a version that changes with any of them.
fn finish_worker(staging: &Path) -> Result<()> {
    let path = staging.join(WORKER);
    let worker = fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
    let mut names = files(staging)?;
    names.retain(|name| name != WORKER && name != CARD && !name.starts_with(EMBEDDED));
    names.sort();
    let mut hasher = DefaultHasher::new();
    hasher.write(worker.as_bytes());
    for name in &names {
        let file = staging.join(name);
        let content = fs::read(&file).map_err(|error| Failure::file("read", &file, &error))?;
        hasher.write(name.as_bytes());
        hasher.write(&content);
    }
    let worker = with_files(&worker, &names, hasher.finish())?;
    fs::write(&path, worker).map_err(|error| Failure::file("write", &path, &error))
}

fn with_files(worker: &str, names: &[String], version: u64) -> Result<String> {
    // The page itself is asked for by the name of its folder.
    let quoted = names.iter().map(|name| match name.as_str() {
        "index.html" => "\"./\"".to_owned(),
        name => format!("\"./{name}\""),
    });
    let list = quoted.collect::<Vec<_>>().join(", ");
    let mut finished = worker.to_owned();
    for (old, new) in [
        (
            "const VERSION = \"\";",
            format!("const VERSION = \"{version:016x}\";"),
        ),
        ("const FILES = [];", format!("const FILES = [{list}];")),
    ] {
        if !finished.contains(old) {
            return Err(Failure::new(format!("{WORKER} has no line `{old}`")));
        }
        finished = finished.replace(old, &new);
    }
    Ok(finished)
}

/// The names of all files below a folder, relative to it.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((dir, prefix)) = open.pop() {
        let unread = |error| Failure::file("read", &dir, &error);
        for entry in fs::read_dir(&dir).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{prefix}{name}");
            if path.is_dir() {
                open.push((path, format!("{name}/")));
            } else {
                names.push(name);
            }
        }
    }
    Ok(names)
}

fn is_served(html: &str) -> bool {
    html.contains("WebSocket")
}

fn hash_names(staging: &Path, mut html: String) -> Result<String> {
    for (name, ending) in HASHED {
        let old = format!("{name}.{ending}");
        let path = staging.join(&old);
        let content = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
        let mut hasher = DefaultHasher::new();
        hasher.write(&content);
        let new = format!("{name}-{:016x}.{ending}", hasher.finish());
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

/// Makes the address of the picture whole, and says where the page stands, if that is known. The
/// page itself works at every address, and its picture's stays relative otherwise: some programs
/// that show a card for a link then show it without one.
fn with_address(html: &str, address: Option<&str>) -> Result<String> {
    let Some(address) = address.filter(|address| !address.is_empty()) else {
        return Ok(html.to_owned());
    };
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>&#?".contains(c);
    let by_web = address.starts_with("https://") || address.starts_with("http://");
    if !by_web || !address.chars().all(plain) {
        return Err(Failure::new(format!(
            "{ADDRESS} is `{address}`: expected the address of the page, as https://example.org/guardrail/"
        )));
    }
    let folder = address.trim_end_matches('/');
    let relative = format!("<meta property=\"og:image\" content=\"{CARD}\">");
    if !html.contains(&relative) {
        return Err(Failure::new(format!("index.html has no line `{relative}`")));
    }
    let absolute = format!(
        "<meta property=\"og:url\" content=\"{folder}/\">\n<meta property=\"og:image\" content=\"{folder}/{CARD}\">"
    );
    Ok(html.replace(&relative, &absolute))
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
    fn a_page_that_is_served_has_the_embedded_one_beside_it() {
        for release in [false, true] {
            assert_eq!(Finish::of(release, false, true), Finish::Embed);
            assert_eq!(Finish::of(release, true, false), Finish::Nothing);
        }
        assert_eq!(Finish::of(true, false, false), Finish::Release);
        assert_eq!(Finish::of(false, false, false), Finish::Embed);
    }

    #[test]
    fn the_policy_is_the_first_thing_in_the_head() {
        let page = with_policy("<html><head><title>x</title></head></html>").unwrap();
        assert!(page.starts_with("<html><head>\n<meta http-equiv=\"Content-Security-Policy\""));
        assert!(page.ends_with("<title>x</title></head></html>"));
        assert!(with_policy("<html></html>").is_err());
    }

    #[test]
    fn the_worker_is_told_its_files() {
        let worker = "const VERSION = \"\";\nconst FILES = [];\n";
        let names = ["a-1.js".to_owned(), "index.html".to_owned()];
        assert_eq!(
            with_files(worker, &names, 255).unwrap(),
            "const VERSION = \"00000000000000ff\";\nconst FILES = [\"./a-1.js\", \"./\"];\n"
        );
        assert!(with_files("", &names, 255).is_err());
    }

    #[test]
    fn the_picture_has_a_whole_address_where_that_is_known() {
        let page = "<meta property=\"og:image\" content=\"card.png\">";
        assert_eq!(with_address(page, None).unwrap(), page);
        assert_eq!(with_address(page, Some("")).unwrap(), page);
        for address in ["https://example.org/x", "https://example.org/x/"] {
            assert_eq!(
                with_address(page, Some(address)).unwrap(),
                "<meta property=\"og:url\" content=\"https://example.org/x/\">\n<meta property=\"og:image\" content=\"https://example.org/x/card.png\">"
            );
        }
        for address in [
            "example.org",
            "https://x/\"><script>",
            "javascript:x",
            "https://x/?a",
        ] {
            assert!(with_address(page, Some(address)).is_err(), "{address}");
        }
        assert!(with_address("", Some("https://x/")).is_err());
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
