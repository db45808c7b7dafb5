// The request form: every kind of caller, several resources, context keys in their four states;
// and what follows if a policy type is switched off.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, cell, choose, column, dialog, editCell, eventually, exported, hasFocus, importText, part, reach, requestRows, sentence, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const DENY = { policy: "region-lock", sid: "OutsideEurope", node: "ou-ab12-11111111" };
const SCENARIO = {
  version: 1,
  title: "Requests of all kinds",
  defaults: { region: "us-east-1", time: "2026-11-21T09:00:00Z" },
  organization: {
    id: "o-allkinds0123",
    managementAccountId: "111111111111",
    root: {
      id: "r-ab12",
      children: [
        { type: "account", id: "111111111111", name: "Management" },
        {
          type: "ou", id: "ou-ab12-11111111", name: "Workloads", policies: ["FullAWSAccess", "region-lock"],
          children: [
            { type: "account", id: "222222222222", name: "Dev" },
            { type: "account", id: "333333333333", name: "Data" },
          ],
        },
      ],
    },
  },
  policies: [
    {
      id: "region-lock", name: "Region lock", kind: "scp",
      document: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OutsideEurope", Effect: "Deny", Action: "*", Resource: "*",
            Condition: {
              StringNotEquals: { "aws:RequestedRegion": "eu-west-1" },
              ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass" },
            },
          },
        ],
      },
    },
    {
      id: "only-ec2", name: "Only EC2", kind: "session",
      document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ec2:*", Resource: "*" }] },
    },
  ],
  principals: [
    { id: "admin", type: "role", account: "222222222222", name: "Admin", policies: ["AdministratorAccess"] },
    { id: "ana", type: "user", account: "222222222222", name: "ana", policies: ["AdministratorAccess"] },
  ],
  endpoints: [{ id: "vpce-0a1b2c3d" }],
  requests: [
    {
      id: "stop", name: "Stop a server", principal: "admin", action: "ec2:StopInstances",
      resource: "arn:aws:ec2:us-east-1:222222222222:instance/i-1",
      expect: { verdict: "explicitDeny", by: [DENY] },
    },
    { id: "list", name: "List users", principal: "ana", action: "iam:ListUsers", resource: "*", region: "eu-west-1" },
  ],
};

/** The page with the scenario, the details of its first request opened. */
async function opened(t, options) {
  const { page } = await open(t, options);
  await importText(page, JSON.stringify(SCENARIO));
  await requestRows(page).first().waitFor();
  await moreDetails(page, 0);
  return page;
}

async function moreDetails(page, at) {
  const row = requestRows(page).nth(at);
  await choose(page, row.getByRole("button", { name: /^Actions for/ }), "More details");
  await group(page, "Caller").waitFor();
}

const group = (page, name) => part(page, "Requests").getByRole("group", { name, exact: true });
const field = (within, name) => within.getByRole("textbox", { name, exact: true }).or(within.getByRole("combobox", { name, exact: true }));
const request = async (page, at = 0) => JSON.parse(await exported(page)).requests[at];
const trace = (page) => part(page, "Trace");
const policyTypes = (page) => trace(page).getByRole("list", { name: "Policy types" });

