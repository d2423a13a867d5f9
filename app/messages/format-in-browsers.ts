import type format from 'use-intl/format-message';
import { isolatedValues } from '~/app/messages/isolated-values';
import own from '../../node_modules/use-intl/dist/esm/production/format-message/format-only.js';

type Asked = Parameters<typeof format>;

/** As `format-message`, of messages that were read when the console was built (for-browsers.mjs). */
const formatMessage: typeof format = Object.assign(
  (...[key, message, values, options]: Asked) => own(key, message, values && isolatedValues(values), options),
  { raw: own.raw },
);

// biome-ignore lint/style/noDefaultExport: as the one that it stands for.
export default formatMessage;
