/** Versions of the API, the newest last. A key speaks the one of its making unless a request names another. */
export const VERSIONS = ['2026-11-26'] as const;
export type Version = (typeof VERSIONS)[number];

export const NEWEST: Version = VERSIONS[VERSIONS.length - 1] ?? VERSIONS[0];

export function isVersion(text: string): text is Version {
  return (VERSIONS as readonly string[]).includes(text);
}
