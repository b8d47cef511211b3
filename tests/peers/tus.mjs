// tus-js-client against @tus/server with its file store; the client resumes by itself, with `retryDelays` as by default.
// Measured in the two ways its documentation names: the photo follows its creation (the default), and the photo goes with the
// creation (`uploadDataDuringCreation`), which saves a request when nothing is cut. HTTP/1.1, the connection kept open.
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { DefaultHttpStack, Upload } from 'tus-js-client';

export const name = 'tus';
export const packages = ['tus-js-client', '@tus/server'];
export const ways = { 'photo after its creation': opening(false), 'photo with its creation': opening(true) };

function opening(uploadDataDuringCreation) {
  return async ({ folder, photo, token, through }) => {
    const directory = path.join(folder, 'photos');
    fs.mkdirSync(directory, { recursive: true });
    const office = new Server({ path: '/photos', datastore: new FileStore({ directory }) });
    const server = http.createServer((request, response) => office.handle(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = await through(server.address().port);
    const agent = new http.Agent({ keepAlive: true });

    return {
      proxy,
      async send() {
        const url = await new Promise((done, failed) => {
          const sending = new Upload(photo, {
            endpoint: `${proxy.url}/photos`,
            uploadDataDuringCreation,
            headers: { Authorization: `Bearer ${token}` },
            httpStack: new DefaultHttpStack({ agent }),
            onError: failed,
            onSuccess: () => done(sending.url),
          });
          sending.start();
        });
        const kept = fs.readFileSync(path.join(directory, path.basename(url)));
        if (!kept.equals(photo)) throw new Error('the photo at the server is not the photo sent');
      },
      close() {
        agent.destroy();
        server.close();
      },
    };
  };
}
