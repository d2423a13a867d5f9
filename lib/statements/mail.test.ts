import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyActor, OperatorActor } from '~/lib/actor';
import { permissionsOf } from '~/lib/api/scopes';
import { db } from '~/lib/db';
import type { DomainError } from '~/lib/errors';
import { openedCustomer } from '~/lib/people/kept';
import { askStatement } from '~/lib/statements/ask';
import { MOST_ATTACHED_BYTES } from '~/lib/statements/kinds';
import { mailStatement, sendStatementMails, takeByLink } from '~/lib/statements/mail';
import { forgetStatements } from '~/lib/statements/make';
import { listStatements } from '~/lib/statements/read';
import { someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { opened, startMailServer } from '~/lib/testing/mail-server';
import { fileOf, made } from '~/lib/testing/statements';
import { tamper } from '~/lib/testing/tampering';

const server = await startMailServer();
process.env.SMTP_URL = server.url;
process.env.MAIL_FROM = 'Monedero <monedero@plataforma.example>';
process.env.PUBLIC_URL = 'https://console.plataforma.example';
withTestDatabase();
afterAll(() => server.stop());

let actor: OperatorActor;
let wallet: OpenWallet;
beforeAll(async () => {
  actor = await someOperator('operator');
  wallet = await someWallet();
  await fundWallet(wallet, 123_456n);
});
beforeEach(() => {
  server.received.length = 0;
});

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(new Date());
const ask = (mailTo: string[] = [], by: OperatorActor | KeyActor = actor) =>
  askStatement(by, {
    ...{ scope: 'wallet', scopeId: wallet.id, from: today, to: today, timeZone: 'America/Mexico_City' },
    ...{ format: 'pdf', locale: 'es-MX', mailTo, requestId: randomUUID() },
  });
const mail = (id: string, mailTo: string[], requestId: string = randomUUID()) =>
  mailStatement(actor, { id, mailTo, requestId });
const mailsOf = (statementId: string) =>
  db().statementMail.findMany({ where: { statementId }, orderBy: { address: 'asc' } });
const timePasses = () =>
  tamper(
    `UPDATE queue_items SET next_attempt_at = now() - interval '1 second', lease_until = NULL WHERE queue = 'statement_mails'`,
  );
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** All that a mail says before its file, decoded as far as it matters here. */
const said = (raw: string) => raw.replace(/=\r\n/g, '').split('Content-Disposition: attachment')[0] ?? '';

/** What the file of a mail is. */
function attached(raw: string): { name: string | undefined; bytes: Buffer } {
  const [, part = ''] = raw.split('Content-Disposition: attachment');
  const [head = '', body = ''] = part.split('\r\n\r\n');
  return {
    name: /filename=(\S+)/.exec(head)?.[1],
    bytes: Buffer.from(body.split('--')[0] ?? '', 'base64'),
  };
}

describe('a statement by mail', () => {
  it('goes as it is made, to each address once, and says nobody’s name, number or amount', async () => {
    const asked = await ask(['Ana@Correo.MX', 'ana@correo.mx', 'conta@empresa.mx']);
    expect(await sendStatementMails()).toBe(0);
    const statement = await made(asked);
    await sendStatementMails();
    expect(server.received.map(({ to }) => to).sort()).toEqual([['ana@correo.mx'], ['conta@empresa.mx']]);
    const { bytes } = await fileOf(actor, statement);
    for (const { raw } of server.received) {
      const file = attached(raw);
      expect(file.name).toBe(`estado-de-cuenta-${today}.pdf`);
      expect(sha(file.bytes)).toBe(sha(bytes));
      expect(said(raw)).not.toContain('/api/statements/');
      const kept = await db().customer.findUniqueOrThrow({ where: { id: wallet.customerId ?? '' } });
      const holder = await openedCustomer(db(), kept);
      for (const secret of [wallet.name, holder.name, holder.taxId, '1,234.56'])
        expect(said(raw)).not.toContain(secret);
    }
    expect((await mailsOf(asked.id)).map(({ state, isAttached }) => [state, isAttached])).toEqual([
      ['sent', true],
      ['sent', true],
    ]);
    await mail(asked.id, ['conta@empresa.mx']);
    expect(await sendStatementMails()).toBe(0);
    const audited = await db().auditEntry.findMany({ where: { action: 'statement.mailed' } });
    expect(audited.map(({ actorId, subjectId }) => [actorId, subjectId])).toEqual([[actor.id, wallet.id]]);
    expect(await db().dataLook.count({ where: { about: asked.id } })).toBe(3);
  });

  it('is tried again where the server doesn’t take it, and given up where the address is none', async () => {
    const { id } = await made(await ask());
    await mail(id, ['later@correo.mx']);
    server.refusals.push({ code: 451, text: 'try later' });
    await sendStatementMails();
    expect(await mailsOf(id)).toMatchObject([{ state: 'waiting' }]);
    await timePasses();
    await sendStatementMails();
    expect(await mailsOf(id)).toMatchObject([{ state: 'sent' }]);
    await mail(id, ['nobody@correo.mx']);
    server.refusals.push({ code: 550, text: 'no such mailbox' });
    await sendStatementMails();
    expect(await mailsOf(id)).toMatchObject([
      { state: 'sent' },
      { state: 'dead', isAttached: null, error: 'EENVELOPE 550' },
    ]);
  });

  it('goes to nobody once whoever asked may not any more', async () => {
    const gone = await someOperator('operator');
    const { id } = await made(await ask(['ana@correo.mx'], gone));
    await db().operator.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await sendStatementMails();
    expect(await mailsOf(id)).toMatchObject([{ state: 'dead', error: 'asker_gone' }]);
    expect(server.received).toEqual([]);
  });

  it('is asked for once, by people who see everybody, and to addresses that are some', async () => {
    const { id } = await made(await ask());
    const requestId = randomUUID();
    for (const _again of [1, 2]) await mail(id, ['uno@correo.mx'], requestId);
    expect(await mailsOf(id)).toHaveLength(1);
    await expect(mail(id, ['dos@correo.mx'], requestId)).rejects.toMatchObject({ code: 'request_reused' });
    await expect(mail(id, ['no es correo'])).rejects.toMatchObject({ fields: { mailTo: 'email_format' } });
    const many = Array.from({ length: 11 }, (_, nth) => `a${nth}@correo.mx`);
    await expect(mail(id, many)).rejects.toMatchObject({ fields: { mailTo: 'too_many_rows' } });
    const viewer = await someOperator('viewer');
    await expect(
      mailStatement(viewer, { id, mailTo: ['a@b.mx'], requestId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const { id: keyId } = await someKey(['statements:write']);
    const scopes = permissionsOf(['statements:write', 'wallets:read']);
    const key: KeyActor = { kind: 'key', id: keyId, name: 'Backend', scopes, limits: {}, portfolioIds: [] };
    await expect(ask(['a@b.mx'], key)).rejects.toMatchObject({ code: 'forbidden' });
    const masked = { ...key, scopes: permissionsOf(['statements:read']) };
    const {
      items: [row],
    } = await listStatements(masked, {});
    expect(row?.mails).toEqual([]);
  });
});

describe('a statement that is too large for a mail', () => {
  const codeOf = (mailId: string, code: string) =>
    takeByLink({ mailId, code }).then(
      () => 'taken',
      (error: unknown) => (error as DomainError).code,
    );

  it('goes as a link, which works for whoever has it, and as long as the file stands', async () => {
    const statement = await made(await ask());
    const { bytes } = await fileOf(actor, statement);
    const { id } = statement;
    await tamper('UPDATE statements SET bytes = $2 WHERE id = $1', [id, MOST_ATTACHED_BYTES + 1]);
    await mail(id, ['ana@correo.mx']);
    await sendStatementMails();
    const received = server.received.find(({ to }) => to.includes('ana@correo.mx'));
    const { text } = opened(received ?? { raw: '' });
    const [, mailId = '', code = ''] =
      /https:\/\/console\.plataforma\.example\/api\/statements\/([\da-f-]+)\/([\w-]+)/.exec(text) ?? [];
    await tamper('UPDATE statements SET bytes = $2 WHERE id = $1', [id, bytes.length]);
    const { body } = await takeByLink({ mailId, code });
    expect(sha(new Uint8Array(await new Response(body).arrayBuffer()))).toBe(sha(bytes));
    expect(await mailsOf(id)).toMatchObject([{ state: 'sent', isAttached: false, taken: 1 }]);

    for (const wrong of [`${code.slice(0, -2)}AA`, '', `${code}A`, id])
      expect(await codeOf(mailId, wrong)).toBe('not_found');
    for (const other of [id, randomUUID(), 'nothing']) expect(await codeOf(other, code)).toBe('not_found');

    await tamper(`UPDATE statements SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    expect(await codeOf(mailId, code)).toBe('statement_expired');
    await forgetStatements();
    expect(await codeOf(mailId, code)).toBe('statement_expired');
    await expect(mail(id, ['otra@correo.mx'])).rejects.toMatchObject({ code: 'statement_expired' });
    expect(await mailsOf(id)).toMatchObject([{ taken: 1 }]);
  });
});
