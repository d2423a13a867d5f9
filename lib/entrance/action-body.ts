/**
 * Whether a body is one that React sends for a server action. Next answers 500 to what React can't read, as if we had
 * failed. Ours send plain values and forms: references to functions, promises, streams, maps and bytes, which React would
 * read as well, come from nobody of ours. Grammar: encodeReply of react-server-dom.
 */
export async function isActionBody(
  bytes: Buffer,
  {
    contentType,
    isCalled,
  }: { contentType: string /** By its id in Next-Action, as pages with scripts do. */; isCalled: boolean },
): Promise<boolean> {
  if (/^multipart\/form-data\b/i.test(contentType)) return isForm(bytes, contentType, isCalled);
  // Without either, Next renders the page as if it had been asked for.
  if (!isCalled) return true;
  return /^text\/plain\b/i.test(contentType) && isList(bytes.toString('utf8'), () => false);
}

async function isForm(bytes: Buffer, contentType: string, isCalled: boolean): Promise<boolean> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  // Browsers write controls in a name as their codes; Next's own parser breaks off at one.
  if (!form || [...form.keys()].some((name) => /\p{Cc}/u.test(name))) return false;
  // A page without scripts sends what the action was bound to, by marks of its own.
  if (!isCalled) return partsOf(form, /^\$ACTION_\d+:\d+$/).every(isJson);
  const has = (id: string) => form.has(id);
  const isRead = (part: FormDataEntryValue) => typeof part === 'string' && isValue(part, has);
  return partsOf(form, /^\d+$/).every(isRead) && isList(form.get('0'), has);
}

function partsOf(form: FormData, name: RegExp): FormDataEntryValue[] {
  return [...form].filter(([each]) => name.test(each)).map(([, part]) => part);
}

function isJson(part: FormDataEntryValue): boolean {
  try {
    return typeof part === 'string' && JSON.parse(part) !== undefined;
  } catch {
    return false;
  }
}

type Has = (id: string) => boolean;

function isList(text: FormDataEntryValue | null, has: Has): boolean {
  return typeof text === 'string' && text.trimStart().startsWith('[') && isValue(text, has);
}

const DEEPEST = 100;

function isValue(text: string, has: Has): boolean {
  try {
    return isPlain(JSON.parse(text), has, 0);
  } catch {
    return false;
  }
}

function isPlain(value: unknown, has: Has, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'string') return !value.startsWith('$') || isMark(value.slice(1), has);
  if (typeof value !== 'object' || value === null) return true;
  const named = !Array.isArray(value) && Object.hasOwn(value, '__proto__');
  return !named && Object.values(value).every((each) => isPlain(each, has, depth + 1));
}

const CONSTANTS = ['undefined', 'NaN', 'Infinity', '-Infinity', '-0', 'T'];

/** What stands behind a `$`: a text that begins with one itself, a constant, a bigint, a date, a form, an object elsewhere. */
function isMark(mark: string, has: Has): boolean {
  if (mark.startsWith('$') || CONSTANTS.includes(mark)) return true;
  if (/^n-?\d{1,300}$/.test(mark)) return true;
  if (/^D\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(mark)) return !Number.isNaN(Date.parse(mark.slice(1)));
  if (/^K[0-9a-f]{1,8}$/.test(mark)) return true;
  const [, id] = /^([0-9a-f]{1,8})(?::\w+)*$/.exec(mark) ?? [];
  return (
    id !== undefined &&
    !/:(constructor|prototype|__proto__)\b/.test(mark) &&
    has(String(Number.parseInt(id, 16)))
  );
}
