import { Failure } from '@aura/failure';
import { KERNEL_BYTES } from './kernel-bytes.js';

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** As much of the engine's interface as is used here; Node's types leave it to those of browsers. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    validate(bytes: Uint8Array): boolean;
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: object };
  };
};

/** What the module offers; its meaning is said in assembly/. All pointers are offsets into its memory. */
export interface KernelExports {
  memory: Memory;
  heapBase(): number;
  columns(...numbers: number[]): void;
  resample(...numbers: number[]): void;
  pad(...numbers: number[]): void;
  mix(...numbers: number[]): void;
  mixColumns(...numbers: number[]): void;
  dissolve(...numbers: number[]): void;
  lightTables(...numbers: number[]): void;
  mixLight(...numbers: number[]): void;
  copyRows(...numbers: number[]): void;
  overlay(...numbers: number[]): void;
  shift(...numbers: number[]): void;
  fromRgb(...numbers: number[]): void;
  fromRgba(...numbers: number[]): void;
  measure(...numbers: number[]): void;
}

/** The module with memory that is given out bit by bit, and taken back all at once. */
export interface Kernel extends KernelExports {
  /**
   * Room for so many bytes, zero, at a multiple of 16. Views from before may be dead afterwards.
   * Errors: InsufficientMemory.
   */
  take(bytes: number): number;
  /** Takes everything back; nothing that was taken before may be used any more. */
  clear(): void;
  /** A view of the memory; it dies with the next `take`. */
  bytes(at: number, length: number): Uint8Array;
}

let compiled: object | undefined;

/**
 * Whether this machine can run the module: it needs WebAssembly with 128-bit vectors, and address space, of which
 * engines reserve several GiB.
 */
export function kernelRuns(): boolean {
  try {
    newKernel();
    return true;
  } catch {
    return false;
  }
}

const PAGE_BYTES = 65_536;

function abort(): never {
  throw new Error('the kernel gave up');
}

export function newKernel(): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_BYTES, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { abort } });
  const kernel = exports as unknown as KernelExports;
  const { memory } = kernel;
  const first = aligned(kernel.heapBase());
  let free = first;
  /** From here on memory was never given out. */
  let untouched = first;
  return {
    ...kernel,
    take(bytes) {
      const at = free;
      free = aligned(free + bytes);
      const missing = free - memory.buffer.byteLength;
      if (missing > 0) grow(memory, missing);
      const used = Math.min(free, untouched) - at;
      if (used > 0) new Uint8Array(memory.buffer, at, used).fill(0);
      untouched = Math.max(untouched, free);
      return at;
    },
    clear() {
      free = first;
    },
    bytes: (at, length) => new Uint8Array(memory.buffer, at, length),
  };
}

/** Errors: InsufficientMemory. */
function grow(memory: Memory, bytes: number): void {
  try {
    memory.grow(Math.ceil(bytes / PAGE_BYTES));
  } catch (cause) {
    throw new Failure('InsufficientMemory', 'There is too little memory to draw the film.', {
      cause,
    });
  }
}

function aligned(at: number): number {
  return Math.ceil(at / 16) * 16;
}
