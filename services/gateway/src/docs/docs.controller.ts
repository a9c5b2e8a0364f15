import { CODES, type CodeEntry } from '@aura/failure';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

/** Where the `type` of every problem leads to. */
@Controller('docs/errors')
@ApiExcludeController()
export class DocsController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=300')
  errors(): string {
    return PAGE;
  }
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Aura: errors</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h2{font:600 1.05rem ui-monospace,monospace;margin:2rem 0 .25rem}:target{background:#fff3bf}</style></head>
<body><h1>Errors</h1>
${Object.entries<CodeEntry>(CODES).map(entryHtml).join('\n')}
</body></html>
`;

function entryHtml([key, entry]: [string, CodeEntry]): string {
  const name = key.replace(/:$/, '');
  return `<section id="${name}"><h2>${escape(key)}</h2>
<p>${escape(entry.cause)} <b>${escape(entry.remediation)}</b><br>
<small>HTTP ${entry.status} · ${escape(entry.title)}</small></p></section>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
