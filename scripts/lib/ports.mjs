import { randomInt } from 'node:crypto';
import net from 'node:net';
import { PlainError } from './progress.mjs';

/** Below those that systems give to outgoing connections; the twin of each, which reserves it, is as many above. */
const FIRST = 16_000;
const COUNT = 8_000;
const MOST_TRIES = 1_000;

/** A port that nothing listens on, and that nobody else is given as long as this process lives. */
export async function freePort() {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = FIRST + randomInt(COUNT);
    // Whoever will listen does so later, in another process: until then its twin is listened on, of which there is one.
    const twin = await listening(port + COUNT);
    if (!twin) continue;
    const probe = await listening(port);
    await new Promise((resolve) => (probe ?? twin).close(resolve));
    if (!probe) continue;
    twin.unref();
    return port;
  }
  throw new Error('No free port.');
}

/** As many of them, all different. @param {number} count */
export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}

/** @param {number} port @returns {Promise<net.Server | null>} null: somebody else does */
function listening(port) {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null)).listen(port, '127.0.0.1', () => resolve(server));
  });
}

/**
 * Throws one line that names the variable to change if a port is taken.
 *
 * @param {Record<string, number>} ports  by the variable that sets each
 */
export async function assertPortsFree(ports) {
  for (const [variable, port] of Object.entries(ports)) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new PlainError(`${variable} is not a port.`);
    const twin = Object.keys(ports).find((other) => other !== variable && ports[other] === port);
    if (twin) throw new PlainError(`${variable} and ${twin} are both ${port}: change one of them.`);
    const problem = (await listenProblem(port, '127.0.0.1')) ?? (await listenProblem(port, '::1'));
    if (problem === 'EADDRINUSE') {
      throw new PlainError(`Port ${port} is in use. Choose another: ${variable}=${port + 1} npm start`);
    }
    if (problem === 'EACCES')
      throw new PlainError(`This account may not open port ${port}: change ${variable}.`);
  }
}

/** @returns {Promise<string | null>} */
function listenProblem(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
