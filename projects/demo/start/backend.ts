import type { DemoConfig } from '../src/app/config/demo-config';

/** What the demo talks to, running. */
export interface Backend {
  /** For the page. */
  readonly config: DemoConfig;
  /** For the person who started it: what is where, and what is missing. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}
