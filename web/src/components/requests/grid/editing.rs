//! A cell under the hands: opened, typed into, left.

use organization::{Caller, Created, Edit, PrincipalKind, Request, RequestId};
use yew::prelude::*;

use super::{Command, Grid, Target};
use crate::components::requests::caller;
use crate::components::requests::columns::{self, Column};
use crate::components::requests::editor::Typed;
use crate::components::requests::offers::{NEW_ROLE, NEW_USER, OTHER_CALLER, caller_of};
use crate::components::requests::row::Editing;
use crate::components::requests::same::Same;
use crate::state::{Action, Pane};

impl Grid {
    /// Opens a cell to be edited, with a letter typed over what stands there or without.
    pub(in crate::components::requests) fn edit(
        &self,
        id: &RequestId,
        column: Column,
        over: Option<String>,
    ) {
        let Some(request) = self.request(id) else {
            return;
        };
        if column != Column::Verdict && !self.model().may_edit_requests() {
            return;
        }
        match column {
            Column::Context => return self.run(Command::Keys, id),
            Column::On if request.resources.len() > 1 => return self.run(Command::Details, id),
            Column::Verdict => {
                let many = self.with(|state| {
                    let view = state.model.analysis.request(id);
                    view.is_some_and(|view| view.rows.len() > 1)
                });
                if many {
                    return self.run(Command::Unfold, id);
                }
                return self.dispatch.emit(Action::PaneShown(Pane::Trace));
            }
            Column::More => return,
            _ => {}
        }
        self.with(|state| {
            state.session = state.session.wrapping_add(1);
            let editing = Editing {
                column,
                over: over.clone().map(AttrValue::from),
                before: Same(request),
            };
            state.at = Some((id.clone(), column));
            state.end = None;
            state.editing = Some((id.clone(), editing));
        });
        self.redraw.emit(());
        if let Some(letter) = over {
            self.typed(Typed::Text(letter));
        }
    }

    /// Something happened in the cell that is edited.
    pub(in crate::components::requests) fn typed(&self, typed: Typed) {
        let (editing, session) = self.with(|state| (state.editing.clone(), state.session));
        let Some((id, Editing { column, before, .. })) = editing else {
            return;
        };
        let model = self.model();
        match typed {
            Typed::Text(text) => {
                let request = match column {
                    Column::Who => {
                        let scenario = &model.scenario;
                        let index = scenario
                            .organization
                            .as_ref()
                            .map(organization::Organization::index);
                        let before_it = caller::words(&before.caller, scenario, index.as_ref());
                        let kind = match text == before_it {
                            true => Some(before.caller.kind.clone()),
                            false => caller::named(&text, scenario, index.as_ref()),
                        };
                        kind.map(|kind| columns::called_by(&before, Caller::new(kind)))
                    }
                    column => columns::typed(&before, column, &text),
                };
                self.write(request, session);
            }
            Typed::Chosen(value) => match (column, value.as_str()) {
                (Column::Who, OTHER_CALLER) => {
                    self.leave();
                    self.run(Command::Details, &id);
                    self.aim(Target::Details(id, ".caller-kind select"));
                }
                (Column::Who, NEW_ROLE) => self.new_principal(&before, PrincipalKind::Role),
                (Column::Who, NEW_USER) => self.new_principal(&before, PrincipalKind::User),
                (Column::Who, value) => {
                    let kind = caller_of(value, &model);
                    let request = kind.map(|kind| columns::called_by(&before, Caller::new(kind)));
                    self.write(request, session);
                }
                (column, value) => self.write(columns::typed(&before, column, value), session),
            },
            Typed::Left(steps) => {
                self.leave();
                if let Some(steps) = steps {
                    self.go_on(&id, column, steps);
                }
            }
            Typed::Dropped => {
                self.leave();
                self.dispatch.emit(Action::RequestTypingDropped { session });
                self.focus(&id, column);
            }
        }
    }

    fn write(&self, request: Option<Request>, session: u32) {
        if let Some(request) = request
            && self.request(&request.id).is_some_and(|now| *now != request)
        {
            let request = Box::new(request);
            self.dispatch
                .emit(Action::RequestTyped { request, session });
        }
    }

    fn leave(&self) {
        self.with(|state| state.editing = None);
        self.redraw.emit(());
    }

    /// Moves on from a cell, also to the row below or above.
    fn go_on(&self, id: &RequestId, column: Column, steps: isize) {
        if let Some(next) = column.further(steps) {
            self.focus(id, next);
            return;
        }
        let shown = self.with(|state| state.shown.clone());
        let at = shown.iter().position(|one| one == id);
        let next = at.and_then(|at| shown.get(at.checked_add_signed(steps)?));
        let column = if steps < 0 { Column::More } else { Column::Who };
        if !next.is_some_and(|next| self.focus(next, column)) {
            self.focus(id, Column::Does);
        }
    }

    /// Makes a role or user in the account of the caller, and the caller of it.
    fn new_principal(&self, before: &Request, kind: PrincipalKind) {
        let model = self.model();
        let scenario = &model.scenario;
        let index = scenario
            .organization
            .as_ref()
            .map(organization::Organization::index);
        let Some((account, _)) = caller::account(&before.caller, scenario, index.as_ref()) else {
            return;
        };
        let (word, policies) = match kind {
            PrincipalKind::Role => (texts::subject_role(), vec![caller::ADMIN_POLICY.into()]),
            _ => (texts::subject_user(), Vec::new()),
        };
        for number in 1..100 {
            let name = if number == 1 {
                word.to_owned()
            } else {
                format!("{word} {number}")
            };
            let add = Edit::AddPrincipal {
                kind,
                account: account.clone(),
                name,
                policies: policies.clone(),
            };
            // The same edit gives the same id when it is done.
            let Ok(tried) = scenario.apply(add.clone()) else {
                continue;
            };
            let Some(Created::Principal(id)) = tried.created else {
                return;
            };
            let caller = match kind {
                PrincipalKind::Role => Caller::role(id),
                _ => Caller::user(id),
            };
            let update = Edit::UpdateRequest(Box::new(columns::called_by(before, caller)));
            self.dispatch.emit(Action::EditedTogether {
                label: texts::requests_grid_add_a(&word),
                edits: vec![add, update],
            });
            return;
        }
    }

    /// Writes a text into a cell, as one step.
    pub(super) fn put(&self, id: &RequestId, column: Column, text: &str) {
        self.with(|state| {
            state.session = state.session.wrapping_add(1);
            let request = state.model.scenario.request(id.as_str()).cloned();
            state.editing = request.map(|request| {
                let editing = Editing {
                    column,
                    over: None,
                    before: Same(request),
                };
                (id.clone(), editing)
            });
        });
        self.typed(Typed::Text(text.to_owned()));
        self.leave();
    }

    /// Empties a cell.
    pub(in crate::components::requests) fn clear(&self) {
        if let Some((id, column)) = self.at()
            && matches!(
                column,
                Column::On | Column::Region | Column::Context | Column::Expected
            )
        {
            self.put(&id, column, "");
        }
    }

    /// Leads to a request, and edits it.
    pub(in crate::components::requests) fn lead_to(&self, id: &RequestId) {
        self.edit(id, Column::Does, None);
    }
}
