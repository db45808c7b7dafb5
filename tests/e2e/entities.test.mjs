// What stands beside the tree: users, groups and roles with all their parts, resources, VPC
// endpoints, accounts outside the organization, RCPs and the settings of the organization.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import {
  add, addRequest, attachTo, build, button, choose, column, command, eventually, exported, hasFocus, importText, node, part, policyTab, reach,
  requestRows, verdicts, typeInto,
} from "./support/app.mjs";
import { editorContent, editorText, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const organization = (page) => part(page, "Organization");
const field = (page, name) => organization(page).getByLabel(name, { exact: true });
const details = (page) => organization(page).locator("section").filter({ has: page.getByRole("button", { name: "Close the details" }) });
const closeDetails = (page) => button(page, "Close the details").click();
const addBeside = (page, what) => choose(page, button(page, "Add to the organization"), what);
const list = (page, name) => organization(page).getByRole("region", { name, exact: true });
const file = async (page) => JSON.parse(await exported(page));
const undo = (page, label) => button(page, `Undo: ${label}`).click();

/** Selects a node by its name: its chips are buttons of their own. */
const select = (page, name) => node(page, name).getByText(name, { exact: true }).click();

/** Adds a user, group or role to an account and names it; it is open then. */
async function addPrincipal(page, account, kind, name) {
  await select(page, account);
  await choose(page, button(page, `Add a user, group or role to ${account}`), kind);
  await eventually(() => hasFocus(field(page, "Name")), true);
  await page.keyboard.type(name);
  await details(page).getByRole("heading", { name, exact: true }).waitFor();
}

/** Types the resource of the first request. */
const typeResource = (page, arn) => typeInto(requestRows(page).first(), "On", arn);

/** Sets a policy that is made for it, and gives it a text. */
async function newPolicy(page, slot, what, document) {
  await choose(page, organization(page).getByRole("button", { name: slot }), what);
  await editorContent(page).waitFor();
  if (document) await replaceText(page, page, JSON.stringify(document, null, 2));
}

test("a bucket of another account lets in who its policy names", async (t) => {
  const { page } = await open(t);
  await build(page);
  await add(page, "Sandbox", "New account", "Data");
  await select(page, "Dev");
  await addRequest(page, "s3:GetObject");
  await typeResource(page, "arn:aws:s3:::photos/cat.jpg");
  await eventually(() => verdicts(page), ["Depends"], "nobody knows whose bucket it is");

  await select(page, "Data");
  await addBeside(page, "New resource");
  await eventually(() => hasFocus(field(page, "ARN")), true);
  assert.equal(await field(page, "Owner").inputValue(), "333333333333", "the selected account owns it");
  await field(page, "ARN").fill("arn:aws:s3:::photos");
  await eventually(() => verdicts(page), ["Implicit deny"], "two accounts, and one side only");

  await newPolicy(page, "Set: Resource policy", "New resource policy");
  assert.match(await editorText(page), /"Resource": "arn:aws:s3:::photos\/\*"/);
  const text = (await editorText(page)).replace("333333333333", "222222222222");
  await replaceText(page, page, text);
  await eventually(() => verdicts(page), ["Allow"]);
  await page.getByRole("tabpanel").getByText("Resource policy, used by photos").waitFor();

  await undo(page, "edit photos resource policy");
  await undo(page, "add a policy");
  await eventually(() => verdicts(page), ["Implicit deny"]);
  assert.equal(await policyTab(page, "photos resource policy").count(), 0);
});

test("a resource is listed, and what is wrong with it stands beside its field", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addBeside(page, "New resource");
  const before = (await file(page)).resources;
  await field(page, "ARN").fill("photos");
  await details(page).getByText(/^photos is not an ARN: expected arn:partition/).waitFor();
  assert.equal(await field(page, "ARN").getAttribute("aria-invalid"), "true");
  assert.deepEqual((await file(page)).resources, before, "a wrong text changes nothing");
  await field(page, "ARN").fill("arn:aws:sqs:eu-west-1:222222222222:jobs");
  await eventually(() => field(page, "ARN").getAttribute("aria-invalid"), null);
  await field(page, "Owner").fill("123");
  await details(page).getByText("There is no account 123.").waitFor();
  await field(page, "Owner").fill("222222222222");
  await details(page).getByText("Dev", { exact: true }).last().waitFor();
  await closeDetails(page);
  await list(page, "Resources").getByRole("button", { name: "jobs sqs, Dev" }).click();
  await button(page, "Delete jobs").click();
  await eventually(() => list(page, "Resources").count(), 0);
  await button(page.getByRole("status"), "Undo").click();
  await list(page, "Resources").getByRole("button", { name: "jobs sqs, Dev" }).waitFor();
});

