//! A scenario and its verdicts as a report for people who do not have the page open: the verdicts in
//! a table, the reason of each, the organization and the policies.

use std::rc::Rc;

use organization::{NodeId, NodeRef, Scenario};

use crate::engine::Engine;
use crate::view::{Focus, Inline, Phrase, RequestView, TraceView};
use crate::words;

/// A piece of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of the given level, from 1.
    Heading(usize, String),
    /// A sentence or several.
    Paragraph(Phrase),
    /// The first row is that of the headings.
    Table(Vec<Vec<Phrase>>),
    /// Lines, each with its depth from 0.
    List(Vec<(usize, Phrase)>),
    /// Text as it was typed.
    Text(String),
}

/// The report of a scenario.
#[must_use]
pub fn report(scenario: &Scenario) -> Vec<Block> {
    let mut engine = Engine::new();
    let analysis = engine.analyze(scenario, None);
    let rows: Vec<Focus> = analysis.requests.iter().map(first_row).collect();
    let traces = engine.explain(scenario, &rows);
    let title = match scenario.title.as_str() {
        "" => texts::report_untitled(),
        title => title,
    };
    let mut blocks = vec![Block::Heading(1, title.to_owned())];
    if !scenario.description.is_empty() {
        blocks.push(Block::Paragraph(text(&scenario.description)));
    }
    if !analysis.requests.is_empty() {
        blocks.push(Block::Heading(2, texts::report_verdicts().to_owned()));
        blocks.extend(expectations(&analysis.requests));
        blocks.push(Block::Table(verdicts(scenario, &analysis.requests)));
        blocks.push(Block::Heading(2, texts::report_reasons().to_owned()));
        for ((at, request), trace) in scenario.requests.iter().enumerate().zip(&traces) {
            let name = match request.name.as_str() {
                "" => &request.action,
                name => name,
            };
            blocks.push(Block::Heading(3, format!("{}. {name}", at + 1)));
            blocks.extend(trace.iter().flat_map(reasons));
        }
    }
    blocks.extend(organization(scenario));
    if !scenario.policies.is_empty() {
        blocks.push(Block::Heading(2, texts::common_policies().to_owned()));
    }
    for policy in &scenario.policies {
        let kind = match policy.kind.known() {
            Some(kind) => words::kind(kind),
            None => policy.kind.as_str(),
        };
        blocks.push(Block::Heading(3, format!("{} ({kind})", policy.name)));
        blocks.push(Block::Text(policy.text.to_string()));
    }
    blocks
}

fn first_row(view: &Rc<RequestView>) -> Focus {
    Focus {
        request: view.id.clone(),
        account: None,
    }
}

fn text(text: &str) -> Phrase {
    vec![Inline::Text(text.to_owned())]
}

fn code(text: &str) -> Phrase {
    vec![Inline::Code(text.to_owned())]
}

/// How many expectations hold.
fn expectations(requests: &[Rc<RequestView>]) -> Option<Block> {
    let expected = requests.iter().filter_map(|view| view.expectation.as_ref());
    let (mut all, mut met) = (0_usize, 0_usize);
    for expectation in expected {
        all += 1;
        met += usize::from(expectation.met);
    }
    let said = texts::report_as_expected(&met, &all);
    (all > 0).then(|| Block::Paragraph(text(&said)))
}

fn verdicts(scenario: &Scenario, views: &[Rc<RequestView>]) -> Vec<Vec<Phrase>> {
    let headings = [
        "",
        texts::common_request(),
        texts::requests_columns_who(),
        texts::requests_columns_does(),
        texts::requests_columns_on(),
        texts::requests_columns_expected(),
        texts::common_verdict(),
    ];
    let mut rows = vec![headings.map(text).to_vec()];
    for ((at, request), view) in scenario.requests.iter().enumerate().zip(views) {
        let who = match view.rows.as_slice() {
            [row] => row.who.clone(),
            rows => texts::report_accounts(&rows.len()),
        };
        let on: Vec<&str> = request.resources.iter().map(|it| it.arn.as_str()).collect();
        let expected = match &view.expectation {
            Some(expectation) if expectation.met => expectation.word.clone(),
            Some(expectation) => texts::report_not_met(&expectation.word),
            None => String::new(),
        };
        rows.push(vec![
            text(&(at + 1).to_string()),
            text(&request.name),
            text(&who),
            code(&request.action),
            code(&on.join(", ")),
            text(&expected),
            vec![Inline::Strong(view.word.clone())],
        ]);
    }
    rows
}

/// The sentence of a verdict, what belongs to it, and the statements that decided.
fn reasons(trace: &TraceView) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(trace.sentence.clone())];
    blocks.extend(trace.notes.iter().cloned().map(Block::Paragraph));
    let deciding = trace.resources.iter().flat_map(|one| &one.deciding);
    let lines: Vec<(usize, Phrase)> = deciding
        .map(|statement| {
            let (first, last) = statement.lines;
            let said = texts::report_statement(
                &statement.policy_name,
                &statement.at,
                &first,
                &last,
                &statement.word,
            );
            let line = vec![
                Inline::Code(statement.title.clone()),
                Inline::Text(format!(" {said}")),
            ];
            (0, line)
        })
        .collect();
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    blocks
}

