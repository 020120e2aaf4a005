import type { HttpInterceptorFn } from '@angular/common/http';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession } from 'aws-amplify/auth';
import { from, switchMap } from 'rxjs';
import { storeAsAmplify } from '../amplify-storage';
import { start } from './app';

declare const BENCH: { userPoolId: string; clientId: string; endpoint: string };

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: BENCH.userPoolId,
      userPoolClientId: BENCH.clientId,
      userPoolEndpoint: BENCH.endpoint,
    },
  },
});

async function token(): Promise<string> {
  const { tokens } = await fetchAuthSession();
  return tokens?.accessToken.toString() ?? '';
}

const interceptor: HttpInterceptorFn = (request, next) =>
  request.url.startsWith('https://api.example.com/')
    ? from(token()).pipe(
        switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
      )
    : next(request);

start(() => ({ signIn: (tokens) => storeAsAmplify(BENCH.clientId, tokens), token }), interceptor);
