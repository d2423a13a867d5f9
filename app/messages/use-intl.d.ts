/** The package exports it under the name that the console's own goes by (format-message.ts), so it is read by its path. */
declare module '*/use-intl/dist/esm/production/format-message/index.js' {
  import type format from 'use-intl/format-message';

  const own: typeof format;
  // biome-ignore lint/style/noDefaultExport: as it is.
  export default own;
}
