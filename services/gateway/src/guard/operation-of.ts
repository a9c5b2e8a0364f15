/** Where Nest's OpenAPI module keeps what @ApiOperation says; it exports no name for it. */
const DESCRIPTION = 'swagger/apiOperation';

/** The operationId of a route, as the OpenAPI document has it; undefined for pages that are not in it. */
export function operationOf(handler: object): string | undefined {
  const described = Reflect.getMetadata(DESCRIPTION, handler) as
    { operationId?: string } | undefined;
  return described?.operationId;
}
