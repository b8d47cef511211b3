//! The verbs of the work: what a screen can do.
