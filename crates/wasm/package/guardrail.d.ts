// The types of Guardrail: the scenario file (docs/scenario.md) that goes in, and the wire form that
// comes out. Places in texts are in UTF-16 code units from 0, as JavaScript counts; lines and
// columns are from 1.

// ---------------------------------------------------------------------------------------------
// The functions

/** The verdicts of a scenario; with `explain` the reasons of every row too. */
export function evaluate(scenario: ScenarioInput, options?: EvaluateOptions): Analysis;

/** The reasons for the verdict of one request; for a request over every account, in one account. */
export function explain(scenario: ScenarioInput, request: string, account?: string): Trace;

/** What is wrong with the text of a policy of this kind, and how large it is. */
export function lint(text: string, kind: PolicyKind): Lint;

/** What is wrong with a scenario and with its policies. It does not throw for one that cannot be read. */
export function lintScenario(scenario: ScenarioInput): ScenarioLint;

/** The fragment of a share link, without the `#`. */
export function encodeLink(scenario: ScenarioInput): string;

/** The scenario of a share link: of the whole address, or of what stands behind its `#`. */
export function decodeLink(link: string): Scenario;

/** A scenario that is edited and evaluated again and again: only what an edit concerns is evaluated anew. */
export class Playground {
  constructor(scenario: ScenarioInput);
  /** Puts another scenario in the place of this one. What both have in common stays evaluated. */
  load(scenario: ScenarioInput): void;
  /** What was probably a mistake in the scenario when it was read. */
  readonly warnings: FileWarning[];
  /** Sets the text of a policy, valid or not. */
  setPolicyText(policy: string, text: string): void;
  /** Makes an edit, and gives the id of what it created, if it created something. */
  apply(edit: Edit): string | undefined;
  /** The verdicts; with `explain` the reasons of every row too. */
  evaluate(options?: EvaluateOptions): Analysis;
  /** The reasons for the verdict of one request. */
  explain(request: string, account?: string): Trace;
  /** The scenario as an object. */
  scenario(): Scenario;
  /** The scenario file, for people to read and edit. */
  toText(): string;
  /** The fragment of a share link, without the `#`. */
  link(): string;
  /** Gives the memory back at once. The handle cannot be used afterwards. */
  dispose(): void;
}

export interface EvaluateOptions {
  /** Whether the reasons of every row are wanted, in `trace`. */
  explain?: boolean;
  /** Only these requests, by id. */
  requests?: string[];
}

/** A scenario file as text, or as the object that it holds. */
export type ScenarioInput = string | Scenario;

/** A change of a scenario. Whatever is not here is changed in the scenario itself, and loaded. */
export type Edit =
  | { type: "setPolicyText"; policy: string; text: string }
  | { type: "addPolicy"; name: string; kind: PolicyKind; text: string }
  /** Detaches it everywhere first. */
  | { type: "deletePolicy"; policy: string }
  | { type: "attach"; node: string; policy: string }
  | { type: "detach"; node: string; policy: string }
  | { type: "replaceAttachment"; node: string; old: string; new: string }
  | { type: "addOu"; parent: string; name: string }
  | { type: "addAccount"; parent: string; name: string }
  | { type: "moveNode"; node: string; parent: string }
  /** Only an OU that is empty. */
  | { type: "deleteOu"; ou: string }
  | { type: "deleteAccount"; account: string }
  /** Evaluates as if a policy type, or one attachment, were not there. */
  | { type: "switchOff"; part: PolicyKind | Attachment }
  | { type: "switchOn"; part: PolicyKind | Attachment };

/** A text that is no scenario is thrown as this. */
export interface ScenarioError extends Error {
  name: "ScenarioError";
  /** What sort of error it is: `syntax`, `missing`, … */
  kind: FileErrorKind;
  /** Where: `requests[2].principal.id`; empty for the file as a whole. */
  path: string;
  /** Line and column, where the text itself is at fault. */
  line: number | undefined;
  column: number | undefined;
  /** What stands there, and what could. */
  found: string;
  expected: string;
}

/** A link that holds no scenario is thrown as this; with the fields of a `ScenarioError` where its content is at fault. */
export interface LinkError extends Error, Partial<Omit<ScenarioError, keyof Error>> {
  name: "LinkError";
}

/** An edit that cannot be made is thrown as this. */
export interface EditError extends Error {
  name: "EditError";
}

