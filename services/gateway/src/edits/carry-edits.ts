import { rateOf, type EditedFilm } from '@aura/proto';
import type { CreateJobRequest } from '../jobs/create-request.js';
import type { Order } from '../videos/order.js';

/** What of an order is not in the request that it was made from, for another order. */
export type Carry = (order: Order) => Order;

/** What decides the words: where one of these is asked for, they are written anew. */
const OF_WORDS = ['brief', 'script', 'timeline', 'documents', 'style', 'durationMinutes'] as const;
const OF_SCRIPT = ['audience', 'language', 'tuning', 'prompts', 'preset'] as const;

/**
 * What the user has edited of a film, for a job that is made from it in another shape, with another voice and the like;
 * undefined where nothing was edited, or where the new job is to tell something else. Pure.
 */
export function carriedEdits(old: Order, request: CreateJobRequest): Carry | undefined {
  const { edited } = old;
  const { options } = request;
  const tellsAnew =
    request.preset != null ||
    OF_WORDS.some((name) => request[name] !== undefined) ||
    OF_SCRIPT.some((name) => options?.[name] !== undefined);
  if (!edited || tellsAnew) return undefined;
  return (order) => {
    if (order.brief.language !== edited.script.language) return order;
    const isInTime = JSON.stringify(rateOf(order.render)) === JSON.stringify(rateOf(old.render));
    const isStyled = options?.style === undefined && isInTime;
    const { style, translations } = old;
    return {
      ...order,
      ...(isStyled && style ? { style } : {}),
      ...(translations ? { translations } : {}),
      edited: { ...edited, makers: keptMakers(edited, request), replacements: [] },
    };
  };
}

/** Who is named anew, or speaks with another voice, is asked like everybody else. */
function keptMakers({ makers }: EditedFilm, { voiceId, options }: CreateJobRequest) {
  const { voice, visuals } = options?.providers ?? {};
  const isVoiceNew = voiceId !== undefined || voice !== undefined || options?.offline !== undefined;
  const arePicturesNew = visuals !== undefined || options?.offline !== undefined;
  return makers.filter(({ stage }) => (stage === 'voice' ? !isVoiceNew : !arePicturesNew));
}
