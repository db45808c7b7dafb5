//! `guardrail`: scenario files and links, evaluated, tested, compared and checked in a terminal.
//!
//! Each command reads its inputs, works on plain data and gives an [`Output`]; only this file
//! writes. `docs/command-line.md` describes the commands.

mod args;
mod commands;
mod examples;
mod formats;
mod help;
mod input;
mod locate;
mod output;
mod style;
mod table;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use args::{Color, Command};
use output::Output;
use style::Style;

fn main() -> ExitCode {
    let output = match args::parse(std::env::args_os().skip(1)) {
        Ok((command, color)) => run(&command, style(color, io::stdout().is_terminal())),
        Err(usage) => Output::failed(format!("error: {usage}\n")),
    };
    // Somebody who reads only the first lines closes the pipe; that changes nothing.
    let _ = write(io::stderr(), &output.err);
    let _ = write(io::stdout(), &output.out);
    ExitCode::from(output.status.code())
}

fn run(command: &Command, style: Style) -> Output {
    match command {
        Command::Eval(options) => commands::eval::run(options, style),
        Command::Test(options) => commands::test::run(options, style),
        Command::Diff(options) => commands::diff::run(options, style),
        Command::Lint(options) => commands::lint::run(options, style),
        Command::Link(options) => commands::link::link(options),
        Command::Open(options) => commands::link::open(options),
        Command::LessonCheck(options) => commands::lesson::run(options, style),
        Command::Schema => Output::holds(commands::SCHEMA.to_owned()),
        Command::Help(topic) => Output::holds(topic.text().to_owned()),
        Command::Version => Output::holds(format!("guardrail {}\n", env!("CARGO_PKG_VERSION"))),
    }
}

fn style(color: Color, terminal: bool) -> Style {
    let told_not_to = || {
        std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb")
    };
    Style::new(match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !told_not_to(),
    })
}

fn write(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
