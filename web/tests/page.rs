//! The page in a browser, found and used as a person does: by role and name.
#![cfg(target_arch = "wasm32")]

use std::time::Duration;

use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::App;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};
use yew::platform::time::sleep;
use yew::{AppHandle, Renderer};

wasm_bindgen_test_configure!(run_in_browser);

struct Page {
    app: Option<AppHandle<App>>,
    root: Element,
}

impl Page {
    /// An empty page, as in a browser that was never here.
    async fn empty() -> Self {
        let window = web_sys::window().unwrap_throw();
        window
            .local_storage()
            .unwrap_throw()
            .unwrap_throw()
            .clear()
            .unwrap_throw();
        // The address of the test runner's page is no link to a scenario.
        window
            .history()
            .unwrap_throw()
            .replace_state_with_url(&JsValue::NULL, "", Some("/"))
            .unwrap_throw();
        Self::open().await
    }

    async fn open() -> Self {
        let root = document().create_element("div").unwrap_throw();
        document()
            .body()
            .unwrap_throw()
            .append_child(&root)
            .unwrap_throw();
        let app = Renderer::<App>::with_root(root.clone()).render();
        settle().await;
        Self {
            app: Some(app),
            root,
        }
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap_throw();
        (0..found.length())
            .filter_map(|at| found.item(at)?.dyn_into().ok())
            .collect()
    }

    fn named(&self, selector: &str, name: &str) -> HtmlElement {
        let found = self
            .all(selector)
            .into_iter()
            .find(|element| name_of(element).starts_with(name));
        found.expect_throw(&format!("no {selector} with the name {name}"))
    }

    async fn press(&self, selector: &str, name: &str) {
        self.named(selector, name).click();
        settle().await;
    }

    fn tree(&self) -> Vec<String> {
        self.all("[role=treeitem]")
            .iter()
            .map(|item| name_of(item).split(',').next().unwrap_throw().to_owned())
            .collect()
    }

    fn status(&self) -> String {
        self.named(".notices", "").text_content().unwrap_throw()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

fn document() -> Document {
    web_sys::window().unwrap_throw().document().unwrap_throw()
}

fn name_of(element: &Element) -> String {
    element
        .get_attribute("aria-label")
        .or_else(|| element.text_content())
        .unwrap_or_default()
}

fn focused() -> HtmlElement {
    document()
        .active_element()
        .unwrap_throw()
        .dyn_into()
        .unwrap_throw()
}

async fn key(name: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(name);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap_throw();
    focused().dispatch_event(&event).unwrap_throw();
    settle().await;
}

/// Types a name into the field that has the focus, and Enter.
async fn type_name(name: &str) {
    let field: HtmlInputElement = focused().dyn_into().unwrap_throw();
    field.set_value(name);
    key("Enter").await;
}

async fn settle() {
    sleep(Duration::from_millis(30)).await;
}

/// Root, management account, OU Workloads with the account Dev; by menus alone.
async fn small() -> Page {
    let page = Page::empty().await;
    page.press("button", "Start an organization").await;
    page.press("button", "Add to the organization").await;
    page.press("[role=menuitem]", "New OU").await;
    type_name("Workloads").await;
    page.press("button", "Add to the organization").await;
    page.press("[role=menuitem]", "New account").await;
    type_name("Dev").await;
    page
}

#[wasm_bindgen_test]
async fn an_organization_is_built_by_menus() {
    let page = small().await;
    assert_eq!(page.tree(), ["Root", "Management", "Workloads", "Dev"]);
    assert!(
        name_of(&focused()).starts_with("Dev"),
        "after a name is given the node has the focus"
    );
    let dev = page.named("[role=treeitem]", "Dev");
    assert_eq!(dev.get_attribute("aria-level").as_deref(), Some("3"));
    assert!(name_of(&dev).contains("FullAWSAccess"));
}

#[wasm_bindgen_test]
async fn the_tree_is_moved_in_by_keys() {
    let page = small().await;
    for (pressed, expected) in [
        ("Home", "Root"),
        ("ArrowDown", "Management"),
        ("ArrowDown", "Workloads"),
        ("ArrowRight", "Dev"),
        ("ArrowLeft", "Workloads"),
        ("m", "Management"),
        ("End", "Dev"),
    ] {
        key(pressed).await;
        let name = name_of(&focused());
        assert!(name.starts_with(expected), "{pressed} leads to {name}");
    }
    key("ArrowLeft").await;
    key("ArrowLeft").await;
    assert_eq!(page.tree(), ["Root", "Management", "Workloads"]);
    let workloads = page.named("[role=treeitem]", "Workloads");
    assert_eq!(
        workloads.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
    let reached = page.all("[role=treeitem][tabindex='0']");
    assert_eq!(reached.len(), 1, "Tab reaches one node of the tree");
}

#[wasm_bindgen_test]
async fn a_node_is_renamed_deleted_and_brought_back() {
    let page = small().await;
    key("F2").await;
    type_name("Development").await;
    assert_eq!(page.tree().last().unwrap_throw(), "Development");

    key("F2").await;
    let field: HtmlInputElement = focused().dyn_into().unwrap_throw();
    field.set_value("Something else");
    key("Escape").await;
    assert_eq!(page.tree().last().unwrap_throw(), "Development");

    key("Delete").await;
    assert_eq!(page.tree(), ["Root", "Management", "Workloads"]);
    assert!(page.status().contains("Deleted Development."));
    assert!(
        name_of(&focused()).starts_with("Workloads"),
        "the node before it has the focus"
    );
    page.press(".notices button", "Undo").await;
    assert_eq!(page.tree().last().unwrap_throw(), "Development");
}

#[wasm_bindgen_test]
async fn the_last_scp_of_a_node_stays() {
    let page = small().await;
    page.press("button", "Detach FullAWSAccess from Dev").await;
    assert!(page.status().contains("last SCP"));
    let dev = page.named("[role=treeitem]", "Dev");
    assert!(name_of(&dev).contains("FullAWSAccess"));
}

#[wasm_bindgen_test]
async fn the_work_is_there_after_a_reload() {
    let page = small().await;
    sleep(Duration::from_millis(400)).await;
    drop(page);
    let page = Page::open().await;
    assert_eq!(page.tree(), ["Root", "Management", "Workloads", "Dev"]);
}

#[wasm_bindgen_test]
async fn a_dialog_gives_the_focus_back() {
    let page = small().await;
    let button = page.named("button", "Export");
    button.focus().unwrap_throw();
    button.click();
    settle().await;
    assert_eq!(page.all("dialog[open]").len(), 1);
    page.press("dialog button", "Close").await;
    assert_eq!(page.all("dialog[open]").len(), 0);
    assert_eq!(name_of(&focused()), "Export");
}
