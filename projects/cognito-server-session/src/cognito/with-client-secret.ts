/**
 * Makes a call with the client secret, and once more with the second one if Cognito does not know the first: both exist while
 * they are rotated. Any other failure is final: a refresh must not be sent twice.
 */
export async function withClientSecret<T>(
  secrets: readonly string[],
  isClientRefused: (error: unknown) => boolean,
  call: (secret: string | undefined) => Promise<T>,
): Promise<T> {
  const [first, second] = secrets;
  try {
    return await call(first);
  } catch (error) {
    if (second === undefined || !isClientRefused(error)) throw error;
    return call(second);
  }
}
