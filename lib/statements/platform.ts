import { db } from '~/lib/db';
import { getSetting } from '~/lib/settings';
import type { Logo } from '~/prisma/generated/client';

/** Who issues statements: a name, and a mark where one was uploaded. */
export type Platform = { name: string; logo: Pick<Logo, 'png'> | null };

export async function platformOf(): Promise<Platform> {
  const { name, logo } = await getSetting('platform');
  return { name, logo: logo === null ? null : await findLogo(logo) };
}

/** A mark by what it is: one that was replaced stays, for statements that bear it. */
export function findLogo(sha256: string): Promise<Logo | null> {
  return /^[\da-f]{64}$/.test(sha256) ? db().logo.findUnique({ where: { sha256 } }) : Promise.resolve(null);
}
