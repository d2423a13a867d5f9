import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, disconnect, transaction } from '~/lib/db';

describe('a database that dies', () => {
  let dying: net.Server;

  beforeAll(async () => {
    dying = net.createServer((socket) => socket.once('data', () => socket.end(welcomeAndFarewell())));
    dying.listen(0, '127.0.0.1');
    await once(dying, 'listening');
    const { port } = dying.address() as AddressInfo;
    process.env.DATABASE_URL = `postgresql://nobody@127.0.0.1:${port}/nothing`;
  });
  afterAll(async () => {
    await disconnect();
    dying.close();
  });

  it('the moment that it lets us in fails what asked, and does not end the process', async () => {
    await expect(transaction((tx) => tx.operator.count())).rejects.toThrow();
    await expect(db().operator.count()).rejects.toThrow();
  });
});

/** What a server sends in one packet whose postmaster is killed as it opens a session. */
function welcomeAndFarewell(): Buffer {
  const fields = 'SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0';
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    message('Z', Buffer.from('I')),
    message('E', Buffer.from(fields)),
  ]);
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}
