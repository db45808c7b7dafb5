//! A link in the forms in which it is passed on.

use texts::Text;

use crate::effects::location_without_fragment;
use crate::state::Language;

/// What is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The address alone.
    Link,
    /// A link in Markdown.
    Markdown,
    /// A link in HTML.
    Html,
    /// A frame for a course page.
    Frame,
}

/// The forms with the words of their buttons.
pub(super) const FORMS: [(Form, Text); 4] = [
    (Form::Link, texts::SHARE_COPY_LINK),
    (Form::Markdown, texts::SHARE_COPY_MARKDOWN),
    (Form::Html, texts::SHARE_COPY_HTML),
    (Form::Frame, texts::SHARE_COPY_IFRAME),
];

/// What a frame shows: the words of its query and of the choice.
pub(super) const VIEWS: [(&str, Text); 5] = [
    ("all", texts::SHARE_EVERYTHING),
    ("requests", texts::SHARE_THE_REQUESTS),
    ("matrix", texts::SHARE_THE_MATRIX),
    ("trace", texts::SHARE_THE_REASONS),
    ("policy", texts::SHARE_THE_POLICIES),
];

/// What can be changed in a frame.
pub(super) const EDITS: [(&str, Text); 4] = [
    ("none", texts::SHARE_NOTHING),
    ("requests", texts::SHARE_THE_REQUESTS),
    ("policies", texts::SHARE_THE_POLICIES),
    ("all", texts::SHARE_EVERYTHING),
];

/// What a frame shows and lets be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) view: &'static str,
    pub(super) edit: &'static str,
    /// What everything is said in there.
    pub(super) language: Language,
}

/// The link itself.
pub(super) fn link_to(fragment: &str) -> String {
    format!("{}#{fragment}", location_without_fragment())
}

/// A link in one of its forms.
pub(super) fn formed(form: Form, fragment: &str, title: &str, frame: Frame) -> String {
    let page = location_without_fragment();
    let title = match title.trim() {
        "" => texts::share_untitled(),
        title => title,
    };
    write(form, &page, fragment, title, frame)
}

fn write(form: Form, page: &str, fragment: &str, title: &str, frame: Frame) -> String {
    let link = format!("{page}#{fragment}");
    match form {
        Form::Link => link,
        Form::Markdown => {
            let address = link.replace('(', "%28").replace(')', "%29");
            format!("[{}]({address})", markdown(title))
        }
        Form::Html => format!("<a href=\"{}\">{}</a>", html(&link), html(title)),
        Form::Frame => {
            let path = page.split('?').next().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
            let Frame {
                view,
                edit,
                language,
            } = frame;
            let language = match language {
                Language::English => String::new(),
                other => format!("&lang={}", other.word()),
            };
            let address =
                format!("{folder}/v1/embed/?view={view}&edit={edit}{language}#{fragment}");
            format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"480\" \
                 sandbox=\"allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\"></iframe>",
                html(&address),
                html(title)
            )
        }
    }
}

/// A text in Markdown, with no letter that means something there.
fn markdown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '>' | '&' | '!' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A text in HTML, between tags or in quotes.
fn html(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_do_no_harm_in_any_form() {
        let frame = Frame {
            view: "matrix",
            edit: "requests",
            language: Language::English,
        };
        let title = "\"><script>x</script> [a](b) & *c*\n";
        let form = |form| write(form, "https://h/p(1)/?lang=de&x=1", "g1:ab_c", title, frame);
        assert_eq!(form(Form::Link), "https://h/p(1)/?lang=de&x=1#g1:ab_c");
        assert_eq!(
            form(Form::Markdown),
            "[\"\\>\\<script\\>x\\</script\\> \\[a\\](b) \\& \\*c\\* ](https://h/p%281%29/?lang=de&x=1#g1:ab_c)"
        );
        assert_eq!(
            form(Form::Html),
            "<a href=\"https://h/p(1)/?lang=de&amp;x=1#g1:ab_c\">&quot;&gt;&lt;script&gt;x&lt;/script&gt; [a](b) &amp; *c* </a>"
        );
        assert_eq!(
            form(Form::Frame),
            "<iframe src=\"https://h/p(1)/v1/embed/?view=matrix&amp;edit=requests#g1:ab_c\" \
             title=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt; [a](b) &amp; *c* \" width=\"100%\" height=\"480\" \
             sandbox=\"allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\"></iframe>"
        );
        let german = Frame {
            language: Language::German,
            ..frame
        };
        let german = write(Form::Frame, "https://h/?lang=en", "g1:ab_c", title, german);
        assert!(
            german.contains("/v1/embed/?view=matrix&amp;edit=requests&amp;lang=de#g1:"),
            "{german}"
        );
    }
}
