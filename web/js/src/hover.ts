// What a word of a policy means, where the pointer rests on it.

import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { placeAt, type Place } from "./place";
import { serviceNamed } from "./words/actions";
import { keyNamed } from "./words/keys";
import { said } from "./said";
import { told } from "./words/told";
import { DOCUMENT, operatorMeans, PRINCIPALS, STATEMENT } from "./words/language";

function meaning({ is, path, text }: Place): string | undefined {
  const last = path.at(-1);
  if (is === "value") return last === "Action" || last === "NotAction" ? actionMeans(text) : undefined;
  if (last === "Condition") return operatorMeans(text);
  if (path.at(-2) === "Condition") return keyMeans(text);
  const elements = path.length === 0 ? DOCUMENT : last === "Statement" ? STATEMENT : PRINCIPALS;
  return told(elements.find(({ name }) => name === text)?.means);
}

function keyMeans(name: string): string | undefined {
  const key = keyNamed(name);
  return key && `${told(key.means)} (${told(key.type)})`;
}

function actionMeans(action: string): string | undefined {
  if (action === "*") return `${said("editor.every-action")}.`;
  const [prefix = "", name = ""] = action.split(":");
  const service = serviceNamed(prefix);
  if (!service) return undefined;
  if (name === "*") return `${said("editor.every-action-of", { service: service.title })}.`;
  return `${said(/[*?]/.test(name) ? "editor.actions-of" : "editor.an-action-of", { service: service.title })}.`;
}

export const hovers: Extension = hoverTooltip((view, at) => {
  const place = placeAt(view.state, at);
  const means = place && meaning(place);
  if (!place || !means) return null;
  return {
    pos: place.from,
    end: place.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-meaning";
      dom.textContent = means;
      return { dom };
    },
  };
});
