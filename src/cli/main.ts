/** The command line from a checkout: `node src/cli/main.ts`. The installed command begins in main.js, which an older Node can still read. */
import './main.js';