test("a role has a path, a trust policy, a boundary and tags", async (t) => {
  const { page } = await open(t);
  await build(page);
  await select(page, "Dev");
  await addRequest(page, "sts:AssumeRole");
  await typeResource(page, "arn:aws:iam::222222222222:role/app/UpdateApp");
  await addPrincipal(page, "Dev", "Role", "UpdateApp");
  await field(page, "Path").fill("app");
  await details(page).getByText(/^app is not a path/).waitFor();
  await field(page, "Path").fill("/app/");
  await eventually(async () => (await details(page).innerText()).replace(/\s+/g, ""), /arn:aws:iam::222222222222:role\/app\/UpdateApp/);

  await newPolicy(page, "Set: Trust policy", "New trust policy");
  assert.match(await editorText(page), /"AWS": "222222222222"[^]*sts:AssumeRole/);
  await eventually(() => verdicts(page), ["Allow"]);
  await newPolicy(page, "Set: Permissions boundary", "New permissions boundary");
  await details(page).getByRole("button", { name: "UpdateApp boundary", exact: true }).waitFor();
  await choose(page, organization(page).getByRole("button", { name: "Change: Permissions boundary" }), "PowerUserAccess");
  await button(details(page), "Add a tag").click();
  await eventually(() => hasFocus(page.getByLabel("Key of tag 1")), true);
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("blue");

  const role = (await file(page)).principals.find(({ name }) => name === "UpdateApp");
  assert.deepEqual(
    { ...role, policies: role.policies },
    {
      id: "role", type: "role", account: "222222222222", name: "UpdateApp", path: "/app/", policies: ["AdministratorAccess"],
      permissionsBoundary: "PowerUserAccess", trustPolicy: "updateapp-trust-policy", tags: { team: "blue" },
    },
  );
  await button(details(page), "Detach UpdateApp trust policy").click();
  await eventually(() => verdicts(page), ["No verdict"], "whom it trusts is not known");
  await undo(page, "detach UpdateApp trust policy");
  await eventually(() => verdicts(page), ["Allow"]);
});

test("users and groups know each other", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addPrincipal(page, "Dev", "Group", "devs");
  await closeDetails(page);
  await addPrincipal(page, "Dev", "User", "ana");
  await choose(page, organization(page).getByRole("button", { name: "Put into: Groups" }), "devs");
  await details(page).getByRole("button", { name: "devs", exact: true }).click();
  await details(page).getByRole("heading", { name: "devs", exact: true }).waitFor();
  await button(details(page), "Take out: ana").click();
  await details(page).getByText("No user is in it.").waitFor();
  await undo(page, "leave devs");
  await details(page).getByRole("button", { name: "ana", exact: true }).waitFor();
  await field(page, "Name").fill("");
  await details(page).getByText(/^The name is empty/).waitFor();
});

