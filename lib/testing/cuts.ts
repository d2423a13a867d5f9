import { expect } from 'vitest';
import { asSuperuser } from '~/lib/testing/tampering';

/**
 * Lets an act come as far as its last step, which all acts share: the audit. There its connection is ended, as a
 * kill -9 would. Answers once the act has failed.
 */
export async function cutBeforeItsEnd(act: () => Promise<unknown>): Promise<void> {
  const [holder, watcher] = [await asSuperuser(), await asSuperuser()];
  try {
    await holder.query('BEGIN; LOCK TABLE audit_entries IN ACCESS EXCLUSIVE MODE');
    const failed = act().then(
      () => null,
      (error: unknown) => error ?? new Error('cut'),
    );
    await expect
      .poll(async () => {
        const { rowCount } = await watcher.query(`
          SELECT pg_terminate_backend(pid) FROM pg_locks
          WHERE NOT granted AND relation = 'audit_entries'::regclass`);
        return rowCount;
      })
      .toBeGreaterThan(0);
    await holder.query('ROLLBACK');
    expect(await failed).not.toBeNull();
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
  }
}