const KINDS = [
  ["User with access keys", {}, { type: "user", id: "ana" }, "ana, Dev"],
  ["User with a session", { MFA: "yes" }, { type: "userSession", id: "ana", mfa: true }, "ana, MFA, Dev"],
  [
    "Role session",
    { "Session name": "ana", "Opened by": "AssumeRoleWithSAML", "Identity provider": "arn:aws:iam::222222222222:saml-provider/Idp", MFA: "no", "Source identity": "ana" },
    {
      type: "role", id: "admin", session: "ana", via: "SAML", provider: "arn:aws:iam::222222222222:saml-provider/Idp",
      mfa: false, sourceIdentity: "ana",
    },
    "Admin, Dev",
  ],
  [
    "Federated user",
    { "Name of the federated user": "guest" },
    { type: "federatedUser", name: "guest", issuer: "ana" },
    "federated user guest of ana, Dev",
  ],
  ["Root user", { Account: "333333333333" }, { type: "root", account: "333333333333" }, "root, Data"],
  [
    "Root session of another account",
    { Account: "222222222222", "Task policy": "Only EC2" },
    { type: "assumedRoot", account: "222222222222", taskPolicy: "only-ec2" },
    "assumed root, Dev",
  ],
  [
    "AWS service",
    { Service: "events.amazonaws.com", "On behalf of": "arn:aws:events:us-east-1:222222222222:rule/r", "Account of that": "222222222222" },
    {
      type: "service", name: "events.amazonaws.com", sourceArn: "arn:aws:events:us-east-1:222222222222:rule/r",
      sourceAccount: "222222222222",
    },
    "events.amazonaws.com",
  ],
  [
    "SAML user before the sign-in",
    { "Identity provider": "arn:aws:iam::222222222222:saml-provider/Idp" },
    { type: "saml", provider: "arn:aws:iam::222222222222:saml-provider/Idp" },
    "SAML, arn:aws:iam::222222222222:saml-provider/Idp",
  ],
  [
    "Web identity before the sign-in",
    { "Identity provider": "token.actions.githubusercontent.com" },
    { type: "webIdentity", provider: "token.actions.githubusercontent.com" },
    "web identity, token.actions.githubusercontent.com",
  ],
  ["Anonymous", {}, { type: "anonymous" }, "anonymous"],
  [
    "Another principal, by its ARN",
    { ARN: "arn:aws:iam::999999999999:user/far" },
    { type: "arn", arn: "arn:aws:iam::999999999999:user/far" },
    "arn:aws:iam::999999999999:user/far",
  ],
  [
    "A role in every member account",
    { Role: "Audit" },
    { type: "everyAccount", role: "Audit", policies: ["AdministratorAccess"] },
    "Audit, every account",
  ],
];

test("every kind of caller can be set, and says what there is to say of it", async (t) => {
  const page = await opened(t);
  const caller = group(page, "Caller");
  for (const [kind, fields, written, words] of KINDS) {
    await caller.getByRole("combobox", { name: "Kind of caller" }).selectOption(kind);
    for (const [name, value] of Object.entries(fields)) {
      const control = field(caller, name);
      const isList = (await control.evaluate((element) => element.localName)) === "select";
      if (isList) await control.selectOption(value);
      else await control.fill(value);
    }
    assert.deepEqual((await request(page)).principal, written, kind);
    await eventually(async () => (await column(page, "Who"))[0], words);
    const [verdict] = await verdicts(page);
    assert.match(verdict, /^(Allow|Explicit deny|Implicit deny|Depends|No verdict|\d)/, kind);
  }
});

test("MFA, the principal and session policies stay when another kind is chosen, and undo brings all back", async (t) => {
  const page = await opened(t);
  const caller = group(page, "Caller");
  const before = await exported(page);
  const kind = caller.getByRole("combobox", { name: "Kind of caller" });
  await caller.getByRole("combobox", { name: "MFA" }).selectOption("yes");
  await button(caller, "Add session policies").click();
  await caller.getByRole("combobox", { name: "Session policies" }).selectOption("Only EC2");
  await button(caller, "Add session tags").click();
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("blue");
  assert.deepEqual((await request(page)).principal, {
    type: "role", id: "admin", mfa: true, tags: { team: "blue" }, sessionPolicies: ["only-ec2"],
  });
  await kind.selectOption("User with a session");
  assert.deepEqual((await request(page)).principal, { type: "userSession", id: "ana", mfa: true });
  while ((await exported(page)) !== before) {
    await page.getByRole("button", { name: /^Undo: / }).click();
  }
  await eventually(() => kind.evaluate((list) => list.selectedOptions[0].text), "Role session");
});

