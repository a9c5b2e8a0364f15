import type { ApprovalRequest } from '@aura/proto';

/** What a job asks its user at that time. */
export function questionAt(askedAt: string): ApprovalRequest {
  const deadline = '2027-01-01T00:00:00.000Z';
  return { at: 'script', askedAt, deadline, onDeadline: 'cancel', reminded: false };
}
