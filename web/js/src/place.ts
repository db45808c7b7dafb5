// Where in a policy a position stands: which name or value, under which elements.

import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** A name or a text value. */
export interface Place {
  is: "name" | "value";
  /** The names around it, from the outside; lists do not count. */
  path: string[];
  /** The text between the quotes. */
  text: string;
  /** Where that text stands. */
  from: number;
  to: number;
  /** For a name: the names beside it. For a value in a list: the texts beside it. */
  siblings: string[];
  /** For a name: whether a colon follows. */
  hasValue: boolean;
}

/** The name or text value at a position; null between them. */
export function placeAt(state: EditorState, at: number): Place | null {
  const tree = syntaxTree(state);
  let node: SyntaxNode = tree.resolveInner(at, -1);
  if (!isText(node) || at <= node.from) node = tree.resolveInner(at, 1);
  if (!isText(node) || at <= node.from) return null;
  const { from, to } = inner(state, node);
  if (at > to) return null;
  const isName = node.name === "PropertyName";
  return {
    is: isName ? "name" : "value",
    path: pathOf(state, isName ? node.parent : node),
    text: state.sliceDoc(from, to),
    from,
    to,
    siblings: isName ? namesBeside(state, node) : textsBeside(state, node),
    hasValue: isName && /^\s*:/.test(state.sliceDoc(node.to, node.to + 40)),
  };
}

function isText(node: SyntaxNode): boolean {
  return node.name === "PropertyName" || node.name === "String";
}

/** The place between the quotes; a text that is not closed ends with its line. */
function inner(state: EditorState, node: SyntaxNode): { from: number; to: number } {
  const text = state.sliceDoc(node.from, node.to);
  const closed = text.length > 1 && text.endsWith('"');
  return { from: node.from + 1, to: closed ? node.to - 1 : node.to };
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild("PropertyName");
  if (!name) return "";
  const { from, to } = inner(state, name);
  return state.sliceDoc(from, to);
}

function pathOf(state: EditorState, node: SyntaxNode | null): string[] {
  const path: string[] = [];
  for (let around = node?.parent ?? null; around; around = around.parent) {
    if (around.name === "Property") path.unshift(nameOf(state, around));
  }
  return path;
}

function namesBeside(state: EditorState, name: SyntaxNode): string[] {
  const property = name.parent;
  const beside = property?.parent?.getChildren("Property") ?? [];
  return beside.filter((one) => one.from !== property?.from).map((one) => nameOf(state, one));
}

function textsBeside(state: EditorState, value: SyntaxNode): string[] {
  const list = value.parent;
  if (list?.name !== "Array") return [];
  const beside = list.getChildren("String").filter((one) => one.from !== value.from);
  return beside.map((one) => {
    const { from, to } = inner(state, one);
    return state.sliceDoc(from, to);
  });
}
