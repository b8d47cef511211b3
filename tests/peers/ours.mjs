// Sổ Địa Bàn: the phone's own store, engine and HTTP driver and the real server, as `make bench` measures them.
// A visit is four facts: the visit, its three remarks, two photos. HTTP/2, one connection kept open, a bearer token.
import { Told } from './told.mjs';

export const name = 'Sổ Địa Bàn';

/** The same phone with a visit whose text is at the server and whose photo, with a preview of at most 8 KB, is to be sent. */
const withPhoto = async (given) => {
  const opened = await open(given);
  await opened.tell('sync');
  await opened.tell('photo');
  await opened.tell('sync');
  return { ...opened, send: () => opened.tell('send') };
};
export const ways = { 'resumed by the phone’s engine': withPhoto };

export async function open({ bench, through }) {
  const program = new Told(bench, ['--peer', '.', '--folder', '.']);
  const [, address] = await program.answer();
  const proxy = await through(Number(address.split(':')[1]));
  await program.tell(`through 127.0.0.1:${proxy.port}`);
  return {
    proxy,
    tell: (line) => program.tell(line),
    save: (visits) => program.tell(`save ${visits[0].n} ${visits.at(-1).n + 1}`),
    sync: () => program.tell('sync'),
    held: async () => Number((await program.tell('sync'))[1]),
    close: () => program.close(),
  };
}
