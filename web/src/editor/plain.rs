use std::rc::Rc;

use web_sys::{HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use super::component::Typed;
use super::marks::{Mark, TextRange};

/// What [`PlainEditor`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PlainEditorProps {
    pub(super) text: Rc<str>,
    pub(super) label: AttrValue,
    pub(super) readonly: bool,
    pub(super) marks: Vec<Mark>,
    pub(super) reveal: Option<(TextRange, u32)>,
    pub(super) onchange: Callback<Typed>,
    pub(super) onstep: Callback<bool>,
}

/// A policy's text in a plain text area. The page keeps the history, so undo is its own here too,
/// and the key for quick fixes works as in the editor.
#[component]
pub(super) fn PlainEditor(props: &PlainEditorProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        let text = props.text.clone();
        use_effect_with(props.reveal, move |reveal| {
            let area = node.cast::<HtmlTextAreaElement>();
            if let Some((area, (range, _))) = area.zip(*reveal) {
                select(&area, &text, range);
            }
        });
    }
    let oninput = props.onchange.reform(|event: InputEvent| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        let area = area.map(|area| (line_of_caret(&area), area.value()));
        let (line, text) = area.unwrap_or_default();
        Typed { text, stroke: line }
    });
    let onkeydown = {
        let (text, marks) = (props.text.clone(), props.marks.clone());
        let (onchange, onstep) = (props.onchange.clone(), props.onstep.clone());
        let readonly = props.readonly;
        Callback::from(move |event: KeyboardEvent| {
            if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
                return;
            }
            match event.key().to_lowercase().as_str() {
                "z" => onstep.emit(!event.shift_key()),
                "y" => onstep.emit(false),
                "." if !readonly => {
                    let area = event.target_dyn_into::<HtmlTextAreaElement>();
                    let line = area.map_or(0, |area| line_of_caret(&area));
                    if let Some(text) = mended(&text, &marks, line) {
                        onchange.emit(Typed {
                            text,
                            stroke: u32::MAX,
                        });
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <textarea
            ref={node} aria-label={props.label.clone()} value={props.text.to_string()}
            readonly={props.readonly} spellcheck="false" autocomplete="off" autocapitalize="off"
            {oninput} {onkeydown}
        />
    }
}

/// The text with the first mend of a line, counted from 0.
fn mended(text: &str, marks: &[Mark], line: u32) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let line_of = |offset: usize| lines(units.get(..offset).unwrap_or_default());
    let mut here = marks
        .iter()
        .filter(|mark| line_of(mark.from) <= line && line <= line_of(mark.to));
    let fix = here.find_map(|mark| mark.fix.as_ref())?;
    let before = String::from_utf16_lossy(units.get(..fix.from)?);
    let after = String::from_utf16_lossy(units.get(fix.to..)?);
    Some([before, fix.insert.clone(), after].concat())
}

/// How many line breaks there are.
fn lines(units: &[u16]) -> u32 {
    let breaks = units
        .iter()
        .filter(|unit| **unit == u16::from(b'\n'))
        .count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

fn line_of_caret(area: &HtmlTextAreaElement) -> u32 {
    let caret = area.selection_start().ok().flatten().unwrap_or_default();
    let before: Vec<u16> = area.value().encode_utf16().take(caret as usize).collect();
    lines(&before)
}

/// Selects a range of `text` and scrolls to it. The area counts each line break as one.
fn select(area: &HtmlTextAreaElement, text: &str, range: TextRange) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let placed = |offset: usize| {
        let before = units.get(..offset).unwrap_or(&units);
        let pairs = before.windows(2).filter(|pair| **pair == [13, 10]).count();
        u32::try_from(before.len() - pairs).unwrap_or(u32::MAX)
    };
    let _ = area.set_selection_range(placed(range.from), placed(range.to));
    let all = f64::from(lines(&units) + 1);
    let above = f64::from(lines(units.get(..range.from).unwrap_or_default()));
    let top = f64::from(area.scroll_height()) * above / all - f64::from(area.client_height()) / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
    area.set_scroll_top(top as i32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{MarkFix, Severity};

    #[test]
    fn the_mend_of_a_line_is_applied() {
        let mark = |from, insert: Option<&str>| Mark {
            from,
            to: from + 1,
            severity: Severity::Error,
            message: String::new(),
            code: "x",
            fix: insert.map(|insert| MarkFix {
                label: String::new(),
                from,
                to: from + 1,
                insert: insert.to_owned(),
            }),
        };
        let marks = [mark(0, None), mark(4, Some("é")), mark(6, Some("d"))];
        assert_eq!(mended("𝄞\na\nb", &marks, 0), None);
        assert_eq!(mended("𝄞\nab\nc", &marks, 1).as_deref(), Some("𝄞\naé\nc"));
        assert_eq!(mended("𝄞\nab\nc", &marks, 2).as_deref(), Some("𝄞\nab\nd"));
    }
}
