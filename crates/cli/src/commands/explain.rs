//! A verdict with its reasons, for reading in a terminal.

use playground::wire::{
    Branch, Element, Outcome, Piece, PieceStyle, PolicyType, Request, Resource, Row, Sentence,
    Stage, Statement, Trace, Truth, Unknown, Value, Verdict,
};

use super::reason::origin;
use crate::style::{
    Look, Style, outcome_look, safe, truth_look, verdict_look, verdict_word, width,
};
use crate::table::{Cell, Table};

/// The column that the policy's and the request's side of an element begin at.
const SIDE: usize = 24;
/// So many values of a list are shown; a value that matches always is.
const MOST_VALUES: usize = 8;
/// Up to so many cases of a verdict that depends stand in one table; more are grouped by verdict.
const MOST_TOGETHER: usize = 8;
/// So many cases of a group are shown. All of them are in the wire form.
const MOST_OF_GROUP: usize = 3;

/// One row: sentence, policy types, statements that decide, statements that do not, keys.
pub(crate) fn explain(request: &Request, row: &Row, style: Style) -> String {
    let mut out = String::new();
    let verdict = verdict_word(row.verdict);
    out.push_str(&format!(
        "{}  {}",
        style.paint(verdict_look(row.verdict), verdict),
        style.paint(Look::Bold, &request.id)
    ));
    if !request.name.is_empty() {
        out.push_str(&format!("  {}", safe(&request.name)));
    }
    out.push('\n');
    let Some(trace) = &row.trace else {
        return out;
    };
    let arns: Vec<&str> = trace.resources.iter().map(|it| it.arn.as_str()).collect();
    out.push_str(&format!(
        "  {} calls {}",
        safe(&row.who),
        safe(&request.action)
    ));
    if !arns.is_empty() {
        out.push_str(&format!(" on {}", safe(&arns.join(", "))));
    }
    out.push('\n');
    if let Some(expectation) = request.expectation.as_ref().filter(|it| !it.met) {
        for difference in &expectation.differences {
            out.push_str(&format!("  {}\n", style.paint(Look::Yellow, difference)));
        }
    }
    out.push('\n');
    for sentence in std::iter::once(&trace.sentence).chain(&trace.notes) {
        out.push_str(&format!("  {}\n", style.sentence(sentence, 2)));
    }
    branches(trace, style, &mut out);
    for resource in &trace.resources {
        if trace.resources.len() > 1 {
            out.push_str(&format!("\n  {}\n", style.paint(Look::Bold, &resource.arn)));
        }
        stages(&resource.stages, style, &mut out);
        statements(resource, style, &mut out);
    }
    keys(trace, style, &mut out);
    out
}

fn branches(trace: &Trace, style: Style, out: &mut String) {
    let Some(depends) = &trace.depends else {
        return;
    };
    if depends.branches.len() > MOST_TOGETHER {
        for (verdict, cases) in by_verdict(&depends.branches) {
            group(verdict, &cases, style, out);
        }
        return;
    }
    let mut table = Table::new();
    for branch in &depends.branches {
        table.row(vec![
            Cell::plain(format!("if {}", branch.case.text)),
            Cell::new(verdict_look(branch.verdict), verdict_word(branch.verdict)),
        ]);
    }
    if depends.branches.is_empty() {
        for thing in &depends.on {
            let name = match thing {
                Unknown::Key { key, .. } => key,
                Unknown::Owner { .. } => "the owner of the resource",
            };
            table.row(vec![Cell::plain(name)]);
        }
    }
    out.push_str(&table.render(style, 4));
}

/// The cases of each verdict, the rarest verdict first: it is what one looks for.
fn by_verdict(branches: &[Branch]) -> Vec<(Verdict, Vec<&Branch>)> {
    let mut groups: Vec<(Verdict, Vec<&Branch>)> = Vec::new();
    for branch in branches {
        match groups.iter_mut().find(|(of, _)| *of == branch.verdict) {
            Some((_, cases)) => cases.push(branch),
            None => groups.push((branch.verdict, vec![branch])),
        }
    }
    groups.sort_by_key(|(_, cases)| cases.len());
    groups
}

