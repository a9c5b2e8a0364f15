import { firstPortOf, portOf, settingsText } from './settings-text.js';
import { startVendor } from './start-vendor.js';
import { VENDOR_NAMES } from './vendors/definitions.js';

// All vendors on ports that follow each other, until Ctrl-C. Prints what to set so that Aura uses them.
const vendors = await startAll().catch((error: unknown) => {
  process.stderr.write(
    `The vendors cannot be served: ${String(error)}\n` +
      'Another first port can be given: npm run vendors -- 19101\n',
  );
  process.exit(1);
});
process.stdout.write(settingsText(vendors));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(vendors.map((vendor) => vendor.close())).then(() => process.exit(0));
  });
}

async function startAll() {
  const first = firstPortOf(process.argv.slice(2));
  return Promise.all(VENDOR_NAMES.map((name) => startVendor(name, { port: portOf(name, first) })));
}
