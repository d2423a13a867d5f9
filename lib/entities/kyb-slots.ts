/** The documents of an onboarding: which there are, whose, and where each goes. */
export type UploadTarget =
  | { slot: string }
  | { shareholderId: string }
  | { representativeId: string; slot: string };

/** Where a document goes, below its onboarding. */
export function uploadPath(target: UploadTarget): string {
  if ('shareholderId' in target) return `shareholders/${encodeURIComponent(target.shareholderId)}/document`;
  const document = `documents/${encodeURIComponent(target.slot)}`;
  return 'representativeId' in target
    ? `legal_representatives/${encodeURIComponent(target.representativeId)}/${document}`
    : document;
}

export type DocumentSlot = {
  key: string;
  state: 'missing' | 'received' | 'refused';
  fileName: string | null;
  /** Whose document it is; null for the company's. */
  person: string | null;
  /** Why Fintoc doesn't take what was handed in, in its words, where it says so. */
  reason: string | null;
  target: UploadTarget;
};

/** How a slot is told from the others of its onboarding. */
export function slotId({ target }: Pick<DocumentSlot, 'target'>): string {
  return JSON.stringify(target);
}

/** Which document it is, in every onboarding of the same people: their ids are new in each. */
export function documentOf({ key, person }: Pick<DocumentSlot, 'key' | 'person'>): string {
  return `${key} · ${person ?? ''}`;
}
