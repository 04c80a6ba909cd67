/**
 * Measures what is promised about speed, memory and requests, and prints a table. `--strict` makes a missed target an error;
 * names of measures choose some of them. Writes only to a temporary folder.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureDeliveries } from './bench/deliveries.ts';
import type { Figure, Measure } from './bench/figure.ts';
import { measureLint } from './bench/lint.ts';
import { measureMemory } from './bench/memory.ts';
import { measureReplay } from './bench/replay.ts';
import { measureRequests } from './bench/requests.ts';
import { measureReview } from './bench/review.ts';

const measures: Record<string, Measure> = {
  lint: measureLint,
  review: measureReview,
  requests: measureRequests,
  deliveries: measureDeliveries,
  memory: measureMemory,
  replay: measureReplay,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { strict: { type: 'boolean' } } });
const unknown = positionals.find((name) => !Object.hasOwn(measures, name));
if (unknown !== undefined)
  throw new Error(`There is no measure "${unknown}": choose among ${Object.keys(measures).join(', ')}.`);
const figures = await measureAll(positionals.length > 0 ? positionals : Object.keys(measures));
print(figures);
if (values.strict && figures.some((figure) => !figure.isHeld)) process.exitCode = 1;

/** One after the other, each in a folder of its own. */
async function measureAll(names: readonly string[]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const figures: Figure[] = [];
  try {
    for (const name of names) {
      const own = join(folder, name);
      mkdirSync(own);
      figures.push(...((await measures[name]?.(own)) ?? []));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

/** As Markdown, so that it can be kept. */
function print(rows: readonly Figure[]): void {
  const load = loadavg()[0]?.toFixed(1) ?? 'unknown';
  const processor = cpus()[0]?.model ?? 'unknown';
  const lines = [
    `Node ${process.versions.node}, ${availableParallelism()} cores (${processor}), ${process.platform} ${process.arch}, load ${load} at the end.`,
    '',
    '| Measure | Value | Target | Held |',
    '|---|---|---|---|',
    ...rows.map(
      ({ measure, value, target, isHeld }) => `| ${measure} | ${value} | ${target} | ${isHeld ? 'yes' : 'no'} |`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
