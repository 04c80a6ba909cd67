/** Older versions of Node fail on syntax or missing modules, which tells nobody what to do. */

/** Ends the process with one sentence where Node is older than 22.18. Called before anything else is loaded. */
export function assertNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  process.stderr.write(`plimsoll: needs Node 22.18 or newer, and this is ${process.versions.node}.\n`);
  process.exit(2);
}
