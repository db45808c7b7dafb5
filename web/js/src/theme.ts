// The look of the editor. Every colour is a custom property of the page, which reaches into the
// shadow root by inheritance, so that a change of theme needs no script. The second value of each
// is for a page that does not set it.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const ink = "var(--ink, light-dark(#1c2024, #e8eaec))";
const muted = "var(--muted, light-dark(#5d666f, #9aa4ae))";
const line = "var(--line, light-dark(#e2e3e0, #2a2f34))";
const surface = "var(--surface, light-dark(#fff, #191c1f))";
const sunken = "var(--sunken, light-dark(#f0f0ed, #141618))";
const focus = "var(--focus, light-dark(#2457d6, #8ab0ff))";
const allow = "var(--allow, light-dark(#116b3f, #6fd3a0))";
const allowBg = "var(--allow-bg, light-dark(#e6f4ec, #12301f))";
const deny = "var(--deny, light-dark(#a81e1a, #ff9d94))";
const denyBg = "var(--deny-bg, light-dark(#fdeceb, #3a1614))";
const implicit = "var(--implicit, light-dark(#7a4b00, #f2c26b))";
const mono = 'var(--mono, ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace)';
const selection = `color-mix(in srgb, ${focus} 22%, transparent)`;

const look = EditorView.theme({
  "&": { height: "100%", color: ink, backgroundColor: surface, fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  // Above the gutters, which would cover an outline.
  "&.cm-focused::after": {
    content: '""',
    position: "absolute",
    inset: "0",
    border: `2px solid ${focus}`,
    pointerEvents: "none",
    zIndex: "300",
  },
  ".cm-scroller": { fontFamily: mono, lineHeight: "21px", overflow: "auto" },
  ".cm-content": { padding: "12px 0", caretColor: ink },
  ".cm-line": { padding: "0 16px 0 4px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: ink },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: selection,
  },
  ".cm-gutters": { backgroundColor: surface, color: muted, border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "26px", padding: "0 2px 0 0" },
  ".cm-gutter-lint": { width: "16px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 1px" },
  ".cm-lint-marker": { content: "normal", width: "14px", height: "21px", display: "grid", placeItems: "center" },
  ".cm-lint-marker::before": { content: '""', width: "9px", height: "9px" },
  ".cm-lint-marker-error::before": { backgroundColor: deny, borderRadius: "50%" },
  ".cm-lint-marker-warning::before": { backgroundColor: implicit, clipPath: "polygon(50% 0, 100% 100%, 0 100%)" },

  "&.cm-focused .cm-matchingBracket": { backgroundColor: sunken, outline: `1px solid ${muted}` },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: `1px solid ${deny}` },
  ".cm-specialChar": { color: deny },

  ".cm-decidingGutter": { width: "18px" },
  ".cm-decidingGutter .cm-gutterElement": { padding: "0 0 0 4px" },
  ".cm-deciding-deny": { backgroundColor: denyBg },
  ".cm-deciding-allow": { backgroundColor: allowBg },
  ".cm-decidingGutter .cm-deciding-deny": { boxShadow: `inset 3px 0 0 ${deny}` },
  ".cm-decidingGutter .cm-deciding-allow": { boxShadow: `inset 3px 0 0 ${allow}` },
  ".cm-decidingSign svg": { display: "block", width: "12px", height: "21px", marginLeft: "2px" },
  ".cm-decidingSign path": { fill: "none", stroke: "currentColor", strokeWidth: "1.8" },
  ".cm-decidingSign-allow": { color: allow },
  ".cm-decidingSign-deny": { color: deny },
  ".cm-decidingSign-deny .outline": { fill: "currentColor", stroke: "none" },
  ".cm-decidingSign-deny .sign": { stroke: denyBg },

  ".cm-lintRange": {
    backgroundImage: "none",
    paddingBottom: "0",
    textDecoration: "underline wavy",
    textDecorationThickness: "1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-error": { textDecorationColor: deny },
  ".cm-lintRange-warning": { textDecorationColor: implicit },
  ".cm-lintRange-active": { backgroundColor: sunken },
  ".cm-lintPoint-error:after": { borderBottomColor: deny },
  ".cm-lintPoint-warning:after": { borderBottomColor: implicit },
  ".cm-tooltip": {
    backgroundColor: surface,
    color: ink,
    border: `1px solid ${line}`,
    borderRadius: "6px",
    boxShadow: "0 2px 12px rgb(0 0 0 / .16)",
    maxWidth: "min(28rem, 90vw)",
  },
  ".cm-tooltip-lint": { fontFamily: 'system-ui, "Segoe UI", Roboto, sans-serif', lineHeight: "1.45" },
  ".cm-diagnostic": { padding: "6px 10px", whiteSpace: "normal", overflowWrap: "anywhere" },
  ".cm-diagnostic-error": { borderLeft: `3px solid ${deny}` },
  ".cm-diagnostic-warning": { borderLeft: `3px solid ${implicit}` },
  ".cm-diagnosticSource": { fontSize: "12px", color: muted, opacity: "1" },
  ".cm-panels": { backgroundColor: surface, color: ink, borderColor: line },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: sunken, color: ink },
  ".cm-panel.cm-panel-lint button": { color: ink },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "light-dark(#5b3a8c, #c9b3f5)" },
  { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#0b5a8a, #8fcaf0)" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(#8a3b12, #f0b48f)" },
  { tag: tags.invalid, color: deny },
]);

export const theme: Extension = [look, syntaxHighlighting(colours)];
