import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { listPrompts, placeholdersIn } from '@aura/prompts';
import { promptsSchema, type PromptsAnswer } from './prompts-schema.js';

@Controller('/api/prompts')
@ApiTags('providers')
export class PromptsController {
  @Get()
  @ApiOperation({
    summary: 'What language models are asked with',
    operationId: 'prompts',
    description:
      'The texts of this installation, with their placeholders; docs/prompts.md explains them.',
  })
  @ApiOkResponse({ standardSchema: promptsSchema })
  all(): PromptsAnswer {
    return { prompts: listPrompts().map(promptView) };
  }
}

function promptView({ name, title, version, edition, text, rules }: Prompt): PromptView {
  const names = rules?.allowed ?? placeholdersIn(text);
  return {
    name,
    title,
    version,
    edition,
    text,
    placeholders: names.map((placeholder) => ({
      name: placeholder,
      required: rules?.needed.includes(placeholder) ?? true,
    })),
    replaceable: rules !== undefined,
  };
}

type Prompt = ReturnType<typeof listPrompts>[number];
type PromptView = PromptsAnswer['prompts'][number];
