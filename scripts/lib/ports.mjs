import net from 'node:net';
import { PlainError } from './progress.mjs';

/** A port that nothing listens on now. */
export async function freePort() {
  const [port = 0] = await freePorts(1);
  return port;
}

/** As many of them, all different. @param {number} count */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => net.createServer());
  for (const server of servers)
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const addresses = servers.map((server) => server.address());
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return addresses.map((address) => {
    if (address === null || typeof address === 'string') throw new Error('No free port.');
    return address.port;
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
