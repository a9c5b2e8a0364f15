export const CHECKOUT: string;
export function environment(): NodeJS.ProcessEnv;
export function auraHome(env?: NodeJS.ProcessEnv): string;
export function userCache(): string;
