//! What can be done with the text of the open policy.

use std::rc::Rc;

use js_sys::Reflect;
use web_sys::Element;
use yew::prelude::*;

use super::pane::Open;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::effects::keys_in_words;
use crate::state::{Action, Switch};

/// The text indented, as a step; none where it is not JSON or is indented already.
pub(super) fn formatted(open: &Open) -> Option<Action> {
    let text: Rc<str> = policy::format(&open.text)?.into();
    (text != open.text).then(|| open.with_text(texts::policies_commands_step_format(), text))
}

/// The commands for the text, for the menu of the policy.
pub(super) fn of_text(
    open: &Open,
    plain: bool,
    editor: &NodeRef,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    if open.as_of.is_none() {
        let minified: Rc<str> = policy::minify(&open.text).into();
        let same = minified == open.text;
        let action = open.with_text(texts::policies_commands_step_minify(), minified);
        let minify = dispatch.reform(move |()| action.clone());
        entries
            .push(MenuEntry::command(texts::policies_commands_minify(), minify).disabled_if(same));
    }
    if !plain {
        for (name, command, key) in [
            (texts::policies_commands_find(), "find", "Ctrl F"),
            (texts::policies_commands_fold_all(), "fold", ""),
            (texts::policies_commands_unfold_all(), "unfold", ""),
        ] {
            let editor = editor.clone();
            let run = Callback::from(move |()| run(&editor, command));
            entries.push(MenuEntry::command(name, run).detail(keys_in_words(key)));
        }
    }
    let switched = dispatch.reform(move |()| Action::PreferenceSwitched {
        switch: Switch::PlainEditor,
        on: !plain,
    });
    let name = if plain {
        texts::policies_commands_use_the_editor()
    } else {
        texts::policies_commands_use_plain_text()
    };
    entries.push(MenuEntry::command(name, switched));
    entries
}

/// Asks the editor to do something.
fn run(editor: &NodeRef, command: &str) {
    let editor = editor.cast::<Element>();
    if let Some(element) = editor.and_then(|editor| editor.first_element_child()) {
        // Setting fails only on a frozen object, which an element of the page is not.
        let _ = Reflect::set(&element, &"command".into(), &command.into());
    }
}
