import { once } from 'node:events';
import net from 'node:net';

export type Door = { close(): void };

/**
 * One address in front of several web processes: connection by connection to the next one, and past one that is
 * dead. What a web that dies was busy with breaks off, as behind any balancer.
 */
export async function openDoor(port: number, behind: number[]): Promise<Door> {
  let turn = 0;
  const connections = new Set<net.Socket>();
  const server = net.createServer((inside) => {
    connections.add(inside);
    inside.on('error', () => undefined).on('close', () => connections.delete(inside));
    turn += 1;
    pass(
      inside,
      behind.map((_, nth) => behind[(turn + nth) % behind.length] ?? 0),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close() {
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

function pass(inside: net.Socket, [port, ...others]: number[]): void {
  if (port === undefined) {
    inside.destroy();
    return;
  }
  const outside = net.connect(port, '127.0.0.1');
  const refused = () => pass(inside, others);
  outside.once('error', refused);
  outside.once('connect', () => {
    outside.off('error', refused).on('error', () => inside.destroy());
    outside.on('close', () => inside.destroy());
    inside.on('close', () => outside.destroy());
    inside.pipe(outside).pipe(inside);
  });
}
