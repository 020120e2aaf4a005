/** The items of one place: other libraries store one item per value. */
export interface OldItems {
  /** All items at one moment. Empty if the browser refuses. */
  read(): ReadonlyMap<string, string>;
  remove(name: string): void;
}