/// The tree, with what is attached to each node.
fn organization(scenario: &Scenario) -> Vec<Block> {
    let Some(organization) = &scenario.organization else {
        return Vec::new();
    };
    let index = organization.index();
    let mut lines = Vec::new();
    organization.each_node(&mut |node| {
        let id: NodeId = node.id();
        let depth = index.path(id.as_str()).map_or(0, |path| path.len() - 1);
        let mut line = vec![Inline::Strong(node.name().to_owned())];
        if let NodeRef::Account(_) = node {
            line.push(Inline::Text(format!(" ({id})")));
        }
        let names: Vec<&str> = organization
            .effective_attachments(node.attachments())
            .iter()
            .filter_map(|id| scenario.policy(id.as_str()))
            .map(|policy| policy.name())
            .collect();
        if !names.is_empty() {
            line.push(Inline::Text(format!(": {}", names.join(", "))));
        }
        lines.push((depth, line));
    });
    let heading = Block::Heading(2, texts::common_organization().to_owned());
    vec![heading, Block::List(lines)]
}

/// A report as Markdown.
#[must_use]
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(level, words) => {
                out.push_str(&"#".repeat(*level));
                out.push(' ');
                escape(words, &mut out);
                out.push('\n');
            }
            Block::Paragraph(phrase) => {
                pieces(phrase, &mut out);
                out.push('\n');
            }
            Block::Table(rows) => table(rows, &mut out),
            Block::List(lines) => {
                for (depth, phrase) in lines {
                    out.push_str(&"  ".repeat(*depth));
                    out.push_str("- ");
                    pieces(phrase, &mut out);
                    out.push('\n');
                }
            }
            Block::Text(typed) => {
                let fence = "`".repeat(longest_run(typed).max(2) + 1);
                out.push_str(&format!("{fence}json\n{}\n{fence}\n", typed.trim_end()));
            }
        }
    }
    out
}

fn table(rows: &[Vec<Phrase>], out: &mut String) {
    for (at, row) in rows.iter().enumerate() {
        for phrase in row {
            let mut cell = String::new();
            pieces(phrase, &mut cell);
            out.push_str("| ");
            // Code keeps its signs; only this one would end the cell.
            out.push_str(&cell.replace("\\|", "|").replace('|', "\\|"));
            out.push(' ');
        }
        out.push_str("|\n");
        if at == 0 {
            out.push_str(&"| --- ".repeat(row.len()));
            out.push_str("|\n");
        }
    }
}

fn pieces(phrase: &[Inline], out: &mut String) {
    for piece in phrase {
        match piece {
            Inline::Text(text) => escape(text, out),
            Inline::Strong(text) if text.is_empty() => {}
            Inline::Strong(text) => {
                out.push_str("**");
                escape(text, out);
                out.push_str("**");
            }
            Inline::Code(text) | Inline::Mark(text) if text.is_empty() => {}
            Inline::Code(text) | Inline::Mark(text) => {
                let ticks = "`".repeat(longest_run(text) + 1);
                let space = if text.starts_with('`') || text.ends_with('`') {
                    " "
                } else {
                    ""
                };
                out.push_str(&format!("{ticks}{space}{}{space}{ticks}", one_line(text)));
            }
        }
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Text in which no sign means something to a reader of Markdown.
fn escape(text: &str, out: &mut String) {
    for sign in one_line(text).chars() {
        if "\\`*_[]<>|#&".contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for sign in text.chars() {
        run = if sign == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../examples/region-guardrail.json");

    #[test]
    fn the_report_says_every_verdict_and_its_reason() {
        let scenario = organization::file::read(EXAMPLE).unwrap().scenario;
        let text = markdown(&report(&scenario));
        assert!(text.starts_with("# Region guardrail\n"), "{text}");
        let engine = Engine::new().analyze(&scenario, None);
        for view in &engine.requests {
            assert!(text.contains(&format!("**{}** |", view.word)), "{text}");
        }
        for heading in [
            "## Verdicts",
            "## Reasons",
            "## Organization",
            "## Policies",
        ] {
            assert!(text.contains(heading), "{heading}");
        }
        let rows = text.lines().filter(|line| line.starts_with("| ")).count();
        assert_eq!(rows, scenario.requests.len() + 2);
        let denied = engine
            .requests
            .iter()
            .any(|view| view.word == "Explicit deny");
        assert!(denied && text.contains("Denied:"));
    }

    #[test]
    fn an_empty_scenario_has_a_report() {
        assert_eq!(
            markdown(&report(&Scenario::empty())),
            "# Untitled scenario\n"
        );
    }

    #[test]
    fn signs_of_markdown_stay_signs() {
        let blocks = [
            Block::Paragraph(text("a*b_c <img> [x](y) #1")),
            Block::Paragraph(code("a`b")),
            Block::Table(vec![vec![text("a|b"), code("c|d")]]),
            Block::Text("```\n".to_owned()),
        ];
        assert_eq!(
            markdown(&blocks),
            "a\\*b\\_c \\<img\\> \\[x\\](y) \\#1\n\n``a`b``\n\n| a\\|b | `c\\|d` |\n| --- | --- |\n\n````json\n```\n````\n"
        );
    }
}
