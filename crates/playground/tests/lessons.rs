//! The course: every lesson does what it should, its index is true, and its rules are in the book.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use organization::Scenario;
use organization::file::read;
use organization::lesson::{Lesson, TaskKind};
use playground::lesson::{Solution, review, rules_of};
use playground::wrong_ideas::{WrongIdea, misread};
use playground::{Focus, lessons};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let stem = |name: std::ffi::OsString| {
        let name = name.into_string().expect("text");
        let stem = name.strip_suffix(ending);
        stem.unwrap_or_else(|| panic!("{name}")).to_owned()
    };
    names.map(stem).collect()
}

/// A lesson without any warning about its file.
fn scenario(id: &str) -> Scenario {
    let text = fs::read_to_string(folder("lessons").join(format!("{id}.json"))).expect("the file");
    let loaded = read(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
    assert_eq!(loaded.warnings, [], "{id}");
    loaded.scenario
}

fn solution(id: &str) -> Solution {
    let path = folder("solutions").join(format!("{id}.solution.json"));
    let text = fs::read_to_string(path).expect("the file");
    Solution::read(&text).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn lesson(scenario: &Scenario) -> &Lesson {
    scenario.lesson.as_deref().expect("a lesson")
}

fn rule_book() -> BTreeSet<String> {
    let text = fs::read_to_string(folder("../../docs/semantics.md")).expect("the rule book");
    let bold = text.split("**").skip(1).step_by(2);
    bold.map(str::to_owned).collect()
}

#[test]
fn the_index_says_what_is_there() {
    let listed: BTreeSet<String> = lessons::ALL.iter().map(|it| it.id.to_owned()).collect();
    assert_eq!(listed.len(), lessons::ALL.len());
    assert!(listed.len() >= 16);
    assert_eq!(listed, names(&folder("lessons"), ".json"));
    assert_eq!(listed, names(&folder("solutions"), ".solution.json"));
    for entry in lessons::ALL {
        let scenario = scenario(entry.id);
        let lesson = lesson(&scenario);
        assert_eq!(lesson.id, entry.id);
        assert_eq!(lesson.title, entry.title());
        assert_eq!(scenario.title, entry.title());
        assert_eq!(lesson.goal, entry.goal());
        assert_eq!(lesson.minutes, Some(entry.minutes));
        assert!((5..=10).contains(&entry.minutes), "{}", entry.id);
        assert_eq!(lesson.topic, entry.topic);
        assert!(
            lessons::TOPICS
                .iter()
                .any(|(topic, _)| *topic == entry.topic)
        );
        assert_eq!(lessons::find(entry.id), Some(entry));
    }
}

#[test]
fn solutions_solve_and_neither_starts_nor_lazy_ways_do() {
    for entry in lessons::ALL {
        let review = review(&scenario(entry.id), Some(&solution(entry.id)));
        assert_eq!(review.findings, [], "{}", entry.id);
        assert!(review.tried >= 20, "{}: {}", entry.id, review.tried);
    }
}

#[test]
fn every_request_shows_rules_that_are_in_the_book() {
    let book = rule_book();
    for entry in lessons::ALL {
        let scenario = scenario(entry.id);
        for request in &scenario.requests {
            let rules = rules_of(lesson(&scenario), request.id.as_str());
            assert!(!rules.is_empty(), "{}: {}", entry.id, request.id);
            for rule in rules {
                assert!(book.contains(&rule), "{}: {rule}", entry.id);
            }
        }
    }
    for idea in WrongIdea::ALL {
        for rule in idea.rules() {
            assert!(book.contains(*rule), "{}: {rule}", idea.word());
        }
    }
}

#[test]
fn a_lesson_about_a_wrong_idea_has_a_request_that_it_gets_wrong() {
    let mut cured = BTreeSet::new();
    for entry in lessons::ALL {
        let scenario = scenario(entry.id);
        let lesson = lesson(&scenario);
        let believed = lesson.misconception.as_ref().expect("a misconception");
        assert!(
            !believed.belief.is_empty() && !believed.truth.is_empty(),
            "{}",
            entry.id
        );
        let Some(word) = &believed.idea else { continue };
        let idea = WrongIdea::from_word(word).expect("a wrong idea");
        cured.insert(word.clone());
        // What is asked before it is shown.
        let tasks = lesson.steps.iter().filter_map(|step| step.task.as_ref());
        let asked = tasks.filter(|task| task.kind == TaskKind::Predict);
        let mut asked = asked.flat_map(|task| &task.requests).cloned();
        let wrong = asked.any(|request| {
            let focus = Focus {
                request,
                account: None,
            };
            misread(&scenario, &focus, idea).is_some()
        });
        assert!(wrong, "{}: {word}", entry.id);
    }
    assert!(cured.len() >= 8, "{cured:?}");
}

#[test]
fn a_lesson_is_short_and_says_what_to_do() {
    for entry in lessons::ALL {
        let scenario = scenario(entry.id);
        let lesson = lesson(&scenario);
        assert!(lesson.goal.len() <= 140, "{}", entry.id);
        assert!(lesson.steps.len() >= 2, "{}", entry.id);
        assert!(!lesson.teacher.is_empty());
        for step in &lesson.steps {
            let words = step.text.split_whitespace().count();
            assert!(
                (10..=90).contains(&words),
                "{}, {}: {words}",
                entry.id,
                step.id
            );
            assert!(!step.hints.is_empty(), "{}, {}", entry.id, step.id);
            assert!(!step.solved.is_empty(), "{}, {}", entry.id, step.id);
            assert!(step.task.is_some(), "{}, {}", entry.id, step.id);
        }
    }
}

#[test]
fn a_lesson_does_not_tell_its_solution() {
    for entry in lessons::ALL {
        let scenario = scenario(entry.id);
        let told = scenario
            .requests
            .iter()
            .any(|request| request.expect.is_some());
        assert!(!told, "{}", entry.id);
        let link = playground::link::encode(&scenario);
        assert!(
            link.len() < 8_000,
            "{}: {} characters",
            entry.id,
            link.len()
        );
    }
}

#[test]
fn the_guide_lists_every_lesson() {
    let guide = fs::read_to_string(folder("../../docs/teaching.md")).expect("the guide");
    for (at, entry) in lessons::ALL.iter().enumerate() {
        let row = format!(
            "| {} | {}: `{}` | {} |",
            at + 1,
            entry.title(),
            entry.id,
            entry.minutes
        );
        assert!(guide.contains(&row), "no `{row}`");
        let mentions = guide.matches(&format!("`{}`", entry.id)).count();
        assert!(mentions >= 2, "`{}` stands for no topic", entry.id);
    }
}
