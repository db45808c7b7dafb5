//! A field whose text must be of a form. What cannot be read is said beside it, stays as it was
//! typed, and is not written.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a text must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole number from 1, or nothing.
    Count,
    /// What can stand in an address, or nothing.
    Id,
    /// Ids of rules with commas, or nothing.
    Rules,
    /// Names of context keys with commas, `owner` among them, or nothing.
    Keys,
}

/// What [`Checked`] is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CheckedProps {
    /// An id that no other element has.
    pub(super) id: AttrValue,
    /// What the field is called.
    pub(super) label: AttrValue,
    /// What stands in the lesson.
    pub(super) value: String,
    /// What it must be.
    pub(super) form: Form,
    /// Takes what can be read, in its one spelling.
    pub(super) typed: Callback<String>,
}

/// The field.
#[component]
pub(super) fn Checked(props: &CheckedProps) -> Html {
    let draft = use_state(|| props.value.clone());
    {
        // What was typed stays while it means what stands in the lesson; else that was undone.
        let draft = draft.clone();
        let form = props.form;
        use_effect_with(props.value.clone(), move |value| {
            if form.read(&draft).as_ref() != Ok(value) {
                draft.set(value.clone());
            }
        });
    }
    let refused = form_error(props, &draft);
    let oninput = {
        let (draft, typed, form) = (draft.clone(), props.typed.clone(), props.form);
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                let text = field.value();
                if let Ok(read) = form.read(&text) {
                    typed.emit(read);
                }
                draft.set(text);
            }
        })
    };
    let error = format!("{}-error", props.id);
    html! {
        <div class="author-checked">
            <label class="dialog-label">
                <span>{ &props.label }</span>
                <input
                    class="field outlined" value={(*draft).clone()} autocomplete="off"
                    inputmode={(props.form == Form::Count).then_some("numeric")}
                    aria-invalid={refused.is_some().then_some("true")}
                    aria-describedby={error.clone()} {oninput}
                />
            </label>
            <p class="author-refused" id={error} role="status">{ refused }</p>
        </div>
    }
}

/// What is wrong with what was typed. What the file has is not judged until it is changed.
fn form_error(props: &CheckedProps, draft: &str) -> Option<&'static str> {
    let refused = props.form.read(draft).err();
    refused.filter(|_| draft != props.value)
}

impl Form {
    /// The one spelling of a text, or what was expected in its place.
    fn read(self, text: &str) -> Result<String, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(String::new());
        }
        match self {
            Self::Count => match text.parse::<u32>() {
                Ok(number) if number > 0 => Ok(number.to_string()),
                _ => Err(texts::author_expected_count()),
            },
            Self::Id => {
                let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
                match text.chars().all(fits) {
                    true => Ok(text.to_owned()),
                    false => Err(texts::author_expected_id()),
                }
            }
            Self::Rules => {
                let rules: Vec<&str> = listed(text).collect();
                match rules.iter().all(|rule| is_rule(rule)) {
                    true => Ok(rules.join(", ")),
                    false => Err(texts::author_expected_rules()),
                }
            }
            Self::Keys => {
                let keys: Vec<&str> = listed(text).collect();
                match keys.iter().all(|key| *key == "owner" || is_key(key)) {
                    true => Ok(keys.join(", ")),
                    false => Err(texts::author_expected_keys()),
                }
            }
        }
    }
}

/// What stands in a list with commas.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| letter == ',' || letter.is_whitespace());
    parts.filter(|part| !part.is_empty())
}

/// Whether it looks like the id of a rule: `SCP-2`.
fn is_rule(text: &str) -> bool {
    let Some((subject, number)) = text.split_once('-') else {
        return false;
    };
    let is_subject = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let whole = !subject.is_empty() && !number.is_empty();
    whole && subject.chars().all(is_subject) && number.chars().all(|it| it.is_ascii_digit())
}

/// Whether it looks like the name of a context key: `aws:SourceIp`.
fn is_key(text: &str) -> bool {
    let parts = text.split_once(':');
    parts.is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_spelling_or_is_refused() {
        assert_eq!(Form::Count.read(" 012 "), Ok("12".to_owned()));
        assert_eq!(Form::Count.read(""), Ok(String::new()));
        for wrong in ["0", "-1", "two", "1.5", "99999999999"] {
            assert!(Form::Count.read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Form::Id.read("my-lesson_2"), Ok("my-lesson_2".to_owned()));
        assert!(Form::Id.read("my lesson").is_err());
        assert_eq!(
            Form::Rules.read("SCP-2,  X-1 ,"),
            Ok("SCP-2, X-1".to_owned())
        );
        for wrong in ["SCP", "scp-2", "SCP-", "SCP-2; X-1"] {
            assert!(Form::Rules.read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            Form::Keys.read("aws:SourceIp owner,"),
            Ok("aws:SourceIp, owner".to_owned())
        );
        for wrong in ["SourceIp", "aws:", ":SourceIp"] {
            assert!(Form::Keys.read(wrong).is_err(), "{wrong}");
        }
    }
}
