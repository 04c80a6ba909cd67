/** Imported before anything else: older versions fail on syntax or missing modules, which tells nobody what to do. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`plimsoll: needs Node 22.18 or newer, and this is ${process.versions.node}.\n`);
  process.exit(2);
}
