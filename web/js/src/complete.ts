// Completion: the names, words, operators, keys and actions that can stand where the cursor is.

import { autocompletion, type Completion, type CompletionContext, type CompletionResult, startCompletion } from "@codemirror/autocomplete";
import { indentString } from "@codemirror/language";
import { type Extension, Facet } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { placeAt, type Place } from "./place";
import { said } from "./said";
import { SERVICE_ACTIONS, SERVICE_PRINCIPALS } from "./words/actions";
import { CONDITION_KEYS, keyNamed } from "./words/keys";
import { told } from "./words/told";
import { DOCUMENT, type Kind, OPERATOR_NAMES, operatorMeans, PRINCIPALS, REGIONS, STATEMENT } from "./words/language";

/** What the scenario itself mentions. */
export interface Known {
  actions: readonly string[];
  resources: readonly string[];
}

/** The kind of the policy and what its scenario mentions. */
export const about = Facet.define<{ kind: Kind | null; known: Known }, { kind: Kind | null; known: Known }>({
  combine: ([first]) => first ?? { kind: null, known: { actions: [], resources: [] } },
});

function source(context: CompletionContext): CompletionResult | null {
  const place = placeAt(context.state, context.pos);
  if (!place) return null;
  const { kind, known } = context.state.facet(about);
  const options = place.is === "name" ? names(place, kind) : values(place, known);
  const there = new Set(place.siblings);
  const left = options.filter((option) => !there.has(option.label));
  if (left.length === 0) return null;
  return { from: place.from, options: left, validFor: /^[^"]*$/ };
}

function names({ path }: Place, kind: Kind | null): Completion[] {
  const last = path.at(-1);
  const elements = path.length === 0 ? DOCUMENT : last === "Statement" ? STATEMENT : isPrincipal(last) ? PRINCIPALS : null;
  if (elements) {
    return elements
      .filter(({ kinds }) => !kinds || !kind || kinds.includes(kind))
      .map(({ name, means, value }, at) => ({ label: name, info: told(means), type: "element", boost: -at, apply: name_(value) }));
  }
  if (last === "Condition") {
    return OPERATOR_NAMES.map((name, at) => option(name, operatorMeans(name), -at / 4, name_("{\n  |\n}")));
  }
  if (path.at(-2) === "Condition") {
    return CONDITION_KEYS.map(({ name, type, means }, at) => ({
      label: name,
      detail: told(type),
      info: told(means),
      type: "key",
      boost: -at / 4,
      apply: name_('"|"'),
    }));
  }
  return [];
}

function values({ path, text }: Place, known: Known): Completion[] {
  const last = path.at(-1) ?? "";
  if (path.at(-3) === "Condition") return conditionValues(path.at(-2) ?? "", last);
  switch (last) {
    case "Version":
      return [option("2012-10-17", said("editor.version"))];
    case "Effect":
      return [option("Allow"), option("Deny")];
    case "Action":
    case "NotAction":
      return actions(text, known.actions);
    case "Resource":
    case "NotResource":
      return [option("*", said("editor.all-resources")), ...known.resources.map((arn) => option(arn, said("editor.a-resource")))];
    case "Principal":
    case "NotPrincipal":
      return [option("*", said("editor.everyone"))];
    case "AWS":
      return [option("*", said("editor.everyone"))];
    case "Service":
      return SERVICE_PRINCIPALS.map((name) => option(name));
    default:
      return [];
  }
}

function conditionValues(operator: string, key: string): Completion[] {
  if (operator === "Null" || operator.startsWith("Bool") || keyNamed(key)?.type === "true or false") {
    return [option("true"), option("false")];
  }
  switch (key.toLowerCase()) {
    case "aws:requestedregion":
    case "ec2:region":
      return REGIONS.map((name, at) => option(name, undefined, -at));
    case "aws:principaltype":
      return ["Account", "User", "AssumedRole", "FederatedUser", "Anonymous"].map((name) => option(name));
    case "ec2:metadatahttptokens":
      return [option("required"), option("optional")];
    case "s3:x-amz-server-side-encryption":
      return [option("aws:kms"), option("AES256"), option("aws:kms:dsse")];
    case "iam:passedtoservice":
    case "aws:principalservicename":
      return SERVICE_PRINCIPALS.map((name) => option(name));
    default:
      return [];
  }
}

/** Services while no colon is typed, then the actions of the one. */
function actions(text: string, known: readonly string[]): Completion[] {
  const [prefix = "", name] = text.split(":");
  const mentioned = known.map((action) => ({ ...option(action, undefined, 50), detail: said("editor.in-a-request") }));
  const all = SERVICE_ACTIONS.flatMap((service) => {
    const every = { ...option(`${service.prefix}:*`, said("editor.all-of", { service: service.title }), 2), detail: service.title };
    const each = service.actions.map((action) => option(`${service.prefix}:${action}`, undefined, -1));
    const patterns = ["Get*", "List*", "Describe*"]
      .filter((pattern) => service.actions.some((action) => action.startsWith(pattern.slice(0, -1))))
      .map((pattern) => option(`${service.prefix}:${pattern}`, undefined, 0));
    if (name === undefined && prefix === "") return [every];
    return [every, ...patterns, ...each];
  });
  const seen = new Set(known);
  return [option("*", said("editor.every-action"), 99), ...mentioned, ...all.filter(({ label }) => !seen.has(label))];
}

function isPrincipal(name: string | undefined): boolean {
  return name === "Principal" || name === "NotPrincipal";
}

function option(label: string, info?: string, boost = 0, apply: Completion["apply"] = value_): Completion {
  return { label, boost, apply, type: "value", ...(info ? { info } : {}) };
}

/** Replaces the text between the quotes, and goes behind them. */
function value_(view: EditorView, { label }: Completion): void {
  const place = placeAt(view.state, view.state.selection.main.head);
  if (!place) return;
  const { from, to } = place;
  const closed = view.state.sliceDoc(to, to + 1) === '"';
  view.dispatch({
    changes: { from, to, insert: closed ? label : `${label}"` },
    selection: { anchor: from + label.length + 1 },
    userEvent: "input.complete",
  });
}

/** Replaces a name, and writes what follows it if nothing does. */
function name_(template: string) {
  return (view: EditorView, { label }: Completion): void => {
    const { state } = view;
    const place = placeAt(state, state.selection.main.head);
    if (!place) return;
    const { from, to, hasValue } = place;
    const end = state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
    // A key of a tag is still to be named.
    const open = /[/:]$/.test(label) && label.includes(":");
    if (hasValue || open) {
      view.dispatch({
        changes: { from, to: open ? to : end, insert: open ? label : `${label}"` },
        selection: { anchor: from + label.length + (open ? 0 : 1) },
        userEvent: "input.complete",
      });
      return;
    }
    const margin = /^\s*/.exec(state.doc.lineAt(from).text)?.[0] ?? indentString(state, 0);
    const [before = "", after = ""] = template.replaceAll("\n", `\n${margin}`).split("|");
    const follows = /^\s*"/.test(state.sliceDoc(end, end + 200)) ? "," : "";
    const start = `${label}": ${before}`;
    view.dispatch({
      changes: { from, to: end, insert: `${start}${after}${follows}` },
      selection: { anchor: from + start.length },
      userEvent: "input.complete",
    });
    if (template === '"|"') startCompletion(view);
  };
}

export const completion: Extension = autocompletion({
  override: [source],
  icons: false,
  maxRenderedOptions: 80,
  tooltipClass: () => "cm-completion",
});
