import type { LookupAddress } from 'node:dns';
import { afterAll, expect, it } from 'vitest';
import { checkedLookup, mayReach } from '~/lib/webhooks/address';

process.env.WEBHOOK_ALLOWED_NETWORKS = '10.1.0.0/16, fd12::/16';
// The configuration has one; nobody connects.
process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:9/nothing';
afterAll(() => {
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
});

const SPECIAL =
  '0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 ' +
  '::1 :: fe80::1 fd00::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::a00:1 2002:a00:1::1 2001:db8::1 localhost';

it('nothing is sent into a house but where its networks are named', () => {
  const reached = SPECIAL.split(' ').filter((address) => mayReach(address, { encrypted: true }));
  expect(reached).toEqual([]);
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::7'])
    expect([address, mayReach(address, { encrypted: false })]).toEqual([address, true]);
  for (const address of ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])
    expect([address, [true, false].map((encrypted) => mayReach(address, { encrypted }))]).toEqual([
      address,
      [true, false],
    ]);
});

it('a name is refused where any of its addresses is, and answers what was checked', async () => {
  const found = (...addresses: LookupAddress[]) =>
    new Promise((resolve) => {
      const answers = (_host: string, _options: object, done: (...answer: unknown[]) => void) =>
        done(null, addresses);
      const lookup = checkedLookup({ encrypted: true }, answers as never);
      lookup('receiver.example', { all: true }, (error, address) =>
        resolve(error?.constructor.name ?? address),
      );
    });
  const [open, closed] = [
    { address: '93.184.215.14', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  expect(await found(open)).toEqual([open]);
  expect(await found(open, closed)).toBe('AddressRefused');
  expect(await found()).toBe('AddressRefused');
});
