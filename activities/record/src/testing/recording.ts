import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createJob, FOLDED, foldOf, transact, type LoggedEvent } from '@aura/database';
import { sampleOrder, startTestDatabase } from '@aura/database/testing';
import type { Film, JobEventData, JobRef, RecordActivities } from '@aura/proto';
import { CallJournal } from '@aura/provider';
import { LocalLedger, LocalStore } from '@aura/storage';
import { createRecordActivities } from '../create-record-activities.js';

export const SETTINGS = { AURA_HEARTBEAT_TIMEOUT_MS: 15_000, AURA_LANES: 4 };

/** The record stage on a real PostgreSQL and a real store, with what tests ask of both. */
export async function startRecording() {
  const server = await startTestDatabase();
  const { database } = server;
  const home = await mkdtemp(path.join(tmpdir(), 'aura-record-'));
  const store = new LocalStore(home);
  const temporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const ledger = new LocalLedger(home);
  const journal = new CallJournal(ledger);
  const dependencies = { database, store, journal, temporal, settings: SETTINGS };
  const record: RecordActivities = createRecordActivities(dependencies);
  return {
    database,
    store,
    journal,
    ledger,
    record,

    async newJob(text?: string): Promise<JobRef> {
      const order = sampleOrder(text);
      await transact(database, (tx) => createJob(tx, order));
      return order.job;
    },

    /** A film whose files are in the store. */
    async newFilm(): Promise<Film> {
      const video = await store.putBytes('the film', 'video/mp4');
      const captions = await store.putBytes('the captions', 'application/x-subrip');
      const thumbnail = await store.putBytes('the thumbnail', 'image/jpeg');
      const picture = { widthPx: 1280, heightPx: 720, fps: 30, frames: 1_800, durationMs: 60_000 };
      const sound = { audioCodec: 'aac', loudnessLufs: -14, truePeakDbtp: -1.5 };
      const made = { videoCodec: 'h264', unitKey: 'key', warnings: [] };
      return { video, captions, thumbnail, ...picture, ...sound, ...made };
    },

    async eventsOf({ videoId }: JobRef): Promise<LoggedEvent[]> {
      const where = { jobId: videoId };
      const rows = await database.jobEvent.findMany({ where, orderBy: { seq: 'asc' } });
      return rows.map(({ seq, at, data }) => ({ seq, at, data: data as unknown as JobEventData }));
    },

    async rowOf({ videoId }: JobRef) {
      return database.job.findUniqueOrThrow({ where: { id: videoId } });
    },

    async foldOf({ videoId }: JobRef) {
      const where = { id: videoId };
      return foldOf(await database.job.findUniqueOrThrow({ where, select: FOLDED }));
    },

    async stop() {
      await temporal.connection.close();
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type Recording = Awaited<ReturnType<typeof startRecording>>;
