//! Tables whose columns line up.

use crate::style::{Look, Style, width};

/// A cell: a text and its look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    look: Look,
    text: String,
}

impl Cell {
    pub(crate) fn new(look: Look, text: impl Into<String>) -> Self {
        Self {
            look,
            text: text.into(),
        }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(Look::Plain, text)
    }
}

/// Rows of cells; the last cell of a row may be as long as it likes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// With a heading for each column.
    pub(crate) fn headed(names: &[&str]) -> Self {
        let heading = names.iter().map(|name| Cell::new(Look::Dim, *name));
        Self {
            rows: vec![heading.collect()],
        }
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// One line for each row, each with `indent` blanks in front.
    pub(crate) fn render(&self, style: Style, indent: usize) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| width(&cell.text)).max().unwrap_or(0)
            })
            .collect();
        let mut out = String::new();
        for row in &self.rows {
            let mut line = " ".repeat(indent);
            let mut gap = 0;
            for (cell, column) in row.iter().zip(&widths) {
                if !cell.text.is_empty() {
                    line.extend(std::iter::repeat_n(' ', gap));
                    line.push_str(&style.paint(cell.look, &cell.text));
                    gap = column - width(&cell.text) + 2;
                } else {
                    gap += column + 2;
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_lines_have_no_blanks_at_the_end() {
        let mut table = Table::headed(&["A", "B", "C"]);
        table.row(vec![Cell::plain("long"), Cell::plain(""), Cell::plain("x")]);
        table.row(vec![Cell::plain("ü"), Cell::plain("yes"), Cell::plain("")]);
        assert_eq!(
            table.render(Style::new(false), 1),
            " A     B    C\n long       x\n ü     yes\n"
        );
    }
}
