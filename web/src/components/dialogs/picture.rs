//! Small drawings of the examples: the tree with what is attached, and the verdicts. They are drawn
//! from a line of signs for each, which a test holds to the example itself.

use yew::prelude::*;

use crate::components::ui::{Shape, shape};

/// The examples with their signs. Of each node of the tree its depth, then `+` if a policy of its
/// own is attached and `-` if FullAWSAccess is not; then a sign for each verdict.
const PICTURES: [(&str, &str, &str); 6] = [
    ("four-departments", "0 1 1 1 1+- 2 2", "aiaaiaz"),
    ("region-guardrail", "0 1 1+ 2 2 1 2", "aeaaeae"),
    ("protect-the-trail", "0+ 1 1 1 2 2", "eeeaaae"),
    ("full-access-taken-away", "0 1 1+ 2 2+ 1+- 2", "eeaeiai"),
    ("update-the-app", "0 1 1 2 2", "aeiiaaa"),
    ("mfa-or-nothing", "0 1 1+ 2 1+ 2 1+", "aeaeeae"),
];

/// Height of a row.
const STEP: usize = 13;

/// The drawing of an example. The words beside it say the same.
pub(super) fn picture(id: &str) -> Html {
    let Some((_, tree, verdicts)) = PICTURES.into_iter().find(|(name, ..)| *name == id) else {
        return Html::default();
    };
    html! {
        <svg class="picture" viewBox="0 0 240 100" aria-hidden="true" focusable="false">
            for (at, sign) in tree.split(' ').enumerate() {
                { node(at, sign) }
            }
            for (at, sign) in verdicts.chars().enumerate() {
                { request(at, sign) }
            }
        </svg>
    }
}

/// A node: a line for its name, longer for an OU, and a chip for each of its policies.
fn node(at: usize, sign: &str) -> Html {
    let depth = sign
        .chars()
        .filter_map(|sign| sign.to_digit(10))
        .sum::<u32>() as usize;
    let (x, y) = (10 + depth * 12, 8 + at * STEP);
    let chips = [
        (!sign.contains('-'), "picture-chip"),
        (sign.contains('+'), "picture-chip own"),
    ];
    let mut next = x + 34;
    html! {
        <>
            if depth > 0 {
                <path class="picture-guide" d={format!("M{} {}v{}h5", x - 8, y - 4, 7)} />
            }
            <rect class="picture-name" x={x.to_string()} y={y.to_string()} width="28" height="5" rx="2.5" />
            for (there, class) in chips {
                if there {
                    <rect
                        {class} x={{ next += 18; next - 18 }.to_string()} y={(y - 1).to_string()}
                        width="15" height="7" rx="3.5"
                    />
                }
            }
        </>
    }
}

/// A request: a line for what is asked, and the shape of its verdict.
fn request(at: usize, sign: char) -> Html {
    let y = 8 + at * STEP;
    let (drawn, class) = match sign {
        'a' => (Shape::Allow, "is-allow"),
        'e' => (Shape::ExplicitDeny, "is-explicit-deny"),
        'i' => (Shape::ImplicitDeny, "is-implicit-deny"),
        'd' => (Shape::Depends, "is-depends"),
        _ => (Shape::NotAsked, "is-not-asked"),
    };
    let width = 44 + (at * 17) % 23;
    html! {
        <>
            <rect class="picture-name" x="130" y={y.to_string()} width={width.to_string()} height="5" rx="2.5" />
            <g {class} transform={format!("translate(214 {}) scale(0.7)", y - 3)}>{ shape(drawn) }</g>
        </>
    }
}

#[cfg(test)]
mod tests {
    use evaluator::Verdict;
    use organization::{NodeRef, file};
    use playground::{Engine, examples};

    use super::*;

    /// How many rows of the tree and of the table fit.
    const ROWS: usize = 7;

    fn drawn(text: &str) -> (Vec<String>, String) {
        let scenario = file::read(text).unwrap().scenario;
        let organization = scenario.organization.as_ref().unwrap();
        let index = organization.index();
        let mut nodes = Vec::new();
        organization.each_node(&mut |node: NodeRef<'_>| {
            let attached = organization.effective_attachments(node.attachments());
            let own = attached.iter().any(|id| id.as_str() != "FullAWSAccess");
            let full = attached.iter().any(|id| id.as_str() == "FullAWSAccess");
            nodes.push(format!(
                "{}{}{}",
                index.path(node.id().as_str()).unwrap().len() - 1,
                if own { "+" } else { "" },
                if full { "" } else { "-" },
            ));
        });
        let verdicts = Engine::new().analyze(&scenario, None).requests;
        let signs = verdicts.iter().map(|view| match view.verdict {
            Some(Verdict::Allow) => 'a',
            Some(Verdict::ExplicitDeny) => 'e',
            Some(Verdict::ImplicitDeny) => 'i',
            Some(Verdict::Depends) => 'd',
            Some(Verdict::Error) | None => 'z',
        });
        nodes.truncate(ROWS);
        (nodes, signs.take(ROWS).collect())
    }

    #[test]
    fn each_drawing_shows_what_the_example_holds() {
        assert_eq!(PICTURES.len(), examples::ALL.len());
        for (id, tree, verdicts) in PICTURES {
            let path = format!(
                "{}/../crates/playground/examples/{id}.json",
                env!("CARGO_MANIFEST_DIR")
            );
            let (nodes, signs) = drawn(&std::fs::read_to_string(path).unwrap());
            assert_eq!(
                (tree, verdicts),
                (nodes.join(" ").as_str(), signs.as_str()),
                "{id}"
            );
        }
    }
}
