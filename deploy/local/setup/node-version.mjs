// Loaded before everything else: says in one line that Node is too old, where newer syntax would only crash.
var version = process.versions.node.split('.').map(Number);

if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    'Aura needs Node 20.19 or newer, this is ' +
      process.versions.node +
      ': see https://nodejs.org/\n',
  );
  process.exit(1);
}
