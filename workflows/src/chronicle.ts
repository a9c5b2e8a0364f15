import {
  CancellationScope,
  defineQuery,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  isTerminal,
  replacementKey,
  SEARCH_ATTRIBUTES,
  STATUS_QUERY,
  type AdvanceRequest,
  type FilmFile,
  type JobRef,
  type JobState,
  type Replacement,
  type SceneWork,
  type Script,
  type StageName,
  type StepChange,
  type VideoStatus,
  type Warning,
} from '@aura/proto';
import { record } from './activities.js';
import { currentDetails } from './current-details.js';
import { asMade } from './downgrades.js';
import { MadeUnits } from './made-units.js';
import { Makers } from './makers.js';
import { say } from './say.js';
import { NOTHING_DONE, percentOf, stageOf, stepsOf, type Tally } from './tally.js';

const STAGE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.stage, SearchAttributeType.KEYWORD);
const STATE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, SearchAttributeType.KEYWORD);
const FAILURE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failure, SearchAttributeType.KEYWORD);
const REPLACED = defineSearchAttributeKey(SEARCH_ATTRIBUTES.replaced, SearchAttributeType.KEYWORD);
const statusQuery = defineQuery<VideoStatus>(STATUS_QUERY);

/** So many points of percentage are told at once; the finer steps are in the heartbeats. */
const TOLD_STEP = 4;

/**
 * Keeps count of one film and tells it: to operators (query, current details, search attributes) at
 * every change, to the record in few words (a few dozen rows, however many scenes). Telling runs beside
 * the work, one call at a time with the newest state, and is never cut off by a cancel.
 */
export class Chronicle {
  readonly warnings: Warning[] = [];
  /** Told with whatever else is told: it is no reason of its own to tell. */
  readonly makers = new Makers();
  /** Told at the end. */
  readonly units = new MadeUnits();
  /** Every replacement in the order in which it was noted, for the record; the report is what still holds of them. */
  private readonly replacements: Replacement[] = [];
  private readonly report = new Map<string, Replacement>();
  private readonly files: FilmFile[] = [];
  private tally: Tally = NOTHING_DONE;
  private readonly scenes = new Map<string, SceneWork>();
  private script: Script | undefined;
  private state: JobState = 'running';
  private stage: StageName = 'brief';
  private percent = 0;
  private message = 'checking';
  private waitsFor = '';
  private failure = '';
  private shown = '';
  private said = '';
  private told: Told = {
    percent: -1,
    warnings: 0,
    replacements: 0,
    makers: 0,
    files: 0,
    message: '',
    script: undefined,
    steps: new Map(),
  };
  private telling: Promise<void> | undefined;

  constructor(private readonly job: JobRef) {
    setHandler(statusQuery, () => this.status());
    this.show();
  }

  /** Counts what has been done since. */
  note(change: Partial<Tally>, message?: string): void {
    this.tally = { ...this.tally, ...change };
    this.percent = Math.max(this.percent, percentOf(this.tally));
    if (message) this.message = message;
    this.show();
    if (this.hasNews()) this.tell();
  }

  count(what: 'narrated' | 'drawn' | 'encoding' | 'encoded', by = 1): void {
    this.note({ [what]: this.tally[what] + by });
  }

  /** The scenes of a (new) script; what was counted of another one starts again. */
  begins(script: Script): void {
    this.script = script;
    this.makers.begins(script);
    this.scenes.clear();
    for (const scene of script.scenes) this.scenes.set(scene.id, 'waiting');
    for (const [unit, { sceneId }] of this.report) if (sceneId) this.report.delete(unit);
    this.warn(...script.warnings);
    const fresh = { narrated: 0, drawn: 0, encoding: 0, encoded: 0 };
    this.note({ script: true, scenes: script.scenes.length, ...fresh }, `“${script.title}”`);
  }

  scene(id: string, doing: SceneWork): void {
    this.scenes.set(id, doing);
    this.show();
  }

  /** What concerns the whole film may be said by every scene; it is kept once. */
  warn(...warnings: Warning[]): void {
    for (const warning of warnings) {
      const { code, message, sceneId } = warning;
      const known = this.warnings.some(
        (one) => one.code === code && one.message === message && one.sceneId === sceneId,
      );
      if (known) continue;
      this.warnings.push(warning);
      const { stage } = warning;
      say('warn', this.job, 'warning', { stage, code, message, ...(sceneId ? { sceneId } : {}) });
    }
  }

  /** A line of the downgrade report. In the warnings a kind of replacement is told once, not for every scene. */
  replaced(replacement: Replacement): void {
    const { stage, asked, code } = replacement;
    this.replacements.push(replacement);
    this.report.set(replacementKey(replacement), replacement);
    const message = `${asked} could not always be used (${code}); the downgrades say where, why, and who took its place.`;
    this.warn({ code: 'ProviderReplaced', message, stage, sceneId: '' });
    this.show();
  }

  /** A file of the film in the making that can be looked at by now. */
  file(file: FilmFile): void {
    this.files.push(file);
    this.note({});
  }

