export interface Options {
  readonly region: string;
}
