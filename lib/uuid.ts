const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether PostgreSQL would take the text as a uuid as people and programs write them. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
