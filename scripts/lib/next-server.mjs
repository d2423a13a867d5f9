/** The app behind its entrance (lib/entrance/main.ts), on a socket that nobody else can open. */
import './tether.mjs';
import http from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import next from 'next';
import { root } from './settings.mjs';

const { PORT = '3000', ENTRANCE_SOCKET = '' } = process.env;
const LAG_MS = 5_000;

// Its own addresses are made of what it is told here, not of where it listens. It reads every loopback address as this
// name: told another, it would take a page of its own for somebody else's, and ask for it through the entrance.
const app = next({ dev: false, dir: root, hostname: 'localhost', port: Number(PORT) });
const server = http.createServer(app.getRequestHandler());
// The entrance alone connects, has deadlines of its own, and keeps its connections.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
await app.prepare();
server.listen(ENTRANCE_SOCKET, () => process.send?.({}));

const delay = monitorEventLoopDelay();
delay.enable();
setInterval(() => {
  if (process.connected) process.send?.({ lagSeconds: delay.max / 1e9 });
  delay.reset();
}, LAG_MS).unref();

process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
