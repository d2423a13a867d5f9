import http from 'node:http';
import https from 'node:https';
import { AddressRefused, checkedLookup, mayReach, numberOf } from '~/lib/webhooks/address';

const TIMEOUT_MS = 15_000;
/** So much of an answer is read and kept; what comes after it nobody waits for. */
const MOST_ANSWER = 4 * 1_024;
const MOST_HEADERS = 40;

export type Message = { url: string; headers: Record<string, string>; body: string };
/** An answer, or why there was none: `timeout`, `address_refused`, or the network's own code. */
export type Outcome =
  | { status: number; headers: Record<string, string>; body: string }
  | { status: null; error: string };

/**
 * Posts a message once. Never throws: what becomes of it is its answer. A redirect is an answer like any other and is
 * not followed; time and the size of the answer are bounded.
 */
export function sendWebhook({ url, headers, body }: Message, timeoutMs = TIMEOUT_MS): Promise<Outcome> {
  const to = new URL(url);
  const encrypted = to.protocol === 'https:';
  const number = numberOf(to);
  // A number is connected to without being looked up.
  if (number !== null && !mayReach(number, { encrypted })) return Promise.resolve(refused);
  const { request } = encrypted ? https : http;
  return new Promise((resolve) => {
    const outgoing = request(to, {
      ...{ method: 'POST', agent: false, lookup: checkedLookup({ encrypted }) },
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    const end = (outcome: Outcome) => {
      clearTimeout(deadline);
      outgoing.destroy();
      resolve(outcome);
    };
    const deadline = setTimeout(() => end({ status: null, error: 'timeout' }), timeoutMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      end(error instanceof AddressRefused ? refused : { status: null, error: error.code ?? 'unreachable' });
    });
    outgoing.on('response', (response) => {
      readStart(response).then((text) =>
        end({ status: response.statusCode ?? 0, headers: headersOf(response), body: text }),
      );
    });
    outgoing.end(body);
  });
}

const refused: Outcome = { status: null, error: 'address_refused' };

async function readStart(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= MOST_ANSWER) break;
    }
  } catch {
    // Its status has come; a body that breaks off says no more.
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER).toString('utf8').replaceAll('\0', '');
}

function headersOf({ headers }: http.IncomingMessage): Record<string, string> {
  const pairs = Object.entries(headers).slice(0, MOST_HEADERS);
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value).slice(0, 500)]));
}
