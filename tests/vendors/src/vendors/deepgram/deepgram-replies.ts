import type { Reply } from '../../server/call.js';

/** Some of the vendor's voices: family, name, language. */
export const VOICES =
  'thalia-en apollo-en andromeda-en arcas-en pandora-en draco-en theia-en hyperion-en celeste-es nestor-es silvia-es olivia-es luciano-es viktoria-de julius-de lara-de fabian-de agathe-fr hector-fr livia-it dionisio-it rhea-nl sander-nl izanami-ja fujin-ja'
    .split(' ')
    .map((name) => `aura-2-${name}`);

export const MEN = new Set(
  'apollo arcas draco hyperion nestor luciano julius fabian hector dionisio sander fujin'.split(
    ' ',
  ),
);

/** `{"err_code", "err_msg", "request_id"}`. */
export function failure(
  { requestId }: { requestId: string },
  status: number,
  code: string,
  message: string,
): Reply {
  return { status, body: { err_code: code, err_msg: message, request_id: requestId } };
}
