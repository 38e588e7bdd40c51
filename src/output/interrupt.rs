//! What ends the program from outside: an interrupt while a file is written waits until it is, so that
//! nothing is left half done, and where there is no more memory the exit code is an error's.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGABRT, SIGINT, SIGTERM};
use signal_hook::flag::{
    register_conditional_default, register_conditional_shutdown, register_usize,
};
use signal_hook::low_level::emulate_default_handler;

/// From now on the program exits with 1 where it would abort: when memory cannot be had, which is said
/// on stderr by then.
pub fn exit_where_aborted() {
    let _ = register_conditional_shutdown(SIGABRT, 1, Arc::new(AtomicBool::new(true)));
}

/// Whether nothing is written just now, and the signal that came while something was.
type State = (Arc<AtomicBool>, Arc<AtomicUsize>);

/// Handlers stay for as long as the program runs, so there is one of each.
static STATE: OnceLock<State> = OnceLock::new();

/// Holds the signals back that end the program, until it is dropped.
#[derive(Debug)]
pub struct Held(&'static State);

impl Held {
    /// Holds signals back from now on. Signals that cannot be held back still end the program.
    pub fn back() -> Self {
        let state = STATE.get_or_init(registered);
        state.0.store(false, Ordering::SeqCst);
        Self(state)
    }
}

impl Drop for Held {
    /// Ends the program if it was to end meanwhile.
    fn drop(&mut self) {
        let (over, caught) = self.0;
        over.store(true, Ordering::SeqCst);
        if let Ok(signal @ 1..) = i32::try_from(caught.load(Ordering::SeqCst)) {
            let _ = emulate_default_handler(signal);
        }
    }
}

fn registered() -> State {
    let state = State::default();
    let ignored = ignored();
    for signal in [SIGINT, SIGTERM] {
        let number = usize::try_from(signal).unwrap_or_default();
        let bit = number.saturating_sub(1);
        if ignored
            .checked_shr(u32::try_from(bit).unwrap_or(0))
            .is_some_and(|bits| bits & 1 == 1)
        {
            continue;
        }
        let _ = register_conditional_default(signal, Arc::clone(&state.0));
        let _ = register_usize(signal, Arc::clone(&state.1), number);
    }
    state
}

/// The signals that whoever started the program has it ignore, as `nohup` does: they stay ignored.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}
