import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '~/lib/people/passwords';

describe('a password', () => {
  it('is known by its hash, which differs each time and never holds it', async () => {
    const [one, other] = [await hashPassword('correcto caballo'), await hashPassword('correcto caballo')];
    expect(one).toMatch(/^\$argon2id\$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('caballo');
    expect(await verifyPassword(one, 'correcto caballo')).toBe(true);
    expect(await verifyPassword(one, 'correcto caballO')).toBe(false);
  });

  it('is the same however its accents were typed', async () => {
    const hash = await hashPassword('contrase\u00f1a larga');
    expect(await verifyPassword(hash, 'contrasen\u0303a larga')).toBe(true);
  });
});
