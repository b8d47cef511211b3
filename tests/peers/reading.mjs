// Reads along one direction of a connection, piece by piece: how many bytes of a piece are payload, how many requests begin.

/** HTTP/1.1. A reader of answers needs the reader of the requests they answer. */
export class Http1 {
  constructor(up, requests) {
    Object.assign(this, { up, requests, head: '', left: 0, chunked: false, methods: [], upgraded: false });
  }

  read(bytes) {
    const seen = { payload: 0, requests: 0 };
    for (let at = 0; at < bytes.length; ) {
      if (this.upgraded) {
        const framed = (this.frames ??= new WebSocketFrames(this.up)).read(bytes.subarray(at));
        return { payload: seen.payload + framed.payload, requests: seen.requests + framed.requests };
      }
      if (this.left > 0) {
        const part = Math.min(this.left, bytes.length - at);
        this.left -= part;
        seen.payload += part;
        at += part;
        continue;
      }
      // A head, or the line before or after a chunk: up to its end, which may come with a later piece.
      this.head += String.fromCharCode(bytes[at++]);
      if (this.chunked ? /.\r\n$/s.test(this.head) : this.head.endsWith('\r\n\r\n')) this.#begin(seen);
    }
    return seen;
  }

  #begin(seen) {
    const head = this.head;
    this.head = '';
    if (this.chunked) {
      const length = parseInt(head.trim(), 16);
      if (length > 0) this.left = length;
      else if (length === 0) [this.chunked, this.head] = [false, '\r\n'];
      return;
    }
    if (head === '\r\n\r\n') return; // the end of the last chunk
    const status = this.up ? 0 : Number(head.split(' ', 2)[1]);
    if (this.up) {
      seen.requests += 1;
      this.methods.push(head.slice(0, head.indexOf(' ')));
    } else if (status === 101) {
      this.upgraded = this.requests.upgraded = true;
      return;
    } else if (status >= 200) {
      const bodiless = this.requests.methods.shift() === 'HEAD' || status === 204 || status === 304;
      if (bodiless) return;
    }
    this.chunked = /^transfer-encoding:.*chunked/im.test(head);
    this.left = this.chunked ? 0 : Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  }
}

/** What Http2 and WebSocketFrames share: a head says how long the frame is and what it carries. */
class Frames {
  head = [];
  left = 0;
  payload = false;

  read(bytes) {
    const seen = { payload: 0, requests: 0 };
    for (let at = 0; at < bytes.length; ) {
      if (this.left > 0) {
        const part = Math.min(this.left, bytes.length - at);
        this.left -= part;
        if (this.payload) seen.payload += part;
        at += part;
        continue;
      }
      this.head.push(bytes[at++]);
      const frame = this.begun(this.head);
      if (!frame) continue;
      this.left = frame.length;
      this.payload = frame.payload;
      if (this.up && frame.request) seen.requests += 1;
      this.head = [];
    }
    return seen;
  }
}

/** HTTP/2 without TLS. */
export class Http2 extends Frames {
  constructor(up) {
    super();
    this.up = up;
    this.left = up ? 24 : 0; // the preface
  }

  begun([high, middle, low, type, ...rest]) {
    if (rest.length < 5) return undefined;
    return { length: (high << 16) | (middle << 8) | low, payload: type === 0, request: type === 1 };
  }
}

/** WebSocket, after the upgrade. A message from the phone counts as a request; pings are not payload. */
class WebSocketFrames extends Frames {
  constructor(up) {
    super();
    this.up = up;
  }

  begun([first, second, ...rest]) {
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const mask = second & 0x80 ? 4 : 0;
    if (second === undefined || rest.length < extended + mask) return undefined;
    const length = extended ? rest.slice(0, extended).reduce((sum, byte) => sum * 256 + byte, 0) : short;
    const opcode = first & 0x0f;
    return { length, payload: opcode < 8, request: opcode === 1 || opcode === 2 };
  }
}
