import { createPublicKey } from 'node:crypto';

/** The platform's key pair, as PEM: global-setup.ts makes it once, because each takes longer than a test. */
export function platformKeys(): { privateKey: string; publicKey: string } {
  const privateKey = process.env.FINTOC_JWS_PRIVATE_KEY ?? '';
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicKey };
}
