/**
 * Which classes set the same, so that of two the later can win. As `tailwind-merge` has it, which browsers would load
 * whole, for the classes that are written here: a test holds the two to the same answers for each pair of them, and fails
 * for a class that stands in no group here.
 */

const WORDS: Record<string, string> = {
  display: 'block inline inline-block flex inline-flex grid inline-grid contents hidden table',
  position: 'static relative absolute fixed sticky',
  reader: 'sr-only not-sr-only',
  line: 'underline line-through',
  ellipsis: 'truncate text-ellipsis',
  case: 'uppercase',
  figures: 'tabular-nums',
  visibility: 'visible',
  filter: 'filter',
  breaks: 'break-all break-words',
  wraps: 'wrap-anywhere',
  'flex-direction': 'flex-row flex-col flex-col-reverse',
  'flex-wrap': 'flex-wrap flex-nowrap',
  flex: 'flex-1',
  'text-align': 'text-left text-center text-right',
  'text-wrap': 'text-pretty',
  'font-family': 'font-sans font-mono',
  'border-style': 'border-dashed',
  'border-collapse': 'border-collapse',
  'outline-style': 'outline-none',
};
const BY_WORD = new Map(
  Object.entries(WORDS).flatMap(([group, words]) => words.split(' ').map((word) => [word, group] as const)),
);

/** Where one beginning has several meanings: the first that fits. */
const SHAPES: readonly [RegExp, string][] = [
  [/^\[([\w-]+):/, '['],
  [/^text-(xs|sm|base|lg|\d?xl|\[[\d.]+(em|rem|px)\])$/, 'text-size'],
  [/^text-/, 'text-colour'],
  [/^font-/, 'font-weight'],
  [/^border(-(\d|\[))?(?=$|\w)/, 'border'],
  [/^border-([trbl])(-\d)?$/, 'border-'],
  [/^border-/, 'border-colour'],
  [/^rounded-(t[lr]|b[lr]|[trbl])(-|$)/, 'rounded-'],
  [/^rounded(-|$)/, 'rounded'],
  [/^outline-\d/, 'outline-width'],
  [/^-?outline-offset-/, 'outline-offset'],
  [/^outline-/, 'outline-colour'],
  [/^shadow($|-\[)/, 'shadow'],
  [/^shadow-/, 'shadow-colour'],
  [/^ring-\d/, 'ring'],
  [/^ring-/, 'ring-colour'],
  [/^stroke-\d/, 'stroke'],
  [/^stroke-/, 'stroke-colour'],
  [/^decoration-\d/, 'decoration'],
  [/^decoration-/, 'decoration-colour'],
  [/^divide-([xy])(-|$)/, 'divide-'],
  [/^divide-/, 'divide-colour'],
  [/^content-\[/, 'content-value'],
  // What enters and leaves is of another package.
  [/^animate-(?!in$|out$)/, 'animate'],
  [/^(shrink)(-|$)/, ''],
  [
    /^-?((?:min|max)-[hw]|size|[hw]|[pm][xytrbl]?|gap(?:-[xy])?|inset(?:-[xy])?|top|right|bottom|left|z|order|basis|bg|fill|accent|items|justify-(?:items|self)|justify|place-items|content|tracking|leading|align|whitespace|overflow(?:-[xy])?|overscroll|(?:col|row)-(?:span|start)|grid-(?:cols|rows|flow)|auto-cols|transition|duration|rotate|translate-[xy]|scroll-m[trbl]|underline-offset|line-clamp|opacity|cursor|list|object|select|pointer-events|appearance|field-sizing|backdrop-blur)-/,
    '',
  ],
];

/** What a group sets along with its own. */
const TAKES: Record<string, string> = {
  p: 'px py pt pr pb pl',
  px: 'pl pr',
  py: 'pt pb',
  m: 'mx my mt mr mb ml',
  mx: 'ml mr',
  my: 'mt mb',
  size: 'w h',
  inset: 'inset-x inset-y top right bottom left',
  'inset-x': 'left right',
  'inset-y': 'top bottom',
  gap: 'gap-x gap-y',
  overflow: 'overflow-x overflow-y',
  border: 'border-t border-r border-b border-l',
  rounded: 'rounded-t rounded-r rounded-b rounded-l rounded-tl rounded-tr rounded-bl rounded-br',
  'rounded-t': 'rounded-tl rounded-tr',
  'rounded-r': 'rounded-tr rounded-br',
  'rounded-b': 'rounded-bl rounded-br',
  'rounded-l': 'rounded-tl rounded-bl',
  flex: 'basis grow shrink',
  'text-size': 'leading',
  'line-clamp': 'display overflow',
};

/** Null for a class that stands beside any other. */
function groupOf(name: string): string | null {
  const word = BY_WORD.get(name);
  if (word) return word;
  for (const [shape, group] of SHAPES) {
    const found = shape.exec(name);
    if (found) return group === '' || /[-[]$/.test(group) ? group + found[1] : group;
  }
  return null;
}

type Read = { scope: string; group: string };
const read = new Map<string, Read | null>();

/** A class as what it sets, and where: under which variants, and whether above all else. */
function readClass(name: string): Read | null {
  const known = read.get(name);
  if (known !== undefined) return known;
  const parts = partsOf(name);
  const last = parts.pop() ?? '';
  const base = last.replace(/^!|!$/g, '');
  const group = groupOf(base);
  const found = group === null ? null : { scope: `${parts.sort().join(':')} ${base !== last}`, group };
  read.set(name, found);
  return found;
}

/** Parted at colons, but those within brackets. */
function partsOf(name: string): string[] {
  return name.match(/(?:[^:[(]|\[[^\]]*\]|\([^)]*\))+/g) ?? [];
}

/** Of two classes that set the same, the later. */
export function withoutOverridden(classes: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const name of classes.split(/\s+/).reverse()) {
    const is = name === '' ? null : readClass(name);
    if (is) {
      if (taken.has(`${is.scope} ${is.group}`)) continue;
      taken.add(`${is.scope} ${is.group}`);
      for (const other of (TAKES[is.group] ?? '').split(' ')) taken.add(`${is.scope} ${other}`);
    }
    if (name !== '') kept.push(name);
  }
  return kept.reverse().join(' ');
}
