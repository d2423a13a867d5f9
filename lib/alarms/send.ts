import { spawn } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import { isLoopback } from '~/lib/env';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { checkedLookup, mayReach, numberOf } from '~/lib/webhooks/address';

/** Why a message didn't reach its channel: a key that the console puts into words, and a detail. */
export class Undelivered extends Error {}

const WEBHOOK_TIMEOUT_MS = 10_000;
const COMMAND_TIMEOUT_MS = 20_000;

/**
 * Posts a message, signed as `Monedero-Signature: t=…,v1=…`: v1 is the HMAC-SHA256 of `t`, a full stop and the body.
 * Anything but a 2xx counts as undelivered; a redirect is not followed, for it would take the alarm elsewhere. Nothing is
 * sent into networks of our own that nobody named, but to this very machine where the address says so.
 */
export function postWebhook(
  { url, secret, body }: { url: string; secret: string; body: string },
  timeoutMs = WEBHOOK_TIMEOUT_MS,
): Promise<void> {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Monedero',
    'Monedero-Signature': createWebhookSignature(body, secret),
  };
  const to = new URL(url);
  const encrypted = to.protocol === 'https:';
  const [number, isHere] = [numberOf(to), isLoopback(to)];
  // A number is connected to without being looked up.
  if (!isHere && number !== null && !mayReach(number, { encrypted }))
    return Promise.reject(new Undelivered('unreachable address_refused'));
  const lookup = isHere ? {} : { lookup: checkedLookup({ encrypted }) };
  const { request } = encrypted ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(to, { method: 'POST', headers, agent: false, ...lookup });
    const end = (error: Error | null) => {
      clearTimeout(deadline);
      outgoing.destroy();
      if (error) reject(error);
      else resolve();
    };
    const deadline = setTimeout(() => end(new Undelivered('timeout')), timeoutMs);
    outgoing.on('response', ({ statusCode = 0 }) =>
      end(statusCode >= 200 && statusCode < 300 ? null : new Undelivered(`answered ${statusCode}`)),
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      end(new Undelivered(`unreachable ${error.code ?? error.message}`)),
    );
    outgoing.end(body);
  });
}

/** What a command may know of this process: where programs are. None of our secrets. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ'];

/** Runs a command with the message on its standard input. Anything but exit code 0 counts as undelivered. */
export function runCommand(
  { command, body }: { command: string; body: string },
  timeoutMs = COMMAND_TIMEOUT_MS,
): Promise<void> {
  const environment = Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', command], {
      env: environment as NodeJS.ProcessEnv,
      stdio: ['pipe', 'ignore', 'ignore'],
      // A group of its own, so that what it started ends with it.
      detached: true,
    });
    const deadline = setTimeout(() => {
      if (child.pid) endGroup(child.pid);
      reject(new Undelivered('timeout'));
    }, timeoutMs);
    child.on('error', ({ message }) => {
      clearTimeout(deadline);
      reject(new Undelivered(`exited ${message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      if (code === 0) resolve();
      else reject(new Undelivered(`exited ${code ?? signal}`));
    });
    // It need not read what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended at this moment.
  }
}
