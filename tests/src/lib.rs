//! fieldbook-tests
pub mod jpeg;
