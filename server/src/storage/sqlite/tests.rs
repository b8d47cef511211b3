//! The storage holds to the suite, on files.
