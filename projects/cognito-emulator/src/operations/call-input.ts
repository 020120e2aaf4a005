import { ServiceError, invalidParameter } from '../http/service-error';

/** The parsed JSON body of a call. */
export type CallInput = Readonly<Record<string, unknown>>;

export function parseInput(body: string): CallInput {
  const value = parseJson(body);
  if (!isRecord(value))
    throw new ServiceError('SerializationException', 'Start of structure or map found where not expected.');
  return value;
}

export function requiredString(input: CallInput, name: string): string {
  const value = optionalString(input, name);
  if (value !== undefined) return value;
  throw invalidParameter(
    `1 validation error detected: Value null at '${lowerFirst(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A member of `AuthParameters` or `ChallengeResponses`. */
export function requiredParameter(parameters: CallInput, name: string): string {
  const value = optionalString(parameters, name);
  if (value === undefined) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

export function optionalString(input: CallInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A map of strings; anything else in it is left out. */
export function stringMap(input: CallInput, name: string): Readonly<Record<string, string>> {
  const value = input[name];
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function optionalNumber(input: CallInput, name: string): number | undefined {
  const value = input[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function requiredNumber(input: CallInput, name: string): number {
  const value = optionalNumber(input, name);
  if (value === undefined) throw invalidParameter(`${name} must be a number`);
  return value;
}
