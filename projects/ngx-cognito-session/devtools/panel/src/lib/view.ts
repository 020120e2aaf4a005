import type { Snapshot } from './model';

/** A part of the panel. */
export interface View {
  /** Made once. */
  readonly element: HTMLElement;
  /** Shows what is known now. Called once a second, and on each change, while it can be seen. */
  show(snapshot: Snapshot): void;
}
