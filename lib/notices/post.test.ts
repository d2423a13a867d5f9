import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseEnv } from '~/lib/env';
import { writeMail } from '~/lib/notices/mail-text';
import { mailWay, post } from '~/lib/notices/post';
import { opened } from '~/lib/testing/mail-server';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mails-'));
process.env.DATA_DIR = folder;
process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1/none';
process.env.FINTOC_JWS_PRIVATE_KEY ??= '';
afterAll(() => fs.rmSync(folder, { recursive: true }));

it('beside a local Fintoc, without a server, a mail is a file that a mail program opens, and once', async () => {
  const id = randomUUID();
  const counts = [{ kind: 'kyb_decided', count: 2 }] as const;
  const mail = writeMail({ locale: 'es-MX', isDaily: false, counts, base: 'http://127.0.0.1:3000' });
  expect(mailWay()).toBe('files');
  for (const _again of [1, 2]) await post({ ...mail, id, to: { name: 'Ana', address: 'ana@monedero.test' } });
  expect(fs.readdirSync(path.join(folder, 'mail'))).toEqual([`${id}.eml`]);
  const raw = fs.readFileSync(path.join(folder, 'mail', `${id}.eml`), 'utf8');
  const read = opened({ raw });
  expect(read.headers).toContain('To: Ana <ana@monedero.test>');
  expect(read.headers).toContain(`Message-ID: <${id}@localhost>`);
  expect(read.text.replaceAll('\r\n', '\n').trim()).toBe(mail.text.trim());
  expect(read.html).toContain('KYB resuelto: 2');
});

it('takes for a server and for a sender what is one, and says so of all else', () => {
  const given = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const wrong = (facts: Record<string, string>) => {
    try {
      parseEnv({ ...given, ...facts });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const url of ['smtp://127.0.0.1:2525', 'smtps://me%40x:p%2Fw@mail.example:465'])
    expect(wrong({ SMTP_URL: url })).not.toContain('SMTP_URL');
  for (const url of ['https://mail.example', 'mail.example:25'])
    expect(wrong({ SMTP_URL: url })).toContain('SMTP_URL');
  for (const from of ['monedero@x.mx', 'Monedero <monedero@x.mx>'])
    expect(wrong({ MAIL_FROM: from })).not.toContain('MAIL_FROM');
  for (const from of ['Monedero', 'Monedero <monedero>', 'a@x.mx, b@x.mx', 'a@x.mx\nBcc: b@x.mx'])
    expect(wrong({ MAIL_FROM: from })).toContain('MAIL_FROM');
});
