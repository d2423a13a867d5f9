import { db, type Queryable } from '~/lib/db';

/** The names of who asked or decided, operators and keys, by their ids. */
export async function operatorNames(ids: string[], client: Queryable = db()): Promise<Map<string, string>> {
  const named = { where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } };
  const [operators, keys] = [await client.operator.findMany(named), await client.apiKey.findMany(named)];
  return new Map([
    ...operators.map(({ id, name }): [string, string] => [id, name]),
    ...keys.map(({ id, name }): [string, string] => [id, keyName(name)]),
  ]);
}

/** How a key is called where people are: nobody takes it for one of them, whatever it was named. */
export function keyName(name: string): string {
  return `API · ${name}`;
}
