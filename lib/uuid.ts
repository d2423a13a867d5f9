const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether PostgreSQL would take the text as a uuid as people and programs write them. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A new id, later than those before it (RFC 9562, version 7): for a row whose id is in what it says. */
export function newId(now = Date.now()): string {
  const random = crypto.randomUUID();
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
