//! The page inside another page: `v1/embed/` with its classic scripts, and `v1/embed.js`. Its app is
//! a program of its own; its styles are those that Trunk has staged for the page.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use miniz_oxide::deflate::compress_to_vec;
use sha2::{Digest, Sha256};
use wasmparser::{Parser, Payload};

use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup;
use crate::shrink;
use crate::split;

/// Where the files stand in the release page. What is named by this address stays there for ever.
pub(crate) const FOLDER: &str = "v1/embed/";
/// The custom element.
pub(crate) const ELEMENT: &str = "v1/embed.js";
/// What an embedded page may do: its own scripts and styles, WebAssembly, and no request.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";
/// The hand-written parts.
const PARTS: &str = "web/embed";
/// The program of the embedded page.
const PROGRAM: &str = "guardrail-embed";

/// How a page is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As quickly as it can be, to be served while it is worked on.
    Development,
    /// As small as it gets.
    Release,
}

/// Writes the embedded page beside a staged page. Only the whole page's styles are taken from that.
pub(crate) fn stage(project: &Project, staging: &Path, html: &str, build: Build) -> Result<()> {
    let part = |name: &str| read_text(&project.root().join(PARTS).join(name));
    let mut sheet = String::new();
    for name in shrink::styles(html)? {
        sheet.push_str(&read_text(&staging.join(name))?);
    }
    sheet.push_str(&part("embed.css")?);
    let tokens = read_text(&project.root().join("web/styles/tokens.css"))?;
    let made = project.target().join("embed");
    fs::create_dir_all(&made).map_err(|error| Failure::file("write", &made, &error))?;
    let small = |name: &str, text: String| {
        let path = made.join(name);
        write(&path, &text)?;
        shrink::minify(project, &path)?;
        read_text(&path)
    };
    let parts = [
        (
            "start.css",
            small("start.css", tokens + &part("start.css")?)?,
        ),
        ("start.js", small("start.js", part("start.js")?)?),
        ("embed.css", small("embed.css", sheet)?),
        ("app.js", app(project, &made, build)?),
        ("editor.js", bundle(project, "editor.js")?),
        ("map.js", bundle(project, "map.js")?),
        ("texts-de.js", language("de", texts::GERMAN_FILE)?),
    ];
    let folder = staging.join(FOLDER);
    put(&folder, &parts, &part("index.html")?)?;
    for name in ["examples", "lessons"] {
        write_scenarios(staging, &folder, name)?;
    }
    write(
        &staging.join(ELEMENT),
        &small("element.js", part("element.js")?)?,
    )
}

/// Writes the parts of the page under names with the hashes of their contents, the page that names
/// them, and the list of them.
fn put(folder: &Path, parts: &[(&str, String)], index: &str) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Failure::file("write", folder, &error))?;
    let mut index = index.to_owned();
    let mut list = Vec::new();
    for (part, text) in parts {
        let file = File::named(part, text)?;
        write(&folder.join(&file.name), text)?;
        index = index.replace(&format!("{{{part}}}"), &file.name);
        list.push(file);
    }
    write(&folder.join("index.html"), &with_policy(&index)?)?;
    write(&folder.join("files.json"), &listed(&list)?)
}

/// A file under its final name, and its hash as a Content-Security-Policy has it.
struct File {
    part: String,
    name: String,
    hash: String,
}

