// Sổ Địa Bàn: the phone's own store, engine and HTTP driver and the real server, as `make bench` measures them.
// A visit is four facts: the visit, its three remarks, two photos. HTTP/2, one connection kept open, a bearer token.
import { Told } from './told.mjs';

export const name = 'Sổ Địa Bàn';

export async function open({ bench, file, through }) {
  const program = new Told(bench, ['--peer', file, '--folder', '.']);
  const [, address] = await program.answer();
  const proxy = await through(Number(address.split(':')[1]));
  let saved = 0;
  let waiting = 0;
  await program.tell(`through 127.0.0.1:${proxy.port}`);
  return {
    proxy,
    async save(visits) {
      saved += visits.length;
      await program.tell(`save ${visits[0].n} ${visits.at(-1).n + 1}`);
    },
    async sync() {
      waiting = Number((await program.tell('sync'))[1]);
    },
    held: () => (waiting === 0 ? saved : saved - Math.ceil(waiting / 4)),
    close: () => program.close(),
  };
}
