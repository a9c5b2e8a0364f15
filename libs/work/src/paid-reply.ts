import { Failure } from '@aura/failure';
import type { BlobRef } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { unitOfWork, type UnitOfWork, type WorkPlace } from './unit-of-work.js';

/** What a vendor has sent for money, as it came. */
export interface PaidReply {
  /** To read, never to write. */
  file: string;
  /**
   * It is of no use, whoever works on it: the next to ask for it pays for another. For faults of the vendor's only; what
   * this machine could not do with it this time it may do the next time, for nothing. Idempotent.
   */
  refuse(): Promise<void>;
}

interface Kept {
  unitKey: string;
  /** Absent once it was refused. */
  reply?: BlobRef;
}

/** More of them in a row are no mishap. */
const MOST_REFUSED = 50;

/**
 * A vendor's reply that costs money, on record before anything else is done with it: whatever fails afterwards, the same
 * question is not paid for again. `ask` calls the vendor once and answers with a file in its scratch folder.
 * Errors: those of `ask`, UnitBusy, those of the store, API_ERROR where one reply after the other was refused.
 */
export async function paidReply(
  store: ArtifactStore,
  work: UnitOfWork,
  ask: (place: WorkPlace) => Promise<{ file: string; mediaType: string }>,
): Promise<PaidReply> {
  for (let refused = 0; refused < MOST_REFUSED; refused += 1) {
    const question = refused === 0 ? work.inputs : { question: work.inputs, refused };
    const { unitKey, reply } = await unitOfWork<Kept>(
      store,
      { ...work, inputs: question },
      async (place) => {
        const { file, mediaType } = await ask(place);
        return { unitKey: place.key, reply: await store.putFile(file, mediaType) };
      },
    );
    if (!reply) continue;
    return {
      file: await store.localPath(reply),
      refuse: () => store.putResult(unitKey, { unitKey } satisfies Kept),
    };
  }
  throw new Failure('API_ERROR', `None of the replies of ${work.provider} could be used.`, {
    retryable: false,
  });
}
