/** A process that claims what it can and says what it got, one id per line. */
import { openStore } from '../../src/store/open-store.ts';

const store = openStore(process.argv[2] ?? '');
for (let job = store.jobs.claim('second'); job; job = store.jobs.claim('second')) process.stdout.write(`${job.id}\n`);
store.close();