test("an endpoint and an account outside are described", async (t) => {
  const { page } = await open(t);
  await build(page);
  await select(page, "Dev");
  await addBeside(page, "New VPC endpoint");
  await field(page, "Id").fill("vpce-0a1b2c3d");
  await field(page, "VPC").fill("vpc-1");
  await details(page).getByText(/^vpc-1 is not a VPC id/).waitFor();
  await field(page, "VPC").fill("vpc-0a1b2c3d");
  await newPolicy(page, "Set: Endpoint policy", "New endpoint policy");
  await page.getByRole("tabpanel").getByText("Endpoint policy, used by vpce-0a1b2c3d").waitFor();

  await addBeside(page, "New external account");
  await field(page, "Name").fill("Partner");
  await field(page, "Account id").fill("222222222222");
  await details(page).getByText("The id 222222222222 is taken by another account.").waitFor();
  await field(page, "Account id").fill("999999999999");
  await field(page, "Organization id").fill("o-otherotherorg");
  await field(page, "Entity path").fill("o-otherotherorg/r-zz11/");
  await choose(page, button(page, "Add a user, group or role to Partner"), "Role");
  await field(page, "Name").fill("Auditor");
  await closeDetails(page);
  await details(page).getByRole("heading", { name: "Partner" }).waitFor();

  const { endpoints, externalAccounts, principals } = await file(page);
  assert.deepEqual(endpoints, [
    { id: "vpce-0a1b2c3d", policy: "vpce-0a1b2c3d-endpoint-policy", vpc: "vpc-0a1b2c3d", account: "222222222222" },
  ]);
  assert.deepEqual(externalAccounts, [
    { id: "999999999999", name: "Partner", organization: { id: "o-otherotherorg", path: "o-otherotherorg/r-zz11/" } },
  ]);
  assert.deepEqual(principals.map(({ account, name }) => [account, name]), [["999999999999", "Auditor"]]);

  await button(page, "Delete Partner").click();
  await eventually(() => list(page, "External accounts").count(), 0);
  await button(page.getByRole("status"), "Undo").click();
  await list(page, "External accounts").getByRole("button", { name: "Partner 999999999999" }).waitFor();
});

test("an account takes its requests along when it gets its real id", async (t) => {
  const { page } = await open(t);
  await build(page);
  await select(page, "Dev");
  await addRequest(page, "ec2:DescribeInstances");
  await select(page, "Dev");
  await field(page, "Account id").fill("123456789012");
  await node(page, "Dev").and(page.getByRole("treeitem", { name: /123456789012/ })).waitFor();
  await eventually(() => column(page, "Who"), ["Admin, Dev"]);
  await eventually(() => verdicts(page), ["Allow"]);
  await button(details(page), "Add a tag").click();
  await page.getByLabel("Key of tag 1").fill("env");
  assert.match(await exported(page), /"tags": \{\s*"env": ""\s*\}/);
});

test("RCPs are enabled, attached beside SCPs and disabled", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Root", "Enable RCPs");
  const label = (name) => node(page, name).getAttribute("aria-label");
  assert.match(await label("Dev"), /FullAWSAccess, RCPFullAWSAccess, account/);
  await command(page, "Workloads", "Attach a new RCP");
  await eventually(() => label("Workloads"), /FullAWSAccess, RCP New RCP, RCPFullAWSAccess/);
  await select(page, "Workloads");
  await details(page).getByText("2 of 5").waitFor();
  const chips = node(page, "Workloads");
  assert.equal(await chips.getByRole("button", { name: "Detach New RCP from Workloads" }).count(), 1);
  assert.equal(await chips.getByRole("button", { name: "Detach RCPFullAWSAccess" }).count(), 0);
  await details(page).getByText("on every node").waitFor();
  await details(page).getByRole("button", { name: "RCPFullAWSAccess", exact: true }).click();
  await page.getByRole("tabpanel").getByText(/^RCP of AWS, as of [\d-]+, attached to every node$/).waitFor();
  await policyTab(page, "New RCP").click();

  // A request over plain HTTP to a bucket below the OU is what the new RCP denies.
  await select(page, "Dev");
  await addBeside(page, "New resource");
  await field(page, "ARN").fill("arn:aws:s3:::photos");
  await addRequest(page, "s3:GetObject");
  await typeResource(page, "arn:aws:s3:::photos/cat.jpg");
  await replaceText(page, page, JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
  }));
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.match(await label("Workloads"), /blocks: explicit deny/);

  await command(page, "Root", "Disable RCPs");
  await eventually(() => verdicts(page), ["Allow"]);
  assert.doesNotMatch(await label("Workloads"), /RCP/);
  await button(page.getByRole("status"), "Undo").click();
  await eventually(() => verdicts(page), ["Explicit deny"]);
});

