import { SessionError } from 'ngx-cognito-session';

export const isSessionError = (error: unknown): boolean => error instanceof SessionError;
