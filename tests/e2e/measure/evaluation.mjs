// The evaluation alone, without a page: the JavaScript package in Chromium.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../support/server.mjs";
import { largeScenario } from "./scenarios.mjs";
import { rounded, summary, table } from "./table.mjs";

const PACKAGE = fileURLToPath(new URL("../../../target/npm", import.meta.url));
const SCENARIOS = [
  ["100 requests, one account each", {}],
  ["100 over every account, policies that do not look at it", { everyAccount: true }],
  ["100 over every account, policies that do", { everyAccount: true, byAccount: true }],
];

export async function measureEvaluation(stage) {
  if (!existsSync(`${PACKAGE}/manual.js`)) {
    console.log("The evaluation alone is left out: `cargo xtask npm` builds what it takes.\n");
    return;
  }
  const server = await serveFolder(PACKAGE, { "index.html": "<!doctype html><title>Guardrail</title>" });
  const rows = [];
  try {
    for (const [name, options] of SCENARIOS) {
      const { read, all, edits } = await stage.withPage(async (page) => {
        await page.goto(`${server.url}index.html`);
        return page.evaluate(evaluate, [largeScenario(options), new URL("manual.js", server.url).href]);
      });
      const { median, max } = summary(edits);
      rows.push({ what: name, read: rounded(read), "all once": rounded(all), "after edit": median, max });
    }
  } finally {
    await server.close();
  }
  table("The evaluation alone, 10,000 accounts × 100 requests (ms)", rows);
}

/** In the page: reads the scenario, evaluates everything once, then again after each of some edits. */
async function evaluate([text, url]) {
  const engine = await import(url);
  await engine.init();
  const timed = (act) => {
    const start = performance.now();
    act();
    return performance.now() - start;
  };
  let playground;
  const read = timed(() => (playground = new engine.Playground(text)));
  // Every request is evaluated; only one is turned into JavaScript.
  const one = () => playground.evaluate({ requests: ["r0"] });
  const all = timed(one);
  const policy = JSON.parse(text).policies[0].document;
  const edits = Array.from({ length: 30 }, (_, at) => {
    policy.Statement[0].Sid = `Deny${at}`;
    playground.setPolicyText("deny-s3", JSON.stringify(policy));
    return timed(one);
  });
  return { read, all, edits };
}
