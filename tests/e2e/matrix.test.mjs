// The matrix: accounts × requests, with the tree as the headings of the rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, eventually, focused, hasFocus, importText, part, requestRows, sentence } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const SOME = scenario([["Workloads", ["regions"], ["Dev", "Shop, “old”"]], ["Sandbox", [], ["=Play"]]]);

const matrix = (page) => part(page, "Matrix");
const grid = (page) => matrix(page).getByRole("treegrid", { name: "Verdicts by account and request" });
const row = (page, name) => grid(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}`) }) });
const cells = (page, name) => row(page, name).getByRole("gridcell").evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label") ?? cell.querySelector(".hidden").textContent));
const headings = async (page) => (await grid(page).getByRole("rowheader").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
const columns = (page) => grid(page).getByRole("columnheader").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? one.textContent));

async function opened(t, text = JSON.stringify(SOME), options = {}) {
  const { page } = await open(t, options);
  await importText(page, text);
  await requestRows(page).first().waitFor({ state: "attached" });
  await show(page);
  return page;
}

async function show(page) {
  const tab = button(page.getByRole("navigation", { name: "Parts of the page" }), "Requests");
  if (await tab.isVisible()) await tab.click();
  await button(part(page, "Requests"), "Matrix").click();
  await grid(page).getByRole("gridcell").first().waitFor();
}

test("each account has its verdict for each request that runs over every account", async (t) => {
  const page = await opened(t);
  await eventually(() => headings(page), ["Root 3 accounts", "Workloads 2 accounts", "Dev", "Shop, “old”", "Sandbox 1 account", "=Play"]);
  assert.deepEqual(await columns(page), [
    "Account",
    "ec2:RunInstances, us-east-1, 1 allow, 2 explicit deny",
    "List buckets, s3:ListAllMyBuckets, 3 allow",
  ]);
  assert.deepEqual(await cells(page, "Dev"), ["Explicit deny", "Allow"]);
  assert.deepEqual(await cells(page, "=Play"), ["Allow", "Allow"]);
  // OUs sum up what is below them.
  assert.deepEqual(await cells(page, "Workloads"), ["2 explicit deny", "2 allow"]);
  assert.deepEqual(await cells(page, "Root"), ["1 allow, 2 explicit deny", "3 allow"]);
  // Each verdict is a word and a shape, not a colour alone.
  assert.match(await row(page, "Dev").innerText(), /Explicit deny/);
  assert.equal(await row(page, "Dev").getByRole("gridcell").first().locator("svg").count(), 1);
});

test("requests of single accounts stand in the row of their account", async (t) => {
  const page = await opened(t);
  await matrix(page).getByRole("checkbox", { name: "Requests of single accounts" }).check();
  await eventually(() => cells(page, "Dev"), ["Explicit deny", "Allow", "does not ask", "Allow"]);
  assert.deepEqual(await cells(page, "=Play"), ["Allow", "Allow", "does not ask", "does not ask"]);
  // The management account is a row where it asks something.
  assert.deepEqual(await cells(page, "Management"), ["does not ask", "does not ask", "Allow", "does not ask"]);
});

test("Enter on a cell shows its reasons in the trace beside it", async (t) => {
  const page = await opened(t);
  await row(page, "=Play").getByRole("gridcell").first().click();
  await eventually(() => sentence(page), /^Allowed/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await eventually(() => sentence(page), /^Denied.*Regions.*Workloads/);
  const cell = row(page, "Shop").getByRole("gridcell").first();
  assert.equal(await cell.getAttribute("aria-selected"), "true");
  assert.ok(await hasFocus(cell), await focused(page));
  // The table of requests knows it too.
  await page.keyboard.press("Escape");
  await eventually(() => matrix(page).count(), 0);
  assert.ok(await hasFocus(button(part(page, "Requests"), "Matrix")), await focused(page));
  const selected = part(page, "Requests").getByRole("row", { selected: true });
  await eventually(async () => (await selected.first().innerText()).replace(/\s+/g, " "), /ec2:RunInstances/);
});

test("the grid is moved in by the keys of grids", async (t) => {
  const page = await opened(t);
  const at = (name, column) => row(page, name).getByRole("gridcell").nth(column);
  const heading = (name) => grid(page).getByRole("rowheader", { name: new RegExp(`^${name}`) });
  await at("Dev", 0).click();
  const steps = [
    ["ArrowRight", at("Dev", 1)],
    ["ArrowRight", at("Dev", 1)],
    ["ArrowDown", at("Shop", 1)],
    ["Home", heading("Shop")],
    ["End", at("Shop", 1)],
    ["Control+Home", heading("Root")],
    ["Control+End", at("=Play", 1)],
    ["PageUp", at("Root", 1)],
    ["ArrowUp", grid(page).getByRole("columnheader", { name: /^List buckets/ })],
    ["ArrowLeft", grid(page).getByRole("columnheader", { name: /^ec2/ })],
    ["ArrowDown", at("Root", 0)],
    ["ArrowLeft", heading("Root")],
    ["ArrowDown", heading("Workloads")],
  ];
  for (const [key, wanted] of steps) {
    await page.keyboard.press(key);
    // The cells may be drawn anew between two looks.
    await eventually(() => hasFocus(wanted), true, key);
  }
  // Left folds an OU, Right unfolds it.
  await page.keyboard.press("ArrowLeft");
  await eventually(() => row(page, "Dev").count(), 0);
  assert.equal(await row(page, "Workloads").getAttribute("aria-expanded"), "false");
  assert.ok(await hasFocus(heading("Workloads")));
  await page.keyboard.press("Enter");
  await eventually(() => row(page, "Dev").count(), 1);
  // Only one cell is a stop of the Tab key.
  assert.equal(await grid(page).locator('[tabindex="0"]').count(), 1);
});

test("rows are found by name, by verdict, and where they differ from most", async (t) => {
  const page = await opened(t);
  const status = matrix(page).getByRole("status").filter({ hasText: "account" });
  const rows = matrix(page).getByRole("combobox", { name: "Rows" });
  await eventually(() => status.innerText(), "3 accounts");
  await rows.selectOption({ label: "Only accounts that differ" });
  await eventually(() => headings(page), ["Root 1 account", "Sandbox 1 account", "=Play"]);
  await eventually(() => status.innerText(), "1 of 3 accounts");
  await rows.selectOption({ label: "With explicit deny" });
  await eventually(() => headings(page), ["Root 2 accounts", "Workloads 2 accounts", "Dev", "Shop, “old”"]);
  await rows.selectOption({ label: "With depends" });
  await matrix(page).getByText("No account fits.").waitFor();
  await rows.selectOption({ label: "All accounts" });
  await matrix(page).getByRole("searchbox", { name: "Find an account" }).fill("shop");
  await eventually(() => headings(page), ["Root 1 account", "Workloads 1 account", "Shop, “old”"]);
  await matrix(page).getByRole("searchbox", { name: "Find an account" }).fill("2000 0000 0001");
  await eventually(() => headings(page), ["Root 1 account", "Workloads 1 account", "Dev"]);
});

test("what is shown is copied as comma-separated values", async (t) => {
  const page = await opened(t);
  await button(matrix(page), "Copy as CSV").click();
  await matrix(page).getByRole("status").filter({ hasText: "Copied: 3 accounts." }).waitFor();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  assert.equal(
    (await copied()).replaceAll("\r\n", "\n"),
    [
      "Organizational unit,Account,Account id,ec2:RunInstances · us-east-1,List buckets · s3:ListAllMyBuckets",
      "Root / Workloads,Dev,200000000001,Explicit deny,Allow",
      'Root / Workloads,"Shop, “old”",200000000002,Explicit deny,Allow',
      // A name is never a formula of a spreadsheet.
      "Root / Sandbox,'=Play,200000000003,Allow,Allow",
      "",
    ].join("\n"),
  );
  await matrix(page).getByRole("combobox", { name: "Rows" }).selectOption({ label: "Only accounts that differ" });
  await button(matrix(page), "Copy as CSV").click();
  await eventually(async () => (await copied()).trim().split("\r\n").length, 2);
});

test("10,000 accounts × 100 requests: only what is in sight is in the page, wherever that is", async (t) => {
  const page = await opened(t, JSON.stringify(large()));
  // Large organizations begin with the OUs under the root.
  assert.ok((await headings(page)).includes("Division 1 500 accounts"));
  assert.equal(await grid(page).getAttribute("aria-colcount"), "101");
  const cellsThere = () => grid(page).getByRole("gridcell").count();
  const few = async () => assert.ok((await cellsThere()) < 900, `${await cellsThere()} cells`);
  await few();
  await matrix(page).getByRole("combobox", { name: "Rows" }).selectOption({ label: "With explicit deny" });
  await eventually(() => grid(page).getAttribute("aria-rowcount"), String(1 + 1 + 1 + 500));
  await matrix(page).getByRole("combobox", { name: "Rows" }).selectOption({ label: "With allow" });
  await eventually(() => grid(page).getAttribute("aria-rowcount"), String(1 + 1 + 20 + 10_000));
  await few();
  await grid(page).getByRole("rowheader").first().focus();
  await page.keyboard.press("Control+End");
  const last = row(page, "Account 10000$").getByRole("gridcell").last();
  assert.ok(await hasFocus(last), await focused(page));
  assert.equal(await last.getAttribute("aria-colindex"), "101");
  assert.equal(await last.getAttribute("aria-label"), "Allow");
  await few();
  // The headings stay in sight.
  const { x } = await grid(page).getByRole("rowheader", { name: /^Account 10000$/ }).boundingBox();
  assert.ok(x >= 0 && x < 10, `the heading of the row begins at ${x}`);
  const head = await grid(page).getByRole("columnheader", { name: /^Request 100,/ }).boundingBox();
  const box = await last.boundingBox();
  assert.ok(head.y < box.y && Math.abs(head.x - box.x) <= 1);
  // The cell with the focus stays in the page when it is scrolled out of sight.
  await matrix(page).evaluate((pane) => pane.querySelector("guardrail-matrix").shadowRoot.querySelector(".box").scrollTo(0, 0));
  await row(page, "Account 1$").waitFor();
  assert.ok(await hasFocus(last));
  await page.keyboard.press("Enter");
  await eventually(() => sentence(page), /^Allowed/);
});

test("without a request over every account the others stand alone, and none is explained", async (t) => {
  const alone = { ...SOME, requests: SOME.requests.slice(2) };
  const page = await opened(t, JSON.stringify(alone));
  assert.equal((await columns(page)).length, 3);
  assert.equal(await matrix(page).getByRole("checkbox").count(), 0);
  const { page: other } = await open(t);
  await importText(other, JSON.stringify({ ...SOME, requests: [{ id: "s", principal: { type: "service", name: "ec2.amazonaws.com" }, action: "s3:GetObject", resource: "arn:aws:s3:::data/x" }] }));
  await requestRows(other).first().waitFor();
  await button(part(other, "Requests"), "Matrix").click();
  await matrix(other).getByText("No request runs over every account yet.").waitFor();
});

test("on a narrow page a cell is chosen by touch and the pinned verdict follows", async (t) => {
  const page = await opened(t, undefined, { viewport: { width: 375, height: 700 } });
  await row(page, "=Play").getByRole("gridcell").first().click();
  const pinned = page.getByRole("button", { name: /^(Allow|Explicit deny)/ });
  await eventually(() => pinned.first().innerText(), /^Allow/);
  await row(page, "Dev").getByRole("gridcell").first().click();
  await eventually(() => pinned.first().innerText(), /^Explicit deny/);
  await pinned.first().click();
  await part(page, "Trace").getByText(/denies|Denied/).first().waitFor();
  assert.equal(await matrix(page).count(), 0);
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in the matrix, ${theme}`, async (t) => {
    const page = await opened(t, undefined, { theme });
    const problems = async () => (await accessibilityProblems(page)).filter((problem) => problem.includes("guardrail-matrix"));
    assert.deepEqual(await problems(), []);
    await row(page, "Dev").getByRole("gridcell").first().click();
    assert.deepEqual(await problems(), [], "a cell is chosen");
    await page.emulateMedia({ forcedColors: "active", colorScheme: theme });
    assert.deepEqual(await problems(), [], "forced colours");
    await page.emulateMedia({ forcedColors: "none", colorScheme: theme });
    for (const width of [1024, 375, 320]) {
      await page.setViewportSize({ width, height: 700 });
      assert.deepEqual(await problems(), [], `${width} px`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} px at ${width} px`);
    }
  });
}

/** OUs with what is attached and their accounts; a region lock can be attached; four requests. */
function scenario(units) {
  let account = 0;
  const children = units.map(([name, policies, accounts], at) => ({
    type: "ou", id: `ou-ab12-${String(at).padStart(8, "0")}`, name, policies: ["FullAWSAccess", ...policies],
    children: accounts.map((name) => ({ type: "account", id: String(200_000_000_000 + (account += 1)), name })),
  }));
  const every = { type: "everyAccount", role: "Admin", policies: ["AdministratorAccess"] };
  return {
    version: 1,
    title: "Matrix",
    organization: {
      managementAccountId: "111111111111",
      root: { id: "r-ab12", children: [{ type: "account", id: "111111111111", name: "Management" }, ...children] },
    },
    policies: [{
      id: "regions", name: "Regions", kind: "scp",
      document: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "ec2:*", Resource: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } }] },
    }],
    requests: [
      { id: "run", principal: every, action: "ec2:RunInstances", resource: "*", region: "us-east-1" },
      { id: "read", name: "List buckets", principal: every, action: "s3:ListAllMyBuckets", resource: "*" },
      { id: "root", principal: { type: "root", account: "111111111111" }, action: "ec2:RunInstances", resource: "*", region: "us-east-1" },
      { id: "dev", principal: { type: "root", account: "200000000001" }, action: "s3:ListAllMyBuckets", resource: "*" },
    ],
  };
}

/** 20 OUs with 500 accounts each; one has a region lock. 100 requests, of which every second is about regions. */
function large() {
  let account = 0;
  const units = Array.from({ length: 20 }, (_, at) => [`Division ${at + 1}`, at === 6 ? ["regions"] : [], Array.from({ length: 500 }, () => `Account ${(account += 1)}`)]);
  const { requests, ...rest } = scenario(units);
  const [run, read] = requests;
  return { ...rest, requests: Array.from({ length: 100 }, (_, at) => ({ ...(at % 2 ? read : run), id: `r${at}`, name: `Request ${at + 1}` })) };
}
