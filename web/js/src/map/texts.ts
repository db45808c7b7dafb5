// What the map and the matrix say.

import { number, said, within } from "../said";
import { ALLOW, DEPENDS, ERROR, EXPLICIT_DENY, IMPLICIT_DENY, MANAGEMENT, MEMBER, NOT_ASKED, OU, ROOT, type Tone } from "./records";

export { number, within };

export const accounts = (count: number): string => said("accounts", { count });

export const ous = (count: number): string => said("ous", { count });

const VERDICTS: Record<Tone, string> = {
  [ALLOW]: "verdict.allow",
  [EXPLICIT_DENY]: "verdict.explicit-deny",
  [IMPLICIT_DENY]: "verdict.implicit-deny",
  [DEPENDS]: "verdict.depends",
  [ERROR]: "verdict.error",
  [NOT_ASKED]: "verdict.not-asked",
};

const SHORT: Record<Tone, string> = {
  ...VERDICTS,
  [EXPLICIT_DENY]: "short.explicit-deny",
  [IMPLICIT_DENY]: "short.implicit-deny",
};

const PARTS: Record<Tone, string> = {
  [ALLOW]: "part.allow",
  [EXPLICIT_DENY]: "part.explicit-deny",
  [IMPLICIT_DENY]: "part.implicit-deny",
  [DEPENDS]: "part.depends",
  [ERROR]: "part.error",
  [NOT_ASKED]: "part.not-asked",
};

const KINDS: Record<number, string> = {
  [ROOT]: "kind.root",
  [OU]: "kind.ou",
  [MEMBER]: "kind.member",
  [MANAGEMENT]: "kind.management",
};

const named = (names: Record<number, string>, at: number): string => {
  const name = names[at];
  return name === undefined ? "" : said(name);
};

/** A verdict. */
export const verdict = (tone: Tone): string => named(VERDICTS, tone);

/** A verdict where there is little room. */
export const short = (tone: Tone): string => named(SHORT, tone);

/** What a level does with the request. */
export const part = (tone: Tone): string => named(PARTS, tone);

export const kind = (kind: number): string => named(KINDS, kind);

/** What is hidden below a node or beside its first children. */
export function hidden(ouCount: number, accountCount: number): string {
  return [ouCount > 0 ? ous(ouCount) : "", accountCount > 0 ? accounts(accountCount) : ""].filter(Boolean).join(", ");
}

/** What the management account is exempt from. */
export function exempt(scps: boolean, rcps: boolean): string {
  if (scps && rcps) return said("exempt.both");
  return scps ? said("exempt.scps") : rcps ? said("exempt.rcps") : "";
}

/** "3 allow, 1 explicit deny". */
export function tally(counts: readonly number[]): string {
  return counts
    .map((count, tone) => (count > 0 ? `${number(count)} ${within(verdict(tone))}` : ""))
    .filter(Boolean)
    .join(", ");
}
