import net from 'node:net';
import type { Finding } from './judge.ts';

const PATIENCE_MS = 120_000;

/** What is begun and never finished: each has to be answered, or hung up on, while it still waits. */
const STALLED: readonly [what: string, text: string][] = [
  ['half a head', 'GET / HTTP/1.1\r\nHost: HOST\r\nX-Slow: '],
  [
    'a webhook that stops',
    'POST /api/webhooks/fintoc HTTP/1.1\r\nHost: HOST\r\nContent-Length: 900\r\n\r\n{"id"',
  ],
  [
    'a body of the API that stops',
    'POST /api/v1/wallets HTTP/1.1\r\nHost: HOST\r\nContent-Length: 900\r\n\r\n{',
  ],
  [
    'a chunk that stops',
    'POST /api/v1/wallets HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
  ],
  [
    'an action that stops',
    'POST /login HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nNext-Action: x\r\nContent-Length: 900\r\n\r\n0',
  ],
];

/** Sends them all at once. */
export async function stall(origin: string): Promise<{ sent: number; findings: Finding[] }> {
  const { hostname, port, host } = new URL(origin);
  const outcomes = STALLED.map(async ([what, text]): Promise<Finding[]> => {
    const socket = net.connect(Number(port), hostname);
    const closed = new Promise<string>((resolve) => {
      let said = '';
      socket.setEncoding('utf8').on('data', (part) => {
        said += part;
      });
      socket.on('error', () => resolve(said)).on('close', () => resolve(said));
      setTimeout(() => resolve('nothing'), PATIENCE_MS).unref();
    });
    socket.write(text.replaceAll('HOST', host));
    const said = await closed;
    socket.destroy();
    const isWell = said === '' || /^HTTP\/1\.1 4\d\d /.test(said);
    return isWell ? [] : [{ nth: -1, what, why: `answered ${said.slice(0, 100)}` }];
  });
  const findings = (await Promise.all(outcomes)).flat();
  return { sent: STALLED.length, findings };
}
