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
const implicitBg = "var(--implicit-bg, light-dark(#fff3db, #33260d))";
const edge = "var(--edge, light-dark(#8b9299, #6b757e))";
const sans = 'var(--sans, system-ui, "Segoe UI", Roboto, sans-serif)';
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
  ".cm-gutter-lint": { width: "15px" },
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
  ".cm-tooltip-lint": { fontFamily: sans, fontSize: "13px", lineHeight: "1.45" },
  ".cm-diagnostic": { padding: "6px 10px", whiteSpace: "normal", overflowWrap: "anywhere" },
  ".cm-diagnostic-error": { borderLeft: `3px solid ${deny}` },
  ".cm-diagnostic-warning": { borderLeft: `3px solid ${implicit}` },
  ".cm-diagnosticSource": { fontSize: "12px", color: muted, opacity: "1" },
  ".cm-diagnostic code": { fontFamily: mono, fontSize: "12px", backgroundColor: sunken, borderRadius: "3px", padding: "0 2px" },
  ".cm-diagnosticAction": {
    display: "block",
    margin: "6px 0 2px",
    padding: "2px 10px",
    minHeight: "24px",
    border: `1px solid ${edge}`,
    borderRadius: "6px",
    backgroundColor: surface,
    color: ink,
    font: "inherit",
    cursor: "pointer",
  },
  ".cm-diagnosticAction:hover": { backgroundColor: sunken },
  ".cm-meaning": { padding: "6px 10px", fontFamily: sans, fontSize: "13px", lineHeight: "1.45" },

  // What the requests make of a statement: a number where it decides, a ring where nothing asks.
  ".cm-useSign": {
    display: "block",
    minWidth: "14px",
    margin: "3px 0 0 -2px",
    borderRadius: "8px",
    backgroundColor: sunken,
    font: `600 10px/15px ${sans}`,
    textAlign: "center",
    color: ink,
    cursor: "default",
  },
  ".cm-useSign-none": { backgroundColor: "transparent" },
  ".cm-useSign-none::before": {
    content: '""',
    display: "inline-block",
    width: "8px",
    height: "8px",
    border: `1.5px dashed ${implicit}`,
    borderRadius: "50%",
  },
  ".cm-gutterElement:has(.cm-decidingSign) .cm-useSign": { display: "none" },

  // What changed since the scenario was opened.
  ".cm-lineNumbers .cm-changedLine": { boxShadow: `inset 3px 0 0 ${edge}` },
  ".cm-lineNumbers .cm-removedLines": { boxShadow: `inset 0 2px 0 ${edge}` },
  ".cm-lineNumbers .cm-removedLines-end": { boxShadow: `inset 0 -2px 0 ${edge}` },
  ".cm-lineNumbers .cm-changedLine.cm-removedLines": { boxShadow: `inset 3px 0 0 ${edge}, inset 0 2px 0 ${edge}` },

  ".cm-foldGutter": { width: "12px" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0", cursor: "pointer" },
  ".cm-fold": { display: "grid", placeItems: "center", width: "12px", height: "21px", opacity: "0" },
  ".cm-fold::before": {
    content: '""',
    width: "6px",
    height: "6px",
    borderRight: `1.5px solid ${muted}`,
    borderBottom: `1.5px solid ${muted}`,
    transform: "translateY(-2px) rotate(45deg)",
  },
  ".cm-fold-closed::before": { transform: "translateX(-2px) rotate(-45deg)" },
  ".cm-gutters:hover .cm-fold, .cm-fold-closed": { opacity: "1" },
  "@media (hover: none)": { ".cm-fold": { opacity: "1" } },
  ".cm-foldPlaceholder": {
    padding: "0 4px",
    border: `1px solid ${line}`,
    borderRadius: "4px",
    backgroundColor: sunken,
    color: muted,
  },

  // Completion.
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: mono, fontSize: "13px", maxHeight: "15em", maxWidth: "min(26rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "24px",
    padding: "2px 10px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: sunken, color: ink, boxShadow: `inset 2px 0 0 ${ink}` },
  ".cm-completionLabel": { flex: "1", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { marginLeft: "0", fontStyle: "normal", fontFamily: sans, fontSize: "12px", color: muted },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "18rem", fontFamily: sans, fontSize: "13px", lineHeight: "1.45" },

  // Finding.
  ".cm-panels": { backgroundColor: surface, color: ink, borderColor: line, zIndex: "200" },
  ".cm-panels.cm-panels-top": { borderBottom: `1px solid ${line}` },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px",
    padding: "8px 36px 8px 12px",
    fontFamily: sans,
    fontSize: "13px",
  },
  ".cm-panel.cm-search br": { display: "none" },
  ".cm-panel.cm-search input[name=search]": { flex: "1 1 10em" },
  // Behind the three choices, in a line of its own.
  ".cm-panel.cm-search input[name=replace]": { flex: "1 1 40%" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", minHeight: "24px", fontSize: "12px", color: muted },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { margin: "0" },
  ".cm-panel.cm-search .cm-textfield": {
    flex: "1 1 8em",
    minWidth: "0",
    maxWidth: "16em",
    minHeight: "28px",
    padding: "2px 8px",
    border: `1px solid ${edge}`,
    borderRadius: "6px",
    backgroundColor: surface,
    color: ink,
    font: "inherit",
  },
  ".cm-panel.cm-search .cm-button": {
    minHeight: "28px",
    padding: "2px 8px",
    border: `1px solid ${line}`,
    borderRadius: "6px",
    backgroundColor: surface,
    backgroundImage: "none",
    color: ink,
    font: "inherit",
    cursor: "pointer",
  },
  ".cm-panel.cm-search .cm-button:hover": { backgroundColor: sunken },
  ".cm-panel.cm-search :focus-visible": { outline: `2px solid ${focus}`, outlineOffset: "1px" },
  ".cm-panel.cm-search [name=close]": {
    position: "absolute",
    top: "8px",
    right: "8px",
    width: "28px",
    height: "28px",
    borderRadius: "6px",
    color: muted,
    fontSize: "18px",
    cursor: "pointer",
  },
  ".cm-searchMatch": { backgroundColor: implicitBg, outline: `1px solid ${implicit}` },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: selection, outline: `2px solid ${focus}` },
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
