import { SessionError } from 'ngx-cognito-session';

export const used = SessionError;
