import { db } from '~/lib/db';

/** The names of operators, by their ids. */
export async function operatorNames(ids: string[]): Promise<Map<string, string>> {
  const operators = await db().operator.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(operators.map(({ id, name }) => [id, name]));
}
