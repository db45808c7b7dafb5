//! Starts the page.

fn main() {
    web::run();
}
