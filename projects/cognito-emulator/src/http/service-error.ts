/** An answer of the service that is an error: its exception name, its text and its HTTP status. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function notAuthorized(message: string): ServiceError {
  return new ServiceError('NotAuthorizedException', message);
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

/** What Cognito has and this one has not. No answer of the real service. */
export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', `cognito-emulator does not have ${what}.`, 501);
}
