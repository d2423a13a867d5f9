import { describe, expect, it } from 'vitest';
import { hashNewPassword, hashPassword, verifyPassword } from '~/lib/people/passwords';

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

describe('a new password', () => {
  const ana = { name: 'Ana Torres', email: 'ana.torres@empresa.mx' };
  const refusal = (password: string) =>
    hashNewPassword('password', password, ana).then(
      () => null,
      (error: { fields: { password: string } }) => error.fields.password,
    );

  it.each([
    'password1234',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'qwertyuiop12',
    'P@ssw0rd1234',
    'contraseña123',
    'Querétaro2024',
    'monedero2026',
    'fintocfintoc',
    'torrestorres',
    'empresa12345',
    '123456789012',
  ])('that is guessed early is refused: %s', async (password) => {
    expect(await refusal(password)).toBe('password_guessable');
  });

  it.each(['correcto caballo', 'batería grapa nueva', crypto.randomUUID(), 'ñandú que corre lejos'])(
    'that takes long to guess is taken: %s',
    async (password) => {
      expect(await refusal(password)).toBeNull();
    },
  );

  it('is at least twelve characters', async () => {
    expect(await refusal('k9$Lq2!xZ7w')).toBe('password_too_short');
  });
});

it('is hashed two at a time, and a flood is refused rather than kept waiting', async () => {
  const flood = await Promise.allSettled(Array.from({ length: 120 }, () => verifyPassword('x', 'y')));
  const refused = flood.filter(
    (each) => each.status === 'rejected' && (each.reason as { code?: string }).code === 'too_many_tries',
  );
  expect(refused).toHaveLength(18);
  expect(await verifyPassword(await hashPassword('a b c d e f'), 'a b c d e f')).toBe(true);
});
