import { Failure } from '@aura/failure';
import {
  ollamaModelsIn,
  ollamaModelThere,
  ollamaPullHint,
  type Account,
  type Probe,
  type Vendors,
} from '@aura/provider';

/** A server on the same machine answers at once, or is busy with something that takes long. */
const PROBE_MS = 1_500;

/** What is known of one Ollama: whether it runs, and which of its models is asked. */
export class OllamaServer {
  private found: string | undefined;

  constructor(
    private readonly vendors: Vendors,
    private readonly account: Account,
    private readonly model: string,
  ) {}

  /**
   * The model's full name on this server. Looked up once; a model that is missing is looked for again with the next
   * call, since users pull it when they are told. Errors: RESOURCE_NOT_FOUND with the command that pulls it, those
   * of `notAnswering`; on abort the signal's own reason.
   */
  async modelName(signal: AbortSignal | undefined): Promise<string> {
    this.found ??= await this.lookFor(signal);
    return this.found;
  }

  /** The model turned out to be gone. */
  forget(): void {
    this.found = undefined;
  }

  /** Whether the model is not in memory yet: then a late answer is no fault of the server. */
  async isLoading(model: string): Promise<boolean> {
    const probe = { path: '/api/ps', modelsIn: ollamaModelsIn };
    const { reachable, models } = await this.vendors.probe(
      { ...this.account, probe },
      { totalMs: PROBE_MS },
    );
    return reachable && !models.includes(model);
  }

  /** What a fault on the way to this server means, in words that say what to do. */
  async explained(error: unknown, model: string): Promise<unknown> {
    if (!(error instanceof Failure)) return error;
    const { code, details, retryAfterMs, retryable } = error;
    const options = { details: details ?? '', retryAfterMs, retryable, cause: error };
    if (code === 'TransientNetworkFailure' && !(await this.isRunning()))
      return new Failure(code, notRunning(this.account), options);
    if (code === 'NETWORK_TIMEOUT' && (await this.isLoading(model))) {
      const message = `Ollama is still loading ${model}: it answers once the model is in memory.`;
      return new Failure(code, message, options);
    }
    if (code === 'RESOURCE_NOT_FOUND') this.forget();
    return error;
  }

  private async lookFor(signal?: AbortSignal): Promise<string> {
    const probe = await this.vendors.probe(this.account, { signal, totalMs: PROBE_MS });
    if (probe.problem) throw this.notAnswering(probe);
    const name = ollamaModelThere(this.model, probe.models);
    if (name !== undefined) return name;
    throw new Failure('RESOURCE_NOT_FOUND', ollamaPullHint(this.model), {
      remediation: `Run: ollama pull ${this.model}`,
    });
  }

  private notAnswering({ problem, reachable }: Probe): Failure {
    const details = `${problem?.code ?? ''}: ${problem?.message ?? ''}`;
    if (reachable)
      return new Failure('API_ERROR', `Ollama runs and does not tell its models.`, { details });
    const isSlow = problem?.code === 'NETWORK_TIMEOUT';
    return new Failure(
      isSlow ? 'NETWORK_TIMEOUT' : 'TransientNetworkFailure',
      isSlow ? `Ollama at ${hostOf(this.account)} does not answer.` : notRunning(this.account),
      { details, remediation: 'Start it with: ollama serve' },
    );
  }

  private async isRunning(): Promise<boolean> {
    const { reachable } = await this.vendors.probe(this.account, { totalMs: PROBE_MS });
    return reachable;
  }
}

/** What users are told of an Ollama that nobody has started. */
export function notRunning(account: Account): string {
  return `Ollama not running at ${hostOf(account)}. Start it with: ollama serve`;
}

function hostOf({ baseUrl }: Account): string {
  return new URL(baseUrl).host;
}
