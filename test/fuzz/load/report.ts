/** What a load tells: figures for a person, and what was not as it must be. */
export interface LoadReport {
  figures: Record<string, number | null>;
  wrong: string[];
}

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
export const asMib = (bytes: number): number => rounded(bytes / 1024 / 1024);
