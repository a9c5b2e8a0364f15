// npm run gen: makes anew everything that is generated and committed. With --check nothing is written;
// what would change is named, and the exit code is 1.
import './node-version.mjs';

void main(process.argv.includes('--check'));

async function main(isCheck) {
  const { setUp } = await import('./setup.mjs');
  const { contracts } = await import('./contracts.mjs');
  const { applyFiles, staleFiles } = await import('./generated-files.mjs');
  if (!isCheck) {
    // Contracts first: what the build needs of them must not be yesterday's.
    if (!(await setUp({ isBuilt: false }))) return fail();
    await applyFiles(await contracts());
    if (!(await setUp())) return fail();
  }
  const { pages } = await import('./pages.mjs');
  const files = new Map([...(await contracts()), ...(await pages())]);
  if (!isCheck) return applyFiles(files);
  const stale = await staleFiles(files);
  if (stale.length === 0) return undefined;
  process.stdout.write(
    `not current, run npm run gen:\n${stale.map((name) => `  ${name}\n`).join('')}`,
  );
  return fail();
}

function fail() {
  process.exitCode = 1;
}
