//! What becomes of a phone whose key is lost: its tokens are given up, its work is not.

use super::refile::INTENDED;
use super::{Stopped, SyncState};
use crate::store::{Seal, Store, StoreError};

impl Store {
    /// Tokens that another key sealed open no door any more. The person scans a new code, and what was not confirmed goes
    /// then. A certificate alone would also do, but a lost key may mean that this is another phone.
    pub(in crate::store) fn give_up_lost_tokens(&self) -> Result<(), StoreError> {
        if self.read(|tx| tx.sync_state().map(|state| all_open(&state, tx.seal())))? {
            return Ok(());
        }
        tracing::warn!("the key of this notebook is lost: sign in again");
        self.write(|tx| {
            let mut state = tx.sync_state()?;
            (state.token, state.next_token, state.previous_token, state.enrolment) = (None, None, None, None);
            state.stopped = Some(Stopped::SignInAgain);
            tx.remove_meta(INTENDED)?;
            tx.set_sync_state(&state)
        })
    }
}

fn all_open(state: &SyncState, seal: &Seal) -> bool {
    let enrolment = state.enrolment.as_ref().map(|enrolment| &enrolment.token);
    [state.token.as_ref(), state.next_token.as_ref(), state.previous_token.as_ref(), enrolment]
        .into_iter()
        .flatten()
        .all(|token| seal.open(token).is_some())
}
