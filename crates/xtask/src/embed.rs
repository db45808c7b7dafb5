//! The page inside another page: `v1/embed/` with its classic scripts, and `v1/embed.js`, made of
//! what Trunk has staged for the release page.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
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
/// How well the WebAssembly is packed: as well as it gets.
const LEVEL: u8 = 10;

/// Writes the embedded page beside a staged release page, whose app must still be whole.
pub(crate) fn stage(project: &Project, staging: &Path, html: &str) -> Result<()> {
    let folder = staging.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| Failure::file("write", &folder, &error))?;
    let part = |name: &str| read_text(&project.root().join(PARTS).join(name));
    let mut sheet = String::new();
    for name in shrink::styles(html)? {
        sheet.push_str(&read_text(&staging.join(name))?);
    }
    sheet.push_str(&part("embed.css")?);
    let tokens = read_text(&project.root().join("web/styles/tokens.css"))?;
    let wasm = staging.join(split::attribute(html, "data-wasm")?.trim_start_matches("./"));
    let staged = [
        ("start.css", tokens + &part("start.css")?),
        ("start.js", part("start.js")?),
        ("embed.css", sheet),
        ("app.js", app(project, &wasm)?),
        ("editor.js", bundle(project, "editor.js")?),
        ("map.js", bundle(project, "map.js")?),
        ("texts-de.js", language("de", texts::GERMAN_FILE)?),
    ];
    let mut index = part("index.html")?;
    let mut list = Vec::new();
    for (name, text) in staged {
        let path = folder.join(name);
        write(&path, &text)?;
        // The app and the bundles are small already.
        if name.starts_with("start") || name.ends_with(".css") {
            shrink::minify(project, &path)?;
        }
        let file = File::named(name, &path)?;
        index = index.replace(&format!("{{{name}}}"), &file.name);
        list.push(file);
    }
    write(&folder.join("index.html"), &with_policy(&index)?)?;
    write(&folder.join("files.json"), &listed(&list)?)?;
    for name in ["examples", "lessons"] {
        write_scenarios(staging, &folder, name)?;
    }
    let element = staging.join(ELEMENT);
    write(&element, &part("element.js")?)?;
    shrink::minify(project, &element)
}

/// A file under its final name, and its hash as a Content-Security-Policy has it.
struct File {
    part: String,
    name: String,
    hash: String,
}

impl File {
    /// Names a file after its content.
    fn named(part: &str, path: &Path) -> Result<Self> {
        let text = read_text(path)?;
        // Each of them also stands in the single HTML file.
        if text.contains("</script") || text.contains("<!--") || text.contains("</style") {
            return Err(Failure::new(format!(
                "{part} holds something that would end or change the element it stands in"
            )));
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        let (stem, ending) = part.split_once('.').unwrap_or((part, ""));
        let name = format!("{stem}-{:016x}.{ending}", hasher.finish());
        let renamed = path.with_file_name(&name);
        fs::rename(path, &renamed).map_err(|error| Failure::file("write", &renamed, &error))?;
        Ok(Self {
            part: part.to_owned(),
            name,
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
        "{{\"start\":{},\"styles\":{},\"scripts\":[{}]}}\n",
        of("start.js")?,
        of("embed.css")?,
        scripts.join(",")
    ))
}

/// The app as one classic script: wasm-bindgen's code, the WebAssembly that Trunk has optimized,
/// packed, and what runs it.
fn app(project: &Project, wasm: &Path) -> Result<String> {
    let module = fs::read(wasm).map_err(|error| Failure::file("read", wasm, &error))?;
    let name = out_name(&module)?;
    let folder = project.target().join("embed");
    let built = project
        .target()
        .join(setup::WASM)
        .join("release/guardrail-web.wasm");
    Run::new(project, "wasm-bindgen")?
        .args(["--target", "no-modules", "--no-typescript", "--out-name"])
        .args([name.as_str(), "--out-dir"])
        .args([folder.as_path(), &built])
        .run()?;
    let glue = folder.join(format!("{name}.js"));
    let code = read_text(&glue)?;
    if let Some(import) = imports(&module)?
        .into_iter()
        .find(|import| !code.contains(import.as_str()))
    {
        return Err(Failure::new(format!(
            "the WebAssembly imports {import}, which wasm-bindgen's script for the embedded page does not have"
        )));
    }
    shrink::minify(project, &glue)?;
    let run = project.root().join(PARTS).join("run.js");
    let packed = base64(&compress_to_vec(&without_names(&module)?, LEVEL));
    Ok(format!(
        "(()=>{{{}\nconst packed=\"{packed}\";\n{}}})();\n",
        read_text(&glue)?,
        read_text(&run)?
    ))
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("the app's WebAssembly cannot be read: {error}"))
}

/// The names of what a module imports, that of its only other module first.
fn imports(module: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload.map_err(|error| broken(&error))? {
            for import in section.into_imports() {
                let import = import.map_err(|error| broken(&error))?;
                if names.is_empty() {
                    names.push(import.module.to_owned());
                }
                names.push(import.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The name that wasm-bindgen had for the module: it imports from `./<name>_bg.js`.
fn out_name(module: &[u8]) -> Result<String> {
    let imports = imports(module)?;
    let from = imports.first().and_then(|name| {
        name.strip_prefix("./")
            .and_then(|name| name.strip_suffix("_bg.js"))
    });
    from.map(str::to_owned)
        .ok_or_else(|| broken(&"it does not import from wasm-bindgen's script"))
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

fn write(path: &PathBuf, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

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
