// The proxy's reading along: the same counts however the bytes are cut into pieces.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Http1, Http2 } from './reading.mjs';

const POST = 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
const HEAD = 'HEAD /b HTTP/1.1\r\nHost: x\r\n\r\n';
const CHUNKED = 'GET /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab\r\n\r\n3;x=y\r\ncde\r\n0\r\n\r\n';
const UPGRADE = 'GET /d HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
const ANSWERS =
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok' +
  'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n' + // to HEAD: no body
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nz\r\n0\r\n\r\n';
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

const bytes = (text) => Buffer.from(text, 'latin1');
const frame = (first, length, masked = false) => {
  const head = length < 126 ? [length] : length < 65536 ? [126, length >> 8, length & 255] : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
  if (masked) head[0] |= 128;
  return Buffer.concat([Buffer.from([first, ...head]), Buffer.alloc(masked ? 4 : 0), Buffer.alloc(length, 0x0d)]);
};
const frame2 = (type, length) => Buffer.concat([Buffer.from([0, length >> 8, length & 255, type, 0, 0, 0, 0, 1]), Buffer.alloc(length)]);

/** What a reader sees in `stream` when it comes in pieces of `size`. */
function read(reader, stream, size) {
  const total = { payload: 0, requests: 0 };
  for (let at = 0; at < stream.length; at += size) {
    const seen = reader.read(stream.subarray(at, at + size));
    total.payload += seen.payload;
    total.requests += seen.requests;
  }
  return total;
}

for (const size of [1, 2, 7, 1 << 20]) {
  test(`HTTP/1.1 in pieces of ${size}`, () => {
    const up = new Http1(true);
    assert.deepEqual(read(up, bytes(POST + HEAD + CHUNKED), size), { payload: 5 + 7, requests: 3 });
    assert.deepEqual(read(new Http1(false, up), bytes(ANSWERS), size), { payload: 2 + 1, requests: 0 });
  });

  test(`an upgrade to WebSocket in pieces of ${size}`, () => {
    const up = new Http1(true);
    const down = new Http1(false, up);
    assert.deepEqual(read(up, bytes(UPGRADE), size), { payload: 0, requests: 1 });
    assert.deepEqual(read(down, Buffer.concat([bytes(SWITCH), frame(0x82, 10)]), size), { payload: 10, requests: 0 });
    const messages = Buffer.concat([frame(0x02, 3, true), frame(0x80, 300, true), frame(0x89, 4, true), frame(0x81, 70_000, true)]);
    assert.deepEqual(read(up, messages, size), { payload: 70_303, requests: 2 });
  });

  test(`HTTP/2 in pieces of ${size}`, () => {
    const up = Buffer.concat([bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame2(4, 6), frame2(1, 40), frame2(0, 500), frame2(0, 0), frame2(1, 9)]);
    assert.deepEqual(read(new Http2(true), up, size), { payload: 500, requests: 2 });
    assert.deepEqual(read(new Http2(false), Buffer.concat([frame2(1, 5), frame2(0, 77)]), size), { payload: 77, requests: 0 });
  });
}
