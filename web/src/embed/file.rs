//! The page as one HTML file that holds a scenario and works from a disk: put together from the
//! files of `v1/embed/`, which the build lists with the hashes of their content.

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{Scenario, file};
use serde::Deserialize;
use web_sys::Url;

use crate::effects::{load_beside, location_without_fragment};
use crate::state::Language;

/// Where the files stand, seen from the page.
const FOLDER: &str = "v1/embed/";
/// The list that the build makes.
const LIST: &str = "v1/embed/files.json";

/// The files of the embedded page.
#[derive(Deserialize)]
struct Files {
    /// Starts the page.
    start: Named,
    /// The style sheet.
    styles: Named,
    /// The app, the policy editor, and the map with the matrix.
    scripts: Vec<Named>,
    /// The texts of each language beside English, by its word.
    texts: BTreeMap<String, Named>,
}

/// A file.
#[derive(Deserialize)]
struct Named {
    /// Its name in the folder.
    name: String,
    /// Its hash as a Content-Security-Policy has it: `sha256-…`.
    hash: String,
}

/// The HTML file for a scenario, in a language.
///
/// # Errors
/// If a part of it cannot be fetched: a sentence for people.
pub(crate) async fn made(scenario: Rc<Scenario>, language: Language) -> Result<String, String> {
    let list = load_beside(LIST).await.ok_or_else(not_there)?;
    let files: Files = serde_json::from_str(&list).map_err(|_| not_there())?;
    let start = fetched(&files.start).await?;
    let styles = fetched(&files.styles).await?;
    // English is in the app. The texts of the language come first: the app looks for them as it begins.
    let texts = match language {
        Language::English => None,
        language => Some(files.texts.get(language.word()).ok_or_else(not_there)?),
    };
    let mut scripts = String::new();
    let mut hashes = vec![quoted(&files.start.hash)];
    for script in texts.into_iter().chain(&files.scripts) {
        scripts.push_str("<script>");
        scripts.push_str(&fetched(script).await?);
        scripts.push_str("</script>\n");
        hashes.push(quoted(&script.hash));
    }
    let here = location_without_fragment();
    let page = Url::new_with_base("./", &here).map_or(here, |url| url.href());
    Ok(format!(
        "<!doctype html>\n\
         <html lang=\"{}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n\
         <style>{styles}</style>\n\
         <script type=\"application/json\" id=\"scenario\">{}</script>\n\
         <script id=\"boot\" data-embed data-page=\"{}\">{start}</script>\n\
         </head>\n\
         <body>\n\
         <noscript><p>{}</p></noscript>\n\
         {scripts}</body>\n\
         </html>\n",
        language.word(),
        hashes.join(" "),
        quoted(&files.styles.hash),
        escaped(title(&scenario)),
        in_script(&file::write_compact(&scenario)),
        escaped(&page),
        escaped(texts::single_file_needs_javascript()),
    ))
}

fn not_there() -> String {
    texts::single_file_parts_not_loaded().to_owned()
}

async fn fetched(file: &Named) -> Result<String, String> {
    load_beside(&format!("{FOLDER}{}", file.name))
        .await
        .ok_or_else(not_there)
}

fn title(scenario: &Scenario) -> &str {
    match scenario.title.as_str() {
        "" => "Guardrail",
        title => title,
    }
}

fn quoted(hash: &str) -> String {
    format!("'{hash}'")
}

/// Text that stands in HTML, also in an attribute in double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// JSON that stands in a script element, which nothing but `</script` and `<!--` can end or change.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_scenario_leaves_its_element() {
        assert_eq!(escaped("<b a=\"x\">&"), "&lt;b a=&quot;x&quot;&gt;&amp;");
        let title = "</script><!--<script>";
        let json = in_script(&format!("{{\"title\":\"{title}\"}}"));
        assert!(!json.contains('<'));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["title"], title);
    }
}
