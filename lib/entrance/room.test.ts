import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { Admission } from '~/lib/entrance/admission';
import { drain } from '~/lib/entrance/entrance';
import { KINDS } from '~/lib/entrance/kinds';
import { ask, open, port, post, SESSION, withEntrance, world } from '~/lib/testing/entrance';

withEntrance();

/** Who is turned away is held first. */
const HELD = { timeout: 10_000 };

describe('room', () => {
  it('is for so many at a time, in the order in which they came, and of one caller for so many in all', async () => {
    const answers: (() => void)[] = [];
    world.held = (answer) => void answers.push(answer);
    const statuses: number[] = [];
    const all = Array.from({ length: 60 }, () =>
      ask('/wallets', { headers: { cookie: SESSION } }).then((answer) => {
        statuses.push(answer.status);
        if (answer.status === 429) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      }),
    );
    await expect.poll(() => statuses.filter((status) => status === 429).length, HELD).toBe(12);
    expect(world.seen).toHaveLength(KINDS.page.atOnce);
    // Another person is not one of these.
    const other = ask('/wallets', { headers: { cookie: 'next-auth.session-token=other' } });
    while (world.seen.length < 49 || answers.length > 0) {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(all);
    expect((await other).status).toBe(200);
    expect(statuses.filter((status) => status === 200)).toHaveLength(48);
  });

  it('is not for who makes up sessions, one for each request', async () => {
    world.held = () => undefined;
    const made = (nth: number) => ({ headers: { cookie: `next-auth.session-token=${nth}` } });
    const answers: number[] = [];
    const all = Array.from({ length: 150 }, (_, nth) =>
      ask('/wallets', made(nth)).then(
        ({ status }) => answers.push(status),
        () => null,
      ),
    );
    await expect.poll(() => answers, HELD).toEqual(Array(6).fill(429));
    // Somebody elsewhere waits like everybody.
    const waits = ask('/wallets', { headers: { 'x-forwarded-for': '198.51.100.7' } }).catch(() => 'waited');
    // What is asked after it is answered before it.
    expect((await ask('/wallets', made(150))).status).toBe(429);
    world.server.closeAllConnections();
    expect(await waits).toBe('waited');
    await Promise.all(all);
  });

  it('that nobody has is said with when to come back', async () => {
    world.held = () => undefined;
    const each = (nth: number) => ({ headers: { cookie: `next-auth.session-token=${nth}` } });
    const most = KINDS.file.atOnce + KINDS.file.waiting;
    // One too many: whichever comes last is answered, and nobody else.
    const asked = Array.from({ length: most + 1 }, (_, nth) =>
      ask('/api/export/wallets', each(nth)).catch(() => null),
    );
    const answer = await Promise.race(asked);
    expect([answer?.status, answer?.headers['retry-after']]).toEqual([503, '5']);
    await expect.poll(() => world.seen.length).toBe(KINDS.file.atOnce);
    world.server.closeAllConnections();
    const cut = (await Promise.all(asked)).filter((each) => each === null);
    expect(cut).toHaveLength(most);
  });
});

describe('who is turned away', () => {
  it('hears it later than who is let in after them, so that a flood begins anew less often', async () => {
    world.held = () => undefined;
    const pages = Array.from({ length: 48 }, () =>
      ask('/wallets', { headers: { cookie: SESSION } }).catch(() => null),
    );
    await expect.poll(() => world.seen.length).toBe(KINDS.page.atOnce);
    const heard: string[] = [];
    const turnedAway = ask('/wallets', { headers: { cookie: SESSION } }).then(({ status }) =>
      heard.push(`page ${status}`),
    );
    for (const path of ['/api/alive', '/api/webhooks/fintoc'])
      await post(path, {}, '{}').then(({ status }) => heard.push(`${path} ${status}`));
    await turnedAway;
    expect(heard).toEqual(['/api/alive 200', '/api/webhooks/fintoc 200', 'page 429']);
    world.server.closeAllConnections();
    await Promise.all(pages);
  });

  it('is held no longer than they stay, and of more than so many nobody is', async () => {
    const [admission, gone] = [new Admission(), new AbortController()];
    let held = 0;
    const holds = Array.from({ length: 600 }, () => {
      held += 1;
      return admission.hold(gone.signal).then(() => {
        held -= 1;
      });
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(held).toBe(512);
    gone.abort();
    await Promise.all(holds);
    expect(held).toBe(0);
  });
});

describe('the end', () => {
  it('lets what is under way finish, on connections that would be kept, and takes nobody new', async () => {
    let answer: () => void = () => undefined;
    world.held = (each) => {
      answer = each;
    };
    const agent = new http.Agent({ keepAlive: true });
    const page = ask('/wallets', { agent });
    await expect.poll(() => world.seen.length).toBe(1);
    const at = port();
    const drained = drain(world.server, 60_000);
    await expect(ask('/api/alive', { port: at })).rejects.toThrow('ECONNREFUSED');
    answer();
    expect((await page).text).toBe('page');
    await drained;
    agent.destroy();
  });

  it('comes after so long in any case', async () => {
    world.held = () => undefined;
    const page = ask('/wallets').catch(() => 'cut');
    await expect.poll(() => world.seen.length).toBe(1);
    await drain(world.server, 200);
    expect(await page).toBe('cut');
  });
});

describe('the figures', () => {
  it('are told to who has their token, and are not there where none was given', async () => {
    expect((await ask('/metrics')).text).toBe('page');
    world.server.close();
    await open({ metricsToken: 'a token of sixteen' });
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', { headers: { authorization: 'Bearer another token' } })).status).toBe(401);
    const { status, text } = await ask('/metrics', {
      headers: { authorization: 'Bearer a token of sixteen', host: '10.0.0.7:3000' },
    });
    expect(status).toBe(200);
    expect(text).toMatch(/^monedero_requests_total\{kind="health",status="401"\} 2$/m);
  });
});
