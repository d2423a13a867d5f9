import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GET as reference } from '~/app/api/docs/route';
import { cookieName, cookieOptions, SESSION_COOKIE } from '~/lib/cookies';
import { newNonce, nonceOf, pagePolicy } from '~/lib/entrance/policy';
import config from '~/next.config';

const root = path.resolve(import.meta.dirname, '..');

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((each) => each.startsWith(`${name} `))
    ?.slice(name.length + 1);

describe('a page', () => {
  it('runs the scripts of its own answer alone, is framed by nobody and sends forms to nobody else', () => {
    const [one, other] = [pagePolicy(newNonce()), pagePolicy(newNonce())];
    expect(directive(one, 'default-src')).toBe("'none'");
    expect(directive(one, 'script-src')).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    expect(directive(one, 'frame-ancestors')).toBe("'none'");
    expect(directive(one, 'base-uri')).toBe("'none'");
    expect(directive(one, 'form-action')).toBe("'self'");
    expect(directive(one, 'connect-src')).toBe("'self'");
    expect(one).not.toContain('unsafe-eval');
  });

  it('of the API’s reference has a nonce too, on its one script', async () => {
    const answer = await reference();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(directive(policy, 'script-src')).toBe(`'nonce-${nonceOf(policy)}'`);
    const scripts = (await answer.text()).match(/<script[^>]*>/g);
    expect(scripts).toEqual([`<script nonce="${nonceOf(policy)}" src="/api/docs/redoc.js">`]);
  });
});

describe('an answer', () => {
  const rules = async () => (await config.headers?.()) ?? [];

  it('keeps to itself: no frame, no guessing of types, no other origin’s window or page', async () => {
    const all = (await rules()).find(({ source }) => source === '/:path*')?.headers ?? [];
    expect(Object.fromEntries(all.map(({ key, value }) => [key, value]))).toMatchObject({
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });

  it('of /api is kept by nobody, and is no page', async () => {
    const said = async (address: string) =>
      (await rules())
        .filter(({ source }) => new RegExp(`^${source.replace('/:path*', '/.*')}$`).test(address))
        .flatMap(({ headers }) => headers.map(({ key, value }) => `${key}: ${value}`));
    for (const address of ['/api/v1/wallets', '/api/export/wallets', '/api/auth/session', '/api/live']) {
      expect(await said(address)).toContain('Cache-Control: no-store');
      expect(await said(address)).toContain(
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
      );
    }
    expect((await said('/_next/static/x.js')).join()).not.toContain('no-store');
  });
});

describe('an address', () => {
  it('is read by what makes text of it that PostgreSQL keeps, in every route', () => {
    const reading = filesBelow('app/api').filter(
      (file) => /\bsearchParams\b/.test(text(file)) && !/\.test\.ts$/.test(file),
    );
    // Whether it is one of two words.
    expect(reading.sort()).toEqual(['app/api/asked.ts', 'app/api/batches/sheet-file.ts']);
  });
});

describe('a file', () => {
  it('is saved, not opened: whoever answers one says that it is an attachment', () => {
    const naming = filesBelow('app/api').filter(
      (file) =>
        !/\.test\.ts$|^app\/api\/logo\//.test(file) &&
        /text\/csv|application\/(pdf|vnd\.)|image\//.test(text(file)),
    );
    // The mark is shown: it was drawn here, and is no page.
    expect(naming.length).toBeGreaterThan(1);
    expect(naming.filter((file) => !text(file).includes('attachment; filename='))).toEqual([]);
  });
});

describe('a cookie', () => {
  it('is for this host and https alone where people come by https', () => {
    expect(cookieName(SESSION_COOKIE, 'https://monedero.example')).toBe(`__Host-${SESSION_COOKIE}`);
    expect(cookieOptions('https://monedero.example')).toEqual({
      ...{ httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    });
    expect(cookieName(SESSION_COOKIE, 'http://localhost:3000')).toBe(SESSION_COOKIE);
    expect(cookieOptions('http://localhost:3000').secure).toBe(false);
  });

  it('is set by no file of the app but by its name and options from lib/cookies', () => {
    const setting = filesBelow('app').filter((file) =>
      /\.set\((?!cookieName\()['"`\w]/.test(cookieLines(file)),
    );
    expect(setting).toEqual([]);
  });
});

describe('what calls out', () => {
  it('is the rail’s gateway, the senders of webhooks, alarms and mails, and the entrance to its own app', () => {
    const calling = filesBelow('lib')
      .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
      .filter((file) =>
        /\bfetch\(|from 'axios'|from 'undici'|from 'node:(https?|http2|net|tls|dgram)'|from 'fintoc|from 'nodemailer'/.test(
          text(file),
        ),
      );
    expect(calling.sort()).toEqual([
      // Numbers of networks and types of servers as well, which call nobody.
      'lib/alarms/send.ts',
      'lib/api/authenticate.ts',
      'lib/api/keys.ts',
      'lib/entrance/body.ts',
      'lib/entrance/entrance.ts',
      'lib/entrance/forward.ts',
      'lib/entrance/refuse.ts',
      'lib/notices/post.ts',
      'lib/rails/fintoc/gateway.ts',
      'lib/webhooks/address.ts',
      'lib/webhooks/send.ts',
    ]);
  });
});

describe('SECURITY.md', () => {
  const named = [...text('SECURITY.md').matchAll(/`([\w./()[\]-]+\.(?:test|spec)\.tsx?) › ([^`]+)`/g)];

  it('names tests that exist, of every guard one at least', () => {
    expect(named.length).toBeGreaterThan(40);
    const missing = named
      .filter(
        ([, file = '', title = '']) => !fs.existsSync(path.join(root, file)) || !text(file).includes(title),
      )
      .map(([whole]) => whole);
    expect(missing).toEqual([]);
    const lines = text('SECURITY.md').split('| guard |')[1]?.split('\n') ?? [];
    const guards = lines.filter((line) => /^\| [^-]/.test(line));
    expect(guards.length).toBeGreaterThan(25);
    expect(guards.filter((line) => !line.includes(' › '))).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));
}

function text(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

/** The lines of a file that may set a cookie. */
function cookieLines(file: string): string {
  const lines = text(file).split('\n');
  return lines.filter((line) => line.includes('cookies()')).join('\n');
}
