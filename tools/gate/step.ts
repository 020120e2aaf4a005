import type { ReadFailedTests } from './failed-tests';
import type { ReadReport } from './reports';

/** A Node script with its arguments, run from the workspace's root. */
export type Command = readonly [script: string, ...args: string[]];

/** What a step gets from those before it. */
export type Environment = Readonly<Record<string, string>>;

export interface StepResult {
  readonly ok: boolean;
  readonly output: string;
  /** For the steps that come later. */
  readonly environment?: Environment;
}

export interface Step {
  /** `group:name` or `name`; `--only group` takes the whole group. */
  readonly name: string;
  /** Steps without whose success this one means nothing. */
  readonly needs: readonly string[];
  /** 2: alone on the machine, because it watches real time. */
  readonly weight: 1 | 2;
  /** A long suite: only with `--full`. */
  readonly isLong?: boolean;
  /** Only with `--only`: what it runs is in other steps of a full run. */
  readonly isOnDemand?: boolean;
  /** A runner of tests: the totals come from the report it leaves at `file`. */
  readonly report?: {
    readonly file: string;
    readonly read: ReadReport;
    readonly readFailed?: ReadFailedTests;
  };
  run(environment: Environment): Promise<StepResult>;
}