  /** The downgrade report of the run: one line for each unit of the film that another provider has made. */
  downgrades(): Replacement[] {
    return asMade([...this.report.values()], this.makers.all());
  }

  /** What the film waits for, or that it goes on, for operators; the record has it already. */
  is(state: JobState, waitsFor = ''): void {
    if (isTerminal(this.state)) return;
    this.state = state;
    this.waitsFor = waitsFor;
    this.show();
  }

  /** How the film ends, for operators; the record writes it for everybody else. */
  end(state: JobState, failure = ''): void {
    this.state = state;
    this.failure = failure;
    if (state === 'succeeded') this.percent = 100;
    this.show();
  }

  /** Waits until everything so far is told. */
  async settled(): Promise<void> {
    while (this.telling) await this.telling;
  }

  private status(): VideoStatus {
    const { state, stage, percent } = this;
    const message = this.waitsFor || this.message;
    const scenes = Object.fromEntries(this.scenes);
    return { state, stage, percent, message, scenesTotal: this.tally.scenes, scenes };
  }

  private show(): void {
    this.stage = stageOf(this.tally);
    const stages = [...this.report.values()].map(({ stage }) => stage);
    const replaced = [...new Set(stages)].toSorted().join(' ');
    const shown = [this.stage, this.state, this.failure, replaced].join();
    if (shown !== this.shown) {
      this.shown = shown;
      upsertSearchAttributes([
        { key: STAGE, value: this.stage },
        { key: STATE, value: this.state },
        ...(this.failure ? [{ key: FAILURE, value: this.failure }] : []),
        ...(replaced ? [{ key: REPLACED, value: replaced }] : []),
      ]);
    }
    this.sayWhere();
    setCurrentDetails(currentDetails(this.status(), this.failure, this.warnings));
  }

  /** In the log, at each change of the stage or the state. */
  private sayWhere(): void {
    const { stage, state, failure: code } = this;
    const message = state === 'running' ? 'stage begun' : `film ${state}`;
    if (this.said === stage + message) return;
    this.said = stage + message;
    say('info', this.job, message, { stage, code });
  }

  private hasNews(): boolean {
    return (
      this.percent >= this.told.percent + TOLD_STEP ||
      this.warnings.length > this.told.warnings ||
      this.replacements.length > this.told.replacements ||
      this.files.length > this.told.files ||
      this.script !== this.told.script ||
      this.message !== this.told.message ||
      this.stepChanges().length > 0
    );
  }

  private stepChanges(): StepChange[] {
    return stepsOf(this.tally).filter(({ step, state }) => {
      const before = this.told.steps.get(step) ?? 'pending';
      return before !== 'succeeded' && state !== before && state !== 'pending';
    });
  }

  private tell(): void {
    this.telling ??= CancellationScope.nonCancellable(async () => {
      try {
        while (this.hasNews()) {
          const [news, told] = this.news();
          await record.advance(news);
          this.told = told;
        }
      } catch {
        // It was tried for a long time. Finishing meets the same trouble and is what decides.
      } finally {
        this.telling = undefined;
      }
    });
  }

  /** What is new, and what will have been told once it has arrived. */
  private news(): [AdvanceRequest, Told] {
    const running = stepsOf(this.tally).filter(({ state }) => state === 'running');
    const changes = this.stepChanges();
    const steps = [...changes, ...running.filter((step) => !changes.some(sameStep(step)))];
    const { percent, message, script } = this;
    const files = this.files.slice(this.told.files);
    const news: AdvanceRequest = {
      job: this.job,
      percent,
      stage: this.stage,
      message,
      scenesDone: this.tally.encoded,
      scenesTotal: this.tally.scenes,
      steps,
      warnings: this.warnings.slice(this.told.warnings),
      replacements: this.freshReplacements(),
      ...this.makers.since(this.told.makers),
      ...(script && script !== this.told.script ? { script } : {}),
      ...(files.length > 0 ? { files: { files } } : {}),
    };
    const states = changes.map(({ step, state }) => [step, state] as const);
    const told = {
      percent,
      message,
      script,
      warnings: this.warnings.length,
      replacements: this.replacements.length,
      makers: this.makers.count,
      files: this.files.length,
    };
    return [news, { ...told, steps: new Map([...this.told.steps, ...states]) }];
  }

  /** What was noted since, and what was noted before any work as it has come to be: that is no reason of its own to tell. */
  private freshReplacements(): Replacement[] {
    const known = new Set(this.report.values());
    const corrected = this.downgrades().filter((line) => line.unit === '' && !known.has(line));
    return [...this.replacements.slice(this.told.replacements), ...corrected];
  }
}

/** What the record knows already. */
interface Told {
  percent: number;
  message: string;
  warnings: number;
  replacements: number;
  makers: number;
  files: number;
  script: Script | undefined;
  steps: Map<string, string>;
}

function sameStep(one: StepChange): (other: StepChange) => boolean {
  return (other) => other.step === one.step;
}
