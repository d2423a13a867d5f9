import type format from 'use-intl/format-message';
import { isolatedValues } from '~/app/messages/isolated-values';
import own from '../../node_modules/use-intl/dist/esm/production/format-message/index.js';

type Asked = Parameters<typeof format>;

/**
 * What next-intl puts messages together with (next.config.ts): what was typed elsewhere is set apart from the sentence
 * around it, so that a name that runs from right to left takes nothing else along.
 */
const formatMessage: typeof format = Object.assign(
  (...[key, message, values, options]: Asked) => own(key, message, values && isolatedValues(values), options),
  { raw: own.raw },
);

// biome-ignore lint/style/noDefaultExport: as the one that it stands for.
export default formatMessage;
