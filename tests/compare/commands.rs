//! A workload, and the `quote` line behind each row of its comparison.

use serde_json::Value;

use super::text;
use crate::calendar::months_for;
use crate::common::{Fraction, fraction, whole};

/// What is served, in the words of its flags.
pub struct Workload {
    pub load: String,
    rpm: &'static str,
    input: u64,
    output: u64,
    pub hours: &'static str,
    pub days: u64,
    pub mode: &'static str,
    /// Flags that quotes take too.
    flags: &'static str,
}

impl Workload {
    /// Rate and sizes, hours and days, the mode that is asked for if any, and other flags.
    pub fn new(
        load: &'static str,
        time: &'static str,
        mode: &'static str,
        flags: &'static str,
    ) -> Self {
        let [rpm, input, output] = load.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let (hours, days) = time.split_once(' ').unwrap();
        Self {
            load: format!("--rpm {rpm} --input-per-request {input} --output-per-request {output}"),
            rpm,
            input: input.parse().unwrap(),
            output: output.parse().unwrap(),
            hours,
            days: days.parse().unwrap(),
            mode,
            flags,
        }
    }

    pub fn input(&self) -> Fraction {
        whole(self.input)
    }

    pub fn output(&self) -> Fraction {
        whole(self.output)
    }

    /// Requests in the period, a started one counted whole.
    pub fn requests(&self) -> Fraction {
        (fraction(self.rpm) * fraction(self.hours) * whole(60 * self.days)).ceil()
    }

    /// The flag that asks for the mode.
    pub fn asked_mode(&self) -> String {
        if self.mode.is_empty() {
            String::new()
        } else {
            format!(" --mode {}", self.mode)
        }
    }

    /// The comparison of one model.
    pub fn compare(&self, code: &str) -> String {
        let Self {
            load,
            hours,
            days,
            flags,
            ..
        } = self;
        let mode = self.asked_mode();
        format!("compare {code} {load} --hours-per-day {hours} --days {days}{mode} {flags}")
    }

    /// The hours in which it is up: each day anew, or all days in one.
    fn up(&self) -> String {
        match self.hours {
            "24" => format!("--hours {}", 24 * self.days),
            hours => format!("--hours {hours} --runs {}", self.days),
        }
    }

    /// How many terms cover the days, where the option has one that is longer than a day: their number, the name of
    /// one, and its days.
    pub fn terms(&self, option: &str) -> Option<(u64, &'static str, u64)> {
        let (name, days) = match option {
            "ptu-monthly" => ("month", 30),
            "ptu-weekly" => ("week", 7),
            "ptu-quarterly" => ("quarter", 90),
            "ptu-yearly" => ("year", 365),
            _ => return None,
        };
        let count = match name {
            "month" => months_for(self.days),
            "quarter" => months_for(self.days).div_ceil(3),
            "year" => months_for(self.days).div_ceil(12),
            _ => self.days.div_ceil(days),
        };
        Some((count, name, days))
    }

    /// A model under an option, as `quote` is asked for it; the replicas or tokens come after.
    pub fn option(&self, option: &str, code: &str) -> String {
        let load = &self.load;
        match option {
            "ptu-hourly" => format!("quote ptu {code} --fit peak {load} {}", self.up()),
            "ptu-daily" => {
                let active = match self.hours {
                    "24" => String::new(),
                    hours => format!(" --hours-per-day {hours}"),
                };
                format!(
                    "quote ptu {code} --fit peak {load} --days {}{active}",
                    self.days
                )
            }
            "ptu-monthly" | "ptu-weekly" | "ptu-quarterly" | "ptu-yearly" => {
                let (terms, flag, _) = self.terms(option).unwrap();
                let active = match self.hours {
                    "24" => String::new(),
                    hours => format!(" --hours-per-day {hours}"),
                };
                format!("quote ptu {code} --fit peak {load} --{flag}s {terms}{active}")
            }
            "reservation-daily" => {
                let active = match self.hours {
                    "24" => String::new(),
                    hours => format!(" --hours-per-day {hours}"),
                };
                format!(
                    "quote ptu {code} --service standard --fit peak {load} --days {}{active}",
                    self.days
                )
            }
            // One block a day.
            "reservation-8h" => format!(
                "quote ptu {code} --service standard --fit peak {load} --blocks {}",
                self.days
            ),
            "dtu-monthly" => {
                let active = match self.hours {
                    "24" => String::new(),
                    hours => format!(" --hours-per-day {hours}"),
                };
                format!(
                    "quote dtu {code} --fit peak {load} --months {}{active}",
                    months_for(self.days)
                )
            }
            "mu-hourly" => format!("quote mu {code} {}", self.up()),
            "mu-monthly" => format!("quote mu {code} --months {}", months_for(self.days)),
            "fine-tuned" | "standard" => {
                let requests = self.requests();
                format!(
                    "quote tokens {code} --rate {option} --requests {requests} --input {} --output {}",
                    &requests * self.input(),
                    &requests * self.output(),
                )
            }
            "savings-plan" => format!(
                "quote tokens {code} --rate standard {load} --hours-per-day {} --days {}",
                self.hours, self.days
            ),
            other => panic!("{other} is not an option"),
        }
    }

    /// The line that gives the quote of a row: in its mode where it has one.
    pub fn quote(&self, row: &Value) -> String {
        let parameters = &row["quote"]["parameters"];
        let mut items = row["quote"]["items"].as_array().unwrap().iter();
        // Prices of hours need a load and its hours, as a plan of each month does.
        let option = match items.any(|item| item["hours"].is_string()) {
            true => "savings-plan",
            false => text(&row["option"]),
        };
        let line = self.option(option, text(&row["quote"]["model"]["code"]));
        let replicas = match (&parameters["spec"], &parameters["replicas"]) {
            (Value::String(spec), Value::String(replicas)) => {
                format!(" --spec {spec} --replicas {replicas}")
            }
            (Value::String(spec), _) => format!(" --spec {spec}"),
            _ => String::new(),
        };
        let plan = match &row["quote"]["savings_plan"]["commitment_per_month"] {
            Value::String(commitment) => format!(" --savings-plan {commitment}"),
            _ => String::new(),
        };
        let of_calls = row["option"] == "standard" || row["option"] == "savings-plan";
        let mode = if of_calls && !parameters["mode"].is_null() {
            // Reservations of a model may have other names for its modes.
            format!(" --mode {}", text(&parameters["mode"]))
        } else if parameters["mode"].is_null() {
            String::new()
        } else {
            self.asked_mode()
        };
        format!("{line}{replicas}{plan}{mode} {}", self.flags)
    }
}

/// The quote of a document that is meant by a row: a specification may be sold PD-separated too.
pub fn matching(document: &Value, row: &Value) -> Value {
    let separated = &row["quote"]["parameters"]["pd_separated"];
    let quotes = document["quotes"].as_array().unwrap();
    let same = |quote: &&Value| quote["parameters"]["pd_separated"] == *separated;
    let meant: Vec<&Value> = quotes.iter().filter(same).collect();
    assert_eq!(meant.len(), 1, "{document}");
    meant[0].clone()
}
