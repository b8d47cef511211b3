//! Mistakes planted on purpose, one at a time, to see that the simulation finds each (`make sim-power`).
//!
//! Only with the feature `planted`, which no other build has: without it every `planted!` is plainly `false`.

/// Whether this mistake is made now.
#[cfg(not(feature = "planted"))]
#[macro_export]
macro_rules! planted {
    ($bug:ident) => {
        false
    };
}

/// Whether this mistake is made now.
#[cfg(feature = "planted")]
#[macro_export]
macro_rules! planted {
    ($bug:ident) => {
        $crate::planted::is($crate::planted::Bug::$bug)
    };
}

#[cfg(feature = "planted")]
pub use on::{Bug, is, plant};

#[cfg(feature = "planted")]
mod on {
    use std::sync::atomic::{AtomicUsize, Ordering};

    macro_rules! bugs {
        ($($name:ident: $text:literal,)+) => {
            /// A mistake.
            #[allow(missing_docs, reason = "each says what it is by Bug::text")]
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum Bug {
                $($name,)+
            }

            impl Bug {
                /// All of them.
                pub const ALL: &[Self] = &[$(Self::$name,)+];

                /// What is done wrongly.
                pub const fn text(self) -> &'static str {
                    match self {
                        $(Self::$name => $text,)+
                    }
                }
            }
        };
    }

    bugs! {
        AckBeforeCommit: "the office answers before the commit",
        ServerNoSync: "the office's commits are not synced",
        PhoneNoSync: "the phone's commits are not synced",
        CursorBeforeApply: "the cursor is kept before what it stands for",
        CursorOneTooFar: "the cursor passes over the fact that did not fit",
        LateCommitSkipped: "the cursor runs ahead of the feed's end",
        EpochIgnored: "the phone takes no notice of a restored office",
        OwnNotSentAgain: "after a restore own facts stay confirmed",
        OthersNotOffered: "after a restore facts of others are not offered",
        DedupeOff: "a fact that comes twice is judged twice",
        CloneOverlooked: "other bytes under a known id are acknowledged",
        RefusedRetried: "a refused fact is sent for ever",
        HeldLost: "a child of a refused root is not kept",
        HeldNotReleased: "a repair does not release what waits",
        AliasForgotten: "what comes later for a repaired root finds nothing",
        DropTakesUnsent: "losing a hamlet deletes unsent work",
        DropIgnored: "the list of cases to drop is ignored",
        DropForgetsPhotos: "a case that leaves takes its unsent photo along",
        ErasureUndoneByRestore: "erased text comes back after a restore",
        ErasureSparesDraft: "an erased record stays in its draft",
        ErasureSparesCorrections: "corrections of an erased text stay",
        ScrubForgotten: "erased text stays in the phone's log of changes",
        GraceTokenLost: "the old token is void as soon as the next is announced",
        EnrolmentOnce: "asking again to enrol is refused",
        SeqReused: "a sequence number is given out again after a drop",
        RefiledInPart: "a cloned phone files only its first fact again",
        UndoSentAnyway: "what can still be undone is sent",
        UndoLosesDraft: "undo deletes the draft",
        RefusalTakesDraft: "a save that is told no deletes the draft",
        ReceiptRemade: "a repaired record gets a new receipt",
        ClockHoldsBack: "what was saved under a fast clock never goes",
        CheckByClock: "a clock turned back ends the comparisons",
        OffsetBelieved: "the office believes where the phone says a piece begins",
        SkipForgotten: "bytes that came before are kept twice",
        UnexaminedBelieved: "a photo counts as received before the office looked at it",
        PhotoSentTooSoon: "a photo counts as sent when its request goes",
        MergeNotSettled: "cases of a merged hamlet stay where they were",
        ForwardNotSeen: "a forwarded case does not reach the other unit",
        RehomeNotLeft: "a re-homed case stays with its old unit too",
        DutyNeverEnds: "an ended duty still shows its cases",
        PrivateToAll: "everybody in scope learns who the petitioner is",
        ScopeRemembered: "a changed duty counts only after the next restart",
        ViewNotFolded: "a verdict does not reach the views",
        RebuildHalf: "a rebuild ends after the open matters",
    }

    /// 0 for none, else its place in [`Bug::ALL`] plus one.
    static PLANTED: AtomicUsize = AtomicUsize::new(0);

    /// Makes this mistake from now on, and no other.
    pub fn plant(bug: Option<Bug>) {
        PLANTED.store(bug.map_or(0, |bug| bug as usize + 1), Ordering::Relaxed);
    }

    /// Whether this one is made.
    pub fn is(bug: Bug) -> bool {
        PLANTED.load(Ordering::Relaxed) == bug as usize + 1
    }
}
