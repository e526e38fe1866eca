export function mutateFile(file: Uint8Array, random: () => number): Uint8Array;
export function wrongWith(error: unknown): string | undefined;
