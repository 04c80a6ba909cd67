#!/usr/bin/env node
import './assert-node.ts';
import { enableCompileCache } from 'node:module';

/** The command line: picks the command, and turns failures into one sentence. Heavy modules are loaded by the command that needs them. */

enableCompileCache();
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
