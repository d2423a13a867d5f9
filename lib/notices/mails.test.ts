import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { chooseNotices } from '~/lib/notices/choices';
import { composeMails } from '~/lib/notices/compose';
import { NOTICE_KINDS } from '~/lib/notices/kinds';
import { lastMailFailure, listNotices, readNotice } from '~/lib/notices/read';
import { QUEUE, sendMails } from '~/lib/notices/send';
import { changePreferences } from '~/lib/people/operators';
import { claim } from '~/lib/queue';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { opened, startMailServer } from '~/lib/testing/mail-server';
import { happens, tellAll, toldTo } from '~/lib/testing/notices';
import { plant } from '~/lib/testing/planted';
import { asSuperuser, tamper } from '~/lib/testing/tampering';
import { Prisma } from '~/prisma/generated/client';

const server = await startMailServer();
process.env.SMTP_URL = server.url;
process.env.MAIL_FROM = 'Monedero <monedero@plataforma.example>';
process.env.PUBLIC_URL = 'https://console.plataforma.example';
withTestDatabase();
afterAll(() => server.stop());
beforeEach(async () => {
  // Those of the tests before are told nothing more.
  await db().operator.updateMany({ data: { disabledAt: new Date() } });
  await tellAll();
  await tamper('TRUNCATE notices, notice_mails CASCADE');
  await tamper(`DELETE FROM queue_items WHERE queue = 'notice_mails'`);
  server.received.length = 0;
});

/** A person who is mailed of breaks at once and of KYBs daily, and of nothing else. */
async function someReader(facts: { locale?: string; timeZone?: string } = {}): Promise<OperatorActor> {
  const person = await someOperator('viewer');
  await chooseNotices(person, { proof_broken: 'mail', kyb_decided: 'digest' });
  await changePreferences(person, facts);
  return person;
}

const breaks = async (count: number) => {
  for (let nth = 0; nth < count; nth += 1) await happens('proof.broken', 'proof_break', randomUUID());
  await tellAll();
};
const kybs = async (count: number) => {
  for (let nth = 0; nth < count; nth += 1) await happens('onboarding.approved', 'entity', `ent_${nth}`);
  await tellAll();
};
const mailsTo = ({ id: operatorId }: { id: string }) =>
  db().noticeMail.findMany({ where: { operatorId }, orderBy: { createdAt: 'asc' } });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
/** Whatever waits for its next try, or is in hands that died, is due. */
/** Well past: a column of milliseconds rounds this very moment up. */
const timePasses = () =>
  tamper(
    `UPDATE queue_items SET next_attempt_at = now() - interval '1 second', lease_until = NULL WHERE queue = 'notice_mails'`,
  );

async function addressOf({ id }: { id: string }): Promise<string> {
  return (await db().operator.findUniqueOrThrow({ where: { id } })).email;
}

