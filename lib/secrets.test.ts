import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '~/lib/secrets';

process.env.DATABASE_URL ??= 'postgres://nobody@127.0.0.1:1/none';

describe('a sealed secret', () => {
  it('opens as it was, and is sealed differently each time', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (secret) => {
        const sealed = seal(secret);
        expect(unseal(sealed)).toBe(secret);
        expect(seal(secret)).not.toBe(sealed);
        if (secret.length > 4) expect(sealed).not.toContain(secret);
      }),
      { numRuns: 50 },
    );
  });

  it('does not open when a bit of any part was changed', () => {
    const parts = seal('whsec_secret').split('.');
    for (const place of [0, 1, 2]) {
      const changed = parts.map((part, nth) => {
        const bytes = Buffer.from(part, 'base64url');
        if (nth === place) bytes[0] = (bytes[0] ?? 0) ^ 1;
        return bytes.toString('base64url');
      });
      expect(() => unseal(changed.join('.'))).toThrow();
    }
  });

  it('does not open with a tag cut short, which would be easier to guess', () => {
    const [nonce, tag, text] = seal('whsec_secret').split('.');
    const short = Buffer.from(tag ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(() => unseal([nonce, short, text].join('.'))).toThrow();
  });

  it.each(['', 'abc', 'a.b', 'a.b.c'])('"%s" is none', (text) => {
    expect(() => unseal(text)).toThrow();
  });
});
