import { parseSandboxEnv } from '~/sandbox/config';
import { startSandbox } from '~/sandbox/server';

try {
  const { url, stop } = await startSandbox(parseSandboxEnv(process.env));
  const end = () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Last: whoever waits for this line may stop us right after it.
  process.stdout.write(`Local Fintoc listening on ${url}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
