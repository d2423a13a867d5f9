import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = { to: string[]; raw: string };

export type MailServer = {
  url: string;
  received: Received[];
  /** What it answers to the next mails' recipients, one after the other, before it takes any. */
  refusals: { code: number; text: string }[];
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** A mail server on this machine, which speaks SMTP and keeps what it takes. */
export async function startMailServer(): Promise<MailServer> {
  let server: SMTPServer | undefined;
  let port = 0;
  const mails: MailServer = {
    ...{ url: '', received: [], refusals: [] },
    async start() {
      server = smtpServer(mails);
      server.listen(port, '127.0.0.1');
      await once(server.server, 'listening');
      port = (server.server.address() as AddressInfo).port;
      mails.url = `smtp://127.0.0.1:${port}`;
    },
    async stop() {
      const closing = server;
      server = undefined;
      if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
    },
  };
  await mails.start();
  return mails;
}

function smtpServer(mails: MailServer): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(_address, _session, answer) {
      const refusal = mails.refusals.shift();
      answer(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : undefined);
    },
    onData(stream, session, answer) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.received.push({ to, raw: Buffer.concat(parts).toString('utf8') });
        answer();
      });
    },
  });
  // A client that hangs up is no fault of the server's.
  server.on('error', () => undefined);
  return server;
}

/** A mail as its reader has it: its headers, and its parts decoded. */
export function opened({ raw }: Pick<Received, 'raw'>): { headers: string; text: string; html: string } {
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? '';
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`);
  const part = (type: string) => {
    const [head = '', ...body] = (parts.find((each) => each.includes(`Content-Type: ${type}`)) ?? '').split(
      '\r\n\r\n',
    );
    const coded = body.join('\r\n\r\n');
    return /base64/i.test(head) ? Buffer.from(coded, 'base64').toString('utf8') : unquoted(coded);
  };
  return { headers: headers.replaceAll('\r\n ', ' '), text: part('text/plain'), html: part('text/html') };
}

/** Quoted-printable (RFC 2045), of UTF-8. */
function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
