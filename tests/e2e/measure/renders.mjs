// Which components are drawn again for a keystroke. It takes a build for development, whose functions
// have their names: `trunk build --dist <folder>`.

import { countCalls, takeCalls, tellingCopy } from "../support/calls.mjs";
import { editorLoaded } from "../support/page.mjs";
import { serveFolder } from "../support/server.mjs";
import { EXAMPLE } from "./scenarios.mjs";
import { rounded, table } from "./table.mjs";
import { caretIntoSid, press } from "./typing.mjs";

const KEYSTROKES = 20;

export async function measureRenders(stage, folder) {
  const copy = tellingCopy(folder);
  const server = await serveFolder(copy.folder);
  try {
    await stage.withPage(async (page) => {
      await countCalls(page, copy);
      await page.goto(server.url + EXAMPLE);
      await editorLoaded(page);
      await caretIntoSid(page);
      await page.waitForTimeout(1_000);
      await takeCalls(page, copy);
      await press(page, KEYSTROKES, () => page.waitForTimeout(200));
      const rows = [];
      for (const [name, count] of await takeCalls(page, copy)) {
        const component = name.match(/^<web::(?:components::)?(.+) as yew::functional::FunctionProvider>::run$/)?.[1];
        if (component) rows.push({ what: component, "per key": rounded(count / KEYSTROKES) });
      }
      rows.sort((a, b) => b["per key"] - a["per key"]);
      table("Components that are drawn again for a keystroke, example 4", rows);
    });
  } finally {
    await server.close();
    copy.remove();
  }
}
