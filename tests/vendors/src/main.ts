import { startVendor } from './start-vendor.js';
import { DEFINITIONS, VENDOR_NAMES } from './vendors/definitions.js';

// All vendors on their fixed ports, until Ctrl-C. Prints what to set so that Aura uses them.
const vendors = await Promise.all(
  VENDOR_NAMES.map((name) => startVendor(name, { port: DEFINITIONS[name].port })),
).catch((error: unknown) => {
  process.stderr.write(`The vendors cannot be served: ${String(error)}\n`);
  process.exit(1);
});
for (const { name, url } of vendors) process.stdout.write(`# ${name} ${url}\n`);
for (const { environment } of vendors) {
  for (const [name, value] of Object.entries(environment)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
}
process.stdout.write(
  '# The lines above also stand in .env as they are.\n' +
    '# Of each: GET /__bill, GET /__requests, and PUT /__faults with a list of faults, for example\n' +
    '#   curl -X PUT http://127.0.0.1:18104/__faults -d \'[{"kind":"status","status":503,"calls":{"from":3}}]\'\n' +
    '# Kinds and places stand in tests/vendors/src/faults/fault.ts; an empty list heals the vendor.\n',
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(vendors.map((vendor) => vendor.close())).then(() => process.exit(0));
  });
}
