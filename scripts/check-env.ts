/** Says in one line what is wrong with the configuration, before anything long begins. */
import { parseEnv } from '~/lib/env';

try {
  parseEnv(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
