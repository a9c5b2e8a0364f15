// Compiles assembly/ to WebAssembly and writes it as src/kernel-bytes.ts: `node libs/compositor/build-kernel.mjs`.
import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const OPTIONS = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub'];

/** The module's bytes. */
export async function compileKernel() {
  const baseDir = fileURLToPath(new URL('.', import.meta.url));
  let binary;
  const { error } = await asc.main(
    ['assembly/index.ts', ...OPTIONS, '--baseDir', baseDir, '-o', 'kernel.wasm'],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('kernel.wasm')) binary = Buffer.from(contents);
      },
    },
  );
  if (error || !binary) throw new Error('the kernel does not compile', { cause: error });
  return binary;
}

/** What src/kernel-bytes.ts says. */
export function kernelSource(binary) {
  const lines = binary.toString('base64').match(/.{1,110}/g);
  return [
    '// Made from assembly/ by build-kernel.mjs. Do not edit.',
    '/** The module in base64. */',
    'export const KERNEL_BYTES =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('./src/kernel-bytes.ts', import.meta.url);
  await writeFile(file, kernelSource(await compileKernel()));
}
