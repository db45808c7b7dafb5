// The map: the organization as a picture, with the way of the selected request.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, eventually, hasFocus, importText, node, part, policyTab, requestRows, tree } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const LEVELS = "#example/full-access-taken-away";
const DEPARTMENTS = "#example/four-departments";

const map = (page) => part(page, "Map");
const picture = (page) => map(page).getByRole("tree", { name: "Map" });
const cards = (page) => picture(page).getByRole("treeitem");
const card = (page, name) => picture(page).getByRole("treeitem", { name: new RegExp(`^${name}(,|$)`) });
const said = async (page, name) => String(await card(page, name).getAttribute("aria-label"));
const zoomed = async (page) => Number((await map(page).getByText(/^\d+%$/).innerText()).replace("%", ""));
const names = async (page) => (await cards(page).evaluateAll((all) => all.map((one) => one.getAttribute("aria-label").split(",")[0]))).sort();

/** The page with an example, its map open. */
async function opened(t, hash, options = {}) {
  const { page } = await open(t, { hash, ...options });
  await requestRows(page).first().waitFor({ state: "attached" });
  await show(page);
  return page;
}

async function show(page) {
  const tab = button(page.getByRole("navigation", { name: "Parts of the page" }), "Organization");
  if (await tab.isVisible()) await tab.click();
  await button(part(page, "Organization"), "Map").click();
  await cards(page).first().waitFor();
}

/** What a button saves: the name of the file and its bytes. */
async function saved(page, name) {
  const waiting = page.waitForEvent("download");
  await button(map(page), name).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test("every node of the tree is in the map, with what is attached to it", async (t) => {
  const { page } = await open(t, { hash: LEVELS });
  await node(page, "Root").waitFor();
  const inTree = (await tree(page)).map((line) => line.replace(/^\d+ /, "")).sort();
  await show(page);
  assert.deepEqual(await names(page), inTree);
  assert.match(await said(page, "Dev"), /Account, 2222 2222 2222, attached: FullAWSAccess/);
  assert.match(await said(page, "Management"), /exempt from SCPs/);
});

test("the level that blocks is told by words, and follows the request", async (t) => {
  const page = await opened(t, LEVELS);
  assert.match(await said(page, "Root"), /Lets the request through/);
  assert.match(await said(page, "1 Deny above and here"), /Blocks: explicit deny, attached: FullAWSAccess, Deny S3 \(decides\)/);
  assert.match(await said(page, "Build"), /Verdict: Explicit deny/);
  await map(page).getByText(/^Denied: statement DenyS3/).waitFor();
  // The words stand in the picture too.
  await picture(page).getByText("Blocks: explicit deny", { exact: true }).waitFor();

  const choice = map(page).getByRole("combobox", { name: "Request" });
  const wanted = (await choice.getByRole("option").allInnerTexts()).find((name) => name.startsWith("3"));
  await choice.selectOption({ label: wanted });
  await eventually(() => said(page, "3 No Allow on top"), /Blocks: nothing allows it/);
  assert.doesNotMatch(await said(page, "1 Deny above and here"), /Blocks/);
  await button(map(page), "Close (Esc)").click();
  const selected = part(page, "Requests").getByRole("row", { selected: true });
  await eventually(async () => (await selected.innerText()).replace(/\s+/g, " "), /Implicit deny/);
});

test("a click on a card selects the node in the tree", async (t) => {
  const page = await opened(t, DEPARTMENTS);
  await card(page, "Legal").click();
  await eventually(() => node(page, "Legal").getAttribute("aria-selected"), "true");
  assert.equal(await card(page, "Legal").getAttribute("aria-selected"), "true");
  // And the other way round.
  await node(page, "Finance").click();
  await eventually(() => card(page, "Finance").getAttribute("aria-selected"), "true");
  assert.equal(await card(page, "Legal").getAttribute("aria-selected"), "false");
});

test("a policy that is opened from the tree takes the place of the map", async (t) => {
  const page = await opened(t, DEPARTMENTS);
  await node(page, "Regulated").getByText("Approved services").click();
  await eventually(() => policyTab(page, "Approved services").getAttribute("aria-selected"), "true");
  assert.equal(await map(page).count(), 0);
});

test("the map is used by the keyboard alone", async (t) => {
  const { page } = await open(t, { hash: DEPARTMENTS });
  const opener = button(part(page, "Organization"), "Map");
  await opener.focus();
  await page.keyboard.press("Enter");
  await cards(page).first().waitFor();
  await page.keyboard.press("Home");
  await eventually(() => hasFocus(card(page, "Root")), true);
  await page.keyboard.press("ArrowRight");
  assert.ok(await hasFocus(card(page, "Management")));
  await page.keyboard.press("ArrowDown");
  assert.ok(await hasFocus(card(page, "Finance")));
  await page.keyboard.press("r");
  assert.ok(await hasFocus(card(page, "Regulated")), "a letter leads to a name");
  await page.keyboard.press("End");
  assert.ok(await hasFocus(card(page, "Legal")));
  await page.keyboard.press("Enter");
  await eventually(() => node(page, "Legal").getAttribute("aria-selected"), "true");
  assert.ok(await hasFocus(card(page, "Legal")), "the focus stays");
  await page.keyboard.press("ArrowLeft");
  assert.ok(await hasFocus(card(page, "Regulated")));
  await page.keyboard.press("Escape");
  await eventually(() => map(page).count(), 0);
  assert.ok(await hasFocus(opener));
});

test("what is below a node folds away and comes back", async (t) => {
  const page = await opened(t, DEPARTMENTS);
  // The sign stands on the right edge of the card.
  const { x, y, width, height } = await card(page, "Regulated").boundingBox();
  await page.mouse.click(x + width - 15, y + height / 2);
  await eventually(() => card(page, "Regulated").getAttribute("aria-expanded"), "false");
  assert.equal(await card(page, "Legal").count(), 0);
  assert.match(await said(page, "Regulated"), /2 accounts/);
  await page.keyboard.press("ArrowRight");
  await card(page, "Legal").waitFor();
});

test("zoom and place follow wheel, buttons, keys and mouse", async (t) => {
  const page = await opened(t, LEVELS);
  const box = map(page).getByRole("group", { name: /^Picture of the organization/ });
  const place = () => box.evaluate((element) => [Math.round(element.scrollLeft), Math.round(element.scrollTop)]);
  const before = await zoomed(page);
  await button(map(page), "Zoom in").click();
  await eventually(async () => (await zoomed(page)) > before, true);
  const { x, y, width, height } = await box.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 240);
  await page.keyboard.up("Control");
  await eventually(async () => (await zoomed(page)) < before * 1.25, true);
  // Everything is in sight after Fit, and the sign of a level that is out of sight stays reachable.
  await button(map(page), "Fit the whole map").click();
  const whole = await box.evaluate((element) => element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth);
  assert.ok(whole);
  for (let times = 0; times < 6; times += 1) await button(map(page), "Zoom in").click();
  const start = await place();
  await page.mouse.move(x + 30, y + height - 30);
  await page.mouse.down();
  await page.mouse.move(x + 130, y + height - 110, { steps: 4 });
  await page.mouse.up();
  const [left, top] = await place();
  assert.deepEqual([start[0] - left, top - start[1]], [100, 80]);
  await box.focus();
  await page.keyboard.press("0");
  await eventually(place, [0, 0]);
});

