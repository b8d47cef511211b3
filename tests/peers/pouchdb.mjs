// PouchDB against express-pouchdb, its server in Node, in the mode its README names for synchronising.
// A visit is one document with its remarks and photos inside, as document databases are meant to be used. `db.sync(remote)`,
// one shot, both ways, batches as by default. node-fetch closes each connection unless told otherwise; here it keeps it, as a
// phone's fetch does. The token travels as our own does. HTTP/1.1: express-pouchdb speaks nothing else.
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import http from 'node:http';
import path from 'node:path';
import PouchDB from 'pouchdb';

export const name = 'PouchDB';
export const packages = ['pouchdb', 'express-pouchdb'];

export async function open({ folder, token, through }) {
  const AtOffice = PouchDB.defaults({ prefix: path.join(folder, 'office-') });
  const office = express();
  office.use('/', expressPouchDB(AtOffice, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log') }));
  const server = await new Promise((done) => {
    const listening = office.listen(0, '127.0.0.1', () => done(listening));
  });
  const proxy = await through(server.address().port);

  const agent = new http.Agent({ keepAlive: true });
  const fetch = (url, options = {}) => {
    options.headers.set('Authorization', `Bearer ${token}`);
    return PouchDB.fetch(url, { ...options, agent });
  };
  const remote = new PouchDB(`${proxy.url}/visits`, { fetch });
  const db = new PouchDB(path.join(folder, 'phone'));

  return {
    proxy,
    async save(visits) {
      for (const visit of visits) await db.put(document(visit));
    },
    async sync() {
      await db.sync(remote);
    },
    async held() {
      return (await new AtOffice('visits').info()).doc_count;
    },
    close() {
      agent.destroy();
      server.close();
    },
  };
}

function document(visit) {
  return {
    _id: `visit:${visit.started}:${visit.hamlet}`,
    hamlet: visit.hamlet,
    started: visit.started,
    minutes: visit.minutes,
    sinceBoot: visit.since_boot,
    place: { lat: visit.lat_e6 / 1e6, lon: visit.lon_e6 / 1e6, accuracy: visit.accuracy_m },
    marks: visit.marks,
    remarks: [...visit.remarks.map(([topic, text]) => ({ topic, text })), { text: visit.remark }],
    photos: visit.photos.map(({ hash, bytes, width, height }) => ({ hash: hash.toString('base64'), bytes, width, height })),
  };
}
