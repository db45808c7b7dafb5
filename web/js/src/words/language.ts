// The words of the policy language, each with what it means in a line.

import { told } from "./told";

/** The kinds of policy, as the page names them. */
export type Kind = "scp" | "rcp" | "identity" | "boundary" | "session" | "resource" | "trust" | "endpoint";

interface Element {
  name: string;
  means: string;
  /** What stands behind the colon of a new one; `|` is where the cursor goes. */
  value: string;
  /** The kinds that have it; all without. */
  kinds?: readonly Kind[];
}

const BY_PRINCIPAL: readonly Kind[] = ["rcp", "resource", "trust", "endpoint"];

/** The elements of a policy. */
export const DOCUMENT: readonly Element[] = [
  { name: "Version", means: "The version of the policy language, not a date of your own: 2012-10-17.", value: '"2012-10-17"' },
  { name: "Id", means: "A name for the whole policy. It decides nothing.", value: '"|"', kinds: ["resource", "trust", "endpoint"] },
  { name: "Statement", means: "One statement, or a list of them. Each is weighed by itself.", value: "[\n  {\n    |\n  }\n]" },
];

/** The elements of a statement. */
export const STATEMENT: readonly Element[] = [
  { name: "Sid", means: "A name for the statement: letters and digits. It decides nothing.", value: '"|"' },
  { name: "Effect", means: "What the statement does when all its other elements match: Allow or Deny.", value: '"|"' },
  { name: "Principal", means: "Who is meant: callers by account, role, user, service or identity provider.", value: '"|"', kinds: BY_PRINCIPAL },
  { name: "NotPrincipal", means: "Everyone but those listed. With Deny it takes care: conditions on aws:PrincipalArn are safer.", value: '"|"', kinds: ["resource", "endpoint"] },
  { name: "Action", means: "The calls that are meant, as service:Name; * and ? stand for other letters.", value: '"|"' },
  { name: "NotAction", means: "All calls but those listed.", value: '"|"', kinds: ["scp", "identity", "boundary", "session", "resource", "trust", "endpoint"] },
  { name: "Resource", means: "The resources that are meant, by ARN; * means all.", value: '"|"', kinds: ["scp", "rcp", "identity", "boundary", "session", "resource", "endpoint"] },
  { name: "NotResource", means: "All resources but those listed.", value: '"|"', kinds: ["scp", "rcp", "identity", "boundary", "session", "resource", "endpoint"] },
  { name: "Condition", means: "What must hold besides: all operators and all keys; of the values of one key, any.", value: "{\n  |\n}" },
];

/** How principals are named. */
export const PRINCIPALS: readonly Element[] = [
  { name: "AWS", means: "An account, a role, a user or a session, by id or ARN; * means everyone.", value: '"|"' },
  { name: "Service", means: "A service of AWS that calls by itself, such as lambda.amazonaws.com.", value: '"|"' },
  { name: "Federated", means: "An identity provider: the ARN of a SAML or OIDC provider, or the name of a public one.", value: '"|"' },
  { name: "CanonicalUser", means: "An account by the long id that only S3 uses.", value: '"|"' },
];

const OPERATORS: Record<string, string> = {
  StringEquals: "The value is one of these texts, letter by letter. * and ? are plain letters here.",
  StringNotEquals: "The value is none of these texts. Also met where the key is absent.",
  StringEqualsIgnoreCase: "The value is one of these texts, capitals or not.",
  StringNotEqualsIgnoreCase: "The value is none of these texts, capitals or not. Also met where the key is absent.",
  StringLike: "The value fits one of these patterns: * for any letters, ? for one.",
  StringNotLike: "The value fits none of these patterns. Also met where the key is absent.",
  NumericEquals: "The number is one of these.",
  NumericNotEquals: "The number is none of these. Also met where the key is absent.",
  NumericLessThan: "The number of the request is smaller than this one.",
  NumericLessThanEquals: "The number of the request is this one at the most.",
  NumericGreaterThan: "The number of the request is larger than this one.",
  NumericGreaterThanEquals: "The number of the request is this one at least.",
  DateEquals: "The moment is this one.",
  DateNotEquals: "The moment is another one. Also met where the key is absent.",
  DateLessThan: "The moment of the request is before this one.",
  DateLessThanEquals: "The moment of the request is this one at the latest.",
  DateGreaterThan: "The moment of the request is after this one.",
  DateGreaterThanEquals: "The moment of the request is this one at the earliest.",
  Bool: "The key is true, or false. Not met where the key is absent.",
  BinaryEquals: "The value is these bytes, written in Base64.",
  IpAddress: "The address lies in one of these ranges, such as 203.0.113.0/24.",
  NotIpAddress: "The address lies in none of these ranges. Also met where the key is absent.",
  ArnEquals: "The ARN fits one of these, part by part, with * and ?. The same as ArnLike.",
  ArnNotEquals: "The ARN fits none of these. The same as ArnNotLike.",
  ArnLike: "The ARN fits one of these, part by part, with * and ?.",
  ArnNotLike: "The ARN fits none of these. Also met where the key is absent.",
  Null: "true: the key is absent. false: the key is there.",
};

const SETS: Record<string, string> = {
  "ForAnyValue:": "Of several values at least one must pass; without values: not met.",
  "ForAllValues:": "Of several values every one must pass; without values: met.",
};

/** What an operator means, with its prefix and ending; undefined if there is none of that name. */
export function operatorMeans(name: string): string | undefined {
  const set = Object.keys(SETS).find((prefix) => name.startsWith(prefix)) ?? "";
  let stem = name.slice(set.length);
  const ifExists = stem !== "Null" && stem.endsWith("IfExists");
  if (ifExists) stem = stem.slice(0, -"IfExists".length);
  if (!Object.hasOwn(OPERATORS, stem)) return undefined;
  return [SETS[set], OPERATORS[stem], ifExists ? "With IfExists it is also met where the key is absent." : undefined]
    .map(told)
    .filter(Boolean)
    .join(" ");
}

/** The operators to choose from: the plain ones, then the endings and prefixes that are in use. */
export const OPERATOR_NAMES: readonly string[] = [
  ...Object.keys(OPERATORS),
  ...Object.keys(OPERATORS).filter((name) => name !== "Null" && name !== "BinaryEquals").map((name) => `${name}IfExists`),
  ...Object.keys(SETS).flatMap((set) =>
    ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "ArnLike", "ArnNotLike"].map((name) => set + name),
  ),
];

export const REGIONS: readonly string[] =
  `us-east-1 us-east-2 us-west-1 us-west-2 eu-central-1 eu-central-2 eu-west-1 eu-west-2 eu-west-3 eu-north-1 eu-south-1
  eu-south-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3
  ap-southeast-4 ap-east-1 ca-central-1 ca-west-1 sa-east-1 me-south-1 me-central-1 af-south-1 il-central-1 mx-central-1`.split(/\s+/);
