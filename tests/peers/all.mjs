// Measures one peer after the other, each in a process of its own, prints one table and writes the figures as JSON.
// A peer that could not be measured is named in the table and makes the run fail.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** No peer may take longer, ms. */
const LONGEST = 5 * 60_000;

const target = process.argv[2];
const failed = [];
const synced = ['ours', 'anki', 'automerge', 'watermelondb', 'pouchdb'].flatMap((peer) => run('measure.mjs', peer, 'visits.json'));
const photos = ['ours', 'tus'].flatMap((peer) => run('photos.mjs', peer, 'photo.jpg'));

function run(program, peer, given) {
  const folder = fs.mkdtempSync(`data-${peer}-`);
  console.error(`${program} ${peer} …`);
  const ended = spawnSync(process.execPath, [program, peer, given, folder], { encoding: 'utf8', timeout: LONGEST });
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    if (ended.status !== 0) throw new Error(ended.error?.message ?? `ended with ${ended.status ?? ended.signal}`);
    return [{ peer, ...JSON.parse(ended.stdout.trim().split('\n').at(-1)) }];
  } catch (error) {
    failed.push(`${peer} (${program})`);
    console.error(`${ended.stderr}\n${peer} was NOT MEASURED: ${error.message}`);
    return [];
  }
}

const number = (value) => (value === undefined ? '–' : Math.round(value).toLocaleString('en-US'));
const time = (value) => (value < 10 ? value.toFixed(1) : number(value));
const print = (first, ...rest) => console.log(`  ${first.padEnd(46)}${rest.map((cell) => String(cell).padStart(13)).join('')}`);

for (const [key, title] of [
  ['one_visit', "One visit (3 notes, 2 photos' metadata), warm"],
  ['backlog_1000', '1,000 visits saved without network, then sent'],
  ['nothing_new', 'Nothing new'],
]) {
  console.log();
  print(title, 'payload B', 'app layer B', 'requests', 'ms');
  for (const { name, [key]: figures } of synced.toSorted((a, b) => a[key].app - b[key].app)) {
    const { payload, app, requests, ms } = figures;
    print(`  ${name}`, number(payload), number(app), number(requests), time(ms));
  }
}
for (const { name, photo } of photos) {
  for (const [way, { whole, cuts }] of Object.entries(photo.ways)) {
    console.log();
    print(`A photo of ${number(photo.bytes)} B, ${name}`, 'sent again B', 'besides B', 'requests');
    print(`  ${way}, not cut`, 0, number(whole.besides), whole.requests);
    for (const { at, again, besides, requests } of cuts) {
      print(`  cut after ${number(at)} B: costs`, number(again), number(besides), requests);
    }
  }
}
console.log(`\nMeasured: ${[...synced, ...photos].flatMap(({ versions }) => Object.entries(versions).map((one) => one.join(' '))).join(' · ')}`);

const earlier = path.join(target, 'bench.json');
const ours = fs.existsSync(earlier) ? JSON.parse(fs.readFileSync(earlier, 'utf8')) : null;
console.log(
  ours?.one_visit
    ? `Ours by \`make bench\`: one visit ${number(ours.one_visit.bytes)} B, backlog ${number(ours.backlog_1000.bytes)} B, nothing new ${number(ours.idle.bytes)} B`
    : 'target/bench.json has no such figures: run `make bench` for our other ones.',
);
const into = path.join(target, 'bench-peers.json');
fs.writeFileSync(into, `${JSON.stringify({ synced, photos, not_measured: failed, bench: ours }, null, 2)}\n`);
console.log(`Figures in ${path.relative(path.dirname(target), into)}`);
if (failed.length > 0) {
  console.log(`NOT MEASURED: ${failed.join(', ')} (why is said above)`);
  process.exit(1);
}
