#!/usr/bin/env node
/** The command line: nothing is loaded before the version of Node is known to do, and heavy modules only by the command that needs them. */
import { enableCompileCache } from 'node:module';
import { assertNode } from './assert-node.ts';
import { keepBaselineWasm } from './keep-baseline-wasm.ts';

assertNode();
// Types are stripped once per file and not once per run.
enableCompileCache();
keepBaselineWasm();
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
