import {
  type AuthenticationResponseJSON,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { db, type Tx } from '~/lib/db';
import { env } from '~/lib/env';
import { openChallenge } from '~/lib/people/challenges';

/** Whom the device takes us for: our own address, and no other page's. */
function us() {
  const { hostname, origin } = new URL(env().NEXTAUTH_URL);
  return { id: hostname, origin };
}

/** What a browser needs to make a key: one that the device finds by itself and gives to who unlocks it alone. */
export async function passkeyOptions({ id, name, email }: { id: string; name: string; email: string }) {
  const known = await db().passkey.findMany({ where: { operatorId: id }, select: { credentialId: true } });
  return generateRegistrationOptions({
    rpName: 'Monedero',
    rpID: us().id,
    userID: new TextEncoder().encode(id),
    userName: email,
    userDisplayName: name,
    challenge: bytesOf(await openChallenge(id, 'enrol')),
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The public half of a key that was just made; null where what came is not what was asked for. */
export async function newPasskey(challenge: string, response: RegistrationResponseJSON) {
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: us().origin,
    expectedRPID: us().id,
  }).catch(() => null);
  if (!checked?.verified) return null;
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential;
  return { credentialId: id, publicKey, counter: BigInt(counter), transports: [...transports] };
}

/** What a browser needs to have a key of the device answer. */
export function passkeyQuestion(challenge: string) {
  return { challenge, rpId: us().id, userVerification: 'required' as const, timeout: 120_000 };
}

/** Whether one of their keys answered this very challenge, on our page, and hasn't been copied. */
export async function spendPasskey(
  tx: Tx,
  operatorId: string,
  challenge: string,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  const kept = await tx.passkey.findFirst({ where: { operatorId, credentialId: response.id } });
  if (!kept) return false;
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: us().origin,
    expectedRPID: us().id,
    credential: {
      id: kept.credentialId,
      publicKey: new Uint8Array(kept.publicKey),
      counter: Number(kept.counter),
      transports: kept.transports,
    },
  }).catch(() => null);
  if (!checked?.verified) return false;
  await tx.passkey.update({
    where: { id: kept.id },
    data: { counter: BigInt(checked.authenticationInfo.newCounter), lastUsedAt: new Date() },
  });
  return true;
}

/** What a browser says that a device signed; whether it did is for `spendPasskey`. */
export function passkeyAnswer(text: string): { passkey: AuthenticationResponseJSON } | { code: string } {
  const answer = answerShape.safeParse(parsed(text));
  return answer.success ? { passkey: answer.data as AuthenticationResponseJSON } : { code: '' };
}

const bytes = z.string().max(10_000);
const answerShape = z.object({
  ...{ id: bytes, rawId: bytes, type: z.literal('public-key'), clientExtensionResults: z.object({}) },
  response: z.object({
    ...{ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes },
    userHandle: bytes.optional(),
  }),
});

/** What a browser says that a device made; whether it did is for `newPasskey`. */
export function registrationAnswer(text: string): RegistrationResponseJSON | null {
  const answer = madeShape.safeParse(parsed(text));
  return answer.success ? (answer.data as RegistrationResponseJSON) : null;
}

const madeShape = z.object({
  ...{ id: bytes, rawId: bytes, type: z.literal('public-key'), clientExtensionResults: z.object({}) },
  response: z.object({
    ...{ clientDataJSON: bytes, attestationObject: bytes },
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The challenge that a browser says it answered; whether it was ours is for the check of the answer. */
export function challengeOf({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const said = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')) as unknown;
    const { challenge } = said as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(challenge, 'base64url'));
}
