//! A connection that is given up when nothing moves on it for too long.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// How long to be patient.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Until the first request has been answered, and while an answer is on its way.
    pub stall: Duration,
    /// Between requests.
    pub idle: Duration,
}

/// Wraps a connection. Every byte in either direction starts the wait anew.
pub(super) struct Patient<C> {
    connection: C,
    patience: Patience,
    answered: bool,
    reading: Pin<Box<Sleep>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<C> Patient<C> {
    /// Starts waiting now.
    pub fn new(connection: C, patience: Patience) -> Self {
        let reading = Box::pin(tokio::time::sleep(patience.stall));
        Self { connection, patience, answered: false, reading, writing: None }
    }

    fn moved(&mut self) {
        let wait = if self.answered { self.patience.idle } else { self.patience.stall };
        self.reading.as_mut().reset(Instant::now() + wait);
        self.writing = None;
    }

    fn wait_to_write<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        let stall = self.patience.stall;
        let writing = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(stall)));
        ready!(writing.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<C: AsyncRead + Unpin> AsyncRead for Patient<C> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.connection).poll_read(cx, buf);
        if polled.is_ready() {
            self.moved();
            return polled;
        }
        ready!(self.reading.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<C: AsyncWrite + Unpin> AsyncWrite for Patient<C> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.connection).poll_write(cx, buf);
        if polled.is_pending() {
            return self.wait_to_write(cx);
        }
        self.answered = true;
        self.moved();
        polled
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.connection).poll_write_vectored(cx, bufs);
        if polled.is_pending() {
            return self.wait_to_write(cx);
        }
        self.answered = true;
        self.moved();
        polled
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(cx)
    }
}
