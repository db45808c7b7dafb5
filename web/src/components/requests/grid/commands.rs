//! What can be done with requests, with one or with all that are marked.

use organization::{Edit, RequestId};

use super::{Command, Grid, Target};
use crate::components::requests::clipboard;
use crate::components::requests::columns::{self, Column};
use crate::components::requests::expect;
use crate::components::requests::paste::{Pasted, pasted};
use crate::state::{Action, Notice, NoticeButton};

impl Grid {
    /// Does something with a request, or with all that are marked.
    pub(in crate::components::requests) fn run(&self, command: Command, id: &RequestId) {
        let meant = self.meant(id);
        let model = self.model();
        let column = self.at().map_or(Column::Does, |(_, column)| column);
        let scenario = &model.scenario;
        let place = |id: &RequestId| scenario.requests.iter().position(|one| one.id == *id);
        match command {
            Command::Details | Command::Keys => {
                let all = command == Command::Details;
                self.with(|state| {
                    state.open.retain(|(one, _)| one != id);
                    state.open.push((id.clone(), all));
                });
                let first = if all {
                    "input, select"
                } else {
                    "input:checked, input"
                };
                self.aim(Target::Details(id.clone(), first));
            }
            Command::Close => {
                self.with(|state| state.open.retain(|(one, _)| one != id));
                self.aim(Target::Cell(id.clone(), column));
            }
            Command::Unfold => {
                self.with(|state| {
                    let before = state.unfolded.len();
                    state.unfolded.retain(|one| one != id);
                    if state.unfolded.len() == before {
                        state.unfolded.push(id.clone());
                    }
                });
                self.redraw.emit(());
            }
            Command::Duplicate => {
                let edits: Vec<Edit> = meant.iter().cloned().map(Edit::DuplicateRequest).collect();
                self.together(texts::requests_grid_copy(), edits);
                self.aim(Target::Selected(column));
            }
            Command::Delete => {
                let shown = self.with(|state| state.shown.clone());
                let first = shown
                    .iter()
                    .position(|one| meant.contains(one))
                    .unwrap_or_default();
                let behind = shown.iter().skip(first).find(|one| !meant.contains(one));
                let next = behind.or_else(|| shown.get(first.checked_sub(1)?)).cloned();
                let count = meant.len();
                let edits: Vec<Edit> = meant.into_iter().map(Edit::DeleteRequest).collect();
                if let Some(next) = next {
                    self.focus(&next, column);
                }
                self.with(|state| state.end = None);
                self.together(texts::requests_grid_delete(), edits);
                if count > 1 {
                    let notice = Notice::new(texts::requests_grid_deleted_requests(&count));
                    self.dispatch
                        .emit(Action::Noticed(notice.with(NoticeButton::Undo)));
                }
            }
            Command::Move(steps) => {
                if !self.with(|state| state.movable) {
                    let text = texts::requests_grid_table_sorted_grouped();
                    self.dispatch.emit(Action::Noticed(Notice::new(text)));
                    return;
                }
                let mut places: Vec<(usize, RequestId)> = meant
                    .into_iter()
                    .filter_map(|id| Some((place(&id)?, id)))
                    .collect();
                if steps > 0 {
                    places.reverse();
                }
                let last = scenario.requests.len().saturating_sub(1);
                let room =
                    places
                        .first()
                        .is_some_and(|(at, _)| match at.checked_add_signed(steps) {
                            Some(to) => to <= last,
                            None => false,
                        });
                if room {
                    let moved = places.into_iter().filter_map(|(at, request)| {
                        let position = at.checked_add_signed(steps)?;
                        Some(Edit::MoveRequest { request, position })
                    });
                    self.together(texts::requests_grid_move(), moved.collect());
                    if let Some((id, column)) = self.at() {
                        self.aim(Target::Cell(id, column));
                    }
                }
            }
            Command::ExpectNow => self.expect_now(&meant),
            Command::Copy => {
                let text = self.copied(&meant);
                if let Some(window) = web_sys::window() {
                    let _ = window.navigator().clipboard().write_text(&text);
                    let words = if meant.len() == 1 {
                        texts::common_the_request().to_owned()
                    } else {
                        texts::common_count_requests(&meant.len())
                    };
                    let notice = Notice::new(texts::requests_grid_copied_rows_spreadsheet(&words));
                    self.dispatch.emit(Action::Noticed(notice));
                }
            }
        }
    }

