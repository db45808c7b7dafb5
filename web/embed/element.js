// <guardrail-playground>: turns what stands in it into the live page, in a frame from beside this
// script. Without script, or until the frame is there, its own content is what one sees.
//
//   <script src="https://HOST/v1/embed.js" defer></script>
//   <guardrail-playground title="Region lock" link="#g1:…" view="requests,trace">
//     <p>What is denied here, and by what?</p>
//   </guardrail-playground>

(() => {
  const NAME = "guardrail-playground";
  const TYPE = "guardrail/1";
  const EMBED = new URL("embed/", document.currentScript?.src ?? document.baseURI);
  const QUERY = ["view", "edit", "theme", "lang", "hide", "start", "reveal", "focus", "example"];
  /** What names the scenario. */
  const NAMING = ["link", "src", "example"];
  const WATCHED = [...new Set([...QUERY, ...NAMING, "title", "height"])];
  /** How long a question may take, in milliseconds. */
  const PATIENCE = 10_000;
  /** What readers have made, by page and element: a page that is put together anew finds it again. */
  const made = new Map();

  class Playground extends HTMLElement {
    static observedAttributes = WATCHED;
    #frame = null;
    #asked = new Map();
    #number = 0;
    #ready = null;
    /** What a reader has made in this element: of what, and as a link. */
    #made = null;
    #fallback = document.createElement("slot");
    #hear = (event) => this.#heard(event);

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).append(this.#fallback);
    }

    // React sets what an element has as a property. The attribute is meant, and not what every element
    // does for its focus.
    get focus() { return super.focus; }
    set focus(value) { this.setAttribute("focus", value); }

    connectedCallback() {
      if (Object.hasOwn(this, "focus")) {
        const value = this.focus;
        delete this.focus;
        this.focus = value;
      }
      // What stands in the element is read after the parser has been there.
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#mount(), { once: true });
      else queueMicrotask(() => this.#mount());
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      this.#frame?.remove();
      this.#frame = null;
      this.#fallback.hidden = false;
      for (const { failed } of this.#asked.values()) failed(new Error("the element was taken out of the page"));
      this.#asked.clear();
    }

    attributeChangedCallback(name, before, value) {
      if (!this.#frame || before === value) return;
      if (name === "theme") this.setTheme(value ?? "auto").catch(() => {});
      else if (name === "edit") this.lock(value ?? "all").catch(() => {});
      else if (name === "title") this.#frame.title = this.#title();
      else if (name === "height") this.#frame.style.height = this.#height();
      else {
        // Another scenario begins as it is; another view goes on with what the reader has made.
        if (NAMING.includes(name)) {
          made.delete(this.#key());
          this.#made = null;
        }
        this.disconnectedCallback();
        this.#mount();
      }
    }

    /** Shows a scenario: a link, a scenario file as text, or the same as an object. */
    load(state) { return this.#ask("load", { state }); }
    /** `auto`, `light` or `dark`. */
    setTheme(theme) { return this.#ask("setTheme", { theme }); }
    /** `none`, `requests`, `policies` or `all`. */
    lock(edit) { return this.#ask("lock", { edit }); }
    /** Shows the reasons of a request. */
    showTrace(request, account) { return this.#ask("showTrace", { request, account }); }
    /** The scenario file, as an object. */
    getState() { return this.#ask("getState").then(({ state }) => state); }
    /** The link to the full page with what the reader has made. */
    getLink() { return this.#ask("getLink").then(({ link }) => link); }

    #title() {
      return this.getAttribute("title") || this.querySelector("h1, h2, h3, h4, caption, figcaption")?.textContent.trim() || "Guardrail, a policy playground";
    }

    #height() {
      const height = this.getAttribute("height");
      return height ? (/^\d+$/.test(height) ? `${height}px` : height) : "480px";
    }

    /**
     * The same for an element and for the one that takes its place when the page is put together anew,
     * and another one wherever another scenario is named.
     */
    #key() {
      const all = [...document.querySelectorAll(NAME)];
      return JSON.stringify([location.pathname + location.search, this.id || all.indexOf(this), this.#named()]);
    }

    /** What names the scenario, the one that stands in the element too. */
    #named() {
      return JSON.stringify([...NAMING.map((name) => this.getAttribute(name)), this.#inline()]);
    }

    /** The scenario that stands in the element. */
    #inline() {
      return this.querySelector('script[type="application/json"]')?.textContent;
    }

    async #mount() {
      if (!this.isConnected || this.#frame) return;
      const address = new URL(EMBED);
      for (const name of QUERY) {
        if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      }
      if (this.hasAttribute("title")) address.searchParams.set("title", this.getAttribute("title"));
      if (!this.hasAttribute("height")) address.searchParams.set("resize", "own");
      const link = this.getAttribute("link");
      if (link) address.hash = link.slice(link.indexOf("#") + 1);
      const frame = document.createElement("iframe");
      frame.title = this.#title();
      frame.loading = "lazy";
      frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox");
      frame.setAttribute("allow", "clipboard-write");
      frame.src = address;
      Object.assign(frame.style, { display: "block", width: "100%", height: this.#height(), border: "0" });
      this.style.display ||= "block";
      this.#frame = frame;
      this.#ready = null;
      window.addEventListener("message", this.#hear);
      this.shadowRoot.append(frame);
      if (this.getAttribute("start") === "click") this.#fallback.hidden = true;
    }

    /** The scenario that the address of the frame does not name: the content, or a file. */
    async #given() {
      const inline = this.#inline();
      if (inline) return inline;
      const src = this.getAttribute("src");
      if (!src) return null;
      const address = new URL(src, document.baseURI);
      if (address.origin !== location.origin) throw new Error(`src is ${address.href}: expected a path of ${location.origin}`);
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address.href} could not be loaded: ${answer.status}`);
      return answer.text();
    }

    #tell(kind, detail) {
      this.dispatchEvent(new CustomEvent(`guardrail-${kind}`, { detail, bubbles: true }));
    }

    async #started(ready) {
      const frame = this.#frame;
      const kept = this.#made?.named === this.#named() ? this.#made.hash : made.get(this.#key());
      const load = async (scenario, fields) => {
        try {
          const state = await scenario();
          // A file that came late is nothing to the frame that has taken the place of this one.
          if (state && frame === this.#frame) await this.#ask("load", { state, ...fields });
        } catch (error) {
          if (frame === this.#frame) this.#tell("error", { code: "load", text: String(error.message ?? error) });
        }
      };
      // Who has been spoken to tells the link with each change.
      await this.#ask("getLink").catch(() => {});
      await load(() => this.#given());
      // It stands beside what was given, to which the reader may go back.
      await load(() => kept, { made: true });
      if (frame !== this.#frame) return;
      this.#fallback.hidden = true;
      this.#tell("ready", ready);
    }

    #ask(kind, fields = {}) {
      return new Promise((done, failed) => {
        if (!this.#frame?.contentWindow || !this.#ready) {
          failed(new Error("the frame is not ready yet: wait for the event guardrail-ready"));
          return;
        }
        const id = ++this.#number;
        this.#asked.set(id, { done, failed });
        setTimeout(() => {
          if (this.#asked.delete(id)) failed(new Error(`no answer to ${kind}`));
        }, PATIENCE);
        // A sandboxed frame has no origin that could be named; this window alone holds the frame.
        this.#frame.contentWindow.postMessage({ type: TYPE, kind, id, ...fields }, "*");
      });
    }

    #heard({ source, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || data?.type !== TYPE) return;
      const { type, kind, id, ...detail } = data;
      const asked = this.#asked.get(id);
      if (asked) {
        this.#asked.delete(id);
        if (kind === "error") asked.failed(Object.assign(new Error(detail.text), { code: detail.code }));
        else asked.done(detail);
        return;
      }
      if (kind === "ready") {
        this.#ready = detail;
        this.#started(detail);
      } else if (kind === "resize") {
        if (!this.hasAttribute("height") && detail.height > 0) this.#frame.style.height = `${Math.min(detail.height, 10_000)}px`;
      } else if (["change", "result", "assert", "lesson", "error"].includes(kind)) {
        if (kind === "change" && detail.hash) {
          this.#made = detail.dirty ? { named: this.#named(), hash: detail.hash } : null;
          if (detail.dirty) made.set(this.#key(), detail.hash);
          else made.delete(this.#key());
        }
        this.#tell(kind, detail);
      }
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Playground);
})();