/** A request, or row of a request, that the scenario does not have is thrown as this. */
export interface RequestError extends Error {
  name: "RequestError";
}

// ---------------------------------------------------------------------------------------------
// The scenario

/** Text to choose from, or any other. */
type Open<T extends string> = T | (string & {});

export type PolicyKind = "scp" | "rcp" | "identity" | "boundary" | "session" | "resource" | "trust" | "endpoint";

export interface Scenario {
  version: 1;
  /** Features without which the verdicts would be wrong. */
  requires?: string[] | null;
  title?: string | null;
  /** Markdown, shown beside the scenario. */
  description?: string | null;
  settings?: Settings | null;
  /** What every request has unless it says otherwise. */
  defaults?: Defaults | null;
  /** Left out: only standalone accounts. */
  organization?: Organization | null;
  /** Accounts outside the organization. */
  externalAccounts?: ExternalAccount[] | null;
  /** Well-known policies, such as FullAWSAccess, need no entry. */
  policies?: ScenarioPolicy[] | null;
  /** Users, groups and roles. */
  principals?: Principal[] | null;
  /** Resources with an owner, a policy or tags. */
  resources?: ScenarioResource[] | null;
  /** VPC endpoints. */
  endpoints?: Endpoint[] | null;
  requests?: ScenarioRequest[] | null;
  /** What was true when a link was made. */
  recorded?: unknown;
  /** What the scenario teaches, step by step. */
  lesson?: Lesson | null;
}

/** A lesson: what a scenario teaches, step by step. */
export interface Lesson {
  /** As in `#lesson/<id>`. */
  id?: string | null;
  title?: string | null;
  /** What the learner can do or tell afterwards. */
  goal?: string | null;
  /** How long it takes, in minutes. */
  minutes?: number | null;
  /** What it is about, as the index of a course names it. */
  topic?: string | null;
  /** What people believe, what is so, and which wrong idea it is. */
  misconception?: { belief?: string | null; truth?: string | null; idea?: string | null } | null;
  /** For the teacher, in Markdown. */
  teacher?: string | null;
  steps?: LessonStep[] | null;
  /** What is said of single requests, by id; `rule` names rules of the rule book. */
  cases?: unknown;
}

/** One step: a text, and perhaps something to do. */
export interface LessonStep {
  id: string;
  title?: string | null;
  /** Markdown. */
  text?: string | null;
  /** What the learner may change; nothing where it is left out. */
  edit?:
    | (
        | Open<"requests" | "tree" | "attachments" | "newPolicies" | "principals" | "resources">
        | { policy: string }
      )[]
    | null;
  /** What is not shown until the task was tried. */
  hide?: (Open<"verdicts" | "reasons" | "ways"> | { policy: string } | { request: string })[] | null;
  /** Markdown, opened one by one. */
  hints?: string[] | null;
  task?: LessonTask | null;
  /** Markdown, shown when the task is solved. */
  solved?: string | null;
}

/** What is to be done; each type uses the fields that it needs. */
export interface LessonTask {
  type: Open<"predict" | "mend" | "build" | "explain">;
  /** `predict`: the requests whose verdicts are to be told. */
  requests?: string[] | null;
  /** `predict`: what is to be told beside allow or deny. */
  ask?: Open<"kind" | "decider">[] | null;
  /** `explain`: the request whose deciding statements are to be picked. */
  request?: string | null;
  /** `mend` and `build`: what is to come out, by the ids of requests. */
  expect?: Record<string, Expect> | null;
  /** `build`: what the organization is to look like. */
  structure?: LessonStructure[] | null;
  /** `mend` and `build`: what must not be done for it. */
  limits?: LessonLimits | null;
}

/** One thing that the organization is to have; OUs and accounts by id or name. */
export interface LessonStructure {
  ou?: string | null;
  account?: string | null;
  within?: string | null;
  below?: string | null;
  holds?: string[] | null;
  attached?: string | null;
  detached?: string | null;
  to?: string | null;
}

/** What must not be done to solve a task. */
export interface LessonLimits {
  /** Most statements, by policy. */
  statements?: Record<string, number> | null;
  /** Most characters without white space, by policy. */
  characters?: Record<string, number> | null;
  /** Statements that stay as they are: their `Sid`s, by policy. */
  keepStatements?: Record<string, string[]> | null;
  keepAttached?: boolean | null;
  noAllowAll?: boolean | null;
  noNewAllow?: boolean | null;
}