impl File {
    /// Names a part after its content.
    fn named(part: &str, text: &str) -> Result<Self> {
        // Each of them also stands in the single HTML file.
        if text.contains("</script") || text.contains("<!--") || text.contains("</style") {
            return Err(Failure::new(format!(
                "{part} holds something that would end or change the element it stands in"
            )));
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        let (stem, ending) = part.split_once('.').unwrap_or((part, ""));
        Ok(Self {
            part: part.to_owned(),
            name: format!("{stem}-{:016x}.{ending}", hasher.finish()),
            hash: format!("sha256-{}", base64(&Sha256::digest(text.as_bytes()))),
        })
    }
}

/// The list from which the page makes the single HTML file.
fn listed(files: &[File]) -> Result<String> {
    let of = |part: &str| {
        let file = files.iter().find(|file| file.part == part);
        let file = file.ok_or_else(|| Failure::new(format!("there is no {part}")))?;
        Ok(format!(
            "{{\"name\":\"{}\",\"hash\":\"{}\"}}",
            file.name, file.hash
        ))
    };
    let scripts = ["app.js", "editor.js", "map.js"]
        .map(of)
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    Ok(format!(
        "{{\"start\":{},\"styles\":{},\"scripts\":[{}],\"texts\":{{\"de\":{}}}}}\n",
        of("start.js")?,
        of("embed.css")?,
        scripts.join(","),
        of("texts-de.js")?
    ))
}

/// The app as one classic script: wasm-bindgen's code, the WebAssembly, packed, and what runs it.
fn app(project: &Project, made: &Path, build: Build) -> Result<String> {
    let built = compiled(project, build)?;
    Run::new(project, "wasm-bindgen")?
        .args(["--target", "no-modules", "--no-typescript", "--out-name"])
        .args([PROGRAM, "--out-dir"])
        .args([made, &built])
        .run()?;
    let wasm = made.join(format!("{PROGRAM}_bg.wasm"));
    if build == Build::Release {
        optimize(project, &wasm)?;
    }
    let module = fs::read(&wasm).map_err(|error| Failure::file("read", &wasm, &error))?;
    let glue = made.join(format!("{PROGRAM}.js"));
    shrink::minify(project, &glue)?;
    let run = project.root().join(PARTS).join("run.js");
    let packed = base64(&packed(&without_names(&module)?, build)?);
    Ok(format!(
        "(()=>{{{}\nconst packed=\"{packed}\";\n{}}})();\n",
        read_text(&glue)?,
        read_text(&run)?
    ))
}

/// Compiles the app in the way in which Trunk has compiled the page's, and gives where it is.
fn compiled(project: &Project, build: Build) -> Result<PathBuf> {
    let cargo = Run::new(project, "cargo")?
        .args(["build", "--quiet", "--offline", "--target", setup::WASM])
        .args(["--package", "guardrail-web", "--bin", PROGRAM]);
    let (cargo, folder) = match build {
        Build::Development => (cargo, "debug"),
        Build::Release => (cargo.args(["--release"]), "release"),
    };
    cargo.run()?;
    let built = project.target().join(setup::WASM).join(folder);
    Ok(built.join(format!("{PROGRAM}.wasm")))
}

/// Optimizes a module in its place, as Trunk does the page's.
fn optimize(project: &Project, wasm: &Path) -> Result<()> {
    let page = read_text(&project.root().join("index.html"))?;
    let level = split::attribute(&page, "data-wasm-opt")?;
    let more = split::attribute(&page, "data-wasm-opt-params")?;
    Run::new(project, "wasm-opt")?
        .args([format!("-O{level}")])
        .args(more.split_whitespace())
        .args([wasm.as_os_str(), "-o".as_ref(), wasm.as_os_str()])
        .run()
}

/// A module as the page unpacks it. While it is worked on it is stored as it is, which takes no time.
fn packed(module: &[u8], build: Build) -> Result<Vec<u8>> {
    match build {
        Build::Development => Ok(compress_to_vec(module, 0)),
        Build::Release => {
            let mut packed = Vec::new();
            let options = zopfli::Options {
                // More rounds take longer and save next to nothing.
                iteration_count: NonZeroU64::MIN,
                ..zopfli::Options::default()
            };
            zopfli::compress(options, zopfli::Format::Deflate, module, &mut packed)
                .map_err(|error| Failure::new(format!("the app could not be packed: {error}")))?;
            Ok(packed)
        }
    }
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("the app's WebAssembly cannot be read: {error}"))
}

/// A module without its custom sections: names and notes of the tools.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut whole = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(|error| broken(&error))?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = module
                .get(range)
                .ok_or_else(|| broken(&"a section is cut"))?;
            whole.section(&wasm_encoder::RawSection { id, data });
        }
    }
    Ok(whole.finish())
}

/// A bundle of `web/js` as a classic script.
fn bundle(project: &Project, name: &str) -> Result<String> {
    let source = project.js().join("dist").join(name);
    let target = project.target().join("embed").join(name);
    Run::new(project, "esbuild")?
        .args([source])
        .args(["--format=iife", "--minify", "--legal-comments=none"])
        .args(["--log-level=warning"])
        .args([format!("--outfile={}", target.display())])
        .run()?;
    read_text(&target)
}

/// The examples and lessons as scripts: a sandboxed frame may run those, and may not fetch a file.
fn write_scenarios(staging: &Path, embed: &Path, name: &str) -> Result<()> {
    let (source, target) = (staging.join(name), embed.join(name));
    fs::create_dir_all(&target).map_err(|error| Failure::file("write", &target, &error))?;
    let entries = fs::read_dir(&source).map_err(|error| Failure::file("read", &source, &error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::file("read", &source, &error))?
            .path();
        let Some(id) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let script = script(&format!("{name}/{id}"), &read_text(&path)?);
        write(&target.join(format!("{id}.js")), &script)?;
    }
    Ok(())
}

