//! Bad networks on loopback: a byte-counting, cutting TCP proxy, and an HTTP proxy that loses, repeats and reorders.

pub mod http;
pub mod tcp;
