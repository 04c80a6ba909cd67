/** The entry of the server: `node src/server/main.ts`. */
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Plimsoll needs Node 22.18 or newer, which runs TypeScript as it is; this is ${process.version}. Install the newest Node 24.\n`,
  );
  process.exit(1);
}
await start();

/** Loaded only now: an older Node fails on these imports with words that help nobody. */
async function start(): Promise<void> {
  const { keepNurserySmall } = await import('./keep-nursery-small.ts');
  keepNurserySmall();
  const { readSettings } = await import('./settings.ts');
  const reading = readSettings(process.env);
  if (reading.kind === 'problems') {
    const lines = reading.problems.map((problem) => `- ${problem}\n`);
    process.stderr.write(`Plimsoll cannot start:\n${lines.join('')}`);
    process.exit(1);
  }
  const { createLog } = await import('./log.ts');
  const { serve } = await import('./serve.ts');
  const { rules } = await import('../../rules/index.ts');
  const log = createLog(reading.settings.logLevel);
  const serving = await serve(reading.settings, rules, log).catch((error: unknown) => {
    log.fatal({ err: error }, 'Could not start');
    process.exit(1);
  });
  log.info({ port: serving.port }, 'Listening');
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      log.info({ signal }, 'Stopping');
      serving.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'Could not stop cleanly');
          process.exit(1);
        },
      );
    });
}
