import { ENCODERS_CHECK, FONTS_CHECK, HARDWARE_CHECK, WORKER_CHECKS } from '@aura/proto';
import type { AREAS } from './system-schema.js';

interface Meaning {
  area: (typeof AREAS)[number];
  meaning: string;
  /** What jobs that need it fail with. */
  code?: string;
}

/** What each check is about, by its name; workers may make others, which mean what their detail says. */
const MEANINGS: Record<string, Meaning> = {
  Database: {
    area: 'service',
    meaning:
      'Jobs, their progress and their files are recorded in PostgreSQL. Without it no request is answered.',
    code: 'DatabaseUnavailable',
  },
  Schema: {
    area: 'service',
    meaning:
      'The tables are those that this version was built for; npm start and the migration job see to it.',
    code: 'DatabaseUnavailable',
  },
  Queries: {
    area: 'service',
    meaning:
      'Queries of the database that take long make everybody wait; the log of the gateway names each.',
  },
  Temporal: {
    area: 'service',
    meaning: 'Temporal leads jobs through their steps. Without it jobs are accepted and wait.',
    code: 'TemporalUnavailable',
  },
  WriteAccess: {
    area: 'machine',
    meaning: 'The gateway keeps uploaded files in its artifact store.',
    code: 'OutputDirectoryNotWritable',
  },
  ArtifactFolder: {
    area: 'machine',
    meaning: 'Workers keep what they make in the artifact folder.',
    code: WORKER_CHECKS.ArtifactFolder,
  },
  ArtifactStore: {
    area: 'service',
    meaning: 'The bucket in which all files are kept.',
    code: WORKER_CHECKS.ArtifactStore,
  },
  OperatingSystem: {
    area: 'machine',
    meaning: 'Work is done on Linux and macOS, or in a container.',
    code: WORKER_CHECKS.OperatingSystem,
  },
  DiskSpace: {
    area: 'machine',
    meaning: 'Films need room while they are made, and after. No job begins below the least.',
    code: WORKER_CHECKS.DiskSpace,
  },
  Memory: {
    area: 'machine',
    meaning: 'Encoding needs memory. No job begins below the least.',
    code: WORKER_CHECKS.Memory,
  },
  ffmpeg: {
    area: 'program',
    meaning: 'Encodes scenes and films. It is run, and made to draw and encode three frames.',
    code: WORKER_CHECKS.ffmpeg,
  },
  ffprobe: {
    area: 'program',
    meaning: 'Looks at finished films before they are given out.',
    code: WORKER_CHECKS.ffprobe,
  },
  [ENCODERS_CHECK]: {
    area: 'program',
    meaning:
      'The encoders that requests may ask for; one that is missing is refused for those films alone.',
  },
  [HARDWARE_CHECK]: {
    area: 'machine',
    meaning: 'Graphics hardware makes encoding quicker. Films are made without it, too.',
    code: 'RequiresNvidiaGPU',
  },
  [FONTS_CHECK]: {
    area: 'machine',
    meaning:
      'Pictures and captions are set with fonts of their writing. Letters that no font has are left out.',
  },
};

const OTHER: Meaning = { area: 'machine', meaning: 'What a worker looks at on its machine.' };

export function meaningOf(name: string): Meaning {
  return MEANINGS[name] ?? OTHER;
}