describe('a mail', () => {
  it('at once says what and how many, in its reader’s language, and where to read on', async () => {
    const [spanish, english] = [await someReader(), await someReader({ locale: 'en' })];
    await breaks(1);
    expect(await composeMails()).toBe(2);
    await sendMails();
    const to = async (person: OperatorActor) => {
      const address = await addressOf(person);
      const mail = server.received.find((each) => each.to.includes(address));
      return opened(mail ?? { raw: '' });
    };
    const [one, other] = [await to(spanish), await to(english)];
    expect(one.headers).toContain('Subject: Monedero: Descuadre abierto');
    expect(one.headers).toContain('From: Monedero <monedero@plataforma.example>');
    expect(one.headers).toContain('Auto-Submitted: auto-generated');
    expect(one.text).toContain('- Descuadre abierto: 1');
    expect(one.text).toContain('https://console.plataforma.example/notices');
    expect(one.html).toContain('<html lang="es-MX">');
    expect(one.html).toContain('href="https://console.plataforma.example/notices"');
    expect(other.headers).toContain('Subject: Monedero: Open break');
    expect(other.html).toContain('<li>Open break: 1</li>');
  });

  it('tells of what follows within five minutes together, and of what was read by then not at all', async () => {
    const reader = await someReader();
    await breaks(1);
    await composeMails();
    await breaks(3);
    expect(await composeMails(inMinutes(4))).toBe(0);
    const [newest] = (await listNotices(reader)).items;
    await readNotice(reader, { noticeId: newest?.id ?? 0n });
    expect(await composeMails(inMinutes(6))).toBe(2);
    await sendMails();
    expect(server.received.map((mail) => /Descuadre abierto: (\d)/.exec(opened(mail).text)?.[1])).toEqual([
      ...['1', '2'],
    ]);
  });

  it('has nothing of anybody in it, whatever it is about', async () => {
    const planted = await plant();
    const admin = await someOperator('admin');
    await chooseNotices(admin, Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, 'mail'])));
    await happens('proof.broken', 'proof_break', randomUUID(), { difference: 12_345n });
    await happens('onboarding.approved', 'entity', planted.entity.id);
    await happens('limit.reached', 'wallet', planted.wallet.id, { percent: 100 });
    await happens('payouts.stopped', 'payout_stop', randomUUID(), { accountId: 'acc_1' });
    await tellAll();
    await composeMails();
    await sendMails();
    const address = await addressOf(admin);
    const mail = server.received.find(({ to }) => to.includes(address));
    const { text, html, headers } = opened(mail ?? { raw: '' });
    for (const line of ['Descuadre abierto: 1', 'KYB resuelto: 1', 'Pagos detenidos: 1', 'Límite'])
      expect(text).toContain(line);
    const { customer, entity, transfer, withdrawal, nobody, wallet } = planted;
    const secret = [
      ...[customer, entity, transfer, withdrawal].flatMap(({ id, secrets }) => [id, ...secrets.all]),
      ...[wallet.id, ...nobody.all, 'Nadia', '123', '12345', 'acc_1'],
    ];
    const readable = `${headers.match(/^(From|To|Subject): .*$/gm)?.join('\n')}\n${text}\n${html}`;
    expect(secret.length).toBeGreaterThan(15);
    expect(secret.filter((each) => readable.includes(each))).toEqual([]);
    expect(`${text}${html}`).not.toMatch(/\d{4,}/);
  });
});

describe('the daily mail', () => {
  const MORNING = '2027-03-10T14:00:00Z';
  const at = (iso: string) => new Date(iso);
  const happenedAt = (iso: string) => tamper('UPDATE notices SET created_at = $1', [iso]);

  it('is made at eight where its reader is, once a day, of what came before', async () => {
    const [mexico, tokyo] = [await someReader(), await someReader({ timeZone: 'Asia/Tokyo' })];
    await kybs(2);
    await happenedAt('2027-03-09T20:00:00Z');
    expect(await composeMails(at('2027-03-09T22:59:00Z')), 'not yet eight in Tokyo').toBe(0);
    expect(await composeMails(at('2027-03-09T23:00:00Z'))).toBe(2);
    expect(await mailsTo(tokyo)).toMatchObject([{ day: at('2027-03-10T00:00:00Z') }]);
    expect(await mailsTo(mexico)).toEqual([]);
    expect(await composeMails(at('2027-03-10T13:59:00Z'))).toBe(0);
    expect(await composeMails(at(MORNING))).toBe(2);
    await kybs(1);
    await tamper(`UPDATE notices SET created_at = '2027-03-10T15:00:00Z' WHERE mail_id IS NULL`);
    expect(await composeMails(at('2027-03-10T16:00:00Z')), 'what comes later waits').toBe(0);
    await tamper(`UPDATE notices SET read_at = now() WHERE operator_id = $1`, [tokyo.id]);
    expect(await composeMails(at('2027-03-11T18:00:00Z'))).toBe(1);
    await sendMails();
    const address = await addressOf(mexico);
    const own = server.received.filter(({ to }) => to.includes(address)).map(opened);
    expect(own.map(({ text }) => /KYB resuelto: (\d)/.exec(text)?.[1])).toEqual(['2', '1']);
    const [first] = own;
    expect(first?.headers).toMatch(/Subject: .*(Resumen|=\?UTF-8)/);
    expect(first?.html).toContain('<title>Monedero: Resumen del día: 2 notificaciones</title>');
  });

  it('comes later where the system was down at eight, and not at all where all was read', async () => {
    const [reader, done] = [await someReader(), await someReader()];
    await kybs(1);
    await happenedAt('2027-03-09T20:00:00Z');
    await tamper(`UPDATE notices SET read_at = now() WHERE operator_id = $1`, [done.id]);
    expect(await composeMails(at('2027-03-10T23:30:00Z'))).toBe(1);
    expect([await mailsTo(reader), await mailsTo(done)].map(({ length }) => length)).toEqual([1, 0]);
  });
});