export interface Settings {
  /** What a context key is that nobody stated. */
  unstatedKeys?: "unknown" | "absent" | null;
  /** The date of dated rules: quotas, SCP language, RCP services. */
  asOf?: string | null;
  /** Open questions of the rule book, by name. */
  rules?: Record<string, boolean> | null;
  /** Policy types and attachments that are switched off. */
  off?: (Open<PolicyKind> | Attachment)[] | null;
}

/** A policy at a node of the tree. */
export interface Attachment {
  policy: string;
  node: string;
}

export interface Defaults {
  region?: string | null;
  time?: string | null;
  context?: Context | null;
}

/** Context keys, by name. */
export type Context = Record<string, Scalar | Scalar[]>;
export type Scalar = string | number | boolean;
export type Tags = Record<string, string>;

export interface Organization {
  id?: string | null;
  partition?: Open<"aws" | "aws-cn" | "aws-us-gov"> | null;
  featureSet?: Open<"ALL" | "CONSOLIDATED_BILLING"> | null;
  enabledPolicyTypes?: Open<"SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY">[] | null;
  managementAccountId?: string | null;
  root: Root;
}

export interface Root {
  id?: string | null;
  /** SCPs and RCPs attached directly, by id; left out: what AWS attaches to a new node. */
  policies?: string[] | null;
  children?: TreeNode[] | null;
}

/** An OU or an account. */
export interface TreeNode {
  type: Open<"ou" | "account">;
  id?: string | null;
  name?: string | null;
  policies?: string[] | null;
  /** Of an OU. */
  children?: TreeNode[] | null;
  /** Of an account. */
  tags?: Tags | null;
}

export interface ExternalAccount {
  id: string;
  name?: string | null;
  partition?: Open<"aws" | "aws-cn" | "aws-us-gov"> | null;
  organization?: { id: string; path?: string | null } | null;
}

/** A policy, as a `document` or as its `source`. */
export interface ScenarioPolicy {
  id: string;
  name?: string | null;
  kind: Open<PolicyKind>;
  /** The policy as JSON. */
  document?: object | null;
  /** The policy exactly as typed, kept even while it is not valid. */
  source?: string | null;
}

/** A user, group or role. */
export interface Principal {
  id: string;
  type: Open<"user" | "group" | "role">;
  account: string;
  name?: string | null;
  path?: string | null;
  /** Groups of a user. */
  groups?: string[] | null;
  /** Identity policies, by id. */
  policies?: string[] | null;
  permissionsBoundary?: string | null;
  trustPolicy?: string | null;
  tags?: Tags | null;
}

export interface ScenarioResource {
  /** Perhaps with wildcards. */
  arn: string;
  account?: string | null;
  policy?: string | null;
  tags?: Tags | null;
}

export interface Endpoint {
  id: string;
  policy?: string | null;
  vpc?: string | null;
  account?: string | null;
}

export interface ScenarioRequest {
  id: string;
  name?: string | null;
  /** Who calls: the id of a user or role, or a caller by `type`. */
  principal: string | Caller;
  /** `service:Action`. */
  action: string;
  /** Shorthand for `resources` with this one alone. */
  resource?: string | null;
  /** Each is weighed with its own keys. */
  resources?: RequestResource[] | null;
  /** Owner of all resources that name none themselves. */
  resourceAccount?: string | null;
  /** Tags passed in the call. */
  requestTags?: Tags | null;
  region?: string | null;
  time?: string | null;
  /** Id of the VPC endpoint that the call travels through. */
  endpoint?: string | null;
  /** Services that forwarded the call with the caller's credentials, the first one first. */
  via?: string[] | null;
  context?: Context | null;
  /** Keys stated to be absent. */
  absent?: string[] | null;
  /** Keys stated to be unknown, perhaps absent. */
  unknown?: string[] | null;
  expect?: Expect | null;
}

export interface RequestResource {
  /** Or `*`. */
  arn: string;
  account?: string | null;
  tags?: Tags | null;
  context?: Context | null;
}

