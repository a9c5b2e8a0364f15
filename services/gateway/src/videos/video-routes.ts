import { applyDecorators, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

/** The singular is an older spelling of the same resource; both lead to the same handlers. */
export const VIDEO_PATHS = { documented: '/api/videos', alias: '/api/video' } as const;

/** Makes a class a controller of `/api/videos`, and of its alias. */
export function VideoRoutes(): ClassDecorator {
  return applyDecorators(Controller(Object.values(VIDEO_PATHS)), ApiTags('videos'));
}
