// Anki: the sync server and the client that ship in the `anki` package, the ones of the desktop app. zstd on every body.
// A visit is one note with its remarks and photos in fields, and the one card that Anki makes of it. The media sync, which would
// add requests of its own, is off as the app allows: no photo travels here. Signed in once; the first full upload is not counted.
// Anki opens a connection for each sync by itself.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Told } from './told.mjs';

export const name = 'Anki';

export async function open({ folder, file, python, through }) {
  const port = await freePort();
  const base = path.resolve(folder, 'office');
  fs.mkdirSync(base, { recursive: true });
  const env = { ...process.env, SYNC_USER1: 'phone:word', SYNC_BASE: base, SYNC_HOST: '127.0.0.1', SYNC_PORT: String(port), RUST_LOG: 'error' };
  const server = spawn(python, ['-m', 'anki.syncserver'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  process.on('exit', () => server.kill());
  await listening(port);
  const proxy = await through(port);
  const phone = new Told(python, ['anki_phone.py', file, path.resolve(folder), `http://127.0.0.1:${port}/`, `${proxy.url}/`]);
  await phone.answer();
  return {
    proxy,
    versions: { anki: execFileSync(python, ['-c', 'import anki.buildinfo as b; print(b.version)'], { encoding: 'utf8' }).trim() },
    save: (visits) => phone.tell(`save ${visits[0].n} ${visits.at(-1).n + 1}`),
    sync: () => phone.tell('sync'),
    held: async () => Number((await phone.tell('held'))[1]),
    async close() {
      await phone.close();
      server.kill();
    },
  };
}

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function listening(port) {
  for (let tries = 0; tries < 200; tries++) {
    const socket = net.connect(port, '127.0.0.1');
    const came = await new Promise((done) => socket.on('connect', () => done(true)).on('error', () => done(false)));
    socket.destroy();
    if (came) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the sync server did not start within 10 s');
}
