// The package in Node.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PACKAGE, example, installed, root, scenarios } from "./support.mjs";

const { Playground, decodeLink, encodeLink, evaluate, explain, lint, lintScenario } = await installed();
const { text, scenario } = example("region-guardrail");
const ALLOW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** What a scenario expects of one row, or undefined. */
function expected(scenario, request, row) {
  if (scenario.lesson?.cases?.[request.id]?.verdict === "error") return "error";
  const { expect } = request;
  return expect?.accounts?.[row.account] ?? expect?.verdict ?? (typeof expect === "string" ? expect : undefined);
}

const fits = (verdict, wanted) =>
  wanted === "deny" ? ["explicitDeny", "implicitDeny"].includes(verdict) : verdict === wanted;

/** Where a policy is attached first. */
function attachment(node, policy) {
  if (node.policies?.includes(policy)) return { policy, node: node.id };
  for (const child of node.children ?? []) {
    const found = attachment(child, policy);
    if (found) return found;
  }
  return undefined;
}

/** What a function throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("the verdicts are those that the scenarios expect", () => {
  let checked = 0;
  for (const { name, text, scenario } of scenarios) {
    const { requests } = evaluate(text);
    assert.deepEqual(
      requests.map(({ id }) => id),
      scenario.requests.map(({ id }) => id),
      name,
    );
    for (const [at, result] of requests.entries()) {
      const what = `${name}: ${result.id}`;
      assert.notEqual(result.rows.length, 0, what);
      for (const row of result.rows) {
        const wanted = expected(scenario, scenario.requests[at], row);
        if (wanted === undefined) continue;
        assert.ok(fits(row.verdict, wanted), `${what}: expected ${wanted}, found ${row.verdict}`);
        checked += 1;
      }
      if (result.expectation) assert.deepEqual(result.expectation.differences, [], what);
    }
  }
  assert.ok(checked > 500, `only ${checked} rows were checked`);
});

test("an object means the same as its text", () => {
  for (const { name, text, scenario } of scenarios) {
    assert.deepEqual(evaluate(scenario, { explain: true }), evaluate(text, { explain: true }), name);
  }
});

test("the reasons of one request are those of its row", () => {
  for (const { name, text } of scenarios.filter((_, at) => at % 5 === 0)) {
    for (const { id, rows } of evaluate(text, { explain: true }).requests) {
      for (const { account, trace } of rows) {
        assert.deepEqual(explain(text, id, account), trace, `${name}: ${id}`);
      }
    }
  }
});

test("some requests can be asked for", () => {
  const [first, , third] = scenario.requests.map(({ id }) => id);
  const { requests } = evaluate(text, { requests: [third, first] });
  assert.deepEqual(
    requests.map(({ id }) => id),
    [first, third],
  );
  assert.equal(requests[0].rows[0].trace, undefined);
});

test("a verdict comes with the statement that decides, at its place in the policy", () => {
  const policy = JSON.stringify(scenario.policies[0].document, null, 2);
  const trace = explain(scenario, "shop-virginia");
  assert.equal(trace.verdict, "explicitDeny");
  const [statement] = trace.resources[0].deciding;
  assert.equal(statement.effect, "Deny");
  assert.equal(statement.policy, scenario.policies[0].id);
  const source = policy.slice(statement.place.start, statement.place.end);
  assert.equal(JSON.parse(source).Sid, statement.sid);
  assert.match(trace.sentence.text, /denie/);
});

test("a text that is no scenario is an error with its place", () => {
  const error = thrown(() => evaluate('{\n  "version": 1,\n  "title": }'));
  assert.equal(error.name, "ScenarioError");
  assert.deepEqual([error.kind, error.line, error.column], ["syntax", 3, 12]);
  assert.match(error.message, /line 3, column 12/);
  assert.match(error.stack, /ScenarioError|Error/);

  const missing = thrown(() => evaluate({ version: 1, requests: [{ id: "r" }] }));
  assert.deepEqual([missing.name, missing.kind, missing.line], ["ScenarioError", "missing", undefined]);
  assert.match(missing.path, /requests\[0\]/);
});

test("an argument of the wrong sort is a TypeError that says what was expected", () => {
  const cases = [
    [() => evaluate(undefined), /text or an object/],
    [() => evaluate(3), /text or an object/],
    [() => evaluate(() => text), /text or an object/],
    [() => evaluate(text, { explian: true }), /no option `explian`/],
    [() => evaluate(text, { explain: "yes" }), /boolean/],
    [() => explain(text), /id of a request/],
    [() => lint(ALLOW, "scps"), /no kind of policy `scps`.*rcp/],
    [() => lint(undefined, "scp"), /text of a policy/],
    [() => decodeLink(7), /a link is a text/],
  ];
  for (const [call, message] of cases) {
    const error = thrown(call);
    assert.equal(error.name, "TypeError");
    assert.match(error.message, message);
  }
  const circular = { version: 1 };
  circular.title = circular;
  assert.equal(thrown(() => evaluate(circular)).name, "TypeError");
});

test("a request or row that is not there is an error, never another one's reasons", () => {
  for (const call of [
    () => explain(text, "nobody"),
    () => explain(text, "shop-virginia", "222222222222"),
    () => evaluate(text, { requests: ["nobody"] }),
    () => new Playground(text).explain("nobody"),
  ]) {
    assert.equal(thrown(call).name, "RequestError");
  }
});

test("findings have a code, a rule and a place in JavaScript's own counting", () => {
  const policy = '{"Version":"2012-10-17","Statement":[{"Sid":"𝄞π","Effect":"deny","Action":"s3:*","Resource":"*"}]}';
  const { refused, diagnostics, size } = lint(policy, "scp");
  assert.ok(refused);
  const effect = diagnostics.find(({ code }) => code === "invalid-effect");
  assert.equal(policy.slice(effect.place.start, effect.place.end), '"deny"');
  assert.deepEqual([effect.severity, effect.place.line], ["error", 1]);
  assert.match(effect.rule, /^GRAM-/);
  assert.equal(size.typed, [...policy].length);
  assert.equal(lint(ALLOW, "identity").refused, false);
});

test("a scenario is linted as a whole, readable or not", () => {
  const odd = lintScenario({
    ...scenario,
    titel: "?",
    policies: [...scenario.policies, { id: "bad", kind: "scp", source: "{" }],
  });
  assert.deepEqual(
    odd.warnings.map(({ kind, path, suggestion }) => [kind, path, suggestion]),
    [["unknownField", "titel", "title"]],
  );
  assert.deepEqual(
    odd.policies.map(({ id, lint }) => [id, lint.refused]),
    [...scenario.policies.map(({ id }) => [id, false]), ["bad", true]],
  );
  assert.equal(odd.error, undefined);
  const broken = lintScenario("{");
  assert.deepEqual([broken.error.kind, broken.error.line, broken.policies], ["syntax", 1, []]);
});

test("links hold the whole scenario", () => {
  for (const { name, text, scenario } of scenarios) {
    const link = encodeLink(text);
    assert.match(link, /^g1:[\w-]+$/);
    assert.deepEqual(evaluate(decodeLink(link)), evaluate(scenario), name);
    assert.equal(encodeLink(decodeLink(link)), link, name);
  }
  const golden = join(root, "crates/playground/tests/golden/first-release");
  const link = readFileSync(`${golden}.link`, "utf8").trim();
  const meant = JSON.parse(readFileSync(`${golden}.json`, "utf8"));
  for (const form of [link, `#${link}`, `https://guardrail.example/some/path/?view=tree#${link}`]) {
    assert.equal(decodeLink(form).title, meant.title);
  }
});

test("a link that is cut, altered or of another kind is an error", () => {
  const link = encodeLink(text);
  const altered = `${link.slice(0, 60)}${link[60] === "A" ? "B" : "A"}${link.slice(61)}`;
  for (const bad of [link.slice(0, -9), altered, `g9:${link.slice(3)}`, "", "g1:€"]) {
    const error = thrown(() => decodeLink(bad));
    assert.equal(error.name, "LinkError");
    assert.match(error.message, /link/);
  }
});

test("the order of keys and the spelling of numbers stay", () => {
  const document = '{"Statement":[],"Version":"2012-10-17"}';
  const file = `{"version":1,"policies":[{"id":"p","kind":"scp","document":${document}}],
    "requests":[{"id":"r","principal":"u","action":"s3:GetObject","context":{"b:x":1.50,"a:x":12345678901234567890}}]}`;
  const playground = new Playground(file);
  const dense = playground.toText().replaceAll(/\s/g, "");
  assert.ok(dense.includes(document), dense);
  assert.ok(dense.includes('{"b:x":1.50,"a:x":12345678901234567890}'), dense);
  const object = { version: 1, policies: [{ id: "p", kind: "scp", document: JSON.parse(document) }] };
  assert.ok(new Playground(object).toText().replaceAll(/\s/g, "").includes(document));
  playground.dispose();
});

test("a handle follows edits", () => {
  const playground = new Playground(scenario);
  const verdict = (id) => playground.evaluate({ requests: [id] }).requests[0].verdict;
  const [policy] = scenario.policies;
  assert.equal(verdict("shop-virginia"), "explicitDeny");

  playground.setPolicyText(policy.id, ALLOW);
  assert.equal(verdict("shop-virginia"), "allow");
  assert.equal(playground.explain("shop-virginia").verdict, "allow");
  assert.deepEqual(playground.evaluate({ explain: true }), evaluate(playground.scenario(), { explain: true }));

  playground.setPolicyText(policy.id, "{");
  assert.equal(verdict("shop-virginia"), "error");
  assert.equal(playground.scenario().policies[0].source, "{");

  playground.load(text);
  assert.equal(verdict("shop-virginia"), "explicitDeny");
  assert.deepEqual(playground.evaluate(), evaluate(scenario));
  assert.deepEqual(playground.warnings, []);
  assert.equal(playground.link(), encodeLink(text));
  playground.dispose();
});

test("a handle makes the edits of an organization", () => {
  const playground = new Playground(scenario);
  const { root } = scenario.organization;
  const shown = () => playground.scenario().organization.root;

  const ou = playground.apply({ type: "addOu", parent: root.id, name: "Lab" });
  assert.equal(shown().children.at(-1).id, ou);
  const account = playground.apply({ type: "addAccount", parent: root.id, name: "Bench" });
  assert.equal(playground.apply({ type: "moveNode", node: account, parent: ou }), undefined);
  assert.deepEqual(
    shown().children.at(-1).children.map(({ name }) => name),
    ["Bench"],
  );
  const policy = playground.apply({ type: "addPolicy", name: "Everything", kind: "scp", text: ALLOW });
  playground.apply({ type: "replaceAttachment", node: ou, old: "FullAWSAccess", new: policy });
  assert.deepEqual(shown().children.at(-1).policies, [policy]);
  playground.apply({ type: "attach", node: ou, policy: "FullAWSAccess" });
  playground.apply({ type: "detach", node: ou, policy });
  playground.apply({ type: "deletePolicy", policy });
  playground.apply({ type: "deleteAccount", account });
  playground.apply({ type: "deleteOu", ou });
  assert.deepEqual(shown().children.length, root.children.length);

  playground.apply({ type: "switchOff", part: "scp" });
  assert.equal(playground.explain("shop-virginia").verdict, "allow");
  playground.apply({ type: "switchOn", part: "scp" });
  assert.equal(playground.explain("shop-virginia").verdict, "explicitDeny");
  playground.apply({ type: "switchOff", part: attachment(root, scenario.policies[0].id) });
  assert.equal(playground.explain("shop-virginia").verdict, "allow");
  playground.dispose();
});

test("an edit that cannot be made changes nothing", () => {
  const playground = new Playground(scenario);
  const before = playground.toText();
  const { root } = scenario.organization;
  for (const [edit, name] of [
    [{ type: "detach", node: root.id, policy: "nothing" }, "EditError"],
    [{ type: "moveNode", node: root.id, parent: root.id }, "EditError"],
    [{ type: "setPolicyText", policy: "nothing", text: "" }, "EditError"],
    [{ type: "paint", node: root.id }, "TypeError"],
    [{ type: "addOu", parent: root.id }, "TypeError"],
    [{ type: "addOu", parent: root.id, name: "Lab", colour: "red" }, "TypeError"],
    ["addOu", "TypeError"],
  ]) {
    const error = thrown(() => playground.apply(edit));
    assert.equal(error.name, name, error.message);
    assert.doesNotMatch(error.message, /^$|Error:/);
  }
  assert.equal(thrown(() => playground.load("{")).name, "ScenarioError");
  assert.equal(playground.toText(), before);
});

test("a handle that was disposed says so, and no other one notices", () => {
  const [one, other] = [new Playground(text), new Playground(text)];
  one.dispose();
  one.dispose();
  for (const call of [() => one.evaluate(), () => one.toText(), () => one.warnings, () => one.load(text)]) {
    assert.match(thrown(call).message, /disposed/);
  }
  assert.equal(other.explain("shop-virginia").verdict, "explicitDeny");
  other.dispose();
});

test("what the package's own description says comes out", () => {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
  const program = /```js\nimport [^\n]*\n(.*?)```/s.exec(readme)[1];
  const claims = [];
  const check = (found, wanted) => claims.push([found, wanted]);
  const checked = program.replaceAll(/^(.*); \/\/ (".*")$/gm, "check($1, $2);");
  new Function("evaluate", "explain", "check", checked)(evaluate, explain, check);
  assert.equal(claims.length, 2);
  for (const [found, wanted] of claims) assert.equal(found, wanted);
});
