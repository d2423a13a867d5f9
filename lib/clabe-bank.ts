import { bankName } from '~/lib/banks';
import { normalizeClabe } from '~/lib/clabe';

// Apart from `clabe`: who only shows a number brings no table of banks to a browser.

type ClabeBank = { code: string; name: string };

/** The institution that a CLABE's first three digits name, as people call it, or null when nobody here knows it. */
export function clabeBank(clabe: string): ClabeBank | null {
  const code = normalizeClabe(clabe).slice(0, 3);
  const name = bankName(code);
  return name ? { code, name } : null;
}

/** A bank as it is shown: as people call it, where a CLABE tells, masked or not; else as it was said. */
export function bankShown(
  number: string | { readonly masked: string } | null,
  said: string | null,
): string | null {
  const clabe = number === null ? '' : typeof number === 'string' ? number : normalizeClabe(number.masked);
  return (clabe.length === 18 ? clabeBank(clabe)?.name : null) ?? said;
}
