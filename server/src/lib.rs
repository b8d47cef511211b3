//! fieldbook-server

pub mod aside;
pub mod blob;
pub mod cli;
pub mod http;
pub mod limits;
pub mod observe;
pub mod office;
pub mod storage;
pub mod tls;
