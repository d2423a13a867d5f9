/** What Fintoc takes as a document of a KYB. Checked in the browser, so that 20 MB don't travel in vain, and by the verb. */
export const DOCUMENT_MAX_BYTES = 20 * 1024 * 1024;
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;

const SIGNATURES = [
  [0x25, 0x50, 0x44, 0x46],
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
];

/** Why Fintoc would not take a file, as a key of the `invalid` messages; null when it would. Looks into the file. */
export async function documentRefusal(file: Blob): Promise<string | null> {
  if (file.size === 0) return 'required';
  if (file.size > DOCUMENT_MAX_BYTES) return 'file_size';
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const known = SIGNATURES.some((signature) => signature.every((byte, at) => head[at] === byte));
  return known ? null : 'file_type';
}
