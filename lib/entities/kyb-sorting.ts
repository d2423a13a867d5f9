import { type DocumentSlot, documentOf, slotId } from '~/lib/entities/kyb-slots';

/**
 * Which dropped file is which document, by what it is called. A suggestion: the operator moves what it got wrong before
 * anything is sent. Pure.
 */
export type DroppedFile = { name: string };

/** Words in file names, without accents, as Mexican companies call these documents. */
const WORDS: readonly [slot: RegExp, words: RegExp][] = [
  [/tax_registration/, /\b(csf|constancia( de situacion)?|situacion fiscal|cedula fiscal|sat|rfc|tax)\b/],
  [/address/, /\b(domicilio|recibo|luz|cfe|telmex|agua|predial|address|utility|bill)\b/],
  [
    /incorporation|bylaws|deed/,
    /\b(acta( constitutiva)?|constitutiva|estatutos|escritura|incorporation|bylaws|deed)\b/,
  ],
  [/power/, /\b(poder(es)?|notarial|apoderad[oa]|power|poa)\b/],
  [
    /identification|_id$|^id_/,
    /\b(ine|ife|id|identificacion|credencial|pasaporte|passport|identification|curp)\b/,
  ],
  [/bank|statement/, /\b(estado de cuenta|caratula|banco|bank|statement)\b/],
];

/** Points for each reason to think that a file is a slot's. */
const SAME_NAME = 100;
const SAME_DOCUMENT = 10;
const PER_NAME = 4;

/**
 * Files beside the slots that they seem to be for, one file a slot; null for what nothing speaks for. `earlier` is what
 * the documents of a rejected KYB were called, by documentOf(). A slot that lacks its document goes before one that has it.
 */
export function sortIntoSlots(
  files: readonly DroppedFile[],
  slots: readonly DocumentSlot[],
  earlier: Readonly<Record<string, string>> = {},
): (string | null)[] {
  const pairs = files.flatMap((file, at) =>
    slots.map((slot) => ({
      at,
      slot: slotId(slot),
      points: pointsOf(file.name, slot, earlier[documentOf(slot)]) + (slot.state === 'received' ? -1 : 0),
    })),
  );
  const found: (string | null)[] = files.map(() => null);
  const taken = new Set<string>();
  // Stable: of pairs with as many points the earlier file and the earlier slot go first.
  for (const { at, slot } of pairs.filter(({ points }) => points > 2).sort((a, b) => b.points - a.points)) {
    if (found[at] !== null || taken.has(slot)) continue;
    found[at] = slot;
    taken.add(slot);
  }
  return leftOver(found, slots, taken);
}

/** One file and one document left: nobody needs to be asked. */
function leftOver(found: (string | null)[], slots: readonly DocumentSlot[], taken: ReadonlySet<string>) {
  const free = slots.filter((slot) => slot.state !== 'received' && !taken.has(slotId(slot)));
  const [only] = free;
  const open = found.filter((slot) => slot === null).length;
  return open === 1 && free.length === 1 && only ? found.map((slot) => slot ?? slotId(only)) : found;
}

function pointsOf(fileName: string, slot: DocumentSlot, earlier: string | undefined): number {
  const name = plain(fileName);
  if (earlier !== undefined && plain(earlier) === name) return SAME_NAME;
  const fits = WORDS.some(([key, words]) => key.test(slot.key) && words.test(name));
  const spelled = name.includes(plain(slot.key));
  const named = plain(slot.person ?? '')
    .split(' ')
    .filter((word) => word.length > 2 && name.split(' ').includes(word)).length;
  // A name alone is a hint where the person has one document; a document of somebody else is none.
  return (fits || spelled ? SAME_DOCUMENT : 0) + named * PER_NAME;
}

/** `INE_Ana-López (1).PDF` to `ine ana lopez 1`. */
function plain(text: string): string {
  return text
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
