import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CallJournal, createVendors, type Vendors } from '@aura/provider';
import { LocalLedger, LocalStore, type ArtifactStore } from '@aura/storage';

export interface Workplace {
  folder: string;
  store: ArtifactStore;
  vendors: Vendors;
}

/** Calls with a journal on this machine's disk, as in a worker; all of it is gone afterwards. */
export async function inWorkplace<T>(work: (place: Workplace) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-bench-'));
  const journal = new CallJournal(new LocalLedger(folder));
  const vendors = createVendors({ journal });
  try {
    return await work({ folder, store: new LocalStore(path.join(folder, 'store')), vendors });
  } finally {
    await vendors.close();
    await rm(folder, { recursive: true, force: true });
  }
}
