import { platformOf, type Aspect, type RenderSpec } from '@aura/proto';
import { outputProblems } from './output-problems.js';
import type { OutputRequest } from './output-request.js';
import { outputSpec, qualityNamed, type OutputDefaults } from './output-spec.js';

/** What a request says of its films, in `options`. */
export interface FilmsRequest extends OutputDefaults {
  output?: OutputRequest | null | undefined;
  outputs?: OutputRequest[] | null | undefined;
}

/** The film of a request, and those that are made beside it. */
export function filmsOf(
  options: FilmsRequest,
  targetDurationMs: number,
): { render: RenderSpec; outputs?: RenderSpec[] } {
  const render = outputSpec(options.output ?? {}, options, targetDurationMs);
  const outputs = (options.outputs ?? []).map((output) =>
    outputSpec(output, besideOf(render, output), targetDurationMs),
  );
  return { render, ...(outputs.length > 0 ? { outputs } : {}) };
}

/** What does not go together, by its path in the options. */
export function filmProblems(
  options: FilmsRequest,
  durationMs: number | undefined,
): { path: (string | number)[]; message: string }[] {
  const { output, outputs, aspect, quality, fps } = options;
  const twice = [
    ...(differ(aspect, output?.aspect) ? ['aspect'] : []),
    ...(differ(quality && qualityNamed(quality), output?.quality && qualityNamed(output.quality))
      ? ['quality']
      : []),
    ...(differ(fps, output?.frameRate) ? ['fps'] : []),
  ].map((member) => ({ path: [member], message: 'must not differ from that of output' }));
  const main = output ? { ...output, aspect: output.aspect ?? aspect, durationMs } : undefined;
  const ofMain = (main ? outputProblems(main) : []).map(({ member, message }) => ({
    path: ['output', member],
    message,
  }));
  const ofOthers = (outputs ?? []).flatMap((other, index) =>
    outputProblems({ ...other, durationMs }).map(({ member, message }) => ({
      path: ['outputs', index, member],
      message,
    })),
  );
  return [...twice, ...ofMain, ...ofOthers];
}

/** Shape, quality and rate are those of the first film, where the other one's platform takes them. */
function besideOf({ aspect, quality, fps }: RenderSpec, output: OutputRequest): OutputDefaults {
  const platform = platformOf(output.platform ?? undefined);
  const fits = !platform || platform.aspects.includes(aspect as Aspect);
  return {
    quality,
    fps: Math.min(fps, platform?.maxFps ?? fps),
    ...(fits ? { aspect: aspect as Aspect } : {}),
  };
}

type Said = string | number | null | undefined;

function differ(one: Said, other: Said): boolean {
  return one != null && other != null && String(one) !== String(other);
}
