/** A reader that misbehaves as the name of the migration says. */

/** What a thread of the reading pool runs. */
export function readInWorker({ path }: { path: string }): unknown {
  if (path === 'hangs') for (;;);
  if (path === 'grows') for (const held: string[][] = []; ;) held.push(Array.from({ length: 10_000 }, String));
  if (path === 'exits') process.exit(3);
  if (path === 'throws') throw new Error('boom');
  return { path, up: [], environment: Object.keys(process.env) };
}

/** The same for what says how migrations are run. */
export function readDeploymentInWorker({ path }: { path: string }): unknown {
  return readInWorker({ path });
}

/** The same for models. */
export function readModelsInWorker({ path }: { path: string }): unknown {
  return readInWorker({ path });
}
