import { setTimeout } from 'node:timers/promises';

/** Asks again and again until the answer is true; rejects after a minute with what was awaited. */
export async function until(awaited: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Waited a minute for ${awaited}`);
    await setTimeout(100);
  }
}
