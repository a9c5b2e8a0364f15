export { startVendor, type Vendor } from './start-vendor.js';
export { VENDOR_NAMES, type VendorName } from './vendors/definitions.js';
export type { VendorOptions, RecordedRequest } from './server/call.js';
export { retryAfterDate, type Fault, type FaultKind, type ScriptDefect } from './faults/fault.js';
export type { BillEntry, BillStatement } from './bill.js';