/// "Allow in 12 cases", the first few of them, and how many more there are.
fn group(verdict: Verdict, cases: &[&Branch], style: Style, out: &mut String) {
    let noun = if cases.len() == 1 { "case" } else { "cases" };
    out.push_str(&format!(
        "    {} in {} {noun}\n",
        style.paint(verdict_look(verdict), verdict_word(verdict)),
        cases.len()
    ));
    // One line for one more case would say less than the case itself.
    let most = match cases.len() > MOST_OF_GROUP + 1 {
        true => MOST_OF_GROUP,
        false => cases.len(),
    };
    for case in cases.iter().take(most) {
        out.push_str(&format!("      if {}\n", safe(&case.case.text)));
    }
    if most < cases.len() {
        let more = format!("and {} more", cases.len() - most);
        out.push_str(&format!("      {}\n", style.paint(Look::Dim, &more)));
    }
}

/// The strip of policy types; the levels of one stand below it.
fn stages(stages: &[Stage], style: Style, out: &mut String) {
    struct Line<'a> {
        indent: usize,
        name: &'a str,
        outcome: Outcome,
        word: &'a str,
        why: &'a Sentence,
        stops: bool,
    }
    let mut lines = Vec::new();
    for stage in stages {
        lines.push(Line {
            indent: 2,
            name: &stage.title,
            outcome: stage.outcome,
            word: &stage.word,
            why: &stage.why,
            stops: stage.stops,
        });
        lines.extend(stage.levels.iter().map(|level| Line {
            indent: 4,
            name: &level.node.name,
            outcome: level.outcome,
            word: outcome_word(level.outcome),
            why: &level.why,
            stops: level.stops,
        }));
    }
    let names = lines.iter().map(|line| line.indent + width(line.name));
    let names = names.max().unwrap_or(0) + 2;
    let words = lines.iter().map(|line| width(line.word));
    let words = words.max().unwrap_or(0) + 2;
    out.push('\n');
    for line in lines {
        let name = if line.stops { Look::Bold } else { Look::Plain };
        let mut text = " ".repeat(line.indent);
        text.push_str(&style.paint(name, line.name));
        text.extend(std::iter::repeat_n(
            ' ',
            names - line.indent - width(line.name),
        ));
        text.push_str(&style.paint(outcome_look(line.outcome), line.word));
        if !line.why.text.is_empty() {
            text.extend(std::iter::repeat_n(' ', words - width(line.word)));
            text.push_str(&style.sentence(line.why, names + words));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => "Allow",
        Outcome::ExplicitDeny => "Explicit deny",
        Outcome::ImplicitDeny => "Implicit deny",
        Outcome::Depends => "Depends",
        Outcome::NotAsked => "Not asked",
        Outcome::Error => "Not evaluated",
    }
}

fn statements(resource: &Resource, style: Style, out: &mut String) {
    if !resource.deciding.is_empty() {
        out.push_str(&format!(
            "\n  {}\n",
            style.paint(Look::Bold, "What decides")
        ));
        for statement in &resource.deciding {
            heading(statement, &resource.arn, style, out);
            // Of one that is about everything, nothing is left to say.
            if !statement.elements.iter().all(is_everything) {
                for element in &statement.elements {
                    operands(element, style, out);
                }
            }
        }
    }
    if !resource.others.is_empty() {
        let title = if resource.deciding.is_empty() {
            "Statements"
        } else {
            "Other statements"
        };
        out.push_str(&format!("\n  {}\n", style.paint(Look::Bold, title)));
        for statement in &resource.others {
            heading(statement, &resource.arn, style, out);
            // Why it does not match, or what that turns on. One that matches needs no reason.
            for element in &statement.elements {
                if element.truth != Truth::Met && element.truth == statement.truth {
                    operands(element, style, out);
                }
            }
        }
    }
}

/// What the policy of a resource is called.
fn resource_policy(arn: &str) -> &'static str {
    let mut parts = arn.splitn(6, ':').skip(2);
    let (service, name) = (parts.next(), parts.nth(2).unwrap_or_default());
    match service {
        Some("iam") if name.starts_with("role/") => "trust policy",
        Some("kms") if name.starts_with("key/") => "key policy",
        _ => "resource policy",
    }
}