export type Caller =
  | { type: "user"; id: string; mfa?: "none" | null }
  | { type: "userSession"; id: string; mfa?: boolean | null }
  | {
      type: "role";
      id: string;
      session?: string | null;
      via?: Open<"AssumeRole" | "SAML" | "WebIdentity" | "IdentityCenter"> | null;
      provider?: string | null;
      mfa?: boolean | null;
      sourceIdentity?: string | null;
      tags?: Tags | null;
      sessionPolicies?: string[] | null;
    }
  | { type: "federatedUser"; name: string; issuer: string; sessionPolicies?: string[] | null }
  | { type: "root"; account: string }
  | { type: "assumedRoot"; account: string; taskPolicy?: string | null }
  | { type: "service"; name: string; sourceArn?: string | null; sourceAccount?: string | null }
  | { type: "saml"; provider: string }
  | { type: "webIdentity"; provider: string; context?: Context | null }
  | { type: "anonymous" }
  | { type: "arn"; arn: string }
  | { type: "everyAccount"; role: string; policies?: string[] | null };

export type ExpectedVerdict = Open<"allow" | "deny" | "explicitDeny" | "implicitDeny" | "depends">;

/** What the author expects: a verdict, or a verdict with its reasons. */
export type Expect =
  | ExpectedVerdict
  | {
      verdict?: ExpectedVerdict | null;
      dependsOn?: string[] | null;
      by?: { policy?: string | null; sid?: string | null; index?: number | null; node?: string | null }[] | null;
      accounts?: Record<string, ExpectedVerdict> | null;
    };

// ---------------------------------------------------------------------------------------------
// The results

export type Verdict = "allow" | "explicitDeny" | "implicitDeny" | "depends" | "error";
/** What a policy type, a level or a policy says. */
export type Outcome = Verdict | "notAsked";
/** Whether a statement, an element or a value matches. */
export type Truth = "met" | "unmet" | "unknown";
/** The policy types, in the order of a trace. */
export type PolicyType = "fixed" | "rcp" | "scp" | "endpoint" | "resource" | "identity" | "boundary" | "session";

export interface Analysis {
  /** The version of this form. A field may be added without a new one; nothing else may change. */
  schemaVersion: 1;
  /** The version of the engine. */
  engine: string;
  /** Empty if the scenario has none. */
  title: string;
  /** One for each request, in the order of the scenario. */
  requests: RequestResult[];
  /** One for each policy of the scenario, in its order. */
  policies: PolicyResult[];
}

export interface RequestResult {
  id: string;
  /** Empty if it has none. */
  name: string;
  action: string;
  /** The verdict of all rows, if they agree. */
  verdict?: Verdict;
  /** What the rows amount to in words: "Allow", "3 allow, 2 explicit deny". */
  word: string;
  /** Whether what the author expects came out; left out if nothing is expected. */
  expectation?: Expectation;
  /** One row; for a request over every account one for each account, in the order of the tree. */
  rows: Row[];
}

export interface Expectation {
  /** The expected verdict in a word. */
  word: string;
  met: boolean;
  /** What came out otherwise; empty if it is met. */
  differences: string[];
}

export interface Row {
  /** For a request over every account. */
  account?: string;
  /** Who calls: "Admin, Shop". */
  who: string;
  verdict: Verdict;
  /** Its reasons, if they were asked for. */
  trace?: Trace;
}

/** A verdict and its reasons. */
export interface Trace {
  verdict: Verdict;
  /** The sentence that says it. */
  sentence: Sentence;
  /** The message that AWS would show for a denied request, where it names a policy type. */
  message?: string;
  notes: Sentence[];
  /** What could not be evaluated; not empty exactly if the verdict is `error`. */
  blockers: Blocker[];
  /** The open questions of the rule book whose other answer would give another verdict. */
  questions: Question[];
  /** Exactly if the verdict is `depends`. */
  depends?: Depends;
  /** How the policy types weigh each resource of the request. */
  resources: ResourceTrace[];
  /** The context keys that the policies read, and a few that always matter. */
  keys: KeyTrace[];
}

/** A text as it is read, and its pieces. */
export interface Sentence {
  text: string;
  pieces: Piece[];
}

export interface Piece {
  /** Plain words, a name to stress, text of a policy or request, or the value that decided. */
  style: "text" | "strong" | "code" | "mark";
  text: string;
}