test("the list of callers leads to the kinds that it does not have", async (t) => {
  const page = await opened(t);
  const row = requestRows(page).nth(1);
  await editCell(row, "Who");
  await page.getByRole("option", { name: "AWS service, federated user, …" }).click();
  const kind = group(page, "Caller").nth(1).getByRole("combobox", { name: "Kind of caller" });
  await eventually(() => hasFocus(kind), true);
  assert.deepEqual((await column(page, "Who"))[1], "ana, Dev", "nothing is changed yet");
  await kind.selectOption("Anonymous");
  await eventually(async () => (await column(page, "Who"))[1], "anonymous");
});

test("a second resource is weighed with its own keys, and the trace says which one stops", async (t) => {
  const page = await opened(t);
  await field(group(page, "Request"), "Region").fill("eu-west-1");
  await eventually(async () => (await verdicts(page))[0], "Allow");

  await button(part(page, "Requests"), "Another resource").click();
  const second = group(page, "Resource 2");
  await field(second, "ARN").fill("arn:aws:ec2:us-east-1:222222222222:instance/i-2");
  await field(second, "Owner").fill("222222222222");
  await button(second, "Add resource tags").click();
  await page.keyboard.type("env");
  await page.keyboard.press("Tab");
  await page.keyboard.type("prod");
  await button(second, "Add keys of this resource").click();
  await page.keyboard.type("aws:RequestedRegion");
  await second.getByRole("textbox", { name: "Value" }).last().fill("us-east-1");
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
  assert.deepEqual((await request(page)).resources, [
    { arn: "arn:aws:ec2:us-east-1:222222222222:instance/i-1" },
    {
      arn: "arn:aws:ec2:us-east-1:222222222222:instance/i-2", account: "222222222222", tags: { env: "prod" },
      context: { "aws:RequestedRegion": "us-east-1" },
    },
  ]);
  assert.equal(await policyTypes(page).count(), 2);
  await trace(page).getByRole("heading", { name: /^Resource 1 .*i-1 Does not stop$/ }).waitFor();
  await trace(page).getByRole("heading", { name: /^Resource 2 .*i-2 Stops here: SCP$/ }).waitFor();
  assert.equal((await column(page, "On"))[0], "2 resources");

  await button(part(page, "Requests"), "Remove resource 1").click();
  await eventually(() => policyTypes(page).count(), 1);
  assert.equal((await request(page)).resources[0].arn, "arn:aws:ec2:us-east-1:222222222222:instance/i-2");
  await page.getByRole("button", { name: /^Undo: / }).click();
  await eventually(() => policyTypes(page).count(), 2);
});