    /// Several edits of one sort as one step.
    fn together(&self, verb: &str, mut edits: Vec<Edit>) {
        let action = match (edits.len(), edits.pop()) {
            (1, Some(edit)) => Action::Edited(edit),
            (count, Some(last)) => {
                edits.push(last);
                let label = texts::requests_grid_together(&verb, &count);
                Action::EditedTogether { label, edits }
            }
            _ => return,
        };
        self.dispatch.emit(action);
    }

    /// Expects of some requests what comes out now.
    pub(in crate::components::requests) fn expect_now(&self, ids: &[RequestId]) {
        let model = self.model();
        let edit = |id: &RequestId| {
            let view = model.analysis.request(id)?;
            let request = expect::as_now(model.scenario.request(id.as_str())?, view)?;
            Some(Edit::UpdateRequest(Box::new(request)))
        };
        let edits: Vec<Edit> = ids.iter().filter_map(edit).collect();
        let action = match edits.len() {
            0 => Action::Noticed(Notice::new(texts::requests_grid_every_expectation_what())),
            1 => Action::EditedTogether {
                label: texts::requests_grid_set_what_is_expected().to_owned(),
                edits,
            },
            count => {
                let label = texts::requests_grid_set_what_expected(&count);
                Action::EditedTogether { label, edits }
            }
        };
        self.dispatch.emit(action);
    }

    /// Requests as rows of a spreadsheet.
    pub(in crate::components::requests) fn copied(&self, ids: &[RequestId]) -> String {
        self.with(|state| {
            let row = |id: &RequestId| {
                let request = state.model.scenario.request(id.as_str())?;
                let words = state.words.iter().find(|(one, _)| one == id);
                let who = words.map_or("", |(_, words)| words.as_str());
                let view = state.model.analysis.request(id);
                let view = view.map(|view| &**view);
                let texts = Column::COPIED
                    .iter()
                    .map(|column| columns::text(request, who, view, *column));
                Some(texts.collect())
            };
            let rows: Vec<Vec<String>> = ids.iter().filter_map(row).collect();
            clipboard::write(&rows)
        })
    }

    /// Takes a text over that was pasted.
    pub(in crate::components::requests) fn paste(&self, text: &str) {
        let model = self.model();
        let at = self.at();
        let request = at.as_ref().and_then(|(id, _)| self.request(id));
        let column = at.as_ref().map_or(Column::Does, |(_, column)| *column);
        match pasted(
            text,
            &model,
            request.as_deref().map(|request| (request, column)),
        ) {
            Pasted::Nothing => {}
            Pasted::Text(text) => {
                if let Some((id, column)) = at
                    && !matches!(column, Column::Verdict | Column::More)
                {
                    self.put(&id, column, &text);
                }
            }
            Pasted::Rows(edits, count) => {
                let label = if count == 1 {
                    texts::requests_grid_paste_a_request().to_owned()
                } else {
                    texts::requests_grid_paste_requests(&count)
                };
                self.dispatch.emit(Action::EditedTogether { label, edits });
                let words = if count == 1 {
                    texts::common_a_request().to_owned()
                } else {
                    texts::common_count_requests(&count)
                };
                let notice = Notice::new(texts::requests_grid_pasted(&words));
                self.dispatch
                    .emit(Action::Noticed(notice.with(NoticeButton::Undo)));
                self.aim(Target::Selected(column));
            }
        }
    }

    /// Asks for another request.
    pub(in crate::components::requests) fn add(&self) {
        self.dispatch.emit(Action::RequestAdded { account: None });
    }

    /// Puts a row where it was dropped: before the one at this position.
    pub(in crate::components::requests) fn drop_at(&self, request: RequestId, before: usize) {
        let model = self.model();
        let mut all = model.scenario.requests.iter();
        let Some(from) = all.position(|one| one.id == request) else {
            return;
        };
        let position = if from < before { before - 1 } else { before };
        if position != from {
            self.dispatch
                .emit(Action::Edited(Edit::MoveRequest { request, position }));
        }
    }
}