/** Something that could not be evaluated. */
export interface Blocker {
  kind: Open<
    | "refused"
    | "missingPolicy"
    | "unknownKind"
    | "wrongKind"
    | "missingPrincipal"
    | "wrongPrincipal"
    | "unknownCaller"
    | "noEntry"
    | "notAPrincipal"
    | "missingTrustPolicy"
    | "missingKeyPolicy"
    | "missingTaskPolicy"
    | "notModelled"
    | "unlistedAccount"
    | "missingEndpoint"
    | "invalidAction"
    | "unknownFeature"
    | "unknownFeatureSet"
    | "unknownSwitch"
    | "invalidTime"
  >;
  /** The id or word that it is about; empty if there is none. */
  subject: string;
  /** The same in words. */
  sentence: Sentence;
}

/** An open question of the rule book that decided. */
export interface Question {
  /** Its name in `settings.rules`. */
  rule: string;
  /** The answer that was taken, and the verdict with the other one. */
  answer: boolean;
  otherwise: Verdict;
}

export interface Depends {
  /** The smallest set of unknown things that decides. */
  on: Unknown[];
  /** The verdict for each case of them. */
  branches: Branch[];
  /** Whether all cases were tried. */
  complete: boolean;
}

/** A context key, or the owner of the resource; `resource` is the position of a resource of the request. */
export type Unknown = { kind: "key"; key: string; resource?: number } | { kind: "owner"; resource?: number };

export interface Branch {
  case: Sentence;
  /** The same thing by thing, in the order of `on`. */
  tried: Tried[];
  verdict: Verdict;
}

/** `null` stands for a value that no policy mentions. */
export type Tried =
  | { kind: "values"; values: (string | null)[] }
  | { kind: "absent" }
  | { kind: "owner"; text: string; account?: string };

export interface ResourceTrace {
  /** Or `*`. */
  arn: string;
  /** The account that owns it, if that is known. */
  owner?: string;
  /**
   * Which sides must allow: either of them, both, the resource's policy alone, nobody for a root
   * user in its own account, the role's or key's own policy too.
   */
  access: Open<"sameAccount" | "crossAccount" | "resourceSide" | "ownRoot" | "trustPolicy" | "keyPolicy">;
  /** The policy types in order. */
  stages: Stage[];
  /** Statements that decide the verdict, in the order of the policy types. */
  deciding: StatementTrace[];
  /** Statements that do not, in the same order. */
  others: StatementTrace[];
}

/** What one policy type says. */
export interface Stage {
  policyType: PolicyType;
  /** Its short name: "SCP". */
  title: string;
  outcome: Outcome;
  /** The same in a word or two. */
  word: string;
  why: Sentence;
  /** Why it says so, where no document does. */
  reason?: Open<
    | "switchedOff"
    | "noOrganization"
    | "consolidatedBilling"
    | "disabled"
    | "managementAccount"
    | "serviceLinkedRole"
    | "otherOrganization"
    | "servicePrincipal"
    | "anonymous"
    | "identityProvider"
    | "onlyManaged"
    | "serviceWithoutRcps"
    | "managementResource"
    | "ownerOutside"
    | "ownerUnknown"
    | "noResource"
    | "beyondRcps"
    | "noEndpoint"
    | "forwardedCall"
    | "defaultEndpointPolicy"
    | "noResourcePolicy"
    | "sharedWithoutPolicy"
    | "crossAccountWithoutPolicy"
    | "ownerUnknownWithoutPolicy"
    | "noGrantNeeded"
    | "granted"
    | "bucketOwnerRoot"
    | "onlyResourcePolicy"
    | "onlyResourcePolicyOff"
    | "rootUser"
    | "rootWithoutIdentity"
    | "noIdentityPolicies"
    | "noBoundary"
    | "noSessionPolicy"
    | "noSession"
    | "federatedWithoutSessionPolicy"
    // Rules that no policy can change.
    | "differentPartitions"
    | "getCallerIdentity"
    | "getSessionToken"
    | "roleSessionCannotFederate"
    | "federatedUser"
    | "sessionTokenSts"
    | "sessionTokenIam"
    | "rootCannotAssume"
    | "keptByAws"
    | "bucketPolicyOwner"
    | "providerOnlyOpensSessions"
    | "reservedAlias"
  >;
  /** Whether the request stops here. */
  stops: boolean;
  /** For SCPs and RCPs: one for each level, root first. */
  levels: Level[];
}

/** What one level of the tree says. */
export interface Level {
  node: NodeName;
  outcome: Outcome;
  stops: boolean;
  why: Sentence;
  /** What each policy attached here says. */
  policies: { policy: string; outcome: Outcome }[];
}