test("the settings of the organization are under its root", async (t) => {
  const { page } = await open(t);
  await build(page);
  await select(page, "Root");
  const before = await exported(page);
  await details(page).getByLabel("All features").uncheck();
  await details(page).getByText("Consolidated billing only: no SCPs, no RCPs.").waitFor();
  assert.ok(await details(page).getByLabel("SCPs enabled").isDisabled());
  assert.doesNotMatch(await node(page, "Dev").getAttribute("aria-label"), /FullAWSAccess/);
  await undo(page, "change the feature set");
  assert.equal(await exported(page), before);
  await details(page).getByLabel("RCPs enabled").check();
  await field(page, "Organization id").fill("o-1");
  await details(page).getByText(/^o-1 is not an organization id/).waitFor();
  await field(page, "Organization id").fill("o-a1b2c3d4e5");
  await field(page, "Partition").fill("aws-cn");
  const { id, partition, enabledPolicyTypes } = (await file(page)).organization;
  assert.deepEqual([id, partition, enabledPolicyTypes], ["o-a1b2c3d4e5", "aws-cn", ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]]);
});

test("a policy of every kind begins with a valid text and says where it is used", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addPrincipal(page, "Dev", "Role", "App");
  for (const [what, place] of [
    ["New SCP", "Dev"],
    ["New identity policy", "role App"],
    ["New permissions boundary", "role App"],
    ["New trust policy", "role App"],
  ]) {
    await choose(page, button(page, "New policy"), what);
    assert.deepEqual(await page.getByRole("region", { name: "Findings" }).getByRole("button").count(), 0, what);
    await attachTo(page, place);
    await page.getByRole("tabpanel").getByText(new RegExp(`(attached to|used by) ${place}$`)).waitFor();
  }
  for (const what of ["New RCP", "New session policy", "New resource policy", "New endpoint policy"]) {
    await choose(page, button(page, "New policy"), what);
    await policyTab(page, what).or(policyTab(page, what.replace("permissions ", ""))).waitFor();
    assert.deepEqual(await page.getByRole("region", { name: "Findings" }).getByRole("button").count(), 0, what);
  }
  // From the policy to where it is used.
  await policyTab(page, "New trust policy").click();
  await closeDetails(page);
  await choose(page, page.getByRole("button", { name: "Actions for New trust policy" }), "role App");
  await details(page).getByRole("heading", { name: "App", exact: true }).waitFor();
});

test("everything beside the tree is reached and left by the keyboard", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addPrincipal(page, "Dev", "Role", "App");
  await page.keyboard.press("Escape");
  await eventually(() => details(page).getByRole("heading", { name: "Dev", exact: true }).count(), 1);
  const line = details(page).getByRole("button", { name: "App", exact: true });
  await eventually(() => hasFocus(line), true, "the focus is where it was opened from");
  await page.keyboard.press("Enter");
  await eventually(() => hasFocus(details(page).getByRole("heading", { name: "App", exact: true })), true);
  await reach(page, organization(page).getByRole("button", { name: "Attach: Identity policies" }));
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "PowerUserAccess" }).waitFor();
  await page.keyboard.type("p");
  await page.keyboard.press("Enter");
  await details(page).getByRole("button", { name: "PowerUserAccess", exact: true }).waitFor();
  await reach(page, button(page, "Delete App"));
  await page.keyboard.press("Enter");
  await eventually(() => details(page).getByRole("heading", { name: "Dev", exact: true }).count(), 1);
  await eventually(() => page.evaluate(() => document.activeElement !== document.body), true);
});

