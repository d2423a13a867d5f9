import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let lanes: typeof import('~/lib/worker/lanes');

beforeEach(async () => {
  vi.useFakeTimers();
  // One that was stopped stays so.
  vi.resetModules();
  lanes = await import('~/lib/worker/lanes');
});

afterEach(() => {
  lanes.stopJobs();
  vi.useRealTimers();
});

const job = (run: () => Promise<number>, several = 2) => ({
  ...{ name: 'test', everyMs: 100, lanes: several, run },
});

it('where nothing is to do, one lane looks and the others rest', async () => {
  const run = vi.fn(async () => 0);
  void lanes.runJob(job(run, 3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(run).toHaveBeenCalledTimes(11);
});

it('while one has work the next looks, and joins in', async () => {
  let finish = (_done: number) => {};
  const run = vi.fn(() => new Promise<number>((resolve) => (finish = resolve)));
  void lanes.runJob(job(run));
  expect(run).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(run).toHaveBeenCalledTimes(2);
  finish(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(run, 'at once again after work').toHaveBeenCalledTimes(3);
});

it('one that rests after an error keeps no other from trying', async () => {
  const run = vi.fn(async () => 0).mockRejectedValueOnce(new Error('of one'));
  void lanes.runJob(job(run));
  await vi.advanceTimersByTimeAsync(900);
  expect(run.mock.calls.length).toBeGreaterThan(5);
});

it('all end when they are told to, in their pauses too', async () => {
  const run = vi.fn(async () => 0);
  const ended = lanes.runJob(job(run));
  await vi.advanceTimersByTimeAsync(250);
  expect(run).toHaveBeenCalledTimes(3);
  lanes.stopJobs();
  await ended;
  expect(run).toHaveBeenCalledTimes(3);
});
