//! Finds the columns by the names in a header or in an object.

use std::collections::BTreeMap;

use super::Start;
use crate::trace::columns::{CacheField, ColumnProblem, Names, Role, recognise, time_column};
use crate::trace::error::TraceError;
use crate::trace::json;
use crate::trace::logs::Field;
use crate::trace::marks::{Mark, Marked, MarksOfRow};
use crate::trace::objects;
use crate::trace::options::{NoOutput, Repeats};
use crate::trace::plan::{Filters, Layout, Node, Plan, Use, Within};
use crate::trace::reason::shown;
use crate::trace::row::Picked;
use crate::trace::rules::Rules;
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
        let names = self.recognise(header, false, self.may_lack_output(header))?;
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
            if let Some(field) = self.options.columns.cache_field(column, self.log) {
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
        plan.rules = Rules::of_header(&self.log.rules, header);
        for (name, rule) in plan.rules.fields() {
            for (used, _) in uses
                .iter_mut()
                .zip(header)
                .filter(|(_, column)| *column == name)
            {
                used.rule = Some(rule);
            }
        }
        for Field { name, marked } in self.telling(header) {
            let columns = uses.iter_mut().zip(header);
            for (used, _) in columns.filter(|(_, column)| **column == name) {
                used.tell(marked);
            }
            plan.name_models(name, marked);
        }
        plan.within = self.within(header);
        if !plan.within.is_empty() {
            let cached = self.options.columns.cache_fields(self.log);
            cached.for_each(|field| plan.name_cached(field));
        }
        plan.layout = Layout::Csv(uses);
        plan.aggregates = is_of_sums(&names);
        plan.has_output = names.get(Role::Output.index()).is_some_and(Option::is_some);
        self.names = Some(names);
        Ok(plan)
    }

    /// The columns that hold objects as text in a copy of a table, by the fields that such objects have in the log.
    fn within(&self, header: &[String]) -> Vec<Within> {
        let mut root = Node::default();
        let rules = Rules::of_objects(&self.log.rules);
        for (name, rule) in rules.fields() {
            root.add(name, &|used| used.rule = Some(rule));
        }
        let cached = self.options.columns.cache_fields(self.log);
        cached.for_each(|field| root.add_rare_cached(&field));
        let mut marks = self.marks();
        marks.retain(|field| field.marked.mark != Mark::Model);
        root.add_rare(&marks);
        let columns = header.iter().enumerate();
        let found = columns.filter_map(|(column, name)| {
            Some(Within {
                column,
                name: name.clone(),
                fields: root.below(name)?,
            })
        });
        found.collect()
    }

    /// The fields that tell something, of those that are asked for.
    fn marks(&self) -> Vec<Field> {
        let marks = self.log.fields.marks.iter();
        marks
            .filter(|field| self.is_asked(field.marked.mark))
            .cloned()
            .chain(self.given_model())
            .collect()
    }

    /// Those of a header or an object.
    fn telling(&self, header: &[String]) -> Vec<Field> {
        let mut told = self.log.fields.telling(header);
        told.retain(|field| self.is_asked(field.marked.mark));
        told.extend(
            self.given_model()
                .filter(|field| header.contains(&field.name)),
        );
        told
    }

    /// The field that was given for the model.
    fn given_model(&self) -> Option<Field> {
        let name = self.options.columns.model.clone()?;
        let (mark, rank) = (Mark::Model, 0);
        let marked = Marked { mark, rank };
        Some(Field { name, marked })
    }

    /// Whether what a field tells is asked for.
    fn is_asked(&self, mark: Mark) -> bool {
        match mark {
            Mark::Failure(_) => !self.options.bills_failed,
            Mark::Id | Mark::LikelyId => self.options.repeats != Some(Repeats::Bill),
            Mark::Model => self.options.columns.model.is_none(),
            _ => true,
        }
    }

    /// Whether rows with these columns may be without output tokens, for all that is known before they are read.
    fn may_lack_output(&self, header: &[String]) -> bool {
        let kinds = self.telling(header);
        let mut kinds = kinds.iter().map(|field| field.marked.mark);
        self.options.no_output != NoOutput::Missing || kinds.any(|mark| mark == Mark::Kind)
    }

    /// Whether this object has the number of its requests, and so is one of sums.
    pub(super) fn has_requests(&self, line: &[u8]) -> bool {
        let names = objects::names(line.trim_ascii_end());
        let found = recognise(&names, &self.options.columns, self.log, true, false, true);
        found.is_ok_and(|names| is_of_sums(&names))
    }

    /// Whether this object is of a call that may be without output tokens.
    fn lacks_output(&self, line: &[u8]) -> bool {
        let mut root = Node::default();
        root.add_rare(&self.marks());
        let none = Rules::of_objects(&[]);
        let line = line.trim_ascii_end();
        let picked = json::texts(line, &root, &Filters::default(), none, false);
        let Ok(Picked::Row(_, told)) = picked else {
            return false;
        };
        let said = MarksOfRow::of(&told);
        said.without_output || self.options.no_output.is_of(said.model())
    }

    /// Takes the columns from an object. Gives the column that it lacks, if it lacks one.
    pub(super) fn json_columns(&mut self, line: &[u8]) -> Result<Option<Role>, TraceError> {
        let fields = objects::names(line);
        let names = match self.recognise(&fields, true, self.lacks_output(line)) {
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
            let field = columns.cache_field(&name, self.log)?;
            Some(CacheField { name, ..field })
        });
        let cached = cached.filter(|_| self.options.derived.is_none());
        let cached: Vec<CacheField> = cached.collect();
        let rare = self.marks();
        let telling = self.telling(&fields);
        let has_output = names.get(Role::Output.index()).is_some_and(Option::is_some);
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
                for Field { name, marked } in &telling {
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
                        .cache_fields(self.log)
                        .for_each(|field| root.add_rare_cached(&field)),
                }
                root.add_rare(&rare);
                if !has_output {
                    root.add_rare_role(Role::Output, self.log);
                }
            }
            for Field { name, marked } in telling.into_iter().chain(rare) {
                plan.name_models(name, marked);
            }
            for field in cached.into_iter().chain(columns.cache_fields(self.log)) {
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
        let times = self.times();
        let none = Rules::of_objects(&[]);
        let at = |node: &Node| {
            // It is read as if no filter had left it out.
            let line = line.trim_ascii_end();
            let Ok(Picked::Row(mut texts, _)) =
                json::texts(line, node, &Filters::default(), none, false)
            else {
                return None;
            };
            let time = texts.get_mut(Role::Time.index())?.take()?;
            Clock::instant(&time, times)
        };
        if let Some(found) = self.filtered_time.as_ref().and_then(at) {
            return Some(found);
        }
        let name = time_column(&objects::names(line), &self.options.columns, self.log)?;
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
        let rules = Rules::of_objects(&self.log.rules);
        for (name, rule) in rules.fields() {
            root.add(name, &|used| used.rule = Some(rule));
        }
        root.add_failures(&self.marks());
        Plan {
            layout: Layout::Json(root),
            separator: self.separator,
            aggregates: false,
            model_fields: BTreeMap::new(),
            cache_fields: BTreeMap::new(),
            models: self.models.clone(),
            file: self.file.as_str().into(),
            no_output: self.options.no_output.clone(),
            has_output: true,
            failed_without_output: self.log.failed_without_output && !self.options.bills_failed,
            within: Vec::new(),
            clock: None,
            filters,
            rules,
            block: self.options.derived.as_ref().map(|derived| derived.block),
            times: self.times(),
            tuning: self.options.tuning,
        }
    }

    fn no_hashes(&self, what: &'static str) -> TraceError {
        TraceError::NoHashes {
            file: self.file.clone(),
            what,
        }
    }

    fn recognise(
        &self,
        header: &[String],
        open: bool,
        no_output: bool,
    ) -> Result<Names, TraceError> {
        let file = self.file.clone();
        let line = self.line();
        recognise(
            header,
            &self.options.columns,
            self.log,
            open,
            self.options.derived.is_none(),
            no_output,
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