test("a key follows from the scenario, is overridden, absent, unknown, and follows again", async (t) => {
  const page = await opened(t);
  const keys = group(page, "Context keys");
  const key = keys.getByRole("group", { name: "aws:PrincipalArn", exact: true });
  const state = (name) => key.getByRole("radio", { name, exact: true });
  const first = async () => (await verdicts(page))[0];
  assert.equal(await first(), "Explicit deny");
  assert.ok(await state("derived").isChecked());
  await key.getByText("arn:aws:iam::222222222222:role/Admin").waitFor();
  await key.getByText("ARN", { exact: true }).waitFor();

  await state("typed").click();
  await eventually(() => hasFocus(key.getByRole("textbox", { name: "Value" })), true, "the value waits to be typed");
  await key.getByRole("textbox", { name: "Value" }).fill("arn:aws:iam::222222222222:role/BreakGlass");
  await eventually(first, "Allow");
  assert.deepEqual((await request(page)).context, { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/BreakGlass" });

  await state("unknown").click();
  await eventually(first, "Depends");
  assert.deepEqual((await request(page)).unknown, ["aws:PrincipalArn"]);
  await state("absent").click();
  await eventually(first, "Explicit deny");
  assert.deepEqual((await request(page)).absent, ["aws:PrincipalArn"]);
  assert.equal(await key.getByRole("textbox").count(), 0);

  await key.getByRole("radio").first().click();
  await key.getByText("arn:aws:iam::222222222222:role/Admin").waitFor();
  assert.equal((await request(page)).absent, undefined);
});

test("keys that the policies ask for come first with their type, and others are added", async (t) => {
  const page = await opened(t);
  const keys = group(page, "Context keys");
  const rows = keys.locator(".key-row");
  const named = () => rows.evaluateAll((all) => all.map((key) => key.getAttribute("aria-label")));
  assert.deepEqual((await named()).slice(0, 2).sort(), ["aws:PrincipalArn", "aws:RequestedRegion"]);
  assert.ok((await named()).length > 2, "others follow");
  const another = keys.getByRole("combobox", { name: "Another key" });
  await another.fill("s3:prefix");
  await another.press("Enter");
  const prefix = keys.getByRole("group", { name: "s3:prefix", exact: true });
  await eventually(() => hasFocus(prefix.getByRole("textbox", { name: "Value" })), true);
  await page.keyboard.type("a,b");
  assert.deepEqual((await request(page)).context, { "s3:prefix": "a,b" });
  await another.fill("S3:Prefix");
  await keys.getByText("is there already").waitFor();
  await another.fill("aws:TagKeys");
  await button(keys, "Add key").click();
  await page.keyboard.type("env,team");
  await eventually(async () => (await request(page)).context, { "s3:prefix": "a,b", "aws:TagKeys": ["env", "team"] });
  await another.fill("aws:SecureTransport");
  await another.press("Enter");
  const secure = keys.getByRole("group", { name: "aws:SecureTransport", exact: true });
  await secure.getByText("yes or no").waitFor();
  await secure.getByRole("combobox", { name: "Value" }).selectOption("false");
  await eventually(async () => (await request(page)).context["aws:SecureTransport"], "false");
});

test("what is wrong stands beside its field, and what was typed is there after a reload", async (t) => {
  const page = await opened(t);
  const resource = group(page, "Resource");
  for (const [within, name, typed, problem] of [
    [group(page, "Request"), "Time", "yesterday", "such as 2026-11-21T09:00:00Z"],
    [group(page, "Caller"), "Session name", "a b", "2 to 64 letters, digits, _+=,.@-"],
    [resource, "ARN", "my-server", "arn:partition:service:region:account:resource"],
    [resource, "Owner", "12345", "twelve digits"],
  ]) {
    await field(within, name).fill(typed);
    await within.getByText(problem).waitFor();
    assert.equal(await field(within, name).getAttribute("aria-invalid"), "true");
  }
  const typed = await exported(page);
  await page.waitForTimeout(600); // the moment after which work is saved
  await page.reload();
  await requestRows(page).first().waitFor();
  assert.equal(await exported(page), typed);
  await moreDetails(page, 0);
  assert.equal(await field(group(page, "Resource"), "Owner").inputValue(), "12345");
  await field(group(page, "Resource"), "Owner").fill("222222222222");
  await eventually(() => group(page, "Resource").getByText("twelve digits").count(), 0);
});

test("the way of a call: endpoint, forwarding services, tags, region and time", async (t) => {
  const page = await opened(t);
  const call = group(page, "Call");
  await call.getByRole("combobox", { name: "VPC endpoint" }).selectOption("vpce-0a1b2c3d");
  await button(call, "Add forwarding services").click();
  await page.keyboard.type("cloudformation");
  await call.getByText("such as s3.amazonaws.com").waitFor();
  await page.keyboard.type(".amazonaws.com");
  await button(call, "Add tags in the call").click();
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("blue");
  await field(group(page, "Request"), "Time").fill("2026-01-01T00:00:00Z");
  const { endpoint, via, requestTags, time } = await request(page);
  assert.deepEqual({ endpoint, via, requestTags, time }, {
    endpoint: "vpce-0a1b2c3d", via: ["cloudformation.amazonaws.com"], requestTags: { team: "blue" }, time: "2026-01-01T00:00:00Z",
  });
});

test("without a mouse: a request gets another caller and a key, and both are undone", async (t) => {
  const { page } = await open(t);
  await importText(page, JSON.stringify(SCENARIO));
  const before = await exported(page);
  const row = requestRows(page).first();
  await reach(page, await cell(row, "Does"));
  await page.keyboard.press("End");
  assert.ok(await hasFocus(row.getByRole("button", { name: /^Actions for/ })));
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "More details" }).waitFor();
  await page.keyboard.press("Enter");
  await group(page, "Caller").waitFor();
  const kind = page.getByRole("combobox", { name: "Kind of caller" });
  await reach(page, kind);
  await page.keyboard.type("Root user");
  await eventually(async () => (await column(page, "Who"))[0], "root, Dev");
  await eventually(() => hasFocus(kind), true);
  const region = group(page, "Context keys").getByRole("group", { name: "aws:RequestedRegion", exact: true });
  await reach(page, region.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowRight");
  await eventually(() => hasFocus(region.getByRole("textbox", { name: "Value" })), true);
  await page.keyboard.type("eu-west-1");
  await eventually(async () => (await verdicts(page))[0], "Allow");
  await reach(page, page.getByRole("button", { name: /^Undo/ }), "Shift+Tab");
  for (let presses = 0; presses < 6 && (await column(page, "Who"))[0] !== "Admin, Dev"; presses += 1) {
    await page.keyboard.press("Enter");
  }
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
  assert.equal(await exported(page), before);
});

test("SCPs are switched off, the verdict says as if, and one press switches everything on", async (t) => {
  const page = await opened(t);
  const before = await exported(page);
  const status = trace(page).getByRole("status");
  assert.match(await sentence(page), /^Denied: statement OutsideEurope of SCP Region lock/);

  const scp = policyTypes(page).getByRole("listitem").filter({ hasText: /^SCP/ });
  await scp.hover();
  await button(scp, "Switch off SCPs").click();
  await eventually(async () => (await verdicts(page))[0], "Allow");
  await trace(page).getByText("As if SCPs were off", { exact: true }).waitFor();
  await eventually(() => status.innerText(), "As if SCPs were off, the verdict of the selected request is: Allow");
  await button(scp, "Switch on SCPs").waitFor();
  assert.deepEqual(JSON.parse(await exported(page)).settings.off, ["scp"]);

  await button(trace(page), "Switch everything on").click();
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
  assert.equal(await trace(page).getByText(/^As if/).count(), 0);
  assert.equal(await exported(page), before);
  await page.getByRole("button", { name: "Undo: switch everything on" }).click();
  await eventually(async () => (await verdicts(page))[0], "Allow");
  await page.getByRole("button", { name: "Undo: switch SCPs off" }).click();
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
  assert.equal(await exported(page), before);
});

test("one attachment of a level is switched off and on, and so is every other policy type", async (t) => {
  const page = await opened(t);
  await button(policyTypes(page), "Workloads: Explicit deny").click();
  const panel = trace(page).getByRole("group", { name: "SCP" });
  await button(panel, "Switch off Region lock at Workloads").click();
  await eventually(async () => (await verdicts(page))[0], "Allow");
  await trace(page).getByText("As if Region lock at Workloads were off", { exact: true }).waitFor();
  await panel.getByText("switched off").waitFor();
  await button(panel, "Switch on Region lock at Workloads").click();
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");

  await policyTypes(page).getByRole("button", { name: /^Identity/ }).first().click();
  await button(trace(page).getByRole("group", { name: "Identity" }), "Switch off identity policies").click();
  const off = [];
  for (const name of ["RCPs", "endpoint policies", "resource-based policies", "permissions boundaries", "session policies"]) {
    await button(policyTypes(page), `Switch off ${name}`).focus();
    await page.keyboard.press("Enter");
    off.push(name);
  }
  await eventually(async () => JSON.parse(await exported(page)).settings.off, [
    "identity", "rcp", "endpoint", "resource", "trust", "boundary", "session",
  ]);
  await trace(page).getByText(`As if identity policies, ${off.slice(0, -1).join(", ")} and ${off.at(-1)} were off`, { exact: true }).waitFor();
  await button(trace(page), "Switch everything on").click();
  assert.equal(JSON.parse(await exported(page)).settings, undefined);
});

test("open questions, the date and what nobody stated are settings of the scenario", async (t) => {
  const page = await opened(t);
  const before = await exported(page);
  const settings = async () => JSON.parse(await exported(page)).settings;
  const openSettings = async () => {
    await choose(page, button(page.getByRole("banner"), "More"), "Settings");
    await dialog(page, "Settings").waitFor();
  };
  const close = () => page.keyboard.press("Escape");
  await openSettings();
  const question = dialog(page, "Settings").getByRole("checkbox", { name: /listBucketsOnAnyBucket, yes by default$/ });
  assert.ok(await question.isChecked());
  await question.uncheck();
  await dialog(page, "Settings").getByRole("checkbox", { name: /shortArnsFilledUp, no by default$/ }).check();
  await dialog(page, "Settings").getByRole("checkbox", { name: /^Context keys that nobody states are absent/ }).check();
  await dialog(page, "Settings").getByLabel(/^Rules and quotas as of/).fill("2025-01-01");
  await close();
  assert.deepEqual(await settings(), {
    unstatedKeys: "absent", asOf: "2025-01-01", rules: { listBucketsOnAnyBucket: false, shortArnsFilledUp: true },
  });
  await openSettings();
  await dialog(page, "Settings").getByRole("checkbox", { name: /listBucketsOnAnyBucket/ }).check();
  await dialog(page, "Settings").getByRole("checkbox", { name: /shortArnsFilledUp/ }).uncheck();
  await dialog(page, "Settings").getByRole("checkbox", { name: /^Context keys/ }).uncheck();
  await dialog(page, "Settings").getByLabel(/^Rules and quotas as of/).fill("");
  await close();
  assert.equal(await exported(page), before);
});

for (const [width, height] of [[1440, 900], [1024, 768], [375, 812]]) {
  for (const theme of ["light", "dark"]) {
    test(`opened details fit in ${width} pixels and are accessible, ${theme}`, async (t) => {
      const page = await opened(t, { viewport: { width, height }, theme, editor: width > 640 });
      await button(part(page, "Requests"), "Another resource").click();
      await field(group(page, "Resource 2"), "Owner").fill("1");
      await button(group(page, "Caller"), "Add session tags").click();
      assert.deepEqual(await accessibilityProblems(page), []);
      const wide = await page.evaluate(() => {
        const details = document.querySelector(".request-details");
        return document.documentElement.scrollWidth > innerWidth || details.scrollWidth > details.clientWidth;
      });
      assert.ok(!wide, "nothing sticks out");
    });
  }
}

for (const width of [1440, 1024]) {
  test(`each cell of the requests is one line in ${width} pixels`, async (t) => {
    const { page } = await open(t, { hash: "#example/full-access-taken-away", viewport: { width, height: 900 } });
    await requestRows(page).first().waitFor();
    const tall = await requestRows(page).evaluateAll((rows) =>
      rows.flatMap((row) => [...row.querySelectorAll("[role=gridcell]")]).filter((cell) => {
        const words = cell.querySelector(".text, .badge > span");
        return words && words.getClientRects().length > 0 && words.getBoundingClientRect().height > 24;
      }).map((cell) => cell.innerText),
    );
    assert.deepEqual(tall, []);
    assert.equal(new Set(await requestRows(page).evaluateAll((rows) => rows.map((row) => row.clientHeight))).size, 1);
  });
}

test("a cell that is left for another place is a cell again, and covers nothing", async (t) => {
  const { page } = await open(t, { hash: "#example/protect-the-trail" });
  const field = await editCell(requestRows(page).first(), "Does");
  const offers = page.getByRole("listbox", { name: "Does" });
  await offers.waitFor();
  await field.fill("cloudtrail:LookupEvents");
  await part(page, "Trace").getByRole("paragraph").first().click({ position: { x: 2, y: 2 } });
  await offers.waitFor({ state: "detached" });
  await field.waitFor({ state: "detached" });
  assert.equal((await column(page, "Does"))[0], "cloudtrail:LookupEvents");
  assert.equal((await verdicts(page))[0], "Allow");

  await editCell(requestRows(page).first(), "On");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await offers.waitFor();
  await button(page, "Share").focus();
  await offers.waitFor({ state: "detached" });
  assert.ok(await hasFocus(button(page, "Share")), "the focus stays where it went");
});