test("the map is saved as an SVG that says everything and needs nothing", async (t) => {
  const page = await opened(t, LEVELS, { theme: "dark" });
  const { name, content } = await saved(page, "Save as SVG");
  assert.equal(name, "fullawsaccess-taken-away-at-one-level.svg");
  const text = content.toString("utf8");
  const read = await page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    const root = file.documentElement;
    return {
      broken: file.querySelector("parsererror") !== null,
      role: root.getAttribute("role"),
      title: root.querySelector("title").textContent,
      description: root.querySelector("desc").textContent,
      paper: root.querySelector("rect").getAttribute("fill"),
      texts: [...root.querySelectorAll("text")].map((one) => one.textContent),
      unresolved: [...root.querySelectorAll("*")].filter((one) => /var\(|currentcolor|light-dark/i.test([...one.attributes].map(({ value }) => value).join(" "))).length,
      references: [...root.querySelectorAll("*")].filter((one) => one.hasAttribute("href") || one.hasAttribute("style") || one.hasAttribute("class") || ["script", "image", "use", "foreignObject", "style"].includes(one.localName)).length,
      fills: [...new Set([...root.querySelectorAll("[fill]")].map((one) => one.getAttribute("fill")))].sort(),
      fonts: [...root.querySelectorAll("text")].every((one) => one.getAttribute("font-size") && one.getAttribute("font-family")),
    };
  }, text);
  assert.equal(read.broken, false);
  assert.equal(read.role, "img");
  assert.equal(read.title, "FullAWSAccess taken away at one level");
  assert.match(read.description, /1 Deny above and here: blocks: explicit deny.*Denied: statement DenyS3/);
  assert.equal(read.paper, "rgb(255, 255, 255)", "files are light");
  for (const wanted of await names(page)) {
    const there = read.texts.some((shown) => shown === wanted || (shown.endsWith("…") && wanted.startsWith(shown.slice(0, -1))));
    assert.ok(there, `${wanted} is missing among ${read.texts.join(", ")}`);
  }
  assert.ok(read.texts.includes("Blocks: explicit deny"));
  assert.equal(read.unresolved, 0);
  assert.equal(read.references, 0);
  assert.ok(read.fonts);
  // The colours are those of the page where it is light: paper, ink, two verdicts and the level that blocks.
  const light = ["none", "rgb(17, 107, 63)", "rgb(168, 30, 26)", "rgb(253, 236, 235)", "rgb(255, 255, 255)", "rgb(28, 32, 36)", "rgb(93, 102, 111)"];
  assert.deepEqual(read.fills, light.sort());
});