const FULL = JSON.stringify({
  version: 1,
  organization: {
    managementAccountId: "111111111111",
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
    root: { policies: ["FullAWSAccess", "tls"], children: [
      { type: "account", id: "111111111111", name: "Management" },
      { type: "account", id: "222222222222", name: "Dev", tags: { env: "dev" } },
    ] },
  },
  externalAccounts: [{ id: "999999999999", name: "Partner", organization: { id: "o-otherotherorg", path: "o-otherotherorg/r-zz11/" } }],
  policies: [{ id: "tls", name: "Only encrypted", kind: "rcp", document: { Version: "2012-10-17", Statement: [] } }],
  principals: [
    { id: "app", type: "role", account: "222222222222", name: "App", policies: ["AdministratorAccess"], permissionsBoundary: "PowerUserAccess", tags: { team: "blue" } },
    { id: "ana", type: "user", account: "222222222222", name: "ana", groups: ["devs"], policies: [] },
    { id: "devs", type: "group", account: "222222222222", name: "devs", policies: [] },
  ],
  resources: [{ arn: "arn:aws:dynamodb:eu-west-1:222222222222:table/a-table-with-a-rather-long-name", tags: { a: "b" } }],
  endpoints: [{ id: "vpce-0a1b2c3d", account: "222222222222" }],
  requests: [{ id: "r", principal: "app", action: "s3:GetObject" }],
});

for (const [theme, viewport] of [["light", { width: 1440, height: 900 }], ["dark", { width: 1024, height: 768 }], ["light", { width: 320, height: 640 }]]) {
  test(`what is open is sound at ${viewport.width} px, ${theme}`, async (t) => {
    const { page } = await open(t, { theme, viewport });
    await importText(page, FULL);
    const bar = page.getByRole("navigation", { name: "Parts of the page" });
    if (await bar.isVisible()) await button(bar, "Organization").click();
    const sound = async (where) => {
      assert.deepEqual(await accessibilityProblems(page), [], where);
      const [scrolled, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(scrolled <= room, `${where}: ${scrolled} px in ${room}`);
      const cut = await organization(page).evaluate((pane) =>
        [...pane.querySelectorAll("input, button, label, h3, h4")]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > pane.getBoundingClientRect().right + 0.5)
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(cut, [], where);
    };
    const close = async () => { while (await button(page, "Close the details").count()) await closeDetails(page); };
    await select(page, "Root");
    await sound("Root");
    await close();
    for (const name of ["App", "ana", "devs"]) {
      await select(page, "Dev");
      if (name === "App") await sound("Dev");
      await details(page).getByRole("button", { name, exact: true }).click();
      await sound(name);
      await close();
    }
    for (const [name, line] of [["Resources", /^table/], ["VPC endpoints", /^vpce/], ["External accounts", /^Partner/]]) {
      await list(page, name).getByRole("button", { name: line }).click();
      await sound(name);
      await close();
    }
  });
}

test("a scenario without an organization has accounts of its own", async (t) => {
  const { page } = await open(t);
  await addBeside(page, "New external account");
  await field(page, "Name").fill("Alone");
  await choose(page, button(page, "Add a user, group or role to Alone"), "User");
  await field(page, "Name").fill("ana");
  const { externalAccounts, principals } = await file(page);
  assert.deepEqual([externalAccounts[0].name, principals[0].name], ["Alone", "ana"]);
  assert.deepEqual(await page.getByRole("tree").count(), 0);
  await button(page, "Start an organization").waitFor();
});
