//! Icons: the shapes of the verdicts and a few signs for buttons. Each is drawn with the colour
//! of the text around it and hidden from screen readers: a word always stands beside it or in the
//! name of its button.

use yew::prelude::*;

/// The shape of a verdict or outcome: told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Circle with a tick.
    Allow,
    /// Filled octagon with a cross.
    ExplicitDeny,
    /// Dashed circle with a bar.
    ImplicitDeny,
    /// Diamond with a question mark.
    Depends,
    /// Triangle with an exclamation mark.
    Error,
    /// A short bar: not asked.
    NotAsked,
}

/// Draws the shape of a verdict.
pub fn shape(shape: Shape) -> Html {
    let inner = match shape {
        Shape::Allow => html! {
            <>
                <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
                <path d="M4.8 8.3l2.2 2.2 4.3-4.8" fill="none" stroke="currentColor" stroke-width="1.8" />
            </>
        },
        Shape::ExplicitDeny => html! {
            <>
                <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
                <path class="icon-cut" d="M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2" fill="none" stroke-width="1.8" />
            </>
        },
        Shape::ImplicitDeny => html! {
            <>
                <circle
                    cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6"
                    stroke-dasharray="3 2"
                />
                <path d="M4.8 8h6.4" fill="none" stroke="currentColor" stroke-width="1.8" />
            </>
        },
        Shape::Depends => html! {
            <>
                <path d="M8 .9L15.1 8 8 15.1.9 8z" fill="none" stroke="currentColor" stroke-width="1.5" />
                <path
                    d="M6.3 6.5c.1-1 .8-1.6 1.8-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5" fill="none"
                    stroke="currentColor" stroke-width="1.4"
                />
                <circle cx="8.1" cy="11" r=".95" fill="currentColor" />
            </>
        },
        Shape::Error => html! {
            <>
                <path
                    d="M8 1.6l7 12.6H1z" fill="none" stroke="currentColor" stroke-width="1.5"
                    stroke-linejoin="round"
                />
                <path d="M8 6v4" fill="none" stroke="currentColor" stroke-width="1.7" />
                <circle cx="8" cy="12" r=".95" fill="currentColor" />
            </>
        },
        Shape::NotAsked => html! {
            <path d="M5 8h6" fill="none" stroke="currentColor" stroke-width="1.5" />
        },
    };
    drawn(inner)
}

/// A sign on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A plus: add.
    Plus,
    /// A small cross: close, remove.
    Cross,
    /// Three dots: more.
    More,
    /// Two columns of dots: a handle to drag by.
    Grip,
    /// Points down: opened.
    Opened,
    /// Points right: closed.
    Closed,
    /// Half a disc: light and dark.
    Theme,
    /// Turns back: undo.
    Undo,
    /// Turns forward: redo.
    Redo,
    /// Three lines: menu.
    Menu,
    /// A tick: chosen.
    Tick,
    /// A ring with a bar: off and on.
    Switch,
    /// A glass: find.
    Search,
}

/// Draws the sign of a button.
pub fn glyph(glyph: Glyph) -> Html {
    let path = match glyph {
        Glyph::Plus => "M8 3v10M3 8h10",
        Glyph::Cross => "M4.5 4.5l7 7m0-7l-7 7",
        Glyph::More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
        Glyph::Grip => "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
        Glyph::Opened => "M4 6.2l4 4 4-4",
        Glyph::Closed => "M6.2 4l4 4-4 4",
        Glyph::Theme => "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12",
        Glyph::Undo => "M3.5 6.5h6a3.5 3.5 0 0 1 0 7H7M6.3 3.5l-3 3 3 3",
        Glyph::Redo => "M12.5 6.5h-6a3.5 3.5 0 0 0 0 7H9M9.7 3.5l3 3-3 3",
        Glyph::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
        Glyph::Tick => "M3.5 8.5l3 3 6-7",
        Glyph::Search => "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3l3.2 3.2",
        Glyph::Switch => "M8 2.5v5M5 4.6a4.6 4.6 0 1 0 6 0",
    };
    let width = match glyph {
        Glyph::More | Glyph::Grip => "2.2",
        _ => "1.5",
    };
    let fill = if glyph == Glyph::Theme {
        "M8 2a6 6 0 0 0 0 12z"
    } else {
        ""
    };
    drawn(html! {
        <>
            <path
                d={path} fill="none" stroke="currentColor" stroke-width={width}
                stroke-linecap="round" stroke-linejoin="round"
            />
            <path d={fill} fill="currentColor" />
        </>
    })
}

fn drawn(inner: Html) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            { inner }
        </svg>
    }
}
