import { creditOf, distinctCredits, type Attribution } from '@aura/proto';
import { call, type Api } from './api.js';

type Credit = Pick<Attribution, 'author' | 'source' | 'pageUrl'>;

/** Lines that name those whose pictures a finished film shows; none where nobody has to be named. */
export async function filmCredits(api: Api, jobId: string): Promise<string[]> {
  const metadata = await (await call(api, `/api/videos/${jobId}/metadata`)).json();
  return creditLines((metadata as { credits?: Credit[] }).credits ?? []);
}

function creditLines(credits: readonly Credit[]): string[] {
  if (credits.length === 0) return [];
  const named = distinctCredits(credits).map((one) => {
    const words = [creditOf(one), one.pageUrl].filter((word) => word !== '').join(', ');
    return `    ${words.replaceAll('\n', ' ')}`;
  });
  return ['  It shows pictures by others; name them where you publish it:', ...named];
}
