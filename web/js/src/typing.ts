import { EditorView } from "@codemirror/view";

/**
 * Typing over a selection, done as a transaction. Left to Chromium, the new text would get the
 * colours of the old one as an inline style, which the page's Content-Security-Policy refuses and
 * the console reports.
 */
export const typingOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event;
    const { state } = view;
    const { from, to, empty } = state.selection.main;
    if (inputType !== "insertText" || !data || isComposing || empty || state.readOnly) return false;
    if (state.selection.ranges.length > 1) return false;
    const insert = () =>
      state.update(state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    const handled = state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, data, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
