//! The library may panic where a file is not as it should be. Here that is an error like others.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::trace::parquet_problem::{BROKEN, Found};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Does this, and takes a panic for damage of the file. Nothing is written of it.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Found>) -> Result<T, Found> {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                before(info);
            }
        }));
    });
    let before = IS_GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(before);
    result.unwrap_or_else(|_| Err(BROKEN.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_damage() {
        let found = guarded::<()>(|| panic!("of the library")).unwrap_err();
        assert_eq!(found.to_string(), BROKEN.to_string());
        assert!(!IS_GUARDED.get());
        assert_eq!(guarded(|| Ok(3)).unwrap(), 3);
    }
}
