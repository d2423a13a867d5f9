/** Which columns a list leaves out: `?hide=concept,trackingKey`. A saved view keeps them with its filters. */
export const HIDE = 'hide';

export function hiddenColumns(text: string): string[] {
  return text.split(',').filter((key) => /^\w{1,40}$/.test(key));
}

/** The address with one column more, or less, left out. */
export function toggledColumn(search: { toString(): string }, key: string, isShown: boolean): string {
  const params = new URLSearchParams(search.toString());
  const others = hiddenColumns(params.get(HIDE) ?? '').filter((other) => other !== key);
  const hidden = isShown ? others : [...others, key].sort();
  if (hidden.length > 0) params.set(HIDE, hidden.join(','));
  else params.delete(HIDE);
  return params.toString();
}
