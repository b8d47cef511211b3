// WatermelonDB's `synchronize()` with a backend written as its documentation says: GET pulls changes, POST pushes them.
// A visit is a row of `visits`, three of `remarks` and two of `photos`, related as in its guide. JSON without compression
// of what is pushed, as React Native's fetch sends it. To its advantage: HTTP/2 on one warm connection, a backend that does not send a
// phone's own rows back to it (the one in the guide does), the LokiJS adapter in memory.
import Watermelon from '@nozbe/watermelondb';
import Loki from '@nozbe/watermelondb/adapters/lokijs/index.js';
import { synchronize } from '@nozbe/watermelondb/sync/index.js';
import http2 from 'node:http2';
import { once } from 'node:events';

export const name = 'WatermelonDB';
export const packages = ['@nozbe/watermelondb'];

const column = (name, type = 'number') => ({ name, type });
const numbers = ['hamlet', 'started', 'minutes', 'since_boot', 'lat', 'lon', 'accuracy'].map((name) => column(name));
const schema = Watermelon.appSchema({
  version: 1,
  tables: [
    { name: 'visits', columns: [...numbers, column('marks', 'string')] },
    { name: 'remarks', columns: [column('visit_id', 'string'), column('topic'), column('text', 'string')] },
    { name: 'photos', columns: [column('visit_id', 'string'), column('hash', 'string'), ...['bytes', 'width', 'height'].map((name) => column(name))] },
  ].map(Watermelon.tableSchema),
});
const models = Object.keys(schema.tables).map((table) => class extends Watermelon.Model { static table = table; });

export async function open({ token, through }) {
  const office = new Office();
  const server = http2.createServer((request, response) => office.answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await through(server.address().port);

  const adapter = new Loki.default({ schema, useWebWorker: false, useIncrementalIndexedDB: true });
  const database = new Watermelon.Database({ adapter, modelClasses: models });
  const connection = http2.connect(proxy.url);
  const ask = async (method, path, body) => {
    const stream = connection.request({
      ':method': method, ':path': path, authorization: `Bearer ${token}`, accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
    });
    stream.end(body);
    let text = '';
    for await (const piece of stream.setEncoding('utf8')) text += piece;
    return JSON.parse(text);
  };

  return {
    proxy,
    async save(visits) {
      for (const visit of visits) await database.write(() => database.batch(...rows(database, visit)));
    },
    async sync() {
      await synchronize({
        database,
        pullChanges: ({ lastPulledAt, schemaVersion, migration }) =>
          ask('GET', `/sync?last_pulled_at=${lastPulledAt}&schema_version=${schemaVersion}&migration=${encodeURIComponent(JSON.stringify(migration))}`),
        pushChanges: ({ changes, lastPulledAt }) => ask('POST', `/sync?last_pulled_at=${lastPulledAt}`, JSON.stringify(changes)),
      });
    },
    held: () => office.tables.visits.size,
    close() {
      connection.close();
      server.close();
    },
  };
}

function rows(database, visit) {
  const row = (table, values) =>
    database.get(table).prepareCreate((record) => {
      for (const [name, value] of Object.entries(values)) record._setRaw(name, value);
    });
  const { hamlet, started, minutes, since_boot } = visit;
  const place = { lat: visit.lat_e6 / 1e6, lon: visit.lon_e6 / 1e6, accuracy: visit.accuracy_m };
  const root = row('visits', { hamlet, started, minutes, since_boot, ...place, marks: visit.marks.join('') });
  const remarks = [...visit.remarks, [-1, visit.remark]];
  return [
    root,
    ...remarks.map(([topic, text]) => row('remarks', { visit_id: root.id, topic, text })),
    ...visit.photos.map(({ hash, ...rest }) => row('photos', { visit_id: root.id, hash: hash.toString('base64'), ...rest })),
  ];
}

/** The backend: what changed since the phone's last pull but not by itself, and taking in what it pushes. */
class Office {
  tables = { visits: new Map(), remarks: new Map(), photos: new Map() };

  async answer(request, response) {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const since = Number(new URL(request.url, 'http://office').searchParams.get('last_pulled_at')) || 0;
    const from = request.headers.authorization;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'GET' ? this.#pull(since, from) : this.#push(JSON.parse(body), from)));
  }

  #pull(since, phone) {
    const news = (table) => [...table.values()].filter(({ changed, by }) => changed > since && by !== phone).map(({ row }) => row);
    const changes = Object.entries(this.tables).map(([name, table]) => [name, { created: [], updated: news(table), deleted: [] }]);
    return { changes: Object.fromEntries(changes), timestamp: Date.now() };
  }

  #push(changes, phone) {
    for (const [name, { created, updated, deleted }] of Object.entries(changes)) {
      for (const row of [...created, ...updated]) this.tables[name].set(row.id, { row, changed: Date.now(), by: phone });
      for (const id of deleted) this.tables[name].delete(id);
    }
    return {};
  }
}
