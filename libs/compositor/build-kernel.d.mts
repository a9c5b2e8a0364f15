/** The module's bytes. */
export function compileKernel(): Promise<Buffer>;
/** What src/kernel-bytes.ts says. */
export function kernelSource(binary: Buffer): string;