/// The texts of a language in the form in which the page reads them.
pub(crate) fn lines(word: &str, catalogue: &str) -> Result<String> {
    texts::in_order(catalogue)
        .map_err(|error| Failure::new(format!("crates/texts/{word}.txt: {error}")))
}

/// The same as a script.
fn language(word: &str, catalogue: &str) -> Result<String> {
    let lines = quoted(&lines(word, catalogue)?);
    Ok(format!("globalThis.guardrailTexts={lines};\n"))
}

/// The JSON of a scenario as a script.
fn script(name: &str, json: &str) -> String {
    let text = quoted(json.trim());
    format!("(globalThis.guardrailScenarios??={{}})[\"{name}\"]={text};\n")
}

/// A text as JavaScript has it, with what would end it escaped.
fn quoted(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '`' => text.push_str("\\`"),
            '$' => text.push_str("\\$"),
            letter => text.push(letter),
        }
    }
    format!("`{text}`")
}

fn with_policy(html: &str) -> Result<String> {
    let viewport = "<meta name=\"viewport\"";
    if html.matches(viewport).count() != 1 || html.contains(".js}") {
        return Err(Failure::new(format!(
            "{PARTS}/index.html is not as expected"
        )));
    }
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n");
    Ok(html.replacen(viewport, &format!("{policy}{viewport}"), 1))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let all = group
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
        for at in 0..4 {
            let digit = DIGITS.get((all >> (18 - 6 * at) & 63) as usize);
            match digit {
                Some(digit) if at <= group.len() => text.push(char::from(*digit)),
                _ => text.push('='),
            }
        }
    }
    text
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names behind `./` in a text.
    fn named(text: &str) -> Vec<&str> {
        let parts = text.split("\"./").skip(1);
        let names = parts.filter_map(|rest| rest.split('"').next());
        names.filter(|name| !name.is_empty()).collect()
    }

    #[test]
    fn the_page_finds_each_of_its_parts_beside_it() {
        let folder = std::env::temp_dir().join(format!("guardrail-embed-{}", std::process::id()));
        let names = [
            "start.css",
            "start.js",
            "embed.css",
            "app.js",
            "editor.js",
            "map.js",
            "texts-de.js",
        ];
        let parts = names.map(|name| (name, format!("/* {name} */")));
        let root = Project::find().unwrap().root().to_path_buf();
        let index = read_text(&root.join(PARTS).join("index.html")).unwrap();
        put(&folder, &parts, &index).unwrap();
        let page = read_text(&folder.join("index.html")).unwrap();
        let list = read_text(&folder.join("files.json")).unwrap();
        let found = named(&page);
        assert_eq!(found.len(), parts.len(), "{page}");
        for name in found {
            let text = read_text(&folder.join(name)).unwrap();
            let part = parts.iter().find(|(_, wanted)| *wanted == text).unwrap().0;
            let hash = base64(&Sha256::digest(text.as_bytes()));
            let entry = format!("{{\"name\":\"{name}\",\"hash\":\"sha256-{hash}\"}}");
            // What is seen before it is started is no part of the single file.
            assert_eq!(list.contains(&entry), part != "start.css", "{list}");
        }
        fs::remove_dir_all(&folder).unwrap();
        assert!(File::named("app.js", "</script>").is_err());
    }

    #[test]
    fn what_is_packed_is_unpacked_the_same() {
        let module: Vec<u8> = (0..4000_u32)
            .flat_map(|at| (at / 7).to_le_bytes())
            .collect();
        for build in [Build::Development, Build::Release] {
            let packed = packed(&module, build).unwrap();
            let unpacked = miniz_oxide::inflate::decompress_to_vec(&packed).unwrap();
            assert_eq!(unpacked, module);
        }
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }

    #[test]
    fn an_example_stays_what_it_is_in_its_script() {
        let script = script("examples/a-b", "{\"x\": \"${y} `z` \\n\"}\n");
        assert_eq!(
            script,
            "(globalThis.guardrailScenarios??={})[\"examples/a-b\"]=`{\"x\": \"\\${y} \\`z\\` \\\\n\"}`;\n"
        );
    }

    #[test]
    fn the_policy_stands_before_what_it_governs() {
        let page = with_policy("<meta name=\"viewport\"><script src=a></script>").unwrap();
        assert!(page.starts_with("<meta http-equiv"));
        assert!(with_policy("<meta name=\"viewport\">{start.js}").is_err());
    }

    #[test]
    fn a_language_is_one_text_with_a_line_for_each_text() {
        let script = language("de", "common.close = Schließen `$`\n").unwrap();
        assert!(script.starts_with("globalThis.guardrailTexts=`\n"));
        assert!(script.contains("\nSchließen \\`\\$\\`\n"));
        assert!(language("de", "nobody.says = Das").is_err());
    }
}
