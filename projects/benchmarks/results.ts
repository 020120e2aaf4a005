import type { Summary } from './statistics';

/** A column of a table. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly digits: number;
  /** Whether the ratio to the floor is shown. */
  readonly hasRatio: boolean;
}

export interface Row {
  readonly peer: string;
  /** By metric. A metric that is not there was not measured. */
  readonly values: Readonly<Record<string, Summary>>;
  /** Why something was not measured. */
  readonly reason?: string;
}

/** Whether callers went without a token: then neither time nor calls say anything. Pure. */
export function hasFailed({ values }: Row): boolean {
  return (values['failed']?.median ?? 0) > 0;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly rows: readonly Row[];
}

/** What a file in `results` contains: one run of one part. */
export interface Result {
  /** The name of the file. */
  readonly id: string;
  readonly command: string;
  /** `2026-11-30`. */
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
}
