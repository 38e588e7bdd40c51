//! Finds the columns by the names in a header or in an object.

use std::collections::BTreeMap;

use super::Start;
use crate::trace::columns::{CacheField, ColumnProblem, Names, Role, recognise, time_column};
use crate::trace::error::TraceError;
use crate::trace::json;
use crate::trace::marks::{Field, Mark, Marked, fields_of, rare_fields};
use crate::trace::plan::{Filters, Layout, Node, Plan, Use};
use crate::trace::reason::shown;
use crate::trace::row::Picked;
use crate::trace::time::Clock;

/// The number of objects at the start of a file in which columns are looked for.
const LOOKED_AT: u64 = 1 << 16;

/// Whether these are the columns of sums.
fn is_of_sums(names: &Names) -> bool {
    let requests = names.get(Role::Requests.index());
    requests.is_some_and(Option::is_some)
}

impl Start {
    /// A plan for rows with these columns. `what` is what the file is, in sentences.
    pub(super) fn csv_plan(
        &mut self,
        header: &[String],
        what: &'static str,
    ) -> Result<Plan, TraceError> {
        if self.options.derived.is_some() {
            return Err(self.no_hashes(what));
        }
        let names = self.recognise(header, false)?;
        let mut plan = self.open_plan();
        let mut uses = vec![Use::default(); header.len()];
        for (role, name) in Role::ALL.into_iter().zip(&names) {
            for (used, column) in uses.iter_mut().zip(header) {
                if Some(column) == name.as_ref() {
                    used.role = Some(role);
                }
            }
        }
        for (used, column) in uses.iter_mut().zip(header) {
            if let Some(field) = self.options.columns.cache_field(column) {
                used.hold(&field);
                let name = column.clone();
                plan.name_cached(CacheField { name, ..field });
            }
        }
        for (filter, name) in plan.filters.columns().enumerate() {
            let mut found = uses
                .iter_mut()
                .zip(header)
                .filter(|(_, column)| *column == name);
            let Some((used, _)) = found.next() else {
                return Err(TraceError::UnknownFilter {
                    file: self.file.clone(),
                    column: shown(name.as_bytes()),
                    header: header.to_vec(),
                });
            };
            used.filter = Some(filter);
            let more = found.count();
            if more > 0 {
                return Err(TraceError::RepeatedFilter {
                    file: self.file.clone(),
                    line: self.line(),
                    column: shown(name.as_bytes()),
                    times: more.saturating_add(1),
                });
            }
        }
        for Field { name, marked } in fields_of(header) {
            let columns = uses.iter_mut().zip(header);
            for (used, _) in columns.filter(|(_, column)| **column == name) {
                used.tell(marked);
            }
            plan.name_models(name, marked);
        }
        plan.layout = Layout::Csv(uses);
        plan.aggregates = is_of_sums(&names);
        self.names = Some(names);
        Ok(plan)
    }

    /// Takes the columns from an object. Gives the column that it lacks, if it lacks one.
    pub(super) fn json_columns(&mut self, line: &[u8]) -> Result<Option<Role>, TraceError> {
        let fields = json::names(line);
        let names = match self.recognise(&fields, true) {
            Ok(names) => names,
            Err(error) => {
                let TraceError::UnknownColumn { role, .. } = error else {
                    return Err(error);
                };
                let first = self.without.get_or_insert(error);
                self.looked_at = self.looked_at.saturating_add(1);
                return match self.looked_at < LOOKED_AT {
                    true => Ok(Some(role)),
                    false => Err(first.clone()),
                };
            }
        };
        let columns = &self.options.columns;
        let cached = fields.iter().filter_map(|name| {
            let name = name.clone();
            let field = columns.cache_field(&name)?;
            Some(CacheField { name, ..field })
        });
        let cached = cached.filter(|_| self.options.derived.is_none());
        let cached: Vec<CacheField> = cached.collect();
        if let Some(plan) = &mut self.plan {
            if let Layout::Json(root) = &mut plan.layout {
                for (role, name) in Role::ALL.into_iter().zip(&names) {
                    if let Some(name) = name {
                        root.add(name, &|used| used.role = Some(role));
                    }
                }
                for field in &cached {
                    root.add(&field.name, &|used| used.hold(field));
                }
                for Field { name, marked } in &fields_of(&fields) {
                    root.add(name, &|used| used.tell(*marked));
                }
                match &self.options.derived {
                    Some(derived) => root.add(&derived.field, &|used| {
                        used.mark = Some(Marked {
                            mark: Mark::Hashes,
                            rank: 0,
                        });
                    }),
                    None => columns
                        .cache_fields()
                        .for_each(|field| root.add_rare_cached(&field)),
                }
                root.add_rare();
            }
            for Field { name, marked } in fields_of(&fields).into_iter().chain(rare_fields()) {
                plan.name_models(name, marked);
            }
            for field in cached.into_iter().chain(columns.cache_fields()) {
                plan.name_cached(field);
            }
            plan.aggregates = is_of_sums(&names);
            if plan.aggregates && self.options.derived.is_some() {
                return Err(self.no_hashes("sums by the minute"));
            }
        }
        self.names = Some(names);
        Ok(None)
    }

    /// The time of an object that a filter leaves out, before it is known which field has times: by the names
    /// of its own fields.
    pub(super) fn early_time(&mut self, line: &[u8]) -> Option<i64> {
        let unit = self.options.time_unit;
        let at = |node: &Node| {
            // It is read as if no filter had left it out.
            let line = line.trim_ascii_end();
            let Ok(Picked::Row(mut texts, _)) = json::texts(line, node, &Filters::default()) else {
                return None;
            };
            let time = texts.get_mut(Role::Time.index())?.take()?;
            Clock::instant(&time, unit)
        };
        if let Some(found) = self.filtered_time.as_ref().and_then(at) {
            return Some(found);
        }
        let name = time_column(&json::names(line), &self.options.columns)?;
        let mut node = Node::default();
        node.add(&name, &|used| used.role = Some(Role::Time));
        let found = at(&node);
        self.filtered_time = Some(node);
        found
    }

    /// A plan for lines of JSON, of which only the filtered fields are known.
    pub(super) fn open_plan(&self) -> Plan {
        let filters = Filters::new(&self.options);
        let mut root = Node::default();
        for (filter, name) in filters.columns().enumerate() {
            root.add(name, &|used| used.filter = Some(filter));
        }
        Plan {
            layout: Layout::Json(root),
            aggregates: false,
            model_fields: BTreeMap::new(),
            cache_fields: BTreeMap::new(),
            clock: None,
            filters,
            block: self.options.derived.as_ref().map(|derived| derived.block),
            time_unit: self.options.time_unit,
            tuning: self.options.tuning,
        }
    }

    fn no_hashes(&self, what: &'static str) -> TraceError {
        TraceError::NoHashes {
            file: self.file.clone(),
            what,
        }
    }

    fn recognise(&self, header: &[String], open: bool) -> Result<Names, TraceError> {
        let file = self.file.clone();
        let line = self.line();
        recognise(
            header,
            &self.options.columns,
            open,
            self.options.derived.is_none(),
        )
        .map_err(|problem| match problem {
            ColumnProblem::NotThere(column) => TraceError::NoSuchColumn {
                file,
                line,
                column: shown(column.as_bytes()),
                header: header.to_vec(),
            },
            ColumnProblem::Unknown(role) => TraceError::UnknownColumn {
                file,
                line,
                role,
                header: header.to_vec(),
            },
            ColumnProblem::Ambiguous(role, columns) => TraceError::AmbiguousColumn {
                file,
                line,
                role,
                columns,
            },
        })
    }
}
