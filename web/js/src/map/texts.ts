// Every word of the map and the matrix, in one place.

import { ALLOW, DEPENDS, ERROR, EXPLICIT_DENY, IMPLICIT_DENY, MANAGEMENT, MEMBER, NOT_ASKED, OU, ROOT, type Tone } from "./records";

export const number = (count: number): string => count.toLocaleString("en");

const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${number(count)} ${many}`);

export const accounts = (count: number): string => counted(count, "account", "accounts");

export const ous = (count: number): string => counted(count, "OU", "OUs");

/** Verdicts. */
export const VERDICT: Record<Tone, string> = {
  [ALLOW]: "Allow",
  [EXPLICIT_DENY]: "Explicit deny",
  [IMPLICIT_DENY]: "Implicit deny",
  [DEPENDS]: "Depends",
  [ERROR]: "Error",
  [NOT_ASKED]: "Not asked",
};

/** Verdicts where there is little room. */
export const SHORT: Record<Tone, string> = {
  [ALLOW]: "Allow",
  [EXPLICIT_DENY]: "Explicit",
  [IMPLICIT_DENY]: "Implicit",
  [DEPENDS]: "Depends",
  [ERROR]: "Error",
};

/** What a level does with the request. */
export const PART: Record<Tone, string> = {
  [ALLOW]: "Lets the request through",
  [EXPLICIT_DENY]: "Blocks: explicit deny",
  [IMPLICIT_DENY]: "Blocks: nothing allows it",
  [DEPENDS]: "Depends on something unknown",
  [ERROR]: "Cannot be evaluated",
  [NOT_ASKED]: "Is not asked",
};

const KIND: Record<number, string> = {
  [ROOT]: "Root",
  [OU]: "OU",
  [MEMBER]: "Account",
  [MANAGEMENT]: "Management account",
};

export const kind = (kind: number): string => KIND[kind] ?? "";

/** What is hidden below a node or beside its first children. */
export function hidden(ouCount: number, accountCount: number): string {
  return [ouCount > 0 ? ous(ouCount) : "", accountCount > 0 ? accounts(accountCount) : ""].filter(Boolean).join(", ");
}

/** What the management account is exempt from. */
export function exempt(scps: boolean, rcps: boolean): string {
  if (scps && rcps) return "exempt from SCPs and RCPs";
  return scps ? "exempt from SCPs" : rcps ? "exempt from RCPs" : "";
}

export const map = {
  request: "Request",
  noRequest: "No request",
  zoom: "Zoom",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Fit",
  fitLong: "Fit the whole map",
  save: "Save the map",
  svg: "SVG",
  svgLong: "Save as SVG",
  png: "PNG",
  pngLong: "Save as PNG",
  print: "Print",
  area: "Picture of the organization. Arrow keys move it, plus and minus zoom, 0 fits it.",
  more: (what: string): string => `${what} more`,
  noScp: "No SCP: nothing is allowed",
  off: "switched off",
  decides: "decides",
  verdict: "Verdict",
  attached: (names: string): string => `attached: ${names}`,
  path: (parts: string): string => `On the way of the request: ${parts}.`,
  alternative: (ouCount: number, accountCount: number): string =>
    `The root, ${ous(ouCount)} and ${accounts(accountCount)}, from left to right.`,
  saved: (name: string): string => `Saved as ${name}.`,
  failed: "The picture could not be made.",
  tree: "Map",
  title: "Map of the organization",
  file: "organization",
} as const;

export const matrix = {
  grid: "Verdicts by account and request",
  corner: "Account",
  find: "Find an account",
  show: "Rows",
  all: "All accounts",
  differing: "Only accounts that differ",
  differingLong: "Accounts that get another verdict than most others for some request",
  with: (verdict: string): string => `With ${verdict.toLowerCase()}`,
  others: "Requests of single accounts",
  copy: "Copy as CSV",
  copied: (rows: string): string => `Copied: ${rows}.`,
  savedInstead: "The clipboard is not open to the page: saved as a file.",
  shown: (shown: number, all: number): string => (shown === all ? accounts(all) : `${number(shown)} of ${accounts(all)}`),
  mixed: "Mixed",
  none: "does not ask",
  open: "open",
  nothing: "No account fits.",
  empty: "No request runs over every account yet. Choose a role in every member account as the caller of a request: its verdicts stand here, account by account.",
  noAccounts: "There are no member accounts yet.",
  file: "verdicts.csv",
  csv: { path: "Organizational unit", name: "Account", id: "Account id" },
} as const;

/** "3 allow, 1 explicit deny". */
export function tally(counts: readonly number[]): string {
  return counts
    .map((count, tone) => (count > 0 ? `${number(count)} ${(VERDICT[tone] ?? "").toLowerCase()}` : ""))
    .filter(Boolean)
    .join(", ");
}
