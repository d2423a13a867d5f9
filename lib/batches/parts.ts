/** Into so many parts an amount is cut at most. */
export const MOST_PARTS = 200n;

/**
 * Cuts what is more than a network carries at once into parts that it carries. No two are the same: of two alike to one
 * account on one day, a Chilean bank takes the second for the first. Null where that takes too many. Amounts in the
 * smallest unit. Pure.
 */
export function partsOfAmount(whole: bigint, most: bigint): bigint[] | null {
  if (whole <= 0n || most <= 0n) throw new RangeError('An amount and its limit are positive.');
  let count = (whole + most - 1n) / most;
  // The largest parts that are all different: the limit, one less, two less …
  while (count <= MOST_PARTS && count * most - steps(count) < whole) count += 1n;
  if (count > MOST_PARTS) return null;
  const left = whole - steps(count);
  const [least, rest] = [left / count, left % count];
  return Array.from({ length: Number(count) }, (_, nth) => {
    const place = BigInt(nth);
    return least + place + (place >= count - rest ? 1n : 0n);
  });
}

/** Under what the parts are asked for, once: whoever asks again gets the same batch. */
export const partsRequestId = (requestId: string) => `parts:${requestId}`;

/** 0 + 1 + … + (count − 1). */
function steps(count: bigint): bigint {
  return (count * (count - 1n)) / 2n;
}
