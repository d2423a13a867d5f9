export type Tree = { [key: string]: string | Tree };

/** The texts of a tree of messages by their keys: `wallets.columns.reserved`. */
export function flatten(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}
