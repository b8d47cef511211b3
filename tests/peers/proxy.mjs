// The proxy that all peers and we are measured through: passes TCP on and counts what it carried. It reads along just far
// enough to tell payload (bodies, messages) from the rest (heads, frames) and to count requests; it changes nothing.
import net from 'node:net';
import { Http1, Http2 } from './reading.mjs';

/** How long the line must be silent until an exchange counts as over, ms. */
const SILENCE = 60;

export class Proxy {
  /** Listens on a free loopback port and passes everything on to `port` of this machine. */
  static async to(port) {
    const proxy = new Proxy();
    proxy.listener = net.createServer((phone) => proxy.#carry(phone, port));
    await new Promise((done) => proxy.listener.listen(0, '127.0.0.1', done));
    proxy.port = proxy.listener.address().port;
    proxy.url = `http://127.0.0.1:${proxy.port}`;
    proxy.take();
    return proxy;
  }

  #sockets = new Set();
  /** When the last byte moved, on the clock of `performance.now()`. */
  lastMoved = 0;
  #cut = Infinity;

  /** What was carried since the last call: bytes up and down, bytes of payload among them, requests, connections. */
  take() {
    const taken = this.counted;
    this.counted = { up: 0, down: 0, payloadUp: 0, payloadDown: 0, requests: 0, connections: 0 };
    return taken;
  }

  /** Waits until nothing moves any more. */
  async silent() {
    do await new Promise((done) => setTimeout(done, SILENCE));
    while (performance.now() - this.lastMoved < SILENCE);
  }

  /**
   * Cuts once, when `bytes` of payload have gone up since now. What had gone up reaches the server, which has time to take it,
   * and then the connection is lost to both.
   */
  cutAfter(bytes) {
    this.#cut = this.counted.payloadUp + bytes;
  }

  close() {
    this.listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(phone, port) {
    this.counted.connections += 1;
    const server = net.connect(port, '127.0.0.1');
    const reading = {};
    for (const socket of [phone, server]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      // Broken connections are part of what is measured; both ends see them as such.
      socket.on('error', () => socket.destroy());
    }
    let lost = false;
    phone.on('data', (bytes) => {
      if (lost) return;
      reading.up ??= bytes.toString('latin1').startsWith('PRI *') ? new Http2(true) : new Http1(true);
      this.#count('up', bytes, reading);
      const beyond = this.counted.payloadUp - this.#cut;
      if (beyond >= 0) {
        // What lies beyond the cut was never carried.
        this.#cut = Infinity;
        this.counted.payloadUp -= beyond;
        this.counted.up -= beyond;
        server.write(bytes.subarray(0, bytes.length - beyond));
        lost = true;
        setTimeout(() => {
          server.end();
          phone.resetAndDestroy();
        }, SILENCE);
      } else if (!server.write(bytes)) {
        phone.pause();
        server.once('drain', () => phone.resume());
      }
    });
    server.on('data', (bytes) => {
      reading.down ??= reading.up instanceof Http2 ? new Http2(false) : new Http1(false, reading.up);
      this.#count('down', bytes, reading);
      if (!phone.destroyed) phone.write(bytes);
    });
    phone.on('end', () => server.end());
    server.on('end', () => phone.end());
  }

  #count(way, bytes, reading) {
    this.lastMoved = performance.now();
    this.counted[way] += bytes.length;
    const seen = reading[way].read(bytes);
    this.counted[way === 'up' ? 'payloadUp' : 'payloadDown'] += seen.payload;
    this.counted.requests += seen.requests;
  }
}
