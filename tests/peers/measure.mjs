// Measures one peer: `node measure.mjs PEER VISITS FOLDER` prints its figures as JSON. The same course for everyone, on the
// same visits: some to warm up, each sent by itself; 20 visits, each sent by itself; 20 times nothing new; 1,000 visits
// saved without network, then sent. A peer whose server does not hold every visit at the end is an error.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { Proxy } from './proxy.mjs';
import { versionsOf } from './versions.mjs';

const WARM_UP = 4;
const SINGLES = 20;
const BACKLOG = 1000;

const [, , peer, file, folder] = process.argv;
process.on('SIGTERM', () => process.exit(1)); // children end with it
const visits = JSON.parse(fs.readFileSync(file, 'utf8')).map((visit, n) => ({
  n,
  ...visit,
  photos: visit.photos.map((photo) => ({ ...photo, hash: Buffer.from(photo.hash) })),
}));

const { name, packages = [], open } = await import(`./${peer}.mjs`);
fs.mkdirSync(folder, { recursive: true });
const token = randomBytes(32).toString('base64url'); // 43 characters, as ours
const { BENCH: bench, PEERS_PYTHON: python } = process.env;
const opened = await open({ folder, file, token, bench, python, through: Proxy.to });
const { proxy, save, sync, lose, comeBack = sync, held, close } = opened;

let saved = 0;
const saveNext = (count) => save(visits.slice(saved, (saved += count)));

/** Everything the proxy carries because of `saving` and then `exchange`; time from the save to the last byte. */
async function counted(exchange, saving) {
  await proxy.silent();
  proxy.take();
  await saving?.();
  const began = performance.now();
  await exchange();
  await proxy.silent();
  const { up, down, payloadUp, payloadDown, requests } = proxy.take();
  return { payload: payloadUp + payloadDown, app: up + down, requests, ms: proxy.lastMoved - began };
}

async function average(times, exchange) {
  const all = [];
  for (let n = 0; n < times; n++) all.push(await exchange());
  const mean = (key) => all.reduce((sum, one) => sum + one[key], 0) / times;
  const median = all.map(({ ms }) => ms).sort((a, b) => a - b)[times >> 1];
  return { payload: mean('payload'), app: mean('app'), requests: mean('requests'), ms: median };
}

const oneVisit = () => counted(sync, () => saveNext(1));

await sync();
await average(WARM_UP, oneVisit);
const one_visit = await average(SINGLES, oneVisit);
const nothing_new = await average(SINGLES, async () => {
  await lose?.();
  return counted(comeBack);
});
const backlog_1000 = await counted(sync, () => saveNext(BACKLOG));

const atOffice = await held();
if (atOffice !== saved) throw new Error(`${name}: ${saved} visits saved, ${atOffice} at the server`);
const versions = opened.versions ?? versionsOf(packages);
await close();
process.stdout.write(`${JSON.stringify({ name, versions, one_visit, backlog_1000, nothing_new })}\n`);
process.exit(0); // timers of a peer's library must not keep the run alive