describe('a mail that waits', () => {
  afterEach(() => asOwner('DROP TRIGGER IF EXISTS dies ON notice_mails'));

  it('is sent once, however many workers are at it', async () => {
    await someReader();
    await breaks(1);
    await Promise.all(Array.from({ length: 4 }, () => composeMails()));
    await Promise.all(Array.from({ length: 4 }, () => sendMails()));
    await timePasses();
    await sendMails();
    expect(server.received).toHaveLength(1);
    const back = db().$executeRaw`UPDATE notice_mails SET state = 'waiting', ended_at = NULL`;
    await expect(back).rejects.toThrow(/stays so/);
  });

  it('is sent by another where a worker died with it in its hands', async () => {
    const reader = await someReader();
    await breaks(1);
    await composeMails();
    const due = Prisma.sql`SELECT id::text AS item FROM notice_mails WHERE state = 'waiting'`;
    expect(await claim(QUEUE, due, 1)).toHaveLength(1);
    expect(await sendMails(), 'it is in other hands').toBe(0);
    await timePasses();
    expect(await sendMails()).toBe(1);
    expect(server.received).toHaveLength(1);
    expect(await mailsTo(reader)).toMatchObject([{ state: 'sent', error: null }]);
  });

  it('comes again under its own id where the worker died before it could write down that it was taken', async () => {
    await someReader();
    await breaks(1);
    await composeMails();
    await asOwner(`
      CREATE OR REPLACE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'died'; END $$;
      CREATE TRIGGER dies BEFORE UPDATE ON notice_mails FOR EACH ROW EXECUTE FUNCTION dies()`);
    await sendMails();
    await asOwner('DROP TRIGGER dies ON notice_mails');
    await timePasses();
    await sendMails();
    const ids = server.received.map((mail) => /^Message-ID: (.*)$/m.exec(mail.raw)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size, 'a mailbox drops the second').toBe(1);
  });

  it('is tried again where the server puts it off, and given up where it never takes it', async () => {
    const reader = await someReader();
    await breaks(1);
    await composeMails();
    server.refusals.push({ code: 451, text: `Try later, ${await addressOf(reader)}` });
    await sendMails();
    expect(await mailsTo(reader)).toMatchObject([{ state: 'waiting', error: 'EENVELOPE 451' }]);
    expect(await sendMails(), 'not before its pause is over').toBe(0);
    await timePasses();
    await sendMails();
    expect(server.received).toHaveLength(1);
    expect(await mailsTo(reader)).toMatchObject([{ state: 'sent' }]);

    await tamper('TRUNCATE notices, notice_mails CASCADE');
    await breaks(1);
    await composeMails();
    server.refusals.push({ code: 550, text: 'No such mailbox' });
    await sendMails();
    expect(await mailsTo(reader)).toMatchObject([{ state: 'dead', error: 'EENVELOPE 550' }]);
    expect(await lastMailFailure(reader)).toBe('EENVELOPE 550');
    await timePasses();
    expect(await sendMails()).toBe(0);
  });

  it('waits while there is no server, and is dead after so many tries; the notice stays', async () => {
    const reader = await someReader();
    await breaks(1);
    await composeMails();
    await server.stop();
    const hasty = { ...QUEUE, mostAttempts: 3 };
    for (const _try of [1, 2]) {
      await sendMails(hasty);
      expect(await mailsTo(reader)).toMatchObject([{ state: 'waiting', error: 'ESOCKET' }]);
      await timePasses();
    }
    await sendMails(hasty);
    expect(await mailsTo(reader)).toMatchObject([{ state: 'dead', error: 'ESOCKET' }]);
    expect(await toldTo(reader)).toHaveLength(1);
    await server.start();
    await timePasses();
    expect(await sendMails(hasty)).toBe(0);
    expect(server.received).toEqual([]);
  });

  it('goes to nobody who may not sign in any more', async () => {
    const reader = await someReader();
    await breaks(1);
    await composeMails();
    await db().operator.update({ where: { id: reader.id }, data: { disabledAt: new Date() } });
    await sendMails();
    expect(server.received).toEqual([]);
    expect(await mailsTo(reader)).toMatchObject([{ state: 'dead', error: 'nobody' }]);
  });
});

/** As the owner of this file's database. */
async function asOwner(sql: string): Promise<void> {
  const client = await asSuperuser();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
