/** Keeps V8 from optimizing WebAssembly in the background. */
import { setFlagsFromString } from 'node:v8';

/**
 * The grammar of PostgreSQL is one function so large that optimizing it takes V8 half a second and some 200 MB, and a process
 * cannot end before that is done. A run of the command line is over sooner. Called before any WebAssembly is compiled.
 */
export function keepBaselineWasm(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--liftoff-only']) setFlagsFromString(flag);
}
