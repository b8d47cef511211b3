//! The suite every storage must pass.
