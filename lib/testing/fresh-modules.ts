import { vi } from 'vitest';

/**
 * Before each test file: our own modules are evaluated anew, with the environment as it was at first and the real
 * clock. What the process shares between files is packages alone.
 */
const shared = globalThis as typeof globalThis & { firstEnvironment?: NodeJS.ProcessEnv };
shared.firstEnvironment ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in shared.firstEnvironment)) delete process.env[name];
Object.assign(process.env, shared.firstEnvironment);
vi.useRealTimers();
vi.restoreAllMocks();
vi.resetModules();
