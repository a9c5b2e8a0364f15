// npm test: gets what is missing, then all static checks, then all tests. The last line is "N passed, N failed".
//   --static           only the static checks (npm run check)
//   --long             the same tests with larger numbers (npm run test:long)
//   anything else      goes to Vitest and narrows what is tested, e.g. npm test -- libs/storage -t "unit key"
import './node-version.mjs';

main(process.argv.slice(2)).catch((error) => {
  // Whoever reads only the last line learns of it too.
  process.stderr.write(`${error.stack}\n`);
  process.stdout.write('\n0 passed, 1 failed\n');
  process.exitCode = 1;
});

async function main(args) {
  const { setUp } = await import('./setup.mjs');
  const { testAll } = await import('./test-all.mjs');
  const own = new Set(['--static', '--long']);
  const options = {
    isStatic: args.includes('--static'),
    isLong: args.includes('--long'),
    args: args.filter((word) => !own.has(word)),
  };
  const isReady = await setUp({ forTests: true });
  process.exitCode = await testAll(isReady, options);
}
