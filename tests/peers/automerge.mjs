// Automerge through automerge-repo, its WebSocket adapters and its file storage on both sides (without storage the state of the
// sync is forgotten at every reconnection, to its disadvantage). One document is a person's notebook; a visit is one change
// that appends to its list: texts as Automerge's own strings, hashes as bytes, numbers as integers.
// The socket stays open and changes are pushed, so a phone in touch need not ask whether there is news: that costs nothing
// but a ping every 5 s. What is counted under "nothing new" is a phone that comes back after its connection was lost, and so
// for the backlog. A "request" is a message from the phone; the upgrade is one.
import { Repo } from '@automerge/automerge-repo';
import { WebSocketClientAdapter, WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket';
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs';
import { once } from 'node:events';
import path from 'node:path';
import { WebSocketServer } from 'ws';

export const name = 'Automerge';
export const packages = ['@automerge/automerge', '@automerge/automerge-repo'];

export async function open({ folder, token, through }) {
  const storage = (who) => new NodeFSStorageAdapter(path.join(folder, who));
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const office = new Repo({ network: [new WebSocketServerAdapter(server)], storage: storage('office'), sharePolicy: async () => false });
  const proxy = await through(server.address().port);

  const line = new WebSocketClientAdapter(`ws://127.0.0.1:${proxy.port}/?token=${token}`);
  const phone = new Repo({ network: [line], storage: storage('phone') });
  const notebook = phone.create({ visits: [] });
  const atOffice = () => office.handles[notebook.documentId];

  const same = () => atOffice()?.isReady() && String(atOffice().heads()) === String(notebook.heads());
  const arrived = async () => {
    do await proxy.silent();
    while (!same());
  };
  const lose = async () => {
    line.disconnect();
    await proxy.silent();
  };
  const comeBack = async () => {
    line.connect(line.peerId, line.peerMetadata);
    await arrived();
  };
  let lost = false;

  return {
    proxy,
    async save(visits) {
      lost = visits.length > 1;
      if (lost) await lose();
      for (const visit of visits) notebook.change((doc) => { doc.visits.push(entry(visit)); });
    },
    sync: () => (lost ? comeBack() : arrived()),
    lose,
    comeBack,
    held: () => atOffice().doc().visits.length,
    close() {
      line.disconnect();
      server.close();
    },
  };
}

function entry(visit) {
  return {
    hamlet: visit.hamlet,
    started: visit.started,
    minutes: visit.minutes,
    sinceBoot: visit.since_boot,
    place: { lat: visit.lat_e6, lon: visit.lon_e6, accuracy: visit.accuracy_m },
    marks: visit.marks,
    remarks: [...visit.remarks.map(([topic, text]) => ({ topic, text })), { text: visit.remark }],
    photos: visit.photos.map(({ hash, bytes, width, height }) => ({ hash: new Uint8Array(hash), bytes, width, height })),
  };
}
