//! Jobs of many parts.

use std::sync::mpsc;

use super::{Finding, Open, say};
use crate::storage::{Keep, StorageError};

/// Somebody comes while the first part runs.
pub(super) fn let_others_go_first(open: Open<'_>) -> Finding {
    const PARTS: u8 = 100;
    let store = open();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (tell, told) = mpsc::channel();
    let (seen, of_long, of_short) = (tell.clone(), tell.clone(), tell);
    let mut ran = 0;
    store.0.submit(
        Box::new(move |tx| {
            // Until the other job is queued.
            let _ = may_go_on.recv();
            ran += 1;
            match tx.put_value("parts", &[ran]) {
                Ok(()) if ran < PARTS => Keep::More,
                Ok(()) => Keep::Yes,
                Err(_) => Keep::No,
            }
        }),
        Box::new(move |done| _ = of_long.send(("long", done.map(|()| None)))),
    );
    store.0.submit(
        Box::new(move |tx| {
            let _ = seen.send(("seen", tx.value("parts")));
            Keep::Yes
        }),
        Box::new(move |done| _ = of_short.send(("short", done.map(|()| None)))),
    );
    drop(go_on);
    let told: Vec<_> = told.iter().collect();
    must!(told == [("seen", Ok(Some(vec![1]))), ("short", Ok(None)), ("long", Ok(None))]);
    must!(store.read_now::<_, StorageError>(|tx| tx.value("parts")).map_err(say)? == Some(vec![PARTS]));
    Ok(())
}

/// The third part fails.
pub(super) fn one_fails(open: Open<'_>) -> Finding {
    let store = open();
    let (tell, told) = mpsc::channel();
    let mut ran = 0;
    store.0.submit(
        Box::new(move |tx| {
            ran += 1;
            match tx.put_value("parts", &[ran]) {
                Ok(()) if ran < 3 => Keep::More,
                Ok(()) | Err(_) => Keep::No,
            }
        }),
        Box::new(move |done| _ = tell.send(done)),
    );
    must!(told.recv().map_err(say)? == Ok(()));
    must!(store.read_now::<_, StorageError>(|tx| tx.value("parts")).map_err(say)? == Some(vec![2]));
    Ok(())
}
