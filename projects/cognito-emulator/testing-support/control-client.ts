import type { Emulator } from '../src/emulator';

export interface ControlAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/** Steers an emulator the way a program outside its process does. */
export async function control<T = unknown>(
  emulator: Emulator,
  command: string,
  input: object = {},
): Promise<ControlAnswer<T>> {
  const response = await fetch(`${emulator.url}/_control/${command}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  const body: T = (await response.json()) as T;
  return { status: response.status, body };
}
