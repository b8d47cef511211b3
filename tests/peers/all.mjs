// Measures one peer after the other, each in a process of its own, prints one table and writes the figures as JSON.
// A peer that could not be measured is named in the table and makes the run fail.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** No peer may take longer, ms. */
const LONGEST = 5 * 60_000;

const target = process.argv[2];
const measured = {};
const failed = [];
for (const peer of ['ours', 'anki', 'automerge', 'watermelondb', 'pouchdb', 'tus']) {
  const folder = fs.mkdtempSync(`data-${peer}-`);
  const program = peer === 'tus' ? ['tus.mjs'] : ['measure.mjs'];
  console.error(`measuring ${peer} …`);
  const run = spawnSync(process.execPath, [...program, peer, 'visits.json', folder], { encoding: 'utf8', timeout: LONGEST });
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    if (run.status !== 0) throw new Error(run.error?.message ?? `ended with ${run.status ?? run.signal}`);
    measured[peer] = JSON.parse(run.stdout.trim().split('\n').at(-1));
  } catch (error) {
    failed.push(peer);
    console.error(`${run.stderr}\n${peer} was NOT MEASURED: ${error.message}`);
  }
}

const { photo, ...about } = measured.tus ?? {};
const synced = Object.values(measured).filter(({ one_visit }) => one_visit);
const number = (value) => (value === undefined ? '–' : Math.round(value).toLocaleString('en-US'));
const time = (value) => (value < 10 ? value.toFixed(1) : number(value));
const row = (cells) => `  ${String(cells[0]).padEnd(44)}${cells.slice(1).map((cell) => String(cell).padStart(13)).join('')}`;

for (const [key, title] of [
  ['one_visit', 'One visit (3 notes, 2 photos\' metadata), warm'],
  ['backlog_1000', '1,000 visits saved without network, then sent'],
  ['nothing_new', 'Nothing new'],
]) {
  console.log(`\n${row([title, 'payload B', 'app layer B', 'requests', 'ms'])}`);
  for (const peer of synced.toSorted((a, b) => a[key].app - b[key].app)) {
    const { payload, app, requests, ms } = peer[key];
    console.log(row([labelled(peer), number(payload), number(app), number(requests), time(ms)]));
  }
}
if (photo) {
  console.log(`\n${row([`A photo of 200,000 B cut once, by ${labelled(about)}`, 'sent again B', 'beyond it B', 'requests'])}`);
  for (const [way, { whole, cuts }] of Object.entries(photo)) {
    console.log(row([`${way}, not cut`, number(whole.again), number(whole.beyond), whole.requests]));
    for (const cut of cuts) console.log(row([`  cut after ${number(cut.at)} B`, number(cut.again), number(cut.beyond), cut.requests]));
  }
  console.log('  Ours: `cargo test -p fieldbook-tests --test photo_cuts -- --nocapture`.');
}

const earlier = path.join(target, 'bench.json');
const ours = fs.existsSync(earlier) ? JSON.parse(fs.readFileSync(earlier, 'utf8')) : undefined;
console.log(
  ours
    ? `\nOurs by \`make bench\`: one visit ${number(ours.one_visit?.bytes)} B, backlog ${number(ours.backlog_1000?.bytes)} B, nothing new ${number(ours.idle?.bytes)} B.`
    : '\ntarget/bench.json is not there: run `make bench` for our other figures.',
);
const into = path.join(target, 'bench-peers.json');
fs.writeFileSync(into, `${JSON.stringify({ peers: measured, not_measured: failed, bench: ours ?? null }, null, 2)}\n`);
console.log(`Figures in ${path.relative(path.dirname(target), into)}`);
if (failed.length > 0) {
  console.log(`NOT MEASURED: ${failed.join(', ')} (see above)`);
  process.exit(1);
}

function labelled({ name, versions }) {
  const all = Object.entries(versions ?? {}).map(([what, version]) => `${what.split('/').at(-1)} ${version}`);
  return all.length > 0 && all.length < 3 ? `${name} (${all.join(', ')})` : name;
}