/// "Deny, matches  DenyOtherRegions of the SCP Region guardrail, at Workloads, lines 4 to 30"
fn heading(statement: &Statement, arn: &str, style: Style, out: &mut String) {
    let noun = match statement.policy_type {
        PolicyType::Fixed => "rule",
        PolicyType::Rcp => "RCP",
        PolicyType::Scp => "SCP",
        PolicyType::Endpoint => "endpoint policy",
        PolicyType::Resource => resource_policy(arn),
        PolicyType::Identity => "identity policy",
        PolicyType::Boundary => "permissions boundary",
        PolicyType::Session => "session policy",
    };
    let place = &statement.place;
    let lines = if place.line == place.end_line {
        format!("line {}", place.line)
    } else {
        format!("lines {} to {}", place.line, place.end_line)
    };
    let lines = if statement.elements.iter().all(is_everything) {
        format!("{lines}: everything")
    } else {
        lines
    };
    out.push_str(&format!(
        "    {}  {} of the {noun} {}{}, {}\n",
        style.paint(truth_look(statement.truth), &statement.word),
        style.paint(Look::Bold, &statement.title),
        style.paint(Look::Bold, &statement.policy_name),
        safe(&origin(statement)),
        style.paint(Look::Dim, &lines),
    ));
}

/// Whether an element is met because it is a mere `*`.
fn is_everything(element: &Element) -> bool {
    let values: Vec<&str> = element.values.iter().map(|it| it.text.as_str()).collect();
    element.truth == Truth::Met && element.key.is_none() && values == ["*"]
}

/// An element, the policy's side and the request's side.
fn operands(element: &Element, style: Style, out: &mut String) {
    let truth = match element.truth {
        Truth::Met => "met",
        Truth::Unmet => "not met",
        Truth::Unknown => "unknown",
    };
    let key = element.key.as_ref();
    let name = match key {
        Some(key) => format!("{} {key}", element.name),
        None => element.name.clone(),
    };
    out.push_str(&format!(
        "      {}{}{}\n",
        style.paint(truth_look(element.truth), truth),
        " ".repeat(9 - truth.len()),
        style.paint(Look::Bold, &name)
    ));
    let mut line = |side: &str, text: &str| {
        out.push_str(&format!("               {side:<9}{text}\n"));
    };
    line("policy", &values(element, style));
    let request = style.sentence(&element.request, SIDE);
    let beside: Vec<&str> = [element.origin.as_str(), element.note.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let beside = match beside.as_slice() {
        [] => String::new(),
        several => style.paint(Look::Dim, &format!(" ({})", several.join("; "))),
    };
    line("request", &format!("{request}{beside}"));
}

/// The values of the policy, those that match first.
fn values(element: &Element, style: Style) -> String {
    let marked = element.values.len() > 1;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |style, text: &str| {
        pieces.push(Piece {
            style,
            text: text.to_owned(),
        });
    };
    let (matching, others): (Vec<&Value>, Vec<&Value>) =
        (element.values.iter()).partition(|value| value.truth == Truth::Met);
    let room = MOST_VALUES.saturating_sub(matching.len());
    for (at, value) in matching.iter().chain(others.iter().take(room)).enumerate() {
        if at > 0 {
            push(PieceStyle::Text, ", ");
        }
        match value.truth {
            Truth::Met => push(PieceStyle::Mark, &value.text),
            Truth::Unmet | Truth::Unknown => push(PieceStyle::Code, &value.text),
        }
        match value.truth {
            Truth::Met if marked => push(PieceStyle::Text, " (matches)"),
            Truth::Unknown if marked => push(PieceStyle::Text, " (may match)"),
            _ => {}
        }
    }
    match others.len().saturating_sub(room) {
        0 if element.values.is_empty() => push(PieceStyle::Text, "no values"),
        0 => {}
        more => push(PieceStyle::Text, &format!(", and {more} more")),
    }
    let sentence = Sentence {
        text: String::new(),
        pieces,
    };
    style.sentence(&sentence, SIDE)
}

fn keys(trace: &Trace, style: Style, out: &mut String) {
    if trace.keys.is_empty() {
        return;
    }
    out.push_str(&format!(
        "\n  {}\n",
        style.paint(Look::Bold, "Context keys")
    ));
    let mut table = Table::new();
    for key in &trace.keys {
        let resource = key.resource.and_then(|at| trace.resources.get(at));
        let origin = match resource {
            Some(resource) => format!("{}, of {}", key.origin, resource.arn),
            None => key.origin.clone(),
        };
        table.row(vec![
            Cell::plain(&key.name),
            Cell::plain(&key.value.text),
            Cell::new(Look::Dim, &origin),
        ]);
    }
    out.push_str(&table.render(style, 4));
}
