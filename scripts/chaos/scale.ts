import type { Weather } from './storm.ts';

/** How large a run is, and how fast time goes by in it. */
export type Scale = {
  wallets: Record<'A' | 'B' | 'C', number>;
  operators: number;
  weather: Weather;
  /** Between two things that strangers do. */
  strangersMs: [number, number];
  /** A retracted movement is gone for so long: longer than anything may be late. */
  retractedMs: [number, number];
  /** Within this all has to have healed. */
  healMs: number;
  /** What takes minutes in a deployment takes seconds here. */
  env: Record<string, string>;
};

const COMMON = {
  FINTOC_TIMEOUT_MS: '2500',
  // Of broken answers there are enough without those of the limit.
  SANDBOX_TRANSFERS_PER_SECOND: '0',
  SANDBOX_RETRY_BASE_MS: '250',
};

export function scaleOf({ events, minutes }: { events: number; minutes: number }): Scale {
  return minutes <= 1 ? SHORT : long(events);
}

const SHORT: Scale = {
  wallets: { A: 6, B: 3, C: 1 },
  operators: 6,
  weather: { calmMs: [800, 3_000], downMs: [100, 1_000], faultMs: [50, 400] },
  strangersMs: [400, 1_200],
  retractedMs: [5_000, 8_000],
  healMs: 5 * 60_000,
  env: {
    ...COMMON,
    FINTOC_WEBHOOK_GRACE_MS: '4000',
    FINTOC_POLL_MS: '2000',
    FINTOC_MOVEMENTS_MS: '4000',
    FINTOC_TRANSFERS_PER_SECOND: '20',
    SANDBOX_DELIVERY_TIMEOUT_MS: '1500',
  },
};

function long(events: number): Scale {
  return {
    wallets: { A: 60, B: 20, C: 4 },
    operators: 12,
    weather: { calmMs: [2_000, 20_000], downMs: [100, 4_000], faultMs: [300, 3_000] },
    strangersMs: [1_000, 6_000],
    retractedMs: [17_000, 25_000],
    healMs: 15 * 60_000,
    env: {
      ...COMMON,
      FINTOC_WEBHOOK_GRACE_MS: '15000',
      // A poll reads the last quarter of an hour: of a long run, nearly all of it.
      FINTOC_POLL_MS: String(Math.min(60_000, Math.max(10_000, Math.round(events)))),
      FINTOC_MOVEMENTS_MS: '20000',
      FINTOC_TRANSFERS_PER_SECOND: '200',
      SANDBOX_DELIVERY_TIMEOUT_MS: '4000',
    },
  };
}
