// Measures how one peer sends a photo over a line that breaks: `node photos.mjs PEER PHOTO FOLDER` prints its figures as JSON.
// The same photo, whole and then cut once at each of several places; what the cut cost is the difference to the whole one.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { Proxy } from './proxy.mjs';
import { versionsOf } from './versions.mjs';

/** Bytes of the photo that have gone up when the line breaks. */
const CUTS = [1_000, 20_000, 50_000, 100_000, 140_000];

const [, , peer, file, folder] = process.argv;
process.on('SIGTERM', () => process.exit(1));
const photo = fs.readFileSync(file);
const { name, packages = [], ways } = await import(`./${peer}.mjs`);

const photos = {};
for (const [way, open] of Object.entries(ways)) {
  const whole = await sent(open);
  const before = whole.payloadUp - photo.length; // what is said before the photo itself
  const cuts = [];
  for (const at of CUTS) {
    const { payloadUp, all, requests } = await sent(open, before + at);
    const again = payloadUp - whole.payloadUp;
    cuts.push({ at, again, besides: all - whole.all - again, requests: requests - whole.requests });
  }
  photos[way] = { whole: { besides: whole.all - photo.length, requests: whole.requests }, cuts };
}
process.stdout.write(`${JSON.stringify({ name, versions: versionsOf(packages), photo: { bytes: photo.length, ways: photos } })}\n`);
process.exit(0); // timers of a peer's library must not keep the run alive

async function sent(open, cut) {
  const { BENCH: bench } = process.env;
  const token = randomBytes(32).toString('base64url');
  const { proxy, send, close } = await open({ folder: fs.mkdtempSync(`${folder}/`), photo, token, bench, through: Proxy.to });
  await proxy.silent();
  proxy.take();
  if (cut) proxy.cutAfter(cut);
  await send();
  await proxy.silent();
  const { up, down, payloadUp, requests } = proxy.take();
  await close();
  return { payloadUp, all: up + down, requests };
}
