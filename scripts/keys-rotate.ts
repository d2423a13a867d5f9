/**
 * npm run keys:rotate: wraps the data keys of personal data under the first master key of VAULT_KEYS. Put a new one before
 * those that stand there (`newer:…,first:…`), start web and worker again, and run this; after it the old one reads backups
 * alone. It may be broken off and run again.
 */
import { disconnect } from '~/lib/db';
import { rotateKeys } from '~/lib/vault/rotate';

try {
  const { masterKey, done, left } = await rotateKeys(({ done, left }) => {
    console.log(`${String(done).padStart(9)} wrapped, ${left} left`);
  });
  console.log(`Under ${masterKey}: ${done} keys, ${left} left.`);
  if (left > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
