export class SessionError extends Error {
  override readonly name = 'SessionError';
}