test("the map is saved as a PNG of twice the size", async (t) => {
  const page = await opened(t, DEPARTMENTS);
  const svg = (await saved(page, "Save as SVG")).content.toString("utf8");
  const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/);
  const { name, content } = await saved(page, "Save as PNG");
  assert.equal(name, "four-departments.png");
  assert.deepEqual([...content.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.deepEqual([content.readUInt32BE(16), content.readUInt32BE(20)], [2 * width, 2 * height]);
  // Something is drawn: paper, ink and the colours of a verdict.
  const colours = await page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return [seen.has("255,255,255"), seen.has("17,107,63")];
  }, [...content]);
  assert.deepEqual(colours, [true, true]);
});

test("on paper the map stands alone, light, as wide as the page", async (t) => {
  const page = await opened(t, LEVELS, { theme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await part(page, "Organization").isVisible(), false);
  assert.equal(await button(map(page), "Fit the whole map").isVisible(), false);
  assert.equal(await page.getByRole("banner").isVisible(), false);
  await map(page).getByText("FullAWSAccess taken away at one level").waitFor();
  const colour = await picture(page).getByText("Build", { exact: true }).evaluate((text) => getComputedStyle(text).fill);
  assert.equal(colour, "rgb(28, 32, 36)", "dark on light");
  const drawn = await picture(page).evaluate((drawn) => drawn.getBoundingClientRect());
  assert.ok(drawn.width <= 1440 && drawn.width > 700, `${drawn.width} px`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, "one page");
});

test("of a large organization the map draws what fits the eye", async (t) => {
  const { page } = await open(t, {});
  await importText(page, JSON.stringify(large()));
  await requestRows(page).first().waitFor();
  await show(page);
  assert.ok((await cards(page).count()) < 250, `${await cards(page).count()} cards`);
  // The way of the request is there, however deep.
  assert.match(await said(page, "Team 7"), /Blocks: explicit deny/);
  assert.match(await said(page, "Account 3005"), /Verdict: Explicit deny/);
  const team = card(page, "Team 7");
  const more = picture(page).getByRole("treeitem", { name: /^492 accounts more/ });
  await more.focus();
  await page.keyboard.press("Enter");
  await eventually(() => picture(page).getByRole("treeitem", { name: /^452 accounts more/ }).count(), 1);
  assert.equal(await team.getAttribute("aria-expanded"), "true");
});

test("a request over every account gives each account its verdict", async (t) => {
  const page = await opened(t, DEPARTMENTS);
  const choice = map(page).getByRole("combobox", { name: "Request" });
  await choice.selectOption({ label: "An auditor lists queues everywhere" });
  await eventually(() => said(page, "Legal"), /Verdict: Implicit deny/);
  assert.match(await said(page, "Finance"), /Verdict: Allow/);
  await card(page, "Legal").click();
  // The way is now that of the account.
  await eventually(() => said(page, "Regulated"), /Blocks: nothing allows it/);
  assert.match(await said(page, "Legal"), /Lets the request through/);
});

test("the code of the map comes when it is asked for, and a page without it says so", async (t) => {
  const asked = [];
  const { page } = await open(t, {
    hash: DEPARTMENTS,
    expected: [/map.*\.js/, /Failed to load resource/],
    prepare: async (page) => {
      page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()));
      await page.route(/\/map[^/]*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
    },
  });
  await requestRows(page).first().waitFor();
  const code = () => asked.filter((name) => /^map.*\.js$/.test(name)).length;
  assert.equal(code(), 0);
  await button(part(page, "Organization"), "Map").click();
  await map(page).getByRole("alert").getByText("could not be loaded").waitFor();
  assert.equal(code(), 1);
  await button(map(page), "Close (Esc)").click();
  await part(page, "Requests").waitFor();
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in the map, ${theme}`, async (t) => {
    const page = await opened(t, LEVELS, { theme });
    const problems = async () => (await accessibilityProblems(page)).filter((problem) => problem.includes("guardrail-map"));
    assert.deepEqual(await problems(), []);
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

/** 5,000 accounts in ten teams below two divisions; the request is denied at the seventh team. */
function large() {
  let account = 0;
  const accounts = () => Array.from({ length: 500 }, () => ({ type: "account", id: String(200_000_000_000 + (account += 1)), name: `Account ${account}` }));
  let team = 0;
  const teams = () => Array.from({ length: 5 }, () => ({
    type: "ou", id: `ou-big1-${String((team += 1)).padStart(8, "0")}`, name: `Team ${team}`,
    policies: ["FullAWSAccess", ...(team === 7 ? ["deny-s3"] : [])], children: accounts(),
  }));
  const division = (at) => ({ type: "ou", id: `ou-big1-d000000${at}`, name: `Division ${at}`, children: teams() });
  return {
    version: 1,
    title: "Large",
    organization: {
      managementAccountId: "111111111111",
      root: { id: "r-big1", children: [{ type: "account", id: "111111111111", name: "Management" }, division(1), division(2)] },
    },
    policies: [{ id: "deny-s3", name: "Deny S3", kind: "scp", document: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] } }],
    principals: [{ id: "admin", type: "role", account: "200000003005", name: "Admin", policies: ["AdministratorAccess"] }],
    requests: [{ id: "r", principal: "admin", action: "s3:ListAllMyBuckets", resource: "*" }],
  };
}
