import { startVendor } from './start-vendor.js';
import { DEFINITIONS, VENDOR_NAMES } from './vendors/definitions.js';

// All vendors on their fixed ports, until Ctrl-C. Prints what to set so that Aura uses them.
const vendors = await Promise.all(
  VENDOR_NAMES.map((name) => startVendor(name, { port: DEFINITIONS[name].port })),
);
for (const { name, url } of vendors) process.stdout.write(`# ${name} ${url}\n`);
for (const { environment } of vendors) {
  for (const [name, value] of Object.entries(environment)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
}
process.stdout.write(
  '# Faults: PUT /__faults, bill: GET /__bill, requests: GET /__requests of each.\n',
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(vendors.map((vendor) => vendor.close())).then(() => process.exit(0));
  });
}
