/**
 * Money is a bigint in the asset's smallest unit. Nothing here, or anywhere else, holds it in a float.
 */
type Asset = { kind: 'fiat' | 'digital'; exponent: number; network: string };

/** Exponents: ISO 4217 for fiat; ETH is kept in gwei so that any supply fits in int8. */
export const ASSETS = {
  MXN: { kind: 'fiat', exponent: 2, network: 'spei' },
  CLP: { kind: 'fiat', exponent: 0, network: 'tef' },
  USD: { kind: 'fiat', exponent: 2, network: 'none' },
  USDC: { kind: 'digital', exponent: 6, network: 'ethereum' },
  USDT: { kind: 'digital', exponent: 6, network: 'ethereum' },
  BTC: { kind: 'digital', exponent: 8, network: 'bitcoin' },
  ETH: { kind: 'digital', exponent: 9, network: 'ethereum' },
  LTC: { kind: 'digital', exponent: 8, network: 'litecoin' },
  BCH: { kind: 'digital', exponent: 8, network: 'bitcoin_cash' },
  XRP: { kind: 'digital', exponent: 6, network: 'ripple' },
  SOL: { kind: 'digital', exponent: 9, network: 'solana' },
} as const satisfies Record<string, Asset>;

export type AssetCode = keyof typeof ASSETS;

/** The largest amount that one posting may carry: far above any real one, far below int8, exact in Fintoc's JSON. */
export const MAX_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER);

export function isAsset(code: string): code is AssetCode {
  return Object.hasOwn(ASSETS, code);
}

/** How many decimals an asset is written with. Throws on an unknown asset, which is a defect. */
export function exponentOf(asset: string): number {
  if (!isAsset(asset)) throw new Error(`Unknown asset ${asset}`);
  return ASSETS[asset].exponent;
}

/** `59013n, 'MXN'` → `590.13`: plain, ungrouped, for machines, exports and input fields. */
export function toDecimal(amount: bigint, asset: string): string {
  const exponent = exponentOf(asset);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${amount < 0n ? '-' : ''}${whole}${fraction}`;
}

const groupings = new Map<string, Intl.NumberFormat>();

/** `59013n, 'MXN', 'es-MX'` → `590.13`, grouped for the locale, with U+2212 as the minus; no currency mark. */
export function formatAmount(amount: bigint, asset: string, locale: string): string {
  const exponent = exponentOf(asset);
  const key = `${locale}/${exponent}`;
  let format = groupings.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
    groupings.set(key, format);
  }
  // Intl formats decimal strings exactly; a Number would round above 2^53.
  return format.format(toDecimal(amount, asset) as Intl.StringNumericLiteral).replace('-', '\u2212');
}

/**
 * Reads what a person typed (`1,250.50`, `$ 590.13`, `1 000`) as the asset's smallest unit.
 * Null when it isn't an amount, has too many decimals, or is over MAX_AMOUNT. A comma groups thousands, as in
 * Mexico; CLP takes the Chilean dot for the same (`12.500`).
 */
export function parseAmount(text: string, asset: string): bigint | null {
  const exponent = exponentOf(asset);
  const bare = text.replace(/[\s$\u00a0]/g, '');
  const grouped = exponent === 0 ? /^\d{1,3}([.,]\d{3})+$/ : /^\d{1,3}(,\d{3})+(\.\d*)?$/;
  const plain = grouped.test(bare) ? bare.replace(exponent === 0 ? /[.,]/g : /,/g, '') : bare;
  const match = /^(\d{1,18})(?:\.(\d+))?$/.exec(plain);
  if (!match) return null;
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > exponent) return null;
  const amount = BigInt(whole) * 10n ** BigInt(exponent) + BigInt(fraction.padEnd(exponent, '0') || '0');
  return amount > MAX_AMOUNT ? null : amount;
}
