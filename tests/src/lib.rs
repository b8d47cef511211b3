//! Whole-system tests: the real server and real phones as processes, bad networks between them, a simulation of many seeds,
//! the demo and the benchmarks.

pub mod bench;
pub mod demo;
pub mod headless;
pub mod history;
pub mod jpeg;
pub mod kept;
pub mod office;
pub mod phone;
pub mod proxy;
pub mod sim;
pub mod village;
