import pino from 'pino';

/** Structured logs on standard output. Secrets never reach them: the gateway redacts its errors. */
export const log = pino({ level: process.env.LOG_LEVEL || 'info', base: undefined });
