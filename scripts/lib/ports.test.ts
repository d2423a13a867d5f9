import { spawn } from 'node:child_process';
import net from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '~/scripts/lib/ports.mjs';

const MANY = 150;

/** A process that asks for many ports, and lives until it is told to end. */
async function asker() {
  const script = `import { freePorts } from ${JSON.stringify(new URL('./ports.mjs', import.meta.url).href)};
    console.log(JSON.stringify(await freePorts(${MANY})));
    process.stdin.resume().on('end', () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text);
    });
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    ports: JSON.parse(said) as number[],
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

it('no port is given to two processes, though neither listens on it yet', async () => {
  const askers = await Promise.all(Array.from({ length: 4 }, asker));
  const ports = askers.flatMap((one) => one.ports);
  await Promise.all(askers.map((one) => one.end()));
  expect(ports).toHaveLength(4 * MANY);
  expect(new Set(ports).size).toBe(4 * MANY);
}, 60_000);

it('a port that was given can be listened on', async () => {
  const port = await freePort();
  const server = net.createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  await new Promise((resolve) => server.close(resolve));
});
