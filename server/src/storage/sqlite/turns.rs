//! Whose turn it is: jobs in the order they came, further parts of jobs when nobody waits, but not never.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::storage::{Done, WriteJob};

/// A job and who is told.
pub type Queued = (WriteJob, Done);

/// After so many commits in which others went first, a part has its turn.
const PATIENCE: u32 = 4;

/// Between commits of parts, so many times their own length belongs to whoever comes: most then find the writer free.
const REST: u32 = 3;

/// The jobs that wait.
pub struct Turns {
    queue: Receiver<Queued>,
    /// Jobs that have begun and have parts left.
    begun: VecDeque<Queued>,
    passed_over: u32,
}

impl Turns {
    /// The jobs that come through this queue.
    pub fn new(queue: Receiver<Queued>) -> Self {
        Self { queue, begun: VecDeque::new(), passed_over: 0 }
    }

    /// What a commit begins with, as soon as there is something; none when the queue is closed and empty. `took`: how long the
    /// commit before took.
    pub fn first(&mut self, took: Duration) -> Option<Queued> {
        if self.begun.is_empty() {
            return self.queue.recv().ok();
        }
        let new = if self.passed_over < PATIENCE { self.queue.recv_timeout(took * REST).ok() } else { None };
        self.passed_over += 1;
        new.or_else(|| self.part())
    }

    /// A job that has come. Those that are being read right now get the time for it; nobody waits for ones that may never come.
    pub fn next(&mut self) -> Option<Queued> {
        self.queue.try_recv().ok().or_else(|| {
            std::thread::yield_now();
            self.queue.try_recv().ok()
        })
    }

    /// A part of a job that has begun.
    pub fn part(&mut self) -> Option<Queued> {
        self.passed_over = 0;
        self.begun.pop_front()
    }

    /// This job has parts left.
    pub fn goes_on(&mut self, job: Queued) {
        self.begun.push_back(job);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::storage::Keep;

    fn job() -> Queued {
        (Box::new(|_| Keep::Yes), Box::new(|_| ()))
    }

    #[test]
    fn whoever_comes_goes_first_but_not_for_ever() {
        let (queue, waiting) = mpsc::channel();
        let mut turns = Turns::new(waiting);
        turns.goes_on(job());
        for _ in 0..=PATIENCE {
            assert!(queue.send(job()).is_ok());
        }
        for _ in 0..PATIENCE {
            assert!(turns.first(Duration::ZERO).is_some());
            assert_eq!(turns.begun.len(), 1, "it still waits");
        }
        assert!(turns.first(Duration::ZERO).is_some());
        assert!(turns.begun.is_empty(), "it had its turn");
        assert!(turns.next().is_some(), "and one that came is left");
    }

    #[test]
    fn what_has_begun_is_finished_after_the_queue_was_closed() {
        let (queue, waiting) = mpsc::channel();
        let mut turns = Turns::new(waiting);
        turns.goes_on(job());
        drop(queue);
        assert!(turns.first(Duration::ZERO).is_some());
        assert!(turns.first(Duration::ZERO).is_none());
    }
}
