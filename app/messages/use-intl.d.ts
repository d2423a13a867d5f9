/** The package exports them under the name that the console's own go by (format-message.ts), so they are read by their path. */
declare module '*/use-intl/dist/esm/production/format-message/index.js' {
  import type format from 'use-intl/format-message';

  const own: typeof format;
  // biome-ignore lint/style/noDefaultExport: as it is.
  export default own;
}

declare module '*/use-intl/dist/esm/production/format-message/format-only.js' {
  import type format from 'use-intl/format-message';

  const own: typeof format;
  // biome-ignore lint/style/noDefaultExport: as it is.
  export default own;
}
