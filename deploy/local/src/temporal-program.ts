import { findTemporal, TEMPORAL_RELEASE } from '../setup/temporal-program.mjs';
import { StackError } from './service.js';

/** The Temporal CLI that the setup has found or got. */
export async function temporalProgram(): Promise<string> {
  const found = await findTemporal();
  if (found) return found;
  throw new StackError(
    `The Temporal CLI ${TEMPORAL_RELEASE.version} is not there: npm start gets it.`,
  );
}
