//! Starts the page inside another page. It is a program of its own, so that it carries nothing that
//! only the whole page needs.

fn main() {
    web::embed::run();
}
