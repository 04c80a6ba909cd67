/** A process that claims one job and then waits to be killed: what a crash leaves behind. */
import { openStore } from '../../src/store/open-store.ts';

const store = openStore(process.argv[2] ?? '');
const job = store.jobs.claim('crasher');
process.stdout.write(`${job?.id ?? 'nothing'}\n`);
setInterval(() => {}, 1000);
