//! Rows of a spreadsheet: tab-separated text, as spreadsheets put it on the clipboard, or CSV.

/// The rows of a text, each with its cells. Tabs separate cells if there are any, otherwise
/// commas or semicolons.
pub(super) fn read(text: &str) -> Vec<Vec<String>> {
    let separator = ['\t', ';', ',']
        .into_iter()
        .find(|one| separates(text, *one));
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    let mut start = true;
    while let Some(letter) = letters.next() {
        let (Some(row), first) = (rows.last_mut(), start) else {
            break;
        };
        start = false;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(row, '"');
            }
            '"' if quoted => quoted = false,
            '"' if first => quoted = true,
            _ if quoted => push(row, letter),
            '\r' => start = first,
            '\n' => {
                rows.push(vec![String::new()]);
                start = true;
            }
            _ if Some(letter) == separator => {
                row.push(String::new());
                start = true;
            }
            _ => push(row, letter),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    rows
}

fn push(row: &mut [String], letter: char) {
    if let Some(cell) = row.last_mut() {
        cell.push(letter);
    }
}

/// Whether a sign separates cells: a tab always, others where each line has one without a space
/// behind it. Names of callers have a comma and a space, the keys of a context `; `.
fn separates(text: &str, separator: char) -> bool {
    if separator == '\t' {
        return text.contains('\t');
    }
    let separated = |line: &str| {
        let mut behind = line.split(separator).skip(1);
        behind.any(|behind| !behind.starts_with(' '))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.all(separated)
}

/// Rows as tab-separated text.
pub(super) fn write(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        if cell.contains(['\t', '\n', '\r']) || cell.starts_with('"') {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_every_program_are_read() {
        let wanted = [
            ["Admin, Dev", "s3:GetObject", "*"],
            ["ana", "iam:ListUsers", ""],
        ];
        for text in [
            "Admin, Dev\ts3:GetObject\t*\nana\tiam:ListUsers\t",
            "Admin, Dev\ts3:GetObject\t*\r\nana\tiam:ListUsers\t\r\n",
            "\"Admin, Dev\",s3:GetObject,*\nana,iam:ListUsers,\n",
            "Admin, Dev;s3:GetObject;*\n\nana;iam:ListUsers;",
            "\"Admin, Dev\",s3:GetObject,*\nana,iam:ListUsers,",
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn one_column_stays_one_column() {
        assert_eq!(read("Admin, Dev\nana, Dev"), [["Admin, Dev"], ["ana, Dev"]]);
        assert_eq!(read("s3:GetObject"), [["s3:GetObject"]]);
        assert!(read(" \n").is_empty());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let rows = vec![
            vec!["a\tb".to_owned(), "\"c\"".to_owned(), "d\ne".to_owned()],
            vec![
                "k=[x,y]; z absent".to_owned(),
                String::new(),
                "f".to_owned(),
            ],
        ];
        assert_eq!(read(&write(&rows)), rows);
    }
}