export interface NodeName {
  id: string;
  name: string;
}

/** One statement against the request. */
export interface StatementTrace {
  /** Id and name of its policy, and the policy type that it is weighed in. */
  policy: string;
  policyName: string;
  policyType: PolicyType;
  /** The node that its policy is attached to, for SCPs and RCPs. */
  node?: NodeName;
  /** Where its policy comes from, in words: "Workloads", "group devs". */
  at: string;
  /** Position in the `Statement` array, from 0. */
  index: number;
  sid?: string;
  /** `sid`, or "Statement 2". */
  title: string;
  /** The statement in the text of its policy. */
  place: Place;
  effect: "Allow" | "Deny";
  truth: Truth;
  /** The same in words: "Deny, matches". */
  word: string;
  elements: ElementTrace[];
}

/** One element of a statement with both operands. */
export interface ElementTrace {
  /** `NotAction`, `Resource`, `StringNotEquals`. */
  name: string;
  /** The context key of a condition, as typed. */
  key?: string;
  place: Place;
  /** The policy's side. */
  values: { text: string; resolved?: string; truth: Truth }[];
  /** The request's side. */
  request: Sentence;
  /** Where the request's side comes from, or why there is none; empty if that is plain. */
  origin: string;
  /** Why the element is met or not, where the operands alone do not show it; else empty. */
  note: string;
  /** The stable name of that. */
  reason?: Open<
    | "absentNegated"
    | "absentPositive"
    | "absentIfExists"
    | "absentForAll"
    | "absentForAny"
    | "manyWithoutQualifier"
    | "misfit"
    | "unresolvedVariable"
    | "unknownVariable"
    | "noSingleResource"
    | "noResourceNamed"
    | "notPrincipalWithBoundary"
    | "notPrincipalPartlyListed"
  >;
  truth: Truth;
}

/** What is known of a context key. */
export interface KeyTrace {
  name: string;
  /** Position of the resource that has it so, where the resources of a request differ in it. */
  resource?: number;
  state: "known" | "absent" | "present" | "unknown";
  /** Its values, if they are known. */
  values: string[];
  /** The same in words: "eu-west-1", "absent". */
  value: Sentence;
  /** Where it comes from. */
  origin: string;
}

export interface PolicyResult {
  id: string;
  name: string;
  kind: Open<PolicyKind>;
  /** Left out if its kind is not known. */
  lint?: Lint;
}

export interface Lint {
  /** Whether AWS would refuse the document: whether one of the findings is an error. */
  refused: boolean;
  /** In the order of the text. */
  diagnostics: Diagnostic[];
  size: Size;
}

export interface Diagnostic {
  /** Stable name of the rule that was broken: `missing-resource`. */
  code: string;
  /** The rule of docs/semantics.md behind it: `GRAM-5`; `JSON` for the syntax of JSON. */
  rule: string;
  severity: "error" | "warning";
  message: string;
  expected?: string;
  place: Place;
  /** Another place that belongs to it, such as the first of two equal keys. */
  related?: Place;
}

/** A place in the text of a policy. */
export interface Place {
  start: number;
  end: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** The size of a policy in characters. */
export interface Size {
  typed: number;
  /** Without white space outside strings. */
  minified: number;
  quota?: number;
  /** Whether white space counts against the quota when the text is saved by API. */
  countsWhitespace: boolean;
}

export interface ScenarioLint {
  /** Why it cannot be read, if it cannot; then nothing else was found. */
  error?: FileError;
  /** What is probably a mistake. */
  warnings: FileWarning[];
  policies: PolicyResult[];
}

export type FileErrorKind =
  | "tooLarge"
  | "tooDeep"
  | "syntax"
  | "duplicateKey"
  | "version"
  | "missing"
  | "unexpected"
  | "conflict"
  | "duplicateId";

export interface FileError {
  kind: FileErrorKind;
  /** `requests[2].principal.id`; empty for the file as a whole. */
  path: string;
  line?: number;
  column?: number;
  found: string;
  expected: string;
  /** All of it in one sentence. */
  message: string;
}

export interface FileWarning {
  kind: "unknownField" | "unknownWord" | "unknownFeature" | "reference" | "refused" | "redundant";
  path: string;
  message: string;
  /** What was probably meant. */
  suggestion?: string;
}
