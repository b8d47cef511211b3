//! A TCP proxy that counts every byte and can cut, slow down or delay a connection.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// The most bytes passed on at once.
const PIECE: u64 = 16 * 1024;

/// Pieces that may be on the way at once, each way.
const IN_FLIGHT: usize = 64;

/// What may happen to one connection.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fault {
    /// Close both sides after this many bytes towards the server.
    pub cut_up_after: Option<u64>,
    /// Close both sides after this many bytes towards the phone.
    pub cut_down_after: Option<u64>,
    /// After a cut the phone knows at once, the server only at the next [`Proxy::release`]: so it is on a lost radio link.
    pub server_learns_late: bool,
    /// Each byte is on the way for so long, each way; others may follow meanwhile.
    pub delay: Option<Duration>,
    /// At most this many bytes a second, each way.
    pub bytes_per_second: Option<u64>,
}

/// Bytes that went through since the start, or since [`Proxy::reset`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Towards the server.
    pub up: u64,
    /// Towards the phone.
    pub down: u64,
    /// Connections accepted.
    pub connections: u64,
}

impl Counted {
    /// Both ways together.
    pub fn both(self) -> u64 {
        self.up + self.down
    }
}

#[derive(Default)]
struct Shared {
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicU64,
    /// Faults for the next connections, first come first served; afterwards `usual`.
    plan: Mutex<Vec<Fault>>,
    usual: Mutex<Fault>,
    /// Counts the releases.
    released: watch::Sender<u64>,
}

/// A running proxy. It stops when dropped.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free loopback port and forwards to `upstream`.
    pub async fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let task = tokio::spawn(accept(listener, upstream, Arc::clone(&shared)));
        Ok(Self { address, shared, task })
    }

    /// The faults of the next connections, in their order.
    pub fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        let mut plan = locked(&self.shared.plan);
        plan.extend(faults);
    }

    /// What happens to connections that have no fault planned.
    pub fn usual(&self, fault: Fault) {
        *locked(&self.shared.usual) = fault;
    }

    /// Lets the server learn of all cuts so far.
    pub fn release(&self) {
        self.shared.released.send_modify(|times| *times += 1);
    }

    /// Bytes so far.
    pub fn counted(&self) -> Counted {
        Counted {
            up: self.shared.up.load(Ordering::SeqCst),
            down: self.shared.down.load(Ordering::SeqCst),
            connections: self.shared.connections.load(Ordering::SeqCst),
        }
    }

    /// Starts counting anew and returns what was counted.
    pub fn reset(&self) -> Counted {
        Counted {
            up: self.shared.up.swap(0, Ordering::SeqCst),
            down: self.shared.down.swap(0, Ordering::SeqCst),
            connections: self.shared.connections.swap(0, Ordering::SeqCst),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, upstream: SocketAddr, shared: Arc<Shared>) {
    while let Ok((phone, _)) = listener.accept().await {
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let fault = {
            let mut plan = locked(&shared.plan);
            if plan.is_empty() { *locked(&shared.usual) } else { plan.remove(0) }
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // A connection that ends badly is what this proxy is for; the ends see it as a cut.
            let _ = forward(phone, upstream, fault, &shared).await;
        });
    }
}

async fn forward(phone: TcpStream, upstream: SocketAddr, fault: Fault, shared: &Shared) -> io::Result<()> {
    let mut released = shared.released.subscribe();
    let server = TcpStream::connect(upstream).await?;
    phone.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut phone_in, mut phone_out) = phone.into_split();
    let (mut server_in, mut server_out) = server.into_split();
    let up = pump(&mut phone_in, &mut server_out, fault, fault.cut_up_after, &shared.up);
    let down = pump(&mut server_in, &mut phone_out, fault, fault.cut_down_after, &shared.down);
    // A planned cut is an error and ends both directions at once; a clean end lets the other direction finish.
    if let Err(cut) = tokio::try_join!(up, down) {
        drop((phone_in, phone_out));
        if fault.server_learns_late {
            released.changed().await.map_err(io::Error::other)?;
        }
        // What had reached the server before the cut stays there: a reset would take it back.
        server_out.shutdown().await?;
        tokio::io::copy(&mut server_in, &mut tokio::io::sink()).await?;
        return Err(cut);
    }
    Ok(())
}

/// Passes bytes on until the end or the planned cut. What was read before a cut still arrives.
async fn pump(
    from: &mut tokio::net::tcp::OwnedReadHalf,
    to: &mut tokio::net::tcp::OwnedWriteHalf,
    fault: Fault,
    cut_after: Option<u64>,
    counter: &AtomicU64,
) -> io::Result<()> {
    let (on_the_way, arriving) = mpsc::channel(IN_FLIGHT);
    let (is_cut, ()) = tokio::try_join!(take(from, cut_after, on_the_way), deliver(to, fault, arriving, counter))?;
    if is_cut {
        return Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut as planned"));
    }
    to.shutdown().await
}

/// Reads until the end, or until the line is to be cut: then true.
async fn take(
    from: &mut tokio::net::tcp::OwnedReadHalf,
    cut_after: Option<u64>,
    on_the_way: mpsc::Sender<(Instant, Vec<u8>)>,
) -> io::Result<bool> {
    let mut passed = 0_u64;
    loop {
        let room = cut_after.map_or(PIECE, |cut| cut.saturating_sub(passed).min(PIECE));
        if room == 0 {
            return Ok(true);
        }
        let mut piece = vec![0; room as usize];
        let read = from.read(&mut piece).await?;
        passed += read as u64;
        piece.truncate(read);
        if read == 0 || on_the_way.send((Instant::now(), piece)).await.is_err() {
            return Ok(false);
        }
    }
}

async fn deliver(
    to: &mut tokio::net::tcp::OwnedWriteHalf,
    fault: Fault,
    mut arriving: mpsc::Receiver<(Instant, Vec<u8>)>,
    counter: &AtomicU64,
) -> io::Result<()> {
    while let Some((sent, piece)) = arriving.recv().await {
        if let Some(delay) = fault.delay {
            tokio::time::sleep_until(sent + delay).await;
        }
        if let Some(rate) = fault.bytes_per_second {
            tokio::time::sleep(Duration::from_secs_f64(piece.len() as f64 / rate as f64)).await;
        }
        to.write_all(&piece).await?;
        counter.fetch_add(piece.len() as u64, Ordering::SeqCst);
    }
    Ok(())
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
