/** As searches have words: without case and accents. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** A slip is forgiven in words of so many letters; a shorter one would be like too many. */
const FORGIVEN = 4;

/**
 * How well words say a label, in any order: 0 where each begins a word of it, 1 with a slip of the pen in one or more,
 * null where one is like none of its words.
 */
export function fitOf(label: string, text: string): 0 | 1 | null {
  const words = folded(label).split(/[^\p{L}\p{N}]+/u);
  const typed = folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (typed.every((word) => words.some((each) => each.startsWith(word)))) return 0;
  return typed.every((word) => words.some((each) => begins(each, word))) ? 1 : null;
}

function begins(label: string, word: string): boolean {
  if (label.startsWith(word)) return true;
  if (word.length < FORGIVEN) return false;
  return [-1, 0, 1].some((more) => isOneSlip(label.slice(0, word.length + more), word));
}

/** One letter other, too many or too few, or two that changed places. */
function isOneSlip(one: string, other: string): boolean {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [a, b] = [one.slice(from), other.slice(from)];
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
