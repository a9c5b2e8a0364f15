export const TEMPORAL_FOLDER: string;
export const TEMPORAL_RELEASE: { version: string; checksums: string };
export function cachedTemporal(): string;
export function findTemporal(): Promise<string | undefined>;
export function isFitting(program: string): Promise<boolean>;
