import { scriptWarnings } from '../analysis/script-warnings.js';
import type { ScriptDesk, ScriptOrder, ScriptProvider, WrittenScript } from '../script-provider.js';
import { validateScript } from '../validate-script.js';
import { askForAnalysis } from './ask-for-analysis.js';
import { askForFilm, type Ask } from './ask-for-film.js';
import { askForPictures } from './ask-for-pictures.js';
import { filmOrder } from './film-order.js';
import { isLong } from './film-questions.js';
import { scriptOf } from './film-script.js';
import type { LanguageModel } from './language-model.js';
import { promptEditions } from '@aura/prompts';

export interface ModelProviderParts {
  name: string;
  model: LanguageModel;
}

/** Raised whenever the code in llm/ makes another script of the same answers. */
const RECIPE = 1;

/** Scripts by a language model: what all vendors share. */
export function modelScriptProvider({ name, model }: ModelProviderParts): ScriptProvider {
  return {
    name,
    recipe: RECIPE,
    identity: () => Promise.resolve(`${model.identity} ${promptEditions()}`),
    write: (order, signal, desk) => written(order, { name, model, signal, desk }),
  };
}

interface Writing {
  name: string;
  model: LanguageModel;
  signal: AbortSignal | undefined;
  desk: ScriptDesk;
}

async function written(
  order: ScriptOrder,
  { name, model, signal, desk }: Writing,
): Promise<WrittenScript> {
  const film = filmOrder(order);
  const { prompts } = order;
  const options = { prompts, isLastAttempt: desk.isLastAttempt };
  const ask: Ask = (question) =>
    desk.call(question.name, { model: model.identity, question }, ({ unitKey, signal: own }) => {
      const { videoId, capUsd } = desk;
      const ends = [own, signal].filter((one) => one !== undefined);
      return model.ask(question, { videoId, capUsd, unitKey, signal: AbortSignal.any(ends) });
    });
  const text = await askForFilm(film, ask, options);
  const { scenes, warnings } = isLong(film)
    ? await askForPictures(film, text, ask, options)
    : { scenes: text.scenes, warnings: [] };
  const script = scriptOf(
    { ...text, scenes },
    {
      language: film.language,
      style: film.style,
      provider: name,
      warnings: [...film.warnings, ...warnings],
    },
  );
  const valid = validateScript(script, { maxScenes: film.plan.maxScenes });
  const look = { provider: name, ...film, title: script.title, scenes: script.scenes };
  const looked = order.isAnalysed ? await askForAnalysis(look, ask) : undefined;
  const told = scriptWarnings(script.scenes, film, looked?.analysis);
  return {
    ...valid,
    warnings: [...script.warnings, ...(looked?.warnings ?? []), ...told],
    ...(looked?.analysis ? { analysis: looked.analysis } : {}),
  };
}
