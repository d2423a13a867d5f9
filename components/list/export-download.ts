import { FRAMES, readFrames } from '~/lib/exports/frames';

/** Why there is no file. */
export type ExportRefusal = 'unreadable' | 'signedOut' | 'forbidden' | 'unmapped' | 'failed';

export class ExportRefused extends Error {
  readonly why: ExportRefusal;

  constructor(why: ExportRefusal) {
    super(why);
    this.why = why;
  }
}

const REFUSALS: Record<number, ExportRefusal> = {
  401: 'signedOut',
  403: 'forbidden',
  409: 'unmapped',
  422: 'unreadable',
};

export type Downloaded = { name: string; file: Blob; rows: number };

/** Fetches a list as a file. Whole, or not at all: what is cut off on the way throws. */
export async function downloadExport(
  address: string,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<Downloaded> {
  const answer = await fetch(address, { signal, headers: { Accept: FRAMES }, cache: 'no-store' });
  if (!answer.ok || !answer.body) throw new ExportRefused(REFUSALS[answer.status] ?? 'failed');
  let rows = 0;
  const pieces = await readFrames(chunksOf(answer.body), (count) => {
    rows = count;
    onRows(count);
  });
  const [, name = 'export'] =
    /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '') ?? [];
  return { name, file: new Blob(pieces), rows };
}

/** Not every browser can walk over a stream by itself. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Hands a file to the browser, which puts it where downloads go. */
export function saveFile({ name, file }: Downloaded): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has taken hold of it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
