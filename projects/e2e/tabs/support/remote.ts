/** A page as any of the drivers gives it. */
export interface Evaluating {
  evaluate(expression: string): Promise<unknown>;
}

type Methods<T> = Extract<
  { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T],
  string
>;
type ArgumentsOf<F> = F extends (...args: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Calls a method of an object in the page. The arguments travel as JSON. */
export async function callIn<T, M extends Methods<T>>(
  page: Evaluating,
  object: string,
  method: M,
  ...args: ArgumentsOf<T[M]>
): Promise<ResultOf<T[M]>> {
  const texts = args.map((arg: unknown) => (arg === undefined ? 'undefined' : JSON.stringify(arg)));
  return (await page.evaluate(`${object}.${method}(${texts.join(', ')})`)) as ResultOf<T[M]>;
}

export type { ArgumentsOf, Methods, ResultOf };
