/**
 * Why reading from Fintoc broke off, a poll or a synchronisation, as a key that the console puts into words
 * (`inbox.runFailures`). Reasons are kept in English for the log; what we can't know is quoted as a detail. Pure.
 */
export type RunFailure = {
  key: 'worker_stopped' | 'timeout' | 'unreachable' | 'answered' | 'unknown';
  status: string;
  /** In whoever's words, to be quoted; null where the words of the key say it all. */
  detail: string | null;
};

export const WORKER_STOPPED = 'The worker stopped.';

export function runFailureOf(error: string): RunFailure {
  const plain = { status: '', detail: null };
  if (error === WORKER_STOPPED) return { ...plain, key: 'worker_stopped' };
  const [, silence] = /^No answer from Fintoc \((.*)\)\.$/s.exec(error) ?? [];
  if (silence !== undefined) {
    const late = silence === 'ETIMEDOUT' || silence === 'ECONNABORTED';
    return late ? { ...plain, key: 'timeout' } : { key: 'unreachable', status: '', detail: silence };
  }
  const [, status] = /^Fintoc answered (\d+)\.$/.exec(error) ?? [];
  if (status) return { ...plain, key: 'answered', status };
  return { key: 'unknown', status: '', detail: error };
}
