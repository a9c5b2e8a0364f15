import type OpenAI from 'openai';
import { members, SDK_OPTIONS, type Usage, type Vendors } from '@aura/provider';
import { Failure } from '@aura/failure';
import type { Answer, CallPlace, LanguageModel, Question } from '../../llm/language-model.js';
import { messagesOf } from '../../llm/language-model.js';
import {
  chatCall,
  counted,
  emptyReply,
  refusedBy,
  textIn,
  type ModelPlace,
} from '../../llm/model-call.js';

type Params = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** How a server is told the form of the answer, strictest first. */
type Form = 'json_schema' | 'json_object' | 'text';

export interface ChatModelParts extends ModelPlace {
  vendors: Vendors;
  /** Servers other than OpenAI's own may know no schemas, and call the limit of tokens by its older name. */
  isOpenAi: boolean;
}

/** Models behind OpenAI's chat protocol, at OpenAI or at any server that speaks it. */
export function chatModel(parts: ChatModelParts): LanguageModel {
  const { account, model, isOpenAi } = parts;
  const forms: Form[] = isOpenAi ? ['json_schema'] : ['json_schema', 'json_object', 'text'];
  // What this server has answered to once it will answer to again; what it has refused may have had another reason.
  let known: Form[] = [];
  return {
    identity: `${model} at ${account.baseUrl}`,
    async ask(question, place) {
      const { answer, form } = await askInTurn(
        [...new Set([...known, ...forms])],
        parts,
        question,
        place,
      );
      known = [form];
      return answer;
    },
  };
}

/** Asks in one form after the other until one is not refused as such. */
async function askInTurn(
  [form = 'text', ...others]: readonly Form[],
  parts: ChatModelParts,
  question: Question,
  place: CallPlace,
): Promise<{ answer: Answer; form: Form }> {
  try {
    return { answer: await askOnce(parts, question, place, form), form };
  } catch (error) {
    if (others.length === 0 || !isRefusedAsMade(error)) throw error;
    return await askInTurn(others, parts, question, place);
  }
}

function isRefusedAsMade(error: unknown): boolean {
  return error instanceof Failure && error.code === 'INVALID_CONFIG';
}

async function askOnce(
  parts: ChatModelParts,
  asked: Question,
  place: CallPlace,
  form: Form,
): Promise<Answer> {
  const { vendors, account } = parts;
  const question = fittedTo(parts, asked);
  const call = chatCall(parts, question, place, usageIn);
  const sdk = await import('openai'); // who never asks it need not load it
  const completion: unknown = await vendors.callSdk(call, (fetch) =>
    new sdk.OpenAI({
      ...SDK_OPTIONS,
      baseURL: account.baseUrl,
      // The SDK would read these from the environment.
      organization: null,
      project: null,
      logLevel: 'off',
      fetch,
    }).chat.completions.create(paramsOf(parts, question, form)),
  );
  return answerIn(completion, parts);
}

/** Errors: CONTENT_REFUSED, API_ERROR. */
function answerIn(completion: unknown, { account: { vendor }, model }: ChatModelParts): Answer {
  const { choices, model: named } = members(completion);
  const { message, finish_reason: end } = members(members(choices)[0]);
  const { refusal, content } = members(message);
  const refused = textIn(refusal, vendor);
  if (refused !== '') throw refusedBy(vendor, refused);
  if (end === 'content_filter') throw refusedBy(vendor, 'the content filter ended the answer');
  const text = textIn(content, vendor);
  const isCut = end === 'length';
  if (text === '' && !isCut) throw emptyReply(vendor);
  return {
    text,
    isCut,
    model: textIn(named, vendor) || model,
    usage: usageIn(completion) ?? {},
  };
}

/** Models that think before they answer: what they think counts as output, and they know no temperature. */
const THINKING = /^(?:o\d|gpt-5)/;
const THINKING_TOKENS = 8_000;

/** Older models refuse to be allowed more than they can give: 16,384. */
const SHORT_OF_BREATH = /^gpt-(?:3\.5|4o|4-)/;
const MOST_OF_OLDER = 16_000;

/** The question with a limit of tokens that the model takes. */
function fittedTo({ model, isOpenAi }: ChatModelParts, question: Question): Question {
  const { maxOutputTokens } = question;
  if (!isOpenAi) return question;
  if (THINKING.test(model))
    return { ...question, maxOutputTokens: maxOutputTokens + THINKING_TOKENS };
  if (!SHORT_OF_BREATH.test(model)) return question;
  return { ...question, maxOutputTokens: Math.min(MOST_OF_OLDER, maxOutputTokens) };
}

function paramsOf({ model, isOpenAi }: ChatModelParts, question: Question, form: Form): Params {
  const { system, schema, name, maxOutputTokens } = question;
  const inWords = `\n\nThe JSON schema of the answer:\n${JSON.stringify(schema)}`;
  return {
    model,
    messages: [
      { role: 'system', content: form === 'json_schema' ? system : system + inWords },
      ...messagesOf(question),
    ],
    ...(form === 'text' ? {} : { response_format: formatOf(form, name, question) }),
    ...(isOpenAi ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens }),
  };
}

function formatOf(
  form: 'json_schema' | 'json_object',
  name: string,
  { schema }: Question,
): Params['response_format'] {
  if (form === 'json_object') return { type: 'json_object' };
  return { type: 'json_schema', json_schema: { name, strict: true, schema: { ...schema } } };
}

/** `usage` of a completion: `prompt_tokens`, `completion_tokens`, and how many came from the cache. */
function usageIn(body: unknown): Usage | undefined {
  const usage = members(members(body)['usage']);
  const inputTokens = counted(usage['prompt_tokens']);
  const outputTokens = counted(usage['completion_tokens']);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const cachedInputTokens = counted(members(usage['prompt_tokens_details'])['cached_tokens']);
  return { inputTokens, outputTokens, ...(cachedInputTokens ? { cachedInputTokens } : {}) };
}
