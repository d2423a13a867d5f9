import fs from 'node:fs/promises';
import path from 'node:path';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { env, isLocalFintoc, isLoopback } from '~/lib/env';
import type { Written } from '~/lib/notices/mail-text';

/** How mails leave: by a server, as files beside a local Fintoc, where nobody is to be written to, or not at all. */
export function mailWay(): 'smtp' | 'files' | null {
  if (env().SMTP_URL !== undefined) return 'smtp';
  return isLocalFintoc() ? 'files' : null;
}

/** Not taken. Its message is a code: what a server says may name who was written to. */
export class Unposted extends Error {
  /** The server will never take it. */
  readonly isFinal: boolean;

  constructor(code: string, isFinal: boolean) {
    super(code);
    this.isFinal = isFinal;
  }
}

export type Letter = Written & {
  id: string;
  to: { name: string; address: string };
  attachment?: { name: string; type: string; content: Buffer };
};

/** Where the console is, for whoever isn't in it. */
export const consoleAddress = () => env().PUBLIC_URL ?? env().NEXTAUTH_URL;

/**
 * Hands a mail to the server, or writes its file. It carries its own id each time, so that a server or a mailbox can drop
 * one that comes again. Throws `Unposted`.
 */
export async function post({ id, to, subject, text, html, attachment }: Letter): Promise<void> {
  const from = env().MAIL_FROM ?? `Monedero <monedero@${domain()}>`;
  // Nobody's machine is to answer it (RFC 3834).
  const headers = { 'Auto-Submitted': 'auto-generated' };
  const message = {
    ...{ from, to, subject, text, html, headers, messageId: `<${id}@${domain()}>` },
    ...(attachment && {
      attachments: [{ filename: attachment.name, contentType: attachment.type, content: attachment.content }],
    }),
  };
  const way = mailWay();
  if (way === null) throw new Unposted('no_server', true);
  if (way === 'files') return writeFile(id, message);
  try {
    await nodemailer.createTransport(serverAddress()).sendMail(message);
  } catch (error) {
    throw unposted(error);
  }
}

function domain(): string {
  const url = new URL(consoleAddress());
  return isLoopback(url) ? 'localhost' : url.hostname;
}

/** Of these the server has so long, unless its address says otherwise: less than the lease of a mail. */
const PATIENCE = { connectionTimeout: '10000', greetingTimeout: '10000', socketTimeout: '20000' };

function serverAddress(): string {
  const url = new URL(env().SMTP_URL ?? '');
  for (const [name, value] of Object.entries(PATIENCE))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  return url.href;
}

/** That it refuses the mail or whoever it is for is final; that it refuses us is somebody's mistake, and is mended. */
function unposted(error: unknown): Unposted {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  const isOurs = code === 'EENVELOPE' || code === 'EMESSAGE';
  const told = responseCode === undefined ? code : `${code} ${responseCode}`;
  return new Unposted(told, isOurs && responseCode !== undefined && responseCode >= 500);
}

async function writeFile(id: string, message: SendMailOptions): Promise<void> {
  const folder = path.join(env().DATA_DIR, 'mail');
  const file = path.join(folder, `${id}.eml`);
  const made = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(`${file}.new`, made.message as Buffer, { mode: 0o600 });
  await fs.rename(`${file}.new`, file);
}
