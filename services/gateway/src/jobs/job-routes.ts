import { applyDecorators, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

/** Makes a class a controller of `/api/jobs`, which has the same ids as `/api/videos`. */
export function JobRoutes(): ClassDecorator {
  return applyDecorators(Controller('/api/jobs'), ApiTags('jobs'));
}
