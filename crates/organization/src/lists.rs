//! Several things in a row, for messages.

/// One of these: "a, b or c".
pub(crate) fn either(items: impl IntoIterator<Item = String>) -> String {
    listed(items, |list, last| texts::list_or(&list, &last))
}

/// Things with commas between, the last one joined to them by `last`.
pub(crate) fn listed(
    items: impl IntoIterator<Item = String>,
    last: fn(String, String) -> String,
) -> String {
    let mut items = items.into_iter().peekable();
    let mut list = items.next().unwrap_or_default();
    while let Some(item) = items.next() {
        list = match items.peek() {
            Some(_) => format!("{list}, {item}"),
            None => last(list, item),
        };
    }
    list
}
