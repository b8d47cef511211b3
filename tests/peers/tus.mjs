// Photos: tus-js-client against @tus/server with its file store, a photo of 200,000 bytes, the line cut once at several places;
// the client finds out at once and resumes by itself (`retryDelays` as by default, a short first one). Measured in the two ways its
// documentation names: the photo follows its creation (the default), and the photo's bytes go with the creation
// (`uploadDataDuringCreation`), which saves a request when nothing is cut. The server keeps what arrived before the cut.
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Upload } from 'tus-js-client';
import { Proxy } from './proxy.mjs';
import { versionsOf } from './versions.mjs';

const SIZE = 200_000;
const CUTS = [1_000, 16_384, 50_000, 100_000, 150_000, 199_000];

const [, , , , folder] = process.argv;
const photo = randomBytes(SIZE);
const token = randomBytes(32).toString('base64url');
const store = path.join(folder, 'photos');
fs.mkdirSync(store, { recursive: true });
const server = http.createServer((request, response) => office.handle(request, response));
const office = new Server({ path: '/photos', datastore: new FileStore({ directory: store }) });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const proxy = await Proxy.to(server.address().port);

/** One upload; what it took beyond the photo itself. */
async function upload(uploadDataDuringCreation, cut) {
  await proxy.silent();
  proxy.take();
  if (cut) proxy.cutAfter(cut);
  const began = performance.now();
  const url = await new Promise((done, failed) => {
    const sending = new Upload(photo, {
      endpoint: `${proxy.url}/photos`,
      uploadDataDuringCreation,
      headers: { Authorization: `Bearer ${token}` },
      onError: failed,
      onSuccess: () => done(sending.url),
    });
    sending.start();
  });
  const ms = performance.now() - began;
  await proxy.silent();
  const { up, down, payloadUp, requests } = proxy.take();
  const kept = fs.readFileSync(path.join(store, path.basename(url)));
  if (hash(kept) !== hash(photo)) throw new Error('the photo at the server is not the photo sent');
  return { again: payloadUp - SIZE, beyond: up + down - SIZE, requests, ms };
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

const ways = {};
for (const [way, early] of [['creation, then photo', false], ['photo with its creation', true]]) {
  const whole = await upload(early);
  const cuts = [];
  for (const at of CUTS) cuts.push({ at, ...(await upload(early, at)) });
  ways[way] = { whole, cuts };
}
process.stdout.write(`${JSON.stringify({ name: 'tus', versions: versionsOf(['tus-js-client', '@tus/server']), photo: ways })}\n`);
process.exit(0);
