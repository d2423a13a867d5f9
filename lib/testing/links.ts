import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** An address that stays while what it leads to changes, as a name does that a failover moves; or that is cut. */
export type Link = {
  port: number;
  pointTo(port: number): void;
  cut(): void;
  close(): void;
};

export async function linkTo(port: number): Promise<Link> {
  let target: number | null = port;
  const open = new Set<net.Socket>();
  const kept = (socket: net.Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    return socket;
  };
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  const server = net.createServer((inner) => {
    if (target === null) return inner.destroy();
    const outer = kept(net.connect(target, '127.0.0.1'));
    kept(inner).pipe(outer).pipe(inner);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pointTo = (to: number | null) => {
    target = to;
    drop();
  };
  return {
    port: (server.address() as AddressInfo).port,
    pointTo,
    cut: () => pointTo(null),
    close: () => {
      drop();
      server.close();
    },
  };
}
