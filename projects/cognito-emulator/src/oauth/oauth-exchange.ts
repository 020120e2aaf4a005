import type { Answer } from '../http/answer';
import type { Exchange } from '../http/exchange';
import { newCall } from '../http/json-exchange';
import type { ReceivedCall } from '../http/received-call';
import type { ServiceError } from '../http/service-error';
import type { CallInput } from '../operations/call-input';
import type { World } from '../pool/world';
import { loginCookieOf } from './managed-login-sessions';
import { oauthErrorAnswer } from './oauth-error';
import {
  authorizePage,
  loginPage,
  logoutPage,
  newUserPage,
  pageError,
  signUpPage,
  type PageRequest,
} from './pages';
import { revokeEndpoint, tokenEndpoint, type FormRequest } from './token-endpoint';

type Process = (world: World, request: PageRequest & FormRequest) => Answer | Promise<Answer>;

interface Endpoint {
  readonly process: Process;
  readonly renderError: (error: ServiceError) => Answer;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /oauth2/authorize': { process: authorizePage, renderError: pageError },
  // The form's own address, for those who link to it as the real pages allow.
  'GET /login': { process: authorizePage, renderError: pageError },
  'POST /login': { process: loginPage, renderError: pageError },
  'GET /signup': { process: signUpPage, renderError: pageError },
  'POST /signup': { process: newUserPage, renderError: pageError },
  'GET /logout': { process: logoutPage, renderError: pageError },
  'POST /oauth2/token': { process: tokenEndpoint, renderError: oauthErrorAnswer },
  'POST /oauth2/revoke': {
    process: revokeEndpoint,
    renderError: oauthErrorAnswer,
  },
};

/** A call of the user pool domain; null for any other path. Its operation is its path: `oauth2/token`, `login`… */
export function oauthExchange(request: ReceivedCall, world: World): Exchange | null {
  const { url } = request;
  const endpoint = ENDPOINTS[`${request.method} ${url.pathname}`];
  if (endpoint === undefined) return null;
  const form: CallInput = Object.fromEntries(new URLSearchParams(request.body));
  const query = Object.fromEntries(url.searchParams);
  const input = { ...query, ...form };
  const authorization = request.header('authorization');
  const cookie = loginCookieOf(request.header('cookie'));
  const operation = url.pathname.slice(1);
  return {
    call: newCall(request, world, { operation, target: null, input, query }),
    process: async () => endpoint.process(world, { url, form, authorization, cookie }),
    renderError: endpoint.renderError,
  };
}
