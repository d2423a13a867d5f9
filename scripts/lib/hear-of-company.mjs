import pg from 'pg';

/** What the console's button says, and what is held while somebody hears it (lib/overview/company.ts). */
const CHANNEL = 'monedero_company';
const LOCK = 'monedero.company';
const AGAIN_MS = 5_000;

/**
 * Hears when an admin asks in the console for the example company, and makes it: one at a time. Answers, once it hears,
 * how to stop it. A database that goes away is listened to again when it is back.
 *
 * @param {string} ownerUrl
 * @param {() => Promise<void>} make
 * @returns {Promise<() => Promise<void>>}
 */
export async function hearOfCompany(ownerUrl, make) {
  /** @type {pg.Client} */
  let client;
  let isOver = false;
  let isMaking = false;
  const listen = async () => {
    client = new pg.Client({ connectionString: ownerUrl, keepAlive: true });
    client.on('error', () => undefined);
    client.on('notification', async () => {
      if (isMaking) return;
      isMaking = true;
      await make();
      isMaking = false;
    });
    await client.connect();
    await client.query(`SELECT pg_advisory_lock(hashtext('${LOCK}'))`);
    await client.query(`LISTEN ${CHANNEL}`);
    client.once('end', again);
  };
  const again = () => {
    if (!isOver) setTimeout(() => isOver || listen().catch(again), AGAIN_MS).unref();
  };
  await listen();
  return async () => {
    isOver = true;
    await client.end();
  };
}
